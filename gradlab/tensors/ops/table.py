"""What a row of OPS says, and the arguments it is tried on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.operators import SCALARS
from gradlab.tensors.function import Function

Samples = Callable[[np.random.Generator], list[tuple[Array, ...]]]


@dataclass(frozen=True)
class Op:
    """A Function with what is needed to try it.

    Parameters
    ----------
    name : what tests and tables call it
    function : the Function
    call : runs it on tensors
    numpy : the same on arrays
    samples : draws argument lists that suit it
    torch : the same in PyTorch, as text on the names of `call`'s arguments (xs for all
        of them), or None
    differentiable : False where the result has no gradient, as of a comparison
    """

    name: str
    function: type[Function]
    call: Callable[..., Any]
    numpy: Callable[..., Any]
    samples: Samples
    torch: str | None = None
    differentiable: bool = True

    @property
    def kind(self) -> str:
        """map, zip, reduce, view, index or join."""
        return self.function.kind


MAP_SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (3,), (2, 3), (0, 2), (2, 1, 3))
ZIP_SHAPES: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((), ()),
    ((3,), ()),
    ((2, 3), (2, 3)),
    ((3, 1), (1, 2)),
    ((3, 2), (2,)),
    ((2,), (4, 3, 2)),
    ((2, 1, 3), (4, 1)),
    ((0, 2), (1, 2)),
    ((1,), (0,)),
)


def draw(rng: np.random.Generator, scalar: str, shape: tuple[int, ...]) -> Array:
    """Draw numbers from an op's domain, away from its kinks."""
    op = SCALARS[scalar]
    x = rng.uniform(*op.domain, shape)
    for kink in op.kinks:
        x = np.where(np.abs(x - kink) < 0.05, kink + 0.1, x)
    return np.asarray(x)


def maps(scalar: str) -> Samples:
    """Return a drawer of one tensor of every shape a map is tried on."""
    return lambda rng: [(draw(rng, scalar, shape),) for shape in MAP_SHAPES]


def zips(scalar: str) -> Samples:
    """Return a drawer of every pair of shapes a zip is tried on."""
    return lambda rng: [
        (draw(rng, scalar, a), draw(rng, scalar, b)) for a, b in ZIP_SHAPES
    ]


def tensors(*shapes: tuple[int, ...]) -> Samples:
    """Return a drawer of one tensor per shape, each an argument list of its own."""
    return lambda rng: [(rng.normal(size=shape),) for shape in shapes]


def lists(*lists: tuple[tuple[int, ...], ...]) -> Samples:
    """Return a drawer of one argument list of tensors per list of shapes."""
    return lambda rng: [tuple(rng.normal(size=s) for s in shapes) for shapes in lists]


def map_row(name: str, function: type[Function], numpy: Any, torch: str) -> Op:
    """Return the row of a map: its samples come from its domain in SCALARS."""
    call, differentiable = (lambda x: function.apply(x)), function.differentiable
    return Op(name, function, call, numpy, maps(name), torch, differentiable)


def zip_row(name: str, function: type[Function], numpy: Any, torch: str) -> Op:
    """Return the row of a zip: its samples come from its domain in SCALARS."""
    call, differentiable = (lambda x, y: function.apply(x, y)), function.differentiable
    return Op(name, function, call, numpy, zips(name), torch, differentiable)


CUBES = tensors((2, 3, 4), (2, 1, 3), (0, 2, 3))
