"""What the probes of lesson 08 have in common: leaves, ways back, random numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.exercises.probes import Call, GradlabName, Probe, TensorSpec, call

WAYS = (  # name, signs of the cells, signs of d_out
    ("random numbers", (1, -1, -1), (1, 1)),
    ("other numbers", (-1, -1, 1), (-1, 1)),
    ("still other numbers", (-1, 1, -1), (1, -1)),
    ("more numbers", (1, -1, 1), (-1, -1)),
)
LOOK = (
    "Move one cell by a little, leave the others, and watch what comes out. How fast "
    "does it move, and which d_out came for it?"
)
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


def signed(
    x_signs: tuple[int, ...], d_signs: tuple[int, ...], *out_shape: int
) -> Callable[[np.random.Generator], Call]:
    """Return the maker of a way back at random numbers of these signs."""

    def make(rng: np.random.Generator) -> Call:
        cells = np.round(rng.uniform(0.35, 4.7, len(x_signs)), 2) * x_signs
        d_out = np.round(rng.uniform(0.45, 6, out_shape), 2)
        return back(cells, d_out * np.resize(d_signs, out_shape))

    return make


def random_ways_back(cells: int, *out_shape: int) -> tuple[Probe, ...]:
    """Return four visible probes: every cell and every d_out is of either sign."""
    return tuple(
        Probe(name, signed(x_signs[:cells], d_signs, *out_shape), says=LOOK)
        for name, x_signs, d_signs in WAYS
    )


def sample(name: str) -> GradlabName:
    """Return one of the functions that probes hand to a learner's code."""
    return GradlabName(f"exercises.sample_functions.{name}")
