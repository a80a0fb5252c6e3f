"""MiniTorch's FastOps: the fastest loops that gradlab has, compiled and cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.backends.base import Array
from gradlab.minitorch.loops import elementwise
from gradlab.minitorch.tensor_data import (
    TensorData,
    broadcast_index,
    index_to_position,
    shape_broadcast,
    to_index,
)
from gradlab.minitorch.tensor_ops import EngineOps

__all__ = [
    "FastOps",
    "broadcast_index",
    "index_to_position",
    "shape_broadcast",
    "tensor_map",
    "tensor_matrix_multiply",
    "tensor_reduce",
    "tensor_zip",
    "to_index",
]


class FastOps(EngineOps):
    """The fast one: Numba's loops from a cache, or NumPy's where those are faster.

    A function of your own starts as plain Python and is compiled once that pays.

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> FastOps.map(lambda x: x * x)(tensor([1, 2, 3]))
    [1.00 4.00 9.00]
    """


# The flat forms take storage, shape and strides of each tensor, the result first.


def tensor_map(fn: Callable[[float], float]) -> Callable[..., None]:
    """Return the flat map of fn, on the same loops as `FastOps.map`.

    Examples
    --------
    >>> import numpy as np
    >>> out = np.zeros(4)
    >>> tensor_map(lambda x: -x)(out, (2, 2), (2, 1), np.array([1.0, 2]), (2,), (1,))
    >>> out
    array([-1., -2., -1., -2.])
    """
    loop = elementwise(FastOps._loops(), fn, "map")

    def _map(*flat: Any) -> None:
        out, x = _arrays(*flat)
        out[...] = loop(x)

    return _map


def tensor_zip(fn: Callable[[float, float], float]) -> Callable[..., None]:
    """Return the flat zip of fn, on the same loops as `FastOps.zip`."""
    loop = elementwise(FastOps._loops(), fn, "zip")

    def _zip(*flat: Any) -> None:
        out, x, y = _arrays(*flat)
        out[...] = loop(x, y)

    return _zip


def tensor_reduce(fn: Callable[[float, float], float]) -> Callable[..., None]:
    """Return the flat reduction of fn; it starts from what `out` holds."""
    join = elementwise(FastOps._loops(), fn, "zip")

    def _reduce(*flat: Any) -> None:
        *given, dim = flat
        out, x = _arrays(*given)
        total = out
        for k in range(x.shape[dim]):
            total = join(total, x.take([k], dim))
        out[...] = total

    return _reduce


def tensor_matrix_multiply(*flat: Any) -> None:
    """Write the matrix product of two flat tensors into a third.

    Examples
    --------
    >>> import numpy as np
    >>> out, x = np.zeros(1), np.array([1.0, 2.0])
    >>> row, column = (x, (1, 2), (2, 1)), (x, (2, 1), (1, 1))
    >>> tensor_matrix_multiply(out, (1, 1), (1, 1), *row, *column)
    >>> out
    array([5.])
    """
    out, x, y = _arrays(*flat)
    out[...] = FastOps._loops().matmul(x, y)


def _arrays(*flat: Any) -> list[Array]:
    """Return each storage, shape and strides as an array on that storage."""
    triples = zip(flat[::3], flat[1::3], flat[2::3])
    return [TensorData(s, tuple(n), tuple(steps))._array() for s, n, steps in triples]
