"""reduce: many cells folded into one.

The loop keeps the reduced dim, as size 1; only here is it dropped. Backward sends
d_out of a cell to every cell that was folded into it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array, reduced_shape
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function


class Sum(Function):
    """The sum along dims."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Add up the cells along `dim`."""
        dims = as_dims(dim, x.ndim)
        ctx.save_for_backward(x.shape, dims)
        return drop_dims(ctx.f.add_reduce(x, dims), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Each cell moves its sum one for one: spread d_out over the cells."""
        shape, dims = ctx.saved_values
        return spread(d_out, shape, dims)


class Mean(Function):
    """The mean along dims."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Add up the cells along `dim` and divide by their number."""
        dims = as_dims(dim, x.ndim)
        n = _number(math.prod(x.shape[d] for d in dims), x)
        ctx.save_for_backward(x.shape, dims, n)
        return drop_dims(ctx.f.div_zip(ctx.f.add_reduce(x, dims), n), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Each cell moves its mean by 1 / n."""
        shape, dims, n = ctx.saved_values
        return spread(ctx.f.div_zip(d_out, n), shape, dims)


def _number(value: float, like: Array) -> Array:
    return np.asarray(value, dtype=like.dtype)


def drop_dims(x: Array, dims: tuple[int, ...], keepdim: bool) -> Array:
    """Return x without the dims of size 1 that a reduction left, unless kept."""
    return (
        x if keepdim else x.reshape([n for d, n in enumerate(x.shape) if d not in dims])
    )


def spread(d_out: Array, shape: tuple[int, ...], dims: tuple[int, ...]) -> Array:
    """Return d_out repeated over the reduced dims, with or without those dims."""
    return np.broadcast_to(d_out.reshape(reduced_shape(shape, dims)), shape)
