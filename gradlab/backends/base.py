"""What a backend has to offer, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gradlab.backends.quiet import quiet
from gradlab.indexing import shape_broadcast
from gradlab.operators import ScalarOp

Array = NDArray[Any]


class Backend(Protocol):
    """The loops below every tensor op.

    Arrays in, a new array out, its cells side by side in reading order. Results follow
    IEEE: 1 / 0 is inf and log(-1) is nan, without an error or a warning.
    """

    @property
    def name(self) -> str:
        """The name `get_backend` knows it by."""

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell; the shape of x."""

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells; the broadcast shape."""

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one; the dims stay, as size 1."""

    def zip_reduce(
        self, zip_op: ScalarOp, op: ScalarOp, x: Array, y: Array, dims: tuple[int, ...]
    ) -> Array:
        """Return the zip of two arrays folded along `dims`, which stay as size 1."""
        return self.reduce(op, self.zip(zip_op, x, y), dims)

    def matmul(self, x: Array, y: Array) -> Array:
        """Return the matrix products of two stacks of matrices; NumPy calls BLAS."""
        return np.asarray(quiet(np.matmul, x, y), order="C")

    def bound(self, op: ScalarOp, kind: str) -> Callable[..., Array]:
        """Return the loop of one op, ready to call: what `map`, `zip`, `reduce` do."""
        return partial(getattr(self, kind), op)


def zipped_shape(x: Array, y: Array) -> tuple[int, ...]:
    """Return the shape of a zip, with gradlab's own error where there is none."""
    return x.shape if x.shape == y.shape else shape_broadcast(x.shape, y.shape)


def reduced_shape(shape: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape with the reduced dims at size 1.

    Examples
    --------
    >>> reduced_shape((3, 2), (1,))
    (3, 1)
    """
    return tuple(1 if d in dims else size for d, size in enumerate(shape))


def start_of(op: ScalarOp) -> float:
    """Return the value a reduction by this op starts from.

    Raises
    ------
    ValueError
        If the op has none, as neither order nor grouping may then be chosen freely.
    """
    if op.start is None:
        raise ValueError(f"{op.name} cannot reduce: it has no start value.")
    return op.start


def accumulator(x: Array) -> np.dtype[Any]:
    """Return the dtype to add up in: float64, so that float32 sums stay exact."""
    return np.promote_types(x.dtype, np.float64)
