"""reduce: many cells folded into one.

The loop keeps the reduced dim, as size 1; only here is it dropped. Backward sends
d_out of a cell to every cell that was folded into it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array, accumulator, reduced_shape
from gradlab.backends.quiet import quiet
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
        n = np.array(cells_along(x.shape, dims), x.dtype)
        ctx.save_for_backward(x.shape, dims, n)
        return drop_dims(ctx.f.div_zip(ctx.f.add_reduce(x, dims), n), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Each cell moves its mean by 1 / n."""
        shape, dims, n = ctx.saved_values
        return spread(ctx.f.div_zip(d_out, n), shape, dims)


class Prod(Function):
    """The product along dims."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Multiply the cells along `dim`."""
        dims = as_dims(dim, x.ndim)
        ctx.save_for_backward(x, dims)
        return drop_dims(ctx.f.mul_reduce(x, dims), dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Each cell moves its product by the product of the others."""
        x, dims = ctx.saved_values
        others = quiet(_product_of_others, x, dims)
        return ctx.f.mul_zip(spread(d_out, x.shape, dims), others)


# The product divided by the cell would be 0 / 0 at a zero, so nothing is divided.
def _product_of_others(x: Array, dims: tuple[int, ...]) -> Array:
    """Return for each cell what lies before it, multiplied, times what lies after."""
    strips = as_strips(x, dims).astype(accumulator(x))
    before, after = np.ones_like(strips), np.ones_like(strips)
    np.cumprod(strips[..., :-1], axis=-1, out=before[..., 1:])
    np.cumprod(strips[..., :0:-1], axis=-1, out=after[..., -2::-1])
    return from_strips(before * after, x.shape, dims).astype(x.dtype)


# ------------------------------------- shapes -------------------------------------


def cells_along(shape: tuple[int, ...], dims: tuple[int, ...]) -> int:
    """Return how many cells are folded into each cell of the result."""
    return math.prod([shape[d] for d in dims])


def drop_dims(x: Array, dims: tuple[int, ...], keepdim: bool) -> Array:
    """Return x without the dims of size 1 that a reduction left, unless kept."""
    if keepdim:
        return x
    if len(dims) == x.ndim:
        return x.reshape(())
    return x.reshape([n for d, n in enumerate(x.shape) if d not in dims])


def spread(d_out: Array, shape: tuple[int, ...], dims: tuple[int, ...]) -> Array:
    """Return d_out repeated over the reduced dims, with or without those dims."""
    if d_out.size == 1:  # one number seen from every cell; broadcast_to takes 4 us
        same = np.ndarray(shape, d_out.dtype, d_out, strides=(0,) * len(shape))
        same.flags.writeable = False
        return same
    return np.broadcast_to(d_out.reshape(reduced_shape(shape, dims)), shape)


def as_strips(x: Array, dims: tuple[int, ...]) -> Array:
    """Return x with the cells that are folded together side by side, last.

    Examples
    --------
    >>> as_strips(np.arange(6).reshape(2, 3), (0,))
    array([[0, 3],
           [1, 4],
           [2, 5]])
    """
    kept = [d for d in range(x.ndim) if d not in dims]
    sizes = [x.shape[d] for d in kept]
    return x.transpose(*kept, *dims).reshape(*sizes, cells_along(x.shape, dims))


def from_strips(strips: Array, shape: tuple[int, ...], dims: tuple[int, ...]) -> Array:
    """Return the cells that `as_strips` laid side by side, each in its own place."""
    order = [d for d in range(len(shape)) if d not in dims] + list(dims)
    moved = strips.reshape([shape[d] for d in order])
    return moved.transpose([order.index(d) for d in range(len(shape))])
