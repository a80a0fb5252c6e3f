"""Functions as MiniTorch has them: gradients spread and summed, dims kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.minitorch import operators
from gradlab.tensors import function
from gradlab.tensors import functions as F
from gradlab.tensors.cellwise import ZipFunction
from gradlab.tensors.data import TensorData
from gradlab.tensors.functions import Exp, Inv, MatMul, Mul, Neg, ReLU, Sigmoid
from gradlab.tensors.functions.arithmetic import Add

__all__ = [
    "EQ",
    "LT",
    "Add",
    "All",
    "Copy",
    "Exp",
    "Function",
    "Inv",
    "IsClose",
    "Log",
    "MatMul",
    "Mul",
    "Neg",
    "Permute",
    "ReLU",
    "Sigmoid",
    "Sum",
    "View",
]


class Function(function.Function):
    """An operation on tensors with its gradient: subclass, write forward and backward.

    As in MiniTorch, and only here, backward may return a gradient of another shape
    than its input's: it is spread or summed to that shape, as `expand` does.

    Examples
    --------
    >>> class Times(Function):
    ...     @staticmethod
    ...     def forward(ctx, a, b):
    ...         ctx.save_for_backward(a, b)
    ...         return a.f.mul_zip(a, b)
    ...
    ...     @staticmethod
    ...     def backward(ctx, grad_output):
    ...         a, b = ctx.saved_values
    ...         return grad_output * b, grad_output * a
    >>> from gradlab.minitorch import tensor
    >>> a = tensor([2.0], requires_grad=True)
    >>> Times.apply(a, tensor([1, 2, 3])).sum().backward()
    >>> a.grad
    [6.00]
    """

    @classmethod
    def apply(cls, *vals: Any) -> Any:
        """Run forward and remember how the result was made."""
        first = next((v for v in vals if isinstance(v, TensorData)), None)
        for v in vals:
            if isinstance(v, TensorData) and first is not None:
                on_backend_of(first, v)
        return super().apply(*vals)

    @classmethod
    def _backward(cls, ctx: Any, d_out: Any) -> Any:
        returned = cls.backward(ctx, d_out)
        returned = returned if isinstance(returned, tuple) else (returned,)
        if len(returned) != len(ctx.inputs):
            return returned  # the engine says what is wrong
        return tuple(map(_fitted, ctx.inputs, returned))


def _fitted(source: Any, d: Any) -> Any:
    """Return a gradient in its input's shape."""
    if d is None or not getattr(source, "requires_grad", False):
        return None
    if not isinstance(d, TensorData):
        d = source._like(np.array(d, dtype=np.float64))
    return source.expand(d)


def on_backend_of(first: TensorData, other: TensorData) -> None:
    """Move a tensor to the backend of another, as MiniTorch does when they meet."""
    if other._loops is not first._loops and other.dtype == first.dtype:
        other._loops = first._loops


# ---------------------------- what differs from gradlab's ----------------------------


class _Flat(ZipFunction):
    """A zip whose result has a gradient, of zeros."""

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """A small step changes no answer."""
        x, y = ctx.saved_values
        return np.zeros(x), np.zeros(y)


class LT(_Flat):
    """1 where x < y, else 0."""

    scalar = "lt"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Compare the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.lt_zip(x, y)


class EQ(_Flat):
    """1 where x == y, else 0."""

    scalar = "eq"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Compare the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.eq_zip(x, y)


class IsClose(ZipFunction):
    """1 where x and y differ by less than a hundredth, else 0; without gradient."""

    kind, differentiable = "other", False

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Compare the distance of the pairs with a hundredth."""
        gap = ctx.f.abs_map(ctx.f.sub_zip(x, y))
        return ctx.f.lt_zip(gap, np.array(operators.TOLERANCE))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[None, None]:
        """A small step changes no answer."""
        return None, None


# ------------------ Functions of MiniTorch that are methods here ------------------


class Log:
    """log(x + 1e-6)."""

    @staticmethod
    def apply(x: Any) -> Any:
        """Return x.log()."""
        return x.log()


class Sum:
    """The sum along a dim, which stays as size 1."""

    @staticmethod
    def apply(x: Any, dim: Any = None) -> Any:
        """Return x.sum(dim)."""
        return x.sum(dim)


class All:
    """1 where no cell along a dim is 0."""

    @staticmethod
    def apply(x: Any, dim: Any = None) -> Any:
        """Return x.all(dim)."""
        return x.all(dim)


class Permute:
    """The dims in another order."""

    @staticmethod
    def apply(x: Any, order: Any) -> Any:
        """Return x.permute(*order)."""
        return F.Permute.apply(x, order=whole(order))


class View:
    """The cells under another shape."""

    @staticmethod
    def apply(x: Any, shape: Any) -> Any:
        """Return x.view(*shape)."""
        return F.View.apply(x, shape=whole(shape))


class Copy:
    """The cells in reading order."""

    @staticmethod
    def apply(x: Any) -> Any:
        """Return x.contiguous()."""
        return x.contiguous()


def whole(numbers: Any) -> tuple[int, ...]:
    """Return dims or sizes that came as a tensor, which MiniTorch passes, or a list."""
    return tuple(int(n) for n in numbers)
