"""`t.f` and `ctx.f`: map, zip and reduce by name, with nothing recorded.

`t.f.mul_zip(t, u)` multiplies tensors, `ctx.f.mul_zip(x, y)` arrays; both look the
name up in SCALARS and run the backend's loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.operators import SCALARS
from gradlab.tensors.data import TensorData


class ArrayOps:
    """A backend's loops by name, on arrays.

    Examples
    --------
    >>> import numpy as np
    >>> from gradlab.backends import get_backend
    >>> ArrayOps(get_backend("simple")).add_reduce(np.ones((3, 2)), 0)
    array([[3., 3.]])
    """

    __slots__ = ("_backend",)

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def __getattr__(self, name: str) -> Callable[..., Any]:
        stem, _, kind = name.rpartition("_")
        op = SCALARS.get(stem)
        if op is not None and kind == op.kind:
            loop = getattr(self._backend, kind)
            return lambda *inputs: loop(op, *inputs)
        if op is not None and kind == "reduce" and op.start is not None:
            return lambda x, dims: self._backend.reduce(op, x, as_dims(dims, x.ndim))
        known = ", ".join(f"{op.name}_{op.kind}" for op in SCALARS.values())
        raise AttributeError(f"There is no {name!r} here. There are: {known}.")


class TensorOps:
    """A backend's loops by name, on tensors; results have no history."""

    __slots__ = ("_make", "_ops")

    def __init__(self, backend: Backend, make: Callable[[Array], Any]) -> None:
        self._ops = ArrayOps(backend)
        self._make = make

    def __getattr__(self, name: str) -> Callable[..., Any]:
        loop = getattr(self._ops, name)
        return lambda *inputs: self._make(loop(*map(_unwrap, inputs)))


def _unwrap(value: Any) -> Any:
    return value._array if isinstance(value, TensorData) else value


def as_dims(dim: Any, ndim: int) -> tuple[int, ...]:
    """Return the dims a `dim=` argument means, as sorted numbers from 0.

    None means all of them; negative dims count from the right.

    Raises
    ------
    IndexError
        If a tensor of this rank has no such dim.
    ValueError
        If a dim is named twice.
    TypeError
        If a dim is not a whole number.

    Examples
    --------
    >>> as_dims((-1, 0), 3)
    (0, 2)
    """
    if dim is None:
        return tuple(range(ndim))
    dims = dim if isinstance(dim, (tuple, list)) else (dim,)
    normal = sorted(_one_dim(d, ndim) for d in dims)
    if len(set(normal)) != len(normal):
        raise ValueError(f"dim={dim!r} names a dim twice.")
    return tuple(normal)


def _one_dim(dim: Any, ndim: int) -> int:
    if isinstance(dim, bool) or not hasattr(dim, "__index__"):
        raise TypeError(f"A dim is a whole number, counted from 0; got {dim!r}.")
    if not -ndim <= dim < ndim:
        dims = (
            f"dims 0 to {ndim - 1}" if ndim > 1 else ("only dim 0" if ndim else "none")
        )
        raise IndexError(f"dim={dim} does not exist: this tensor has {dims}.")
    return int(dim) % ndim
