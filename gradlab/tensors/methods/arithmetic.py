"""Operators: + - * / and friends, with tensors, numbers and arrays on either side."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData


class Arithmetic(TensorData):
    """The operators of a tensor."""

    __slots__ = ()

    def _operand(self, value: Any) -> Any:
        """Return a number or an array as a constant, a tensor as it is, else None."""
        if isinstance(value, TensorData):
            return value
        if isinstance(value, (int, float, np.number, np.ndarray)):
            return self._like(np.array(value, dtype=self.dtype, order="C"))
        return None

    def _binary(self, fn: Any, other: Any, swap: bool = False) -> Self:
        operand = self._operand(other)
        if operand is None:
            return NotImplemented
        pair = (operand, self) if swap else (self, operand)
        return fn.apply(*pair)

    def __add__(self, other: Any) -> Self:
        return self._binary(F.Add, other)

    def __radd__(self, other: Any) -> Self:
        return self._binary(F.Add, other, swap=True)

    def __sub__(self, other: Any) -> Self:
        return self._binary(F.Sub, other)

    def __rsub__(self, other: Any) -> Self:
        return self._binary(F.Sub, other, swap=True)

    def __mul__(self, other: Any) -> Self:
        return self._binary(F.Mul, other)

    def __rmul__(self, other: Any) -> Self:
        return self._binary(F.Mul, other, swap=True)

    def __truediv__(self, other: Any) -> Self:
        return self._binary(F.Div, other)

    def __rtruediv__(self, other: Any) -> Self:
        return self._binary(F.Div, other, swap=True)

    def __neg__(self) -> Self:
        return F.Neg.apply(self)

    __array_ufunc__ = None  # so that an ndarray on the left hands over to us
