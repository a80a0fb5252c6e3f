"""all and any: cells as yes or no, where every number but 0 is a yes.

The results are 1 or 0 and jump between them, so they have no gradient.
"""

from __future__ import annotations

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.reduce import drop_dims


class All(Function):
    """1 where every cell along dims is a yes, else 0."""

    kind, on, differentiable = "reduce", "arrays", False

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: object = None, keepdim: bool = False
    ) -> Array:
        """Multiply the yeses: a single 0 makes the product 0."""
        dims = as_dims(dim, x.ndim)
        yes = np.asarray(x != 0, x.dtype)
        return drop_dims(ctx.f.mul_reduce(yes, dims), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> None:
        """A small step changes no yes."""


class Any(Function):
    """1 where some cell along dims is a yes, else 0."""

    kind, on, differentiable = "reduce", "arrays", False

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: object = None, keepdim: bool = False
    ) -> Array:
        """Count the yeses: one is enough."""
        dims = as_dims(dim, x.ndim)
        yes = np.asarray(x != 0, x.dtype)
        some = np.asarray(ctx.f.add_reduce(yes, dims) != 0, x.dtype)
        return drop_dims(some, dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> None:
        """A small step changes no yes."""
