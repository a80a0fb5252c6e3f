"""Loops over a plain Python function, uncompiled: print, breakpoint and raise work.

NumPy walks through the cells and calls the function with Python floats.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array, zipped_shape
from gradlab.backends.ieee import ieee
from gradlab.operators import ScalarFn


def map_cells(fn: ScalarFn, x: Array) -> Array:
    """Return fn of every cell.

    Raises
    ------
    TypeError
        If the function returns something that is not a number.

    Examples
    --------
    >>> map_cells(lambda v: v * v, np.array([1.0, 2.0]))
    array([1., 4.])
    """
    with np.errstate(all="ignore"):
        return _numbers(fn, np.frompyfunc(ieee(fn), 1, 1)(x), x)


def zip_cells(fn: ScalarFn, x: Array, y: Array) -> Array:
    """Return fn of the pairs of cells."""
    zipped_shape(x, y)
    with np.errstate(all="ignore"):
        return _numbers(fn, np.frompyfunc(ieee(fn), 2, 1)(x, y), x)


def reduce_cells(fn: ScalarFn, x: Array, dims: tuple[int, ...], start: float) -> Array:
    """Return the cells folded along `dims`, dim by dim, the first cell first.

    Examples
    --------
    >>> reduce_cells(lambda a, b: a - b, np.array([[1.0, 2.0]]), (1,), 10.0)
    array([[7.]])
    """
    partial: Any = x.astype(object)
    fold = np.frompyfunc(ieee(fn), 2, 1).reduce
    with np.errstate(all="ignore"):
        for dim in dims:
            partial = fold(partial, axis=dim, keepdims=True, initial=start)
    return _numbers(fn, partial, x)


def _numbers(fn: ScalarFn, cells: Any, like: Array) -> Array:
    """Return what the function returned as an array, once it is known to be numbers."""
    values = np.ravel(cells).tolist() if isinstance(cells, np.ndarray) else [cells]
    for kind in {*map(type, values)}:
        if not issubclass(kind, (int, float, np.number)):
            value = next(v for v in values if type(v) is kind)
            raise TypeError(
                f"{getattr(fn, '__name__', 'The function')} returned {value!r}, a "
                f"{kind.__name__}, for one cell; return one number for each."
            )
    return np.asarray(cells, dtype=like.dtype, order="C")
