"""`t.f` and `ctx.f`: map, zip and reduce by name, with nothing recorded.

`t.f.mul_zip(t, u)` multiplies tensors, `ctx.f.mul_zip(x, y)` arrays; both look the
name up in SCALARS and run the backend's loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.indexing import is_whole
from gradlab.operators import SCALARS


class ArrayOps:
    """A backend's loops by name, on arrays; each is looked up once, then kept.

    Examples
    --------
    >>> import numpy as np
    >>> from gradlab.backends import get_backend
    >>> ArrayOps(get_backend("simple")).add_reduce(np.ones((3, 2)), 0)
    array([[3., 3.]])
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.matmul = backend.matmul

    def __deepcopy__(self, memo: Any) -> ArrayOps:
        """Return the same loops: a copied tensor must not leave its backend."""
        return self

    def __getattr__(self, name: str) -> Callable[..., Any]:
        stem, _, kind = name.rpartition("_")
        op = SCALARS.get(stem)
        if op is not None and kind == op.kind:
            loop = self.backend.bound(op, kind)
        elif op is not None and kind == "reduce" and op.start is not None:
            loop = _with_any_dims(self.backend.bound(op, kind))
        else:
            raise AttributeError(_unknown(name))
        setattr(self, name, loop)
        return loop

    def zip_reduce(
        self, zip_name: str, name: str, x: Array, y: Array, dims: tuple[int, ...]
    ) -> Array:
        """Return the zip of two arrays folded along `dims`, which stay as size 1."""
        ops = SCALARS[zip_name], SCALARS[name]
        return self.backend.zip_reduce(*ops, x, y, dims)


def _with_any_dims(reduce: Callable[..., Array]) -> Callable[..., Array]:
    """Return the reduction taking dims in every form; a tuple is taken as it is."""

    def loop(x: Array, dims: Any) -> Array:
        return reduce(x, dims if type(dims) is tuple else as_dims(dims, x.ndim))

    return loop


def _unknown(name: str) -> str:
    rows = SCALARS.values()
    known = [f"{op.name}_{op.kind}" for op in rows]
    folds = [f"{op.name}_reduce" for op in rows if op.start is not None]
    return f"There is no {name!r} here. There are: {', '.join([*known, *folds])}."


_made: dict[tuple[Backend, Any], ArrayOps] = {}


def array_ops(backend: Backend, dtype: Any) -> ArrayOps:
    """Return the loops of a backend on one dtype, made once: `is` tells them apart."""
    ops = _made.get((backend, dtype))
    if ops is None:
        ops = _made[backend, dtype] = ArrayOps(backend)
    return ops


class TensorOps:
    """A backend's loops by name, on tensors; results have no history."""

    __slots__ = ("_make", "_ops")

    def __init__(self, ops: ArrayOps, make: Callable[[Array], Any]) -> None:
        self._ops = ops
        self._make = make

    def __getattr__(self, name: str) -> Callable[..., Any]:
        loop = getattr(self._ops, name)
        if name.endswith("_reduce"):
            return lambda x, dims: self._make(
                loop(_unwrap(x), as_dims(dims, _unwrap(x).ndim))
            )
        return lambda *inputs: self._make(loop(*map(_unwrap, inputs)))


def _unwrap(value: Any) -> Any:
    if hasattr(value, "_array"):
        return value._array
    if isinstance(value, np.ndarray):
        return value
    raise TypeError(f"t.f works on tensors; got {value!r}, a {type(value).__name__}.")


def as_dims(dim: Any, ndim: int) -> tuple[int, ...]:
    """Return the dims a `dim=` argument means, as sorted numbers from 0.

    None means all of them; negative dims count from the right. A tensor of rank 0 has
    no dims; 0 and -1 mean none of them, as in NumPy and PyTorch.

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
    if type(dim) is int and -ndim <= dim < ndim:
        return (dim % ndim,)
    dims = dim if isinstance(dim, (tuple, list)) else (dim,)
    normal = sorted(one_dim(d, ndim or 1) for d in dims)
    if len(set(normal)) != len(normal):
        raise ValueError(f"dim={dim!r} names a dim twice.")
    return tuple(normal) if ndim else ()


def one_dim(dim: Any, ndim: int) -> int:
    """Return the dim a `dim=` argument means, counted from 0; it has to exist.

    Examples
    --------
    >>> one_dim(-1, 3)
    2
    """
    if not is_whole(dim):
        raise TypeError(f"A dim is a whole number, counted from 0; got {dim!r}.")
    if not -ndim <= dim < ndim:
        dims = (
            f"dims 0 to {ndim - 1}" if ndim > 1 else ("only dim 0" if ndim else "none")
        )
        raise IndexError(f"dim={dim} does not exist: this tensor has {dims}.")
    return int(dim) % ndim
