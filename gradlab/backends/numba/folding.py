"""Reductions by compiled loops: the last folded dims first, then what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array, start_of
from gradlab.backends.numba.kernels import BY_CHAR, kernels
from gradlab.backends.numba.layout import Folds, Walk, folds, line
from gradlab.operators import ScalarOp

BLOCK = 128  # cells folded in a row, in templates.REDUCE: short sums round less

Fold = Callable[[Array, tuple[int, ...]], Array]


class Reduction:
    """The reduction by one op, ready to call.

    Parameters
    ----------
    op : the op
    to_numpy : the same by NumPy
    first : number of cells from which a compiled loop answers
    always : copy arrays that no compiled loop goes through, instead of asking NumPy
    """

    __slots__ = ("_always", "_first", "_loops", "_op", "_start", "_to_numpy")

    def __init__(self, op: ScalarOp, to_numpy: Fold, first: int, always: bool) -> None:
        self._op = op
        self._start = start_of(op)
        self._loops: dict[str, Any] = {}
        self._to_numpy = to_numpy
        self._first = first
        self._always = always

    def __call__(self, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one."""
        if x.size < self._first or not dims or x.dtype.char not in BY_CHAR:
            return self._to_numpy(x, dims)
        if len(dims) == x.ndim and x.flags.c_contiguous:
            if x.ndim == 1:
                out = self._rows(x[None])[0]
            else:
                out = self._rows(x.reshape(1, -1)).reshape((1,) * x.ndim)
        else:
            way = folds(x.shape, x.strides, dims)
            stored = x if way.order is None else x.transpose(way.order)
            if not (stored.flags.c_contiguous or self._always):
                return self._to_numpy(x, dims)
            out = self._folded(np.ascontiguousarray(stored), way)
            if way.order is not None:
                out = np.ascontiguousarray(out.transpose(way.back))
        return out if x.dtype.char == "d" else out.astype(x.dtype)

    def _folded(self, x: Array, way: Folds) -> Array:
        """Fold the last dims that lie together, then the others; in float64."""
        if way.inner == 1:
            out = self._rows(x.reshape(way.outer, way.n))
        else:
            out = np.empty((way.outer, way.inner))
            grids = x.reshape(way.outer, way.n, way.inner)
            kernels(self._op, "columns", x.dtype.char).columns(grids, self._start, out)
        out = out.reshape(way.out)
        return self(out, way.rest) if way.rest else out

    def _rows(self, x: Array) -> Array:
        """Fold each row to one cell, in float64."""
        n = x.shape[1]
        blocks = np.empty((x.shape[0], (n + BLOCK - 1) // BLOCK))
        char = x.dtype.char
        loop = self._loops.get(char)
        if loop is None:
            loop = self._loops[char] = kernels(self._op, "reduce", char).rows
        loop(x, self._start, blocks)
        return blocks if n <= BLOCK else blocks[:, :1].copy()


def can_fold(way: Walk) -> bool:
    """Say whether there is a loop for a folded zip."""
    return way.has_rows and way.folded in ((False, False, True), (False, True, False))


def zip_reduced(
    zip_op: ScalarOp, op: ScalarOp, x: Array, y: Array, way: Walk, join: Fold
) -> Array:
    """Return the folded zip of arrays of one dtype; the zip itself is never there."""
    lines = line(x), way.steps[0], line(y), way.steps[1]
    outer, middle, inner = way.shape
    if way.folded[1]:
        out = np.empty((outer, inner))
        loops = kernels(op, "zip_columns", x.dtype.char, zip_op)
        loops.columns(*lines, middle, start_of(op), out)
    else:
        out = np.empty((outer, middle, (inner + 1023) // 1024))
        loops = kernels(op, "zip_reduce", x.dtype.char, zip_op)
        loops.rows(*lines, inner, start_of(op), out)
        out = join(out, (2,)) if inner > 1024 else out
    return out.astype(x.dtype, copy=False).reshape(way.out)
