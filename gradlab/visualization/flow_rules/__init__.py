"""Per kind of op: which cells of the inputs feed one cell of the result.

Rows come from index maps and from the local derivatives in SCALARS, never from a
backward; where a derivative needs what forward saved, it is read from there. Only a
Function that has no rule here is asked cell by cell.
"""

from __future__ import annotations

from typing import Any

from gradlab.visualization.flow_rules.asked import Asked
from gradlab.visualization.flow_rules.base import Rule
from gradlab.visualization.flow_rules.chosen import Clip, Dropout, Where
from gradlab.visualization.flow_rules.elementwise import (
    Elementwise,
    Traced,
    is_plugged,
    is_scalar_op,
)
from gradlab.visualization.flow_rules.moved import Moved, moved
from gradlab.visualization.flow_rules.products import Linear, MatMul
from gradlab.visualization.flow_rules.reduced import (
    Extreme,
    LogSumExp,
    Mean,
    Prod,
    Sum,
    Var,
)
from gradlab.visualization.flow_rules.windows import AvgPool, Conv, MaxPool

__all__ = ["Asked", "Elementwise", "Moved", "Rule", "Traced", "rule_for"]

RULES: dict[str, type[Rule]] = {
    "Sum": Sum,
    "Mean": Mean,
    "Prod": Prod,
    "Max": Extreme,
    "Min": Extreme,
    "Var": Var,
    "LogSumExp": LogSumExp,
    "Where": Where,
    "Clip": Clip,
    "Dropout": Dropout,
    "MatMul": MatMul,
    "Linear": Linear,
    "Conv1d": Conv,
    "Conv2d": Conv,
    "AvgPool2d": AvgPool,
    "MaxPool2d": MaxPool,
}


def rule_for(node: Any) -> Rule:
    """Return the rule for the function that made a node.

    Whatever has no index map of its own is asked by one-hot gradients, as a learner's
    Function is, so that a new op has a table from its first day.
    """
    fn = node.history.fn
    if not fn.__module__.startswith("gradlab."):
        return Asked(node)
    if fn.kind in ("map", "zip") and is_scalar_op(node.history):
        return Traced(node) if is_plugged(node) else Elementwise(node)
    if fn.kind in ("view", "index", "join"):
        return moved(node) or Asked(node)
    built_in = fn.__module__.startswith("gradlab.tensors.functions.")
    return RULES.get(fn.__name__, Asked)(node) if built_in else Asked(node)
