"""A learner's plain Python function under gradlab.tensor_map and tensor_zip."""

from __future__ import annotations

from typing import Any

from gradlab.bench.row import Row, Sides
from gradlab.bench.rows.fresh import least
from gradlab.bench.sides import arrays, gradlab, on_the_same_memory

N = 10**5


def bump(x: float) -> float:
    """Return x² + 1."""
    return x * x + 1.0


def blend(x: float, y: float) -> float:
    """Return a mixture of two numbers."""
    return 0.25 * x + 0.75 * y


def _steady(fn: Any, *args: Any) -> Any:
    """Return the call once it has seen enough cells to have been compiled."""
    for _ in range(40):
        fn(*args)
    return lambda: fn(*args)


def _map_sides() -> Sides:
    ours, theirs = on_the_same_memory("numpy", arrays((N,)))
    return _steady(gradlab.tensor_map(bump), *ours), lambda: bump(*theirs)


def _zip_sides() -> Sides:
    ours, theirs = on_the_same_memory("numpy", arrays((N,), (N,)))
    return _steady(gradlab.tensor_zip(blend), *ours), lambda: blend(*theirs)


LEARNER: tuple[Row, ...] = (
    Row(
        "learner.first",
        "tensor_map of a function of the learner's, until it has run on 20 cells",
        5.0,
        measure=lambda: least("learner")["seconds"] * 1e3,
        unit="CPU ms",
    ),
    Row(
        "learner.map.numpy",
        f"the learner's x * x + 1.0 once it is compiled, {N:,} cells",
        1.2,
        sides=_map_sides,
        reference="numpy",
    ),
    Row(
        "learner.zip.numpy",
        f"the learner's 0.25 * x + 0.75 * y once it is compiled, {N:,} cells",
        1.2,
        sides=_zip_sides,
        reference="numpy",
    ),
)
