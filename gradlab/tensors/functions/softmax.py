"""Softmax and its logarithm: shifted by the largest number, so nothing overflows.

exp(1000) is inf, but a softmax does not change when all its numbers are shifted:
with the largest at 0, every exponential lies between 0 and 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.reduce import drop_dims, spread


class LogSumExp(Function):
    """log of the sum of e^x along dims: a soft maximum."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Shift by the largest number, sum the exponentials, shift back."""
        dims = as_dims(dim, x.ndim)
        # A finite shift, as inf - inf would be NaN.
        ends = np.finfo(x.dtype)
        shift = np.asarray(ctx.f.maximum_reduce(x, dims).clip(ends.min, ends.max))
        e = ctx.f.exp_map(ctx.f.sub_zip(x, shift))
        total = ctx.f.add_reduce(e, dims)
        ctx.save_for_backward(e, total, dims)
        return drop_dims(ctx.f.add_zip(ctx.f.log_map(total), shift), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is the softmax."""
        e, total, dims = ctx.saved_values
        softmax = ctx.f.div_zip(e, total)
        return ctx.f.mul_zip(spread(d_out, e.shape, dims), softmax)


class Softmax(Function):
    """e^x as a share of the sum of e^x along dims: numbers that add up to 1."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, dim: Any) -> Array:
        """Divide every exponential by their sum."""
        dims = as_dims(dim, x.ndim)
        e = ctx.f.exp_map(ctx.f.sub_zip(x, ctx.f.maximum_reduce(x, dims)))
        y = ctx.f.div_zip(e, ctx.f.add_reduce(e, dims))
        ctx.save_for_backward(y, dims)
        return y

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Y (d_out - sum of y d_out): a cell gains what the others lose."""
        y, dims = ctx.saved_values
        both = ctx.f.mul_zip(y, d_out)
        return ctx.f.sub_zip(both, ctx.f.mul_zip(y, ctx.f.add_reduce(both, dims)))


class LogSoftmax(Function):
    """The logarithm of the softmax: x - logsumexp(x)."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, dim: Any) -> Array:
        """Subtract the log of the sum; a softmax of 0 would have no log."""
        dims = as_dims(dim, x.ndim)
        shifted = ctx.f.sub_zip(x, ctx.f.maximum_reduce(x, dims))
        total = ctx.f.add_reduce(ctx.f.exp_map(shifted), dims)
        y = ctx.f.sub_zip(shifted, ctx.f.log_map(total))
        ctx.save_for_backward(y, dims)
        return y

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """d_out - softmax * sum of d_out."""
        y, dims = ctx.saved_values
        total = ctx.f.add_reduce(d_out, dims)
        return ctx.f.sub_zip(d_out, ctx.f.mul_zip(ctx.f.exp_map(y), total))
