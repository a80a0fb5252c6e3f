"""Walks: how loops over three dims go through arrays of any rank and strides.

Working one out costs as much as a small op, so walks are remembered by shape.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from numpy.lib.stride_tricks import as_strided

from gradlab.backends.base import Array, reduced_shape
from gradlab.indexing import shape_broadcast

Steps = tuple[int, ...]
Layout = tuple[tuple[int, ...], Steps, int]


def layout(x: Array) -> Layout:
    """Return the shape of an array, its strides in bytes and the size of a cell."""
    return x.shape, x.strides, x.itemsize


class Walk(NamedTuple):
    """Loops over the cells of arrays that broadcast to one shape.

    Parameters
    ----------
    out : the shape of the result
    size : the number of cells
    shape : the size of each loop; three, or more where no fewer do
    steps : for each array the number of cells that a step in each loop skips
    folded : for each loop, whether a reduction folds it
    """

    out: tuple[int, ...]
    size: int
    shape: tuple[int, ...]
    steps: tuple[Steps, ...]
    folded: tuple[bool, ...]

    @property
    def has_rows(self) -> bool:
        """Whether cells lie side by side in the innermost loop; one may be repeated."""
        inner = {steps[-1] for steps in self.steps}
        return {1} <= inner <= {0, 1} and min(map(min, self.steps)) >= 0

    @property
    def side_by_side(self) -> int | None:
        """Which array, the last one, has rows whose cells lie side by side, if any."""
        good = [k for k, s in enumerate(self.steps) if s[-1] == 1 and min(s) >= 0]
        return good[-1] if good else None


@lru_cache(maxsize=1024)
def walk(*layouts: Layout, dims: tuple[int, ...] = ()) -> Walk:
    """Return the shortest walk through arrays, folding `dims` of their common shape.

    Dims that all the arrays go through without a jump become one loop, if `dims` has
    both or neither; dims of size 1 are left out.

    Examples
    --------
    >>> way = walk(((3, 4), (32, 8), 8), ((4,), (8,), 8))
    >>> way.shape, way.steps
    ((1, 3, 4), ((0, 4, 1), (0, 0, 1)))
    """
    shape = layouts[0][0]
    for other, _, _ in layouts[1:]:
        shape = shape_broadcast(shape, other)
    loops = _merged(shape, [_steps(each, len(shape)) for each in layouts], dims)
    ones = (1,) * len(layouts)
    loops = loops or [(1, ones, False)]
    loops = [(1, (0,) * len(layouts), False)] * (3 - len(loops)) + loops
    sizes, steps, folded = zip(*loops)
    out = reduced_shape(shape, dims)
    return Walk(out, math.prod(shape), sizes, tuple(zip(*steps)), folded)


def _merged(
    shape: tuple[int, ...], own: list[Steps], dims: tuple[int, ...]
) -> list[tuple[int, Steps, bool]]:
    """Return (size, steps, whether folded) of as few loops as possible."""
    loops: list[tuple[int, Steps, bool]] = []
    for d, (size, *steps) in enumerate(zip(shape, *own)):
        if size == 1:
            continue
        folded = d in dims
        if loops and loops[-1][2] == folded:
            outer = loops[-1][1]
            if all(o == size * s for o, s in zip(outer, steps)):
                size *= loops.pop()[0]
        loops.append((size, tuple(steps), folded))
    return loops


def _steps(each: Layout, ndim: int) -> Steps:
    """Return the steps of an array in `ndim` loops; 0 along a broadcast."""
    shape, strides, size = each
    own = (0 if n == 1 else stride // size for n, stride in zip(shape, strides))
    return (*(0,) * (ndim - len(shape)), *own)


def line(x: Array) -> Array:
    """Return the storage below an array, from its first cell to its last.

    Examples
    --------
    >>> import numpy as np
    >>> line(np.arange(6.0).reshape(2, 3).T).tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    if x.flags.c_contiguous:
        return x.reshape(-1)
    extent = sum((n - 1) * s for n, s in zip(x.shape, x.strides)) // x.itemsize + 1
    return as_strided(x, (extent,), (x.itemsize,), writeable=False)


def block(x: Array, shape: tuple[int, ...], steps: Steps) -> Array:
    """Return an array as the loops of a walk see it."""
    if shape == (1, *x.shape):
        return x[None]  # as_strided takes much longer
    strides = [step * x.itemsize for step in steps]
    return as_strided(x, shape, strides, writeable=False)


class Folds(NamedTuple):
    """How a reduction goes through one packed array.

    Parameters
    ----------
    order : the dims in the order of storage; None if they are in it
    back : where each dim is found in that order
    outer, n, inner : numbers of cells outside, in and inside of the last folded dims
    out : the shape after folding these, in the order of storage
    rest : the dims that are left to fold, in the order of storage
    """

    order: tuple[int, ...] | None
    back: tuple[int, ...]
    outer: int
    n: int
    inner: int
    out: tuple[int, ...]
    rest: tuple[int, ...]


@lru_cache(maxsize=1024)
def folds(shape: tuple[int, ...], strides: Steps, dims: tuple[int, ...]) -> Folds:
    """Return how to fold `dims`, which are sorted and not empty.

    Examples
    --------
    >>> folds((2, 3, 4), (96, 32, 8), (0, 2))[2:]
    (6, 4, 1, (2, 3, 1), (0,))
    """
    order = tuple(sorted(range(len(shape)), key=lambda d: -abs(strides[d])))
    stored = tuple(shape[d] for d in order)
    places = sorted(order.index(d) for d in dims)
    start = stop = places[-1] + 1
    while start - 1 in places:
        start -= 1
    return Folds(
        None if list(order) == sorted(order) else order,
        tuple(order.index(d) for d in range(len(shape))),
        math.prod(stored[:start]),
        math.prod(stored[start:stop]),
        math.prod(stored[stop:]),
        reduced_shape(stored, tuple(range(start, stop))),
        tuple(d for d in places if d < start),
    )
