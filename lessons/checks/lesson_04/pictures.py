"""Pictures of the learner's own walk back: what one node sent, what leaves hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gradlab.autodiff import topological_order
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Call

Picturing = Callable[..., Any]
MOST_PATHS = 5000  # code that walks along every path would never end


def both_ways(right_way: Any) -> Picturing:
    """Return the drawer of what a ScalarFunction gives, forward and back.

    What is right comes from `right_way`, as no slope can be measured at a kink.
    """

    def picture(fn: Any, call: Call, rule: str = "", *, truth: Any = right_way) -> Any:
        if call.d_out is not None:
            return own_gradient(fn, call, rule, truth=truth)
        right = truth.apply(*call.args).data
        return _beside(lambda: fn.apply(*call.args).data, right, rule, None, "out")

    return picture


def sent(fn: Any, call: Call, rule: str = "", *, truth: Any = None) -> Any:
    """Draw what the learner's chain_rule hands on, beside what is right."""
    node, d_out = call.args

    def numbers() -> list[Any]:
        return [d if isinstance(d, float) else math.nan for _, d in fn(node, d_out)]

    right = [d for _, _, d in node.chain_rule(d_out)]
    return _beside(numbers, right, rule, d_out, "handed on")


def reached(fn: Any, call: Call, rule: str = "", *, truth: Any = None) -> Any:
    """Draw the derivatives that the learner's walk left, beside the right ones."""
    from gradlab.autodiff import backward_steps
    from gradlab.visualization import computation_graph, walk_film

    root, d_out = call.args
    if paths(root) > MOST_PATHS or len(topological_order(root)) > 100:
        return walk_film(root).frame(-1)
    leaves = [node for node in topological_order(root) if node.history is None]
    held = {leaf: leaf.derivative or 0.0 for leaf in leaves}
    right = [
        held[step.node] + step.d_out
        for step in backward_steps(root, d_out)
        if step.node.history is None
    ]

    def numbers() -> list[Any]:
        fn(root, d_out)
        return [
            math.nan if leaf.derivative is None else leaf.derivative for leaf in leaves
        ]

    names = ", ".join(leaf.name or "leaf" for leaf in leaves)
    drawn = _beside(numbers, right, rule, d_out, f"derivative of {names}")
    inner = [node for node in topological_order(root) if node.history]
    clean = all(node.derivative is None for node in inner)
    if getattr(drawn, "passed", False) and clean:
        return computation_graph(root, d_out).frame(-1)
    return drawn


def paths(root: Any) -> int:
    """Return how many nodes a walk along every path from `root` would visit."""
    visits: dict[int, int] = {}
    for node in reversed(topological_order(root)):
        inputs = node.history.inputs if node.history else ()
        visits[id(node)] = 1 + sum(visits.get(id(each), 0) for each in inputs)
    return visits[id(root)]


def _beside(
    numbers: Callable[[], Any],
    right: list[float] | float,
    rule: str,
    d_out: float | None,
    name: str,
) -> Any:
    from gradlab.visualization import diagnosis
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    try:
        got = numbers()
    except Exception as error:
        return Message("This code raised", f"{type(error).__name__}: {error}")
    rules = {rule: got} if rule else None
    return diagnosis(got, right, rules, d_out=d_out, name=name)
