"""What an op costs beside its numbers: ten cells, the graph recorded; and Scalars."""

from __future__ import annotations

import functools
import importlib
import operator
from collections.abc import Callable
from typing import Any

from gradlab.bench.row import Row, Sides
from gradlab.bench.sides import arrays, given_to, gradlab
from gradlab.bench.timing import Plan, best_seconds

OPS: dict[str, tuple[str, Callable[..., Any]]] = {
    "add": ("x + y", operator.add),
    "mul": ("x * y", operator.mul),
    "relu": ("x.relu()", lambda x, y: x.relu()),
    "sigmoid": ("x.sigmoid()", lambda x, y: x.sigmoid()),
    "sum": ("x.sum()", lambda x, y: x.sum()),
    "matmul": ("x @ y", operator.matmul),
}


def _leaves(library: str) -> tuple[Any, ...]:
    own = given_to(library, arrays((10,), (10,)))
    for each in own:
        each.requires_grad = True
    return own


def _sides(run: Callable[..., Any]) -> Sides:
    ours, theirs = _leaves("gradlab"), _leaves("torch")
    return lambda: run(*ours), lambda: run(*theirs)


def chain(x: Any, y: Any) -> Any:
    """Run 20 ops and a sum, forward and backward; return the gradient of x."""
    x.grad = y.grad = None
    z = x
    for _ in range(5):
        z = ((z * y + x) * 0.5).relu()
    z.sum().backward()
    return x.grad


def _microseconds() -> float:
    x, y = _leaves("gradlab")
    (seconds,) = best_seconds([lambda: x + y], Plan())
    return seconds * 1e6


# -------------------------------------- Scalar --------------------------------------


def expression(a: Any, b: Any) -> Any:
    """Run 20 ops on numbers, forward and backward; return the result."""
    c = a
    for _ in range(5):
        c = (c * b + a).relu() + 1.0
    c.backward()
    return c.data


SCALAR_OPS: dict[str, tuple[str, Callable[..., Any]]] = {
    "add": ("a + b", operator.add),
    "mul": ("a * b", operator.mul),
    "relu": ("a.relu()", lambda a, b: a.relu()),
    "backward": ("20 ops on numbers, forward and backward", expression),
}


def _scalar_sides(run: Callable[..., Any]) -> Sides:
    value = importlib.import_module("micrograd.engine").Value
    ours, theirs = (gradlab.Scalar(0.5), gradlab.Scalar(0.7)), (value(0.5), value(0.7))
    return lambda: run(*ours), lambda: run(*theirs)


GRAPH: tuple[Row, ...] = (
    *(
        Row(
            f"graph.{name}.torch",
            f"{says} with its graph, 10 cells",
            0.6,
            sides=functools.partial(_sides, run),
            reference="torch",
            needs=("torch",),
        )
        for name, (says, run) in OPS.items()
    ),
    Row(
        "graph.chain.torch",
        "20 ops and a sum, forward and backward, 10 cells",
        0.6,
        sides=lambda: _sides(chain),
        reference="torch",
        needs=("torch",),
    ),
    Row(
        "graph.add.time",
        "x + y with its graph, 10 cells",
        0.9,
        measure=_microseconds,
        unit="us",
    ),
    *(
        Row(
            f"scalar.{name}.micrograd",
            f"Scalar: {says}",
            1.0,
            sides=functools.partial(_scalar_sides, run),
            reference="micrograd",
            needs=("micrograd",),
        )
        for name, (says, run) in SCALAR_OPS.items()
    ),
)
