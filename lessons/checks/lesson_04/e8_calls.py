"""What the probes of 04.E8 ask, and how two lists of pairs are compared."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.exercises.comparison import compare
from gradlab.exercises.probes import Call, Formula, ScalarSpec, call
from gradlab.exercises.values import show

from .calls import some_d_out


def pairs(expected: Any, got: Any) -> str | None:
    """Compare two lists of pairs (Scalar, number): by the names and the numbers."""
    if len(got) != len(expected):
        return f"expected {len(expected)} of them, yours has {len(got)}"
    for k, (right, yours) in enumerate(zip(expected, got)):
        if not _is_pair(yours):
            return f"item {k} is {show(yours)}: no pair of an input and a number"
        if right[0].name != yours[0].name or compare(right[1], yours[1]):
            return f"expected {show(right)}, yours {show(yours)}"
    return None


def _is_pair(item: Any) -> bool:
    listed = isinstance(item, (tuple, list)) and len(item) == 2
    return (
        listed and isinstance(item[0], ScalarSpec) and isinstance(item[1], (int, float))
    )


def at(text: str, d_out: float, **leaves: float) -> Call:
    """Return the call at the result of a formula; any iterable of pairs will do."""
    return call(Formula(text, leaves), d_out).iterated()


def watched() -> Call:
    """Return a call at a product; its value: what its leaves hold afterwards."""
    return call(Formula("y = u * v", {"u": 3, "v": 5}, {"u": 7.0}), 2.0).derivatives()


def random_quotient(rng: np.random.Generator) -> Call:
    """Make u / v of random numbers."""
    u, v = (float(n) for n in np.round(rng.uniform(0.5, 4, 2), 2))
    return at("y = u / v", some_d_out(rng), u=u, v=v)
