"""Tensor: cells, arithmetic, and a memory of how it was made."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from gradlab.autodiff import History, backpropagate
from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData, Version
from gradlab.tensors.f import TensorOps
from gradlab.tensors.function import gradients
from gradlab.tensors.methods import Arithmetic, Elementwise, Reductions, Shapes


class Tensor(Arithmetic, Elementwise, Reductions, Shapes):
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

    def __repr__(self) -> str:
        cells = np.array2string(self._array, separator=", ", prefix="tensor(")
        extra = ", requires_grad=True" if self.requires_grad else ""
        return f"tensor({cells}{extra})"
