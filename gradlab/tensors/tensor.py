"""Tensor: cells, arithmetic, and a memory of how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np

from gradlab.autodiff import History, backpropagate
from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData, Version
from gradlab.tensors.f import TensorOps
from gradlab.tensors.function import gradients
from gradlab.tensors.functions.views import checked_index


class Tensor(TensorData):
    """A multidimensional array that can be differentiated; make one with `tensor`.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad.tolist()
    [2.0, 4.0, 6.0]
    """

    __slots__ = ("__weakref__", "grad", "history", "name", "requires_grad")

    def __init__(
        self,
        array: Array,
        backend: Backend | None = None,
        version: Version | None = None,
        *,
        requires_grad: bool = False,
        name: str | None = None,
    ) -> None:
        super().__init__(array, backend, version)
        self.requires_grad = requires_grad
        self.grad: Any = None  # None, or a tensor of exactly this shape
        self.history: History | None = None
        self.name = name

    def _like(self, array: Array, version: Version | None = None) -> Self:
        """Return a tensor of this class and backend around other cells."""
        return type(self)(array, self._backend, version)

    # ------------------------------ the graph ------------------------------

    @property
    def is_leaf(self) -> bool:
        """True for a tensor that no Function made."""
        return self.history is None

    @property
    def is_constant(self) -> bool:
        """True for a leaf that gets no gradient."""
        return self.is_leaf and not self.requires_grad

    @property
    def f(self) -> TensorOps:
        """map, zip and reduce by name, with nothing recorded: `t.f.mul_zip(t, u)`."""
        return TensorOps(plugging.current() or self._backend, self._like)

    def chain_rule(self, d_out: Any) -> list[tuple[int, Any, Any]]:
        """Return (position, input, gradient) for each input that needs one."""
        return gradients(self.history, d_out) if self.history else []

    def accumulate(self, d_out: Any) -> None:
        """Add to the gradient gathered so far."""
        total = d_out._array if self.grad is None else self.grad._array + d_out._array
        self.grad = self._like(np.array(total, order="C"))

    def backward(self, d_out: Any = None) -> None:
        """Add the gradient of this tensor to the `.grad` of every leaf below it.

        Parameters
        ----------
        d_out : the gradient of the final result with respect to this tensor, of its
            shape; may be left out for one element, where it is 1

        Raises
        ------
        ValueError
            If nothing below needs a gradient, or `d_out` is missing or misshapen.
        """
        if not self.requires_grad:
            raise ValueError(
                "backward found nothing to differentiate: no tensor below this one has "
                "requires_grad=True."
            )
        backpropagate(self, self._d_out(d_out))

    def _d_out(self, d_out: Any) -> Self:
        if d_out is None:
            if self.size != 1:
                raise ValueError(
                    f"backward() without d_out needs one element, but shape "
                    f"{self.shape} has {self.size}. Call .sum().backward(), or "
                    f"backward(d_out) with d_out of shape {self.shape}."
                )
            return self._like(np.ones_like(self._array))
        cells = d_out._array if isinstance(d_out, TensorData) else d_out
        array = np.array(cells, dtype=self.dtype)
        if array.shape != self.shape:
            raise ValueError(
                f"backward got d_out of shape {array.shape} for a tensor of shape "
                f"{self.shape}; the shapes must be equal."
            )
        return self._like(array)

    def zero_grad(self) -> None:
        """Forget the gradient gathered so far."""
        self.grad = None

    def detach(self) -> Self:
        """Return the same cells without history and without gradient."""
        return self._like(self._array, self._version)

    # ----------------------------- arithmetic ------------------------------

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
        return self._apply(F.Neg)

    __array_ufunc__ = None  # so that an ndarray on the left hands over to us

    # -------------------------------- methods --------------------------------

    def _apply(self, fn: Any, **options: Any) -> Self:
        return fn.apply(self, **options)

    def inv(self) -> Self:
        """Return 1 / x."""
        return self._apply(F.Inv)

    def log(self) -> Self:
        """Return the natural logarithm of every cell."""
        return self._apply(F.Log)

    def exp(self) -> Self:
        """Return e to the power of every cell."""
        return self._apply(F.Exp)

    def sigmoid(self) -> Self:
        """Return 1 / (1 + e^-x) of every cell."""
        return self._apply(F.Sigmoid)

    def relu(self) -> Self:
        """Return every cell where positive, else 0."""
        return self._apply(F.ReLU)

    def sum(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the sum along `dim` (one, several, or all); see NumPy's axis."""
        return self._apply(F.Sum, dim=dim, keepdim=keepdim)

    def mean(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the mean along `dim` (one, several, or all)."""
        return self._apply(F.Mean, dim=dim, keepdim=keepdim)

    def view(self, *shape: int) -> Self:
        """Return the same cells, in the same order, under another shape."""
        return self._apply(F.View, shape=_sizes(shape, "view"))

    def permute(self, *order: int) -> Self:
        """Return the same cells with the dims in another order."""
        return self._apply(F.Permute, order=_sizes(order, "permute"))

    def contiguous(self) -> Self:
        """Return the same cells, copied into reading order if they are not."""
        return self._apply(F.Contiguous)

    def __getitem__(self, index: Any) -> Self:
        return self._apply(F.GetItem, index=checked_index(index, self.shape))

    def __setitem__(self, index: Any, value: Any) -> None:
        cells = value._array if isinstance(value, TensorData) else value
        self._write(checked_index(index, self.shape), cells)

    def __iter__(self) -> Iterator[Self]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        cells = np.array2string(self._array, separator=", ", prefix="tensor(")
        extra = ", requires_grad=True" if self.requires_grad else ""
        return f"tensor({cells}{extra})"


def _sizes(numbers: tuple[Any, ...], method: str) -> tuple[int, ...]:
    """Return the whole numbers of view(2, 3) or view((2, 3))."""
    if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)):
        numbers = tuple(numbers[0])
    for number in numbers:
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise TypeError(
                f"{method} takes whole numbers, such as {method}(2, 3); got {number!r}."
            )
    return tuple(int(number) for number in numbers)
