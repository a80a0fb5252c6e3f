"""MiniTorch's TensorOps: map, zip and reduce as functions that make functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from gradlab.backends import default_backend, get_backend
from gradlab.minitorch import operators
from gradlab.minitorch.adapter import OpsBackend
from gradlab.minitorch.flat import tensor_map, tensor_reduce, tensor_zip
from gradlab.minitorch.loops import elementwise, fold
from gradlab.tensors import functions as F
from gradlab.tensors.f import ArrayOps, array_ops, as_dims

_MAPS = ("neg", "sigmoid", "relu", "log", "exp", "id", "inv")
_ZIPS = ("add", "mul", "lt", "eq", "is_close", "relu_back", "log_back", "inv_back")

__all__ = [
    "SimpleBackend",
    "SimpleOps",
    "TensorBackend",
    "TensorOps",
    "tensor_map",
    "tensor_reduce",
    "tensor_zip",
]


_FLOAT = np.dtype(np.float64)


class TensorOps:
    """What a backend is made of: subclass, write the static methods.

    Each takes a function of numbers and returns a function of tensors: `map(fn)(a)`,
    `zip(fn)(a, b)`, `reduce(fn, start)(a, dim)`, which keeps the dim as size 1.
    """

    cuda: ClassVar[bool] = False

    @staticmethod
    def map(fn: Callable[..., float]) -> Callable[..., Any]:
        """Return the function `(a, out=None)` that applies fn to every cell."""
        raise NotImplementedError("Write map(fn) in your TensorOps.")

    @staticmethod
    def cmap(fn: Callable[..., float]) -> Callable[..., Any]:
        """Return the function `(a, out)` that applies fn to every cell, into out."""
        raise NotImplementedError("Write cmap(fn) in your TensorOps.")

    @staticmethod
    def zip(fn: Callable[..., float]) -> Callable[..., Any]:
        """Return the function `(a, b)` that applies fn to the pairs of cells."""
        raise NotImplementedError("Write zip(fn) in your TensorOps.")

    @staticmethod
    def reduce(fn: Callable[..., float], start: float = 0.0) -> Callable[..., Any]:
        """Return the function `(a, dim)` that folds the cells along a dim."""
        raise NotImplementedError("Write reduce(fn, start) in your TensorOps.")

    @staticmethod
    def matrix_multiply(a: Any, b: Any) -> Any:
        """Return the matrix product."""
        raise NotImplementedError("Write matrix_multiply(a, b) in your TensorOps.")


class EngineOps(TensorOps):
    """TensorOps whose loops are gradlab's; each subclass names the backend."""

    engine: ClassVar[str | None] = None  # None: the fastest there is

    @classmethod
    def _loops(cls) -> ArrayOps:
        name = cls.engine
        backend = get_backend(name) if name else default_backend()
        return array_ops(backend, _FLOAT)

    @classmethod
    def map(cls, fn: Callable[..., float]) -> Callable[..., Any]:
        """Return the function `(a, out=None)` that applies fn to every cell.

        With `out` the cells are written there, `a` being broadcast to its shape.
        """
        loop = elementwise(cls._loops(), fn, "map")

        def mapped(a: Any, out: Any = None) -> Any:
            made = loop(a._array)
            if out is None:
                return a._like(made)
            out._write(..., made)
            return out

        return mapped

    cmap = map

    @classmethod
    def zip(cls, fn: Callable[..., float]) -> Callable[..., Any]:
        """Return the function `(a, b)` that applies fn to the pairs of cells."""
        loop = elementwise(cls._loops(), fn, "zip")
        return lambda a, b: a._like(loop(a._array, b._array))

    @classmethod
    def reduce(cls, fn: Callable[..., float], start: float = 0.0) -> Callable[..., Any]:
        """Return the function `(a, dim)` that folds the cells along a dim."""
        loop = fold(cls._loops(), fn, start)
        return lambda a, dim: a._like(loop(a._array, as_dims(int(dim), a.ndim)))

    @classmethod
    def matrix_multiply(cls, a: Any, b: Any) -> Any:
        """Return the matrix product; the dims before the last two broadcast."""
        return F.MatMul.apply(a.detach(), b.detach())


class SimpleOps(EngineOps):
    """The plain one: NumPy's loops, with nothing to compile."""

    engine = "numpy"


# Filled by TensorBackend: one backend per TensorOps, found by ops or by engine.
_backends: dict[Any, TensorBackend] = {}
_by_engine: dict[Any, TensorBackend] = {}


class TensorBackend:
    """The functions of tensors that some TensorOps give, by name; one per TensorOps.

    Parameters
    ----------
    ops : SimpleOps, FastOps, or a TensorOps of your own, which then does all the work

    Raises
    ------
    TypeError
        If it has no map, zip and reduce.

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> backend = TensorBackend(SimpleOps)
    >>> backend.add_zip(tensor([1, 2]), tensor([[10], [20]]))
    [[11.00 12.00]
     [21.00 22.00]]
    """

    def __new__(cls, ops: Any) -> TensorBackend:
        """Return the backend of these ops, which is made once."""
        if not all(callable(getattr(ops, m, None)) for m in ("map", "zip", "reduce")):
            raise TypeError(
                "TensorBackend takes a TensorOps, such as SimpleOps or FastOps; "
                f"got {ops!r}."
            )
        if ops not in _backends:
            _backends[ops] = super().__new__(cls)
        return _backends[ops]

    def __init__(self, ops: Any) -> None:
        if hasattr(self, "ops"):
            return
        self.ops = ops
        self.name = ops.__name__
        self.cuda = getattr(ops, "cuda", False)
        self.loops = _loops_of(ops)
        _by_engine[self.loops.backend] = self
        for name in _MAPS:
            setattr(self, f"{name}_map", ops.map(getattr(operators, name)))
        for name in _ZIPS:
            setattr(self, f"{name}_zip", ops.zip(getattr(operators, name)))
        self.id_cmap = ops.cmap(operators.id)
        self.add_reduce = ops.reduce(operators.add, 0.0)
        self.mul_reduce = ops.reduce(operators.mul, 1.0)
        self.matrix_multiply = ops.matrix_multiply

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"A TensorBackend has no {name!r}.")

    def __deepcopy__(self, memo: Any) -> TensorBackend:
        return self

    def __repr__(self) -> str:
        return f"TensorBackend({self.name})"


def _loops_of(ops: Any) -> ArrayOps:
    """Return gradlab's loops, or those of someone's own TensorOps in the same form."""
    if getattr(ops, "__base__", None) is EngineOps:  # not one that overrides a part
        return ops._loops()
    return array_ops(OpsBackend(ops), _FLOAT)


SimpleBackend = TensorBackend(SimpleOps)


def backend_of(engine: Any) -> TensorBackend:
    """Return the TensorBackend that runs on one of gradlab's backends."""
    found = _by_engine.get(engine)
    if found is not None:
        return found
    from gradlab.minitorch.fast_ops import FastOps

    return SimpleBackend if engine.name != "numba" else TensorBackend(FastOps)
