"""Run the loops of a zip through arrays of any shapes and strides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradlab.backends.base import Array
from gradlab.backends.numba.layout import Walk, block, layout, line, walk

Loop = Callable[..., None]

_SIDE_BY_SIDE = (0, 0, 1)


def flat_zip(rows: Loop, x: Array, y: Array) -> Array:
    """Return the zip of packed arrays of one shape."""
    out = np.empty(x.shape, x.dtype)
    lines = x.reshape(-1), _SIDE_BY_SIDE, y.reshape(-1), _SIDE_BY_SIDE
    rows(*lines, out.reshape(1, 1, -1))
    return out


def row_zip(rows: Loop, x: Array, y: Array, way: Walk) -> Array:
    """Return the zip of arrays, packed where need be."""
    if not way.has_rows:
        x, y = np.ascontiguousarray(x), np.ascontiguousarray(y)
        way = walk(layout(x), layout(y))
    if len(way.shape) > 3:
        full = [np.ascontiguousarray(np.broadcast_to(a, way.out)) for a in (x, y)]
        return flat_zip(rows, *full)
    out = np.empty(way.out, x.dtype)
    lines = line(x), way.steps[0], line(y), way.steps[1]
    rows(*lines, out.reshape(way.shape))
    return out


def strided_zip(strided: Loop, x: Array, y: Array, way: Walk) -> Array:
    """Return the zip of arrays of which one has rows that lie side by side."""
    out = np.empty(way.out, x.dtype)
    x_first = way.side_by_side == 1
    crossed, plain = (x, y) if x_first else (y, x)
    steps = way.steps if x_first else way.steps[::-1]
    cells = block(crossed, way.shape, steps[0])
    strided(cells, line(plain), steps[1], x_first, out.reshape(way.shape))
    return out
