"""The simple backend: plain loops over cells, exactly as a lesson writes them.

Read this one first. Every output cell asks which input cells feed it; nothing is
ever copied to make shapes agree. The other backends are held to its answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends import numpy as numpy_backend
from gradlab.backends.base import (
    Array,
    accumulator,
    reduced_shape,
    start_of,
    zipped_shape,
)
from gradlab.indexing import broadcast_index, indices
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


class SimpleBackend:
    """Loops over indices, on any broadcast_index and any zip loop.

    Parameters
    ----------
    source : which input cell feeds an output cell
    zip_loop : a loop `(fn, x, y, out)` to use in place of `zip_into`
    """

    name = "simple"

    def __init__(
        self,
        source: BroadcastIndex = broadcast_index,
        zip_loop: Callable[[ScalarFn, Array, Array, Array], None] | None = None,
    ) -> None:
        self._source = source
        self._zip_loop = zip_loop

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        out = np.empty(x.shape, x.dtype)
        map_into(_ieee(op), x, out)
        return out

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        out = np.zeros(zipped_shape(x, y), x.dtype)
        if self._zip_loop is None:
            zip_into(_ieee(op), x, y, out, self._source)
        else:
            self._zip_loop(_ieee(op), x, y, out)
        return out

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one, dim by dim."""
        partial = x.astype(accumulator(x))
        for dim in dims:
            out = np.empty(reduced_shape(partial.shape, (dim,)), partial.dtype)
            reduce_into(op.fn, partial, out, dim, start_of(op))
            partial = out
        return partial.astype(x.dtype)


def _ieee(op: ScalarOp) -> ScalarFn:
    """Return op.fn with IEEE answers where Python raises: inf and nan."""
    ufunc = numpy_backend.UFUNCS.get(op.name)

    def fn(*values: float) -> float:
        try:
            return op.fn(*values)
        except (ArithmeticError, ValueError):
            if ufunc is None:
                raise
            with np.errstate(all="ignore"):
                return float(ufunc(*map(np.float64, values)))

    return fn
