"""What the probes of lesson 10 have in common: shapes, random numbers, ways back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.exercises.probes import Call, TensorSpec, call

Shape = tuple[int, ...]
Maker = Callable[[np.random.Generator], Call]


def numbers(rng: np.random.Generator, shape: Shape) -> Any:
    """Return random tenths between -9 and 9, none of them within 1 of 0 or 1."""
    return np.asarray(rng.choice([-1, 1], shape) * rng.integers(21, 90, shape) / 10)


def gradient_of(got: Shape, shape: Shape, order: Any = None, **options: Any) -> Maker:
    """Return the maker of a call with a gradient of one shape and the shape to reach.

    `order` permutes the gradient; `options` go with the call.
    """

    def make(rng: np.random.Generator) -> Call:
        return call(TensorSpec(numbers(rng, got), order=order), shape, **options)

    return make


def way_back(x: Shape, y: Shape, order: Any = None, constant: bool = False) -> Maker:
    """Return the maker of a way back through a Function of two tensors.

    `order` permutes x; with `constant` y needs no gradient.
    """

    def make(rng: np.random.Generator) -> Call:
        one = TensorSpec(numbers(rng, x), order=order, requires_grad=True)
        other = TensorSpec(numbers(rng, y), requires_grad=not constant)
        return call(one, other).back(numbers(rng, np.broadcast_shapes(x, y)))

    return make
