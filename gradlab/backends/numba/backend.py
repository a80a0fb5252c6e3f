"""The numba backend: which loop answers a call."""

from __future__ import annotations

import numpy as np

from gradlab.backends.base import Array, reduced_shape, start_of, zipped_shape
from gradlab.backends.numba.kernels import KERNEL_FROM, NUMPY_IS_FASTER, kernels
from gradlab.backends.numba.layout import as_line, fold, has_plain_rows, kept_and_folded
from gradlab.backends.numpy import NumpyBackend
from gradlab.operators import ScalarOp


class NumbaBackend:
    """Compiled loops for big arrays; NumPy for small ones, where a call costs most.

    Parameters
    ----------
    kernel_from : number of output cells from which a compiled loop is called
    prefer_numpy : names of ops that always go to NumPy
    """

    name = "numba"

    def __init__(
        self,
        kernel_from: int = KERNEL_FROM,
        prefer_numpy: frozenset[str] = NUMPY_IS_FASTER,
    ) -> None:
        self._kernel_from = kernel_from
        self._prefer_numpy = prefer_numpy
        self._numpy = NumpyBackend()

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        if self._to_numpy(op, x.size):
            return self._numpy.map(op, x)
        out = np.empty(x.shape, x.dtype)
        loops = kernels(op, "map", x.dtype.name)
        if x.flags.c_contiguous:
            loops.flat(x.reshape(-1), out.reshape(-1))
        else:
            (grid,) = fold(x)
            loops.strided(grid, out.reshape(grid.shape))
        return out

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        shape = zipped_shape(x, y)
        out = np.empty(shape, x.dtype)
        if self._to_numpy(op, out.size):
            return self._numpy.zip(op, x, y)
        a, b = fold(np.broadcast_to(x, shape), np.broadcast_to(y, shape))
        loops = kernels(op, "zip", x.dtype.name)
        if has_plain_rows(a) and has_plain_rows(b):
            loops.rows(*as_line(a), *as_line(b), out.reshape(a.shape))
        else:
            loops.strided(a, b, out.reshape(a.shape))
        return out

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one."""
        if self._to_numpy(op, x.size):
            return self._numpy.reduce(op, x, dims)
        grid, down = kept_and_folded(x, dims)
        shape = reduced_shape(x.shape, dims)
        out = np.empty(grid.shape[1] if down else grid.shape[0], np.float64)
        loops = kernels(op, "reduce", x.dtype.name)
        (loops.down_columns if down else loops.along_rows)(grid, start_of(op), out)
        return out.astype(x.dtype, copy=False).reshape(shape)

    def _to_numpy(self, op: ScalarOp, size: int) -> bool:
        # Size 0 has no cell to slice from, so it never reaches a kernel.
        return size < max(self._kernel_from, 1) or op.name in self._prefer_numpy
