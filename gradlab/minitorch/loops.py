"""Which of gradlab's loops does the work of a map, zip or reduce of MiniTorch.

The functions of `operators` have loops that are compiled and cached already; any other
function, compiled by numba or not, starts as plain Python and rises when that pays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.backends.own import Own
from gradlab.minitorch import operators
from gradlab.tensors.f import ArrayOps

Loop = Callable[..., Array]


def _log(f: ArrayOps, x: Array) -> Array:
    return f.log_map(f.add_zip(x, _number(operators.EPS)))


def _log_back(f: ArrayOps, x: Array, d: Array) -> Array:
    return f.div_zip(d, f.add_zip(x, _number(operators.EPS)))


def _is_close(f: ArrayOps, x: Array, y: Array) -> Array:
    return f.lt_zip(f.abs_map(f.sub_zip(x, y)), _number(operators.TOLERANCE))


def _number(value: float) -> Array:
    return np.array(value)


# By what gradlab calls the same loop; MiniTorch's own three are made of several.
_NAMES = {
    operators.neg: "neg_map",
    operators.id: "id_map",
    operators.sigmoid: "sigmoid_map",
    operators.relu: "relu_map",
    operators.exp: "exp_map",
    operators.inv: "inv_map",
    operators.add: "add_zip",
    operators.mul: "mul_zip",
    operators.lt: "lt_zip",
    operators.eq: "eq_zip",
    operators.max: "maximum_zip",
    operators.relu_back: "relu_back_zip",
    operators.inv_back: "inv_back_zip",
}
_MADE: dict[Any, Loop] = {
    operators.log: _log,
    operators.log_back: _log_back,
    operators.is_close: _is_close,
}
_FOLDS = {operators.add: "add", operators.mul: "mul", operators.max: "maximum"}


def plain(fn: Any) -> Any:
    """Return the Python function in one that numba has compiled, any other as it is.

    Raises
    ------
    TypeError
        If it cannot be called.

    Examples
    --------
    >>> plain(operators.add) is operators.add
    True
    """
    if not callable(fn):
        raise TypeError(f"map, zip and reduce take a function; got {fn!r}.")
    return getattr(fn, "py_func", fn)


def elementwise(f: ArrayOps, fn: Any, kind: Any) -> Loop:
    """Return the loop on arrays of a function of one number, or of two."""
    fn = plain(fn)
    if fn in _NAMES:
        return getattr(f, _NAMES[fn])
    if fn in _MADE:
        made = _MADE[fn]
        return lambda *arrays: made(f, *arrays)
    own = Own(fn, kind)
    return lambda *arrays: own.run(f.backend, *arrays)


def fold(f: ArrayOps, fn: Any, start: float) -> Loop:
    """Return the reduction of an array along dims, which stay as size 1."""
    fn = plain(fn)
    if fn not in _FOLDS:
        own = Own(fn, "reduce", float(start))
        return lambda x, dims: own.run(f.backend, x, dims)
    loop, join = getattr(f, f"{_FOLDS[fn]}_reduce"), getattr(f, _NAMES[fn])
    first = _number(float(start))
    return lambda x, dims: join(first, loop(x, dims))
