"""The simple backend: plain loops over cells, exactly as a lesson writes them.

Read this one first. Every output cell asks which input cells feed it; nothing is
ever copied to make shapes agree. The other backends are held to its answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from gradlab.backends.base import (
    Array,
    Backend,
    accumulator,
    reduced_shape,
    start_of,
    zipped_shape,
)
from gradlab.backends.ieee import ieee
from gradlab.indexing import broadcast_index, indices, shape_broadcast
from gradlab.operators import ScalarFn, ScalarOp

BroadcastIndex = Callable[[tuple[int, ...], tuple[int, ...]], tuple[int, ...]]


def map_into(fn: ScalarFn, x: Any, out: Any) -> None:
    """Write fn of every cell of `x` into the same cell of `out`."""
    for index in indices(out.shape):
        out[index] = fn(float(x[index]))


def zip_into(
    fn: ScalarFn, x: Any, y: Any, out: Any, source: BroadcastIndex = broadcast_index
) -> None:
    """Write fn of the two cells that feed each cell of `out`."""
    for index in indices(out.shape):
        left, right = x[source(index, x.shape)], y[source(index, y.shape)]
        out[index] = fn(float(left), float(right))


def reduce_into(fn: ScalarFn, x: Any, out: Any, dim: int, start: float) -> None:
    """Fold dim `dim` of `x`, walking from each cell of `out` along the strip it sums.

    `out` has the shape of `x` but for size 1 in that dim.
    """
    for index in indices(out.shape):
        total = start
        for i in range(x.shape[dim]):
            total = fn(total, float(x[(*index[:dim], i, *index[dim + 1 :])]))
        out[index] = total


class SimpleBackend(Backend):
    """Loops over indices: gradlab's own, or any others of the same form.

    Parameters
    ----------
    source : which input cell feeds an output cell
    map_loop : a loop `(fn, x, out)` to use in place of `map_into`
    zip_loop : a loop `(fn, x, y, out)` to use in place of `zip_into`
    reduce_loop : a loop `(fn, x, out, dim, start)` to use in place of `reduce_into`
    """

    name = "simple"

    def __init__(
        self,
        source: BroadcastIndex = broadcast_index,
        map_loop: Callable[..., None] = map_into,
        zip_loop: Callable[..., None] | None = None,
        reduce_loop: Callable[..., None] = reduce_into,
    ) -> None:
        self._source = source
        self._map_loop = map_loop
        self._zip_loop = zip_loop or partial(zip_into, source=source)
        self._reduce_loop = reduce_loop

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        out = np.zeros(x.shape, x.dtype)
        self._map_loop(ieee(op), x, out)
        return out

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        out = np.zeros(zipped_shape(x, y), x.dtype)
        self._zip_loop(ieee(op), x, y, out)
        return out

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one, dim by dim."""
        folded = x.astype(accumulator(x))
        for dim in dims:
            out = np.zeros(reduced_shape(folded.shape, (dim,)), folded.dtype)
            self._reduce_loop(op.fn, folded, out, dim, start_of(op))
            folded = out
        return folded.astype(x.dtype)

    def matmul(self, x: Array, y: Array) -> Array:
        """Return the matrix products of two stacks of matrices."""
        stack = shape_broadcast(x.shape[:-2], y.shape[:-2])
        out = np.empty((*stack, x.shape[-2], y.shape[-1]), x.dtype)
        for *where, i, j in indices(out.shape):
            row = x[(*broadcast_index(tuple(where), x.shape[:-2]), i)]
            matrix = y[broadcast_index(tuple(where), y.shape[:-2])]
            out[(*where, i, j)] = sum(
                float(row[k]) * float(matrix[k, j]) for k in range(len(row))
            )
        return out
