"""Operators: + - * / ** @ and comparisons, tensors and numbers on either side."""

from __future__ import annotations

from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.methods.operands import operand, refused


class Arithmetic(TensorData):
    """The operators of a tensor.

    They work cell by cell, and shapes broadcast. Numbers and arrays count as
    constants of the tensor's own dtype.
    """

    __slots__ = ()

    # Two tensors, the most frequent case, skip this in + - * /: it costs a call.
    def _with(self, fn: Any, other: Any, sign: str, swap: bool = False) -> Any:
        """Apply a zip to this tensor and something else, or say why it cannot be."""
        y = other if isinstance(other, TensorData) else operand(self, other)
        if y is None:
            return refused(sign, other, swap)
        return fn.apply(y, self) if swap else fn.apply(self, y)

    def __add__(self, other: Any) -> Self:
        if isinstance(other, TensorData):
            return F.Add.apply(self, other)
        return self._with(F.Add, other, "+")

    def __radd__(self, other: Any) -> Self:
        return self._with(F.Add, other, "+", swap=True)

    def __sub__(self, other: Any) -> Self:
        if isinstance(other, TensorData):
            return F.Sub.apply(self, other)
        return self._with(F.Sub, other, "-")

    def __rsub__(self, other: Any) -> Self:
        return self._with(F.Sub, other, "-", swap=True)

    def __mul__(self, other: Any) -> Self:
        if isinstance(other, TensorData):
            return F.Mul.apply(self, other)
        return self._with(F.Mul, other, "*")

    def __rmul__(self, other: Any) -> Self:
        return self._with(F.Mul, other, "*", swap=True)

    def __truediv__(self, other: Any) -> Self:
        if isinstance(other, TensorData):
            return F.Div.apply(self, other)
        return self._with(F.Div, other, "/")

    def __rtruediv__(self, other: Any) -> Self:
        return self._with(F.Div, other, "/", swap=True)

    def __pow__(self, other: Any) -> Self:
        return self._with(F.Pow, other, "**")

    def __rpow__(self, other: Any) -> Self:
        return self._with(F.Pow, other, "**", swap=True)

    def __neg__(self) -> Self:
        return F.Neg.apply(self)

    def __abs__(self) -> Self:
        return F.Abs.apply(self)

    def __matmul__(self, other: Any) -> Self:
        return self._with(F.MatMul, other, "@")

    def __rmatmul__(self, other: Any) -> Self:
        return self._with(F.MatMul, other, "@", swap=True)

    # ------------- comparisons: 1 or 0, without gradient -------------

    def __lt__(self, other: Any) -> Self:
        return self._with(F.Lt, other, "<")

    def __gt__(self, other: Any) -> Self:
        return self._with(F.Gt, other, ">")

    def __le__(self, other: Any) -> Self:
        return self._with(F.Le, other, "<=")

    def __ge__(self, other: Any) -> Self:
        return self._with(F.Ge, other, ">=")

    # Python asks == of all kinds of things, so here None or a list is just not equal.
    def __eq__(self, other: Any) -> Any:
        y = operand(self, other)
        return NotImplemented if y is None else F.Eq.apply(self, y)

    def __ne__(self, other: Any) -> Any:
        y = operand(self, other)
        return NotImplemented if y is None else F.Ne.apply(self, y)

    __hash__ = object.__hash__  # by identity: without this line == would take it away

    __array_ufunc__ = None  # so that an ndarray on the left hands over to us
