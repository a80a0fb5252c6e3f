"""Flat loops: map, zip and reduce on storages, shapes and strides, as MiniTorch has.

Plain Python to read and to step through. Each loop also compiles under numba if its
function does: `numba.njit(tensor_map(numba.njit(fn)))`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FlatLoop = Callable[..., None]


def tensor_map(fn: Callable[[float], float]) -> FlatLoop:
    """Return the loop on out and an input, each given by storage, shape and strides.

    It writes fn of the cell that feeds each cell of out.

    Examples
    --------
    >>> out = [0.0, 0.0, 0.0, 0.0]
    >>> tensor_map(lambda x: -x)(out, (2, 2), (2, 1), [1.0, 2.0], (2,), (1,))
    >>> out
    [-1.0, -2.0, -1.0, -2.0]
    """

    def _map(
        out: Any,
        out_shape: Any,
        out_strides: Any,
        in_storage: Any,
        in_shape: Any,
        in_strides: Any,
    ) -> None:
        extra = len(out_shape) - len(in_shape)
        for ordinal in range(len(out)):
            rest, o, i = ordinal, 0, 0
            for d in range(len(out_shape) - 1, -1, -1):
                at = rest % out_shape[d]
                rest = rest // out_shape[d]
                o += at * out_strides[d]
                if d >= extra and in_shape[d - extra] > 1:
                    i += at * in_strides[d - extra]
            out[o] = fn(in_storage[i])

    return _map


def tensor_zip(fn: Callable[[float, float], float]) -> FlatLoop:
    """Return the loop on out, a and b, each given by storage, shape and strides.

    It writes fn of the two cells that feed each cell of out.

    Examples
    --------
    >>> out, add = [0.0, 0.0], tensor_zip(lambda x, y: x + y)
    >>> add(out, (2,), (1,), [1.0, 2.0], (2,), (1,), [10.0], (1,), (1,))
    >>> out
    [11.0, 12.0]
    """

    def _zip(
        out: Any,
        out_shape: Any,
        out_strides: Any,
        a_storage: Any,
        a_shape: Any,
        a_strides: Any,
        b_storage: Any,
        b_shape: Any,
        b_strides: Any,
    ) -> None:
        a_extra, b_extra = len(out_shape) - len(a_shape), len(out_shape) - len(b_shape)
        for ordinal in range(len(out)):
            rest, o, i, j = ordinal, 0, 0, 0
            for d in range(len(out_shape) - 1, -1, -1):
                at = rest % out_shape[d]
                rest = rest // out_shape[d]
                o += at * out_strides[d]
                if d >= a_extra and a_shape[d - a_extra] > 1:
                    i += at * a_strides[d - a_extra]
                if d >= b_extra and b_shape[d - b_extra] > 1:
                    j += at * b_strides[d - b_extra]
            out[o] = fn(a_storage[i], b_storage[j])

    return _zip


def tensor_reduce(fn: Callable[[float, float], float]) -> FlatLoop:
    """Return the loop on out and a, storage, shape and strides each, and a dim.

    `out` has size 1 in that dim and holds what the folding starts from.

    Examples
    --------
    >>> out, add = [0.0, 0.0], tensor_reduce(lambda x, y: x + y)
    >>> add(out, (2, 1), (1, 1), [1.0, 2.0, 3.0, 4.0], (2, 2), (2, 1), 1)
    >>> out
    [3.0, 7.0]
    """

    def _reduce(
        out: Any,
        out_shape: Any,
        out_strides: Any,
        a_storage: Any,
        a_shape: Any,
        a_strides: Any,
        reduce_dim: int,
    ) -> None:
        for ordinal in range(len(out)):
            rest, o, i = ordinal, 0, 0
            for d in range(len(out_shape) - 1, -1, -1):
                at = rest % out_shape[d]
                rest = rest // out_shape[d]
                o += at * out_strides[d]
                i += at * a_strides[d]
            total = out[o]
            for k in range(a_shape[reduce_dim]):
                total = fn(total, a_storage[i + k * a_strides[reduce_dim]])
            out[o] = total

    return _reduce
