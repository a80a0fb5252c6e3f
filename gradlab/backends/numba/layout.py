"""Fold arrays of any rank and strides to rows and columns, copying only if need be."""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from gradlab.backends.base import Array


def fold(*arrays: Array) -> tuple[Array, ...]:
    """Return arrays of one shape as 2-d arrays of one shape, cells in the same order.

    Dims that all the arrays walk through without a jump are merged; what still has
    more than two dims is copied.

    Examples
    --------
    >>> fold(np.zeros((2, 3, 4)))[0].shape
    (1, 24)
    """
    shape, strides = _merged(arrays)
    if len(shape) > 2:
        return tuple(np.ascontiguousarray(a).reshape(1, -1) for a in arrays)
    missing = 2 - len(shape)
    shape = (1,) * missing + shape
    return tuple(
        as_strided(a, shape, (0,) * missing + own, writeable=False)
        for a, own in zip(arrays, strides)
    )


def _merged(
    arrays: tuple[Array, ...],
) -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
    """Return the shape and each array's byte strides after merging dims."""
    dims: list[tuple[int, tuple[int, ...]]] = []
    for size, *steps in zip(arrays[0].shape, *(a.strides for a in arrays)):
        if size == 1:
            continue
        if dims and all(
            outer == size * inner for outer, inner in zip(dims[-1][1], steps)
        ):
            size *= dims.pop()[0]
        dims.append((size, tuple(steps)))
    shape = tuple(size for size, _ in dims)
    return shape, [tuple(steps[k] for _, steps in dims) for k in range(len(arrays))]


def has_plain_rows(grid: Array) -> bool:
    """Say whether each row lies side by side or repeats one cell."""
    row, col = grid.strides
    return col in (0, grid.itemsize) and row >= 0 and row % grid.itemsize == 0


def as_line(grid: Array) -> tuple[Array, int, int]:
    """Return the storage below a grid as a line, and its row and column steps."""
    size = grid.itemsize
    row, col = (stride // size for stride in grid.strides)
    extent = (grid.shape[0] - 1) * row + (grid.shape[1] - 1) * col + 1
    line = as_strided(grid, (extent,), (size,), writeable=False)
    return line, row, col


def kept_and_folded(x: Array, dims: tuple[int, ...]) -> tuple[Array, bool]:
    """Return x as a packed grid, and whether a reduction runs down its columns.

    Columns where the reduced dims come first in storage, rows otherwise.
    """
    kept = [d for d in range(x.ndim) if d not in dims]
    down = bool(kept) and bool(dims) and max(dims) < min(kept)
    order = [*sorted(dims), *kept] if down else [*kept, *sorted(dims)]
    rows = math.prod(x.shape[d] for d in (dims if down else kept))
    cols = math.prod(x.shape[d] for d in (kept if down else dims))
    return np.ascontiguousarray(x.transpose(order)).reshape(rows, cols), down
