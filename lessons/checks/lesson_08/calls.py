"""What the probes of lesson 08 have in common: leaves, ways back, random numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.exercises.probes import Call, GradlabName, TensorSpec, call

LATER = "At other numbers, or with another d_out, it is not right."
PAST_THE_END = (
    "Your backward asks for a place that is not there. What was saved comes back as a "
    "tuple, with one place for each thing saved; and cells are counted from 0."
)


def leaf(numbers: Any) -> TensorSpec:
    """Return a tensor of these numbers that gets a gradient."""
    return TensorSpec(np.asarray(numbers, dtype=float), requires_grad=True)


def back(numbers: Any, d_out: Any) -> Call:
    """Return the call that applies a Function, then goes back with `d_out`."""
    return call(leaf(numbers)).back(np.asarray(d_out, dtype=float))


def some(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Return random numbers of either sign, none of them near 0, 1 or -1."""
    sign = rng.choice([-1.0, 1.0], shape)
    return sign * rng.integers(15, 50, shape) / 10


def random_way_back(
    cells: int, *out_shape: int
) -> Callable[[np.random.Generator], Call]:
    """Return the maker of a way back at random cells, with a random d_out."""

    def make(rng: np.random.Generator) -> Call:
        return back(some(rng, cells), some(rng, *out_shape))

    return make


def sample(name: str) -> GradlabName:
    """Return one of the functions that probes hand to a learner's code."""
    return GradlabName(f"exercises.sample_functions.{name}")
