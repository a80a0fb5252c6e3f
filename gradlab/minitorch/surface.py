"""Operators and reductions as in MiniTorch: a reduced dim stays, as size 1."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from gradlab.minitorch import operators
from gradlab.minitorch.functions import EQ, LT, IsClose, on_backend_of
from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.tensor import Tensor


class Surface(Tensor):
    """The operators and reductions of MiniTorch's Tensor.

    Examples
    --------
    >>> from gradlab.minitorch import rand
    >>> x = rand((2, 3))
    >>> x.sum(0).shape, x.mean().shape, x.max(-1).shape
    ((1, 3), (1,), (2, 1))
    """

    __slots__ = ()

    # ------------------------------ arithmetic ------------------------------

    def _ensure_tensor(self, b: Any) -> Any:
        """Return b as a tensor on the same backend."""
        if isinstance(b, TensorData):
            on_backend_of(self, b)
            return b
        return self._like(np.array(b, dtype=self.dtype))

    def _with(self, fn: Any, other: Any, sign: str, swap: bool = False) -> Any:
        if isinstance(other, TensorData):
            on_backend_of(self, other)
        return super()._with(fn, other, sign, swap)

    def __add__(self, b: Any) -> Self:
        return self._with(F.Add, b, "+")

    def __sub__(self, b: Any) -> Self:
        return self._with(F.Sub, b, "-")

    def __mul__(self, b: Any) -> Self:
        return self._with(F.Mul, b, "*")

    def __truediv__(self, b: Any) -> Self:
        return self._with(F.Div, b, "/")

    def __lt__(self, b: Any) -> Self:
        return self._with(LT, b, "<")

    def __gt__(self, b: Any) -> Self:
        return self._with(LT, b, ">", swap=True)

    def __eq__(self, b: object) -> Any:
        same = b is None or isinstance(b, (str, bytes, list, tuple, dict))
        return NotImplemented if same else self._with(EQ, b, "==")

    __hash__ = Tensor.__hash__

    def is_close(self, y: Any) -> Self:
        """Return 1 where the cells differ by less than a hundredth, else 0."""
        return self._with(IsClose, y, "is_close")

    def log(self) -> Self:
        """Return log(x + 1e-6) of every cell, as MiniTorch does."""
        return F.Log.apply(self + operators.EPS)

    # ------------------------------ reductions ------------------------------

    def _reduced(self, fn: Any, dim: Any, keepdim: bool, **options: Any) -> Any:
        if isinstance(dim, TensorData):  # MiniTorch passes dims as tensors
            dim = int(dim.item())
        if dim is None:
            return F.View.apply(fn.apply(self, dim=None, **options), shape=(1,))
        return fn.apply(self, dim=dim, keepdim=keepdim, **options)

    def sum(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the sum along `dim`, or of all cells."""
        return self._reduced(F.Sum, dim, keepdim)

    def mean(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the mean along `dim`, or of all cells."""
        return self._reduced(F.Mean, dim, keepdim)

    def prod(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the product along `dim`, or of all cells."""
        return self._reduced(F.Prod, dim, keepdim)

    def max(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the largest number along `dim`; cells that tie share the gradient."""
        return self._reduced(F.Max, dim, keepdim)

    def min(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the smallest number along `dim`; cells that tie share the gradient."""
        return self._reduced(F.Min, dim, keepdim)

    def argmax(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the index of the first largest number along `dim`."""
        return self._reduced(F.ArgMax, dim, keepdim)

    def argmin(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the index of the first smallest number along `dim`."""
        return self._reduced(F.ArgMin, dim, keepdim)

    def all(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return 1 where no cell along `dim` is 0, else 0."""
        return self._reduced(F.All, dim, keepdim)

    def any(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return 1 where some cell along `dim` is not 0, else 0."""
        return self._reduced(F.Any, dim, keepdim)

    def var(
        self, dim: Any = None, *, correction: float = 1, keepdim: bool = True
    ) -> Self:
        """Return the variance along `dim`: the sum of squares over n - correction."""
        return self._reduced(F.Var, dim, keepdim, correction=correction)

    def logsumexp(self, dim: Any = None, keepdim: bool = True) -> Self:
        """Return the log of the sum of e^x along `dim`, without overflow."""
        return self._reduced(F.LogSumExp, dim, keepdim)
