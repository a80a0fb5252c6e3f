"""The law of the flow table: the sum over its rows is what backward gives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradlab
from gradlab import OPS, tensor
from gradlab.autodiff import topological_order
from gradlab.tensors.ops import Op
from gradlab.visualization.flow import flow_table
from gradlab.visualization.flow_rules import Asked

from .flow_examples import first_graph, leaf
from .flow_law import KINDS, assert_law
from .test_flow_asked import ASKED

RNG = np.random.default_rng
DIFFERENTIABLE = [op for op in OPS if op.function.differentiable]
every_op = pytest.mark.parametrize("op", DIFFERENTIABLE, ids=lambda op: op.name)


@every_op
def test_the_law_for_every_op_on_its_samples(op: Op) -> None:
    rng = RNG(1)
    for arrays in op.samples(rng):
        out = op.call(*(leaf(array) for array in arrays))
        for step in gradlab.backward_steps(out, tensor(rng.normal(size=out.shape))):
            if step.contributions:
                assert_law(step.node, step.d_out.to_numpy())


@pytest.mark.parametrize("kind", KINDS)
def test_the_law_for_200_random_shapes_and_strides(kind: str) -> None:
    rng = RNG(2)
    for _ in range(200):
        out = KINDS[kind](rng)
        if out.requires_grad:
            assert_law(out, rng.normal(size=out.shape))


def test_the_law_for_scalars() -> None:
    for step in gradlab.backward_steps(first_graph(), 1.5):
        if step.contributions:
            pushed = flow_table(step.node).push(step.d_out)
            for position, _, d in step.contributions:
                assert pushed[position] == pytest.approx(d, rel=1e-12)


def backwards_during(work: Callable[[], Any]) -> set[str]:
    """Return the files whose backward ran meanwhile."""
    ran: set[str] = set()

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name == "backward":
            ran.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return ran


@every_op
def test_rows_are_taken_from_backward_only_where_there_is_no_index_map(op: Op) -> None:
    arrays = op.samples(RNG(3))[0]
    out = op.call(*(leaf(array) for array in arrays))
    for node in topological_order(out):
        if node.history is not None:
            table = flow_table(node)
            asked = table.name in ASKED
            assert isinstance(table.rule, Asked) == asked
            assert bool(backwards_during(lambda table=table: list(table))) == asked
            same = table.rule.every_local
            assert same is None or set(table.columns.local) <= {same}
