"""Views: other names for the same cells.

Forward moves nothing (reshape and contiguous copy where they must). The Jacobian is
0s and 1s: backward sends d_out of a cell back to the cell it names.
"""

from __future__ import annotations

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.sizes import expanded_shape, full_shape, whole_order
from gradlab.tensors.unbroadcast import sum_to_shape


class View(Function):
    """The same cells, in the same order, under another shape, nothing moved."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, shape: tuple[int, ...]) -> Array:
        """Rename the cells, where strides can say it."""
        ctx.save_for_backward(x.shape)
        named = x.reshape(full_shape(x.shape, shape))
        if x.size and not np.may_share_memory(named, x):  # NumPy had to copy
            raise ValueError(
                f"view cannot rename the cells of shape {x.shape} as {named.shape}: "
                "they do not lie in storage in an order that strides can follow "
                "(permute does that). Use contiguous().view(...), or reshape(...)."
            )
        return named

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Rename back."""
        (shape,) = ctx.saved_values
        return d_out.reshape(shape)


class Reshape(Function):
    """The same cells, in the same order, under another shape, moved if need be."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, shape: tuple[int, ...]) -> Array:
        """Rename the cells; copy them where strides cannot say it."""
        ctx.save_for_backward(x.shape)
        return x.reshape(full_shape(x.shape, shape, "reshape"))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Rename back."""
        (shape,) = ctx.saved_values
        return d_out.reshape(shape)


class Permute(Function):
    """The same cells with the dims in another order."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, order: tuple[int, ...]) -> Array:
        """Reorder shape and strides; storage stays."""
        dims = whole_order(order, x.ndim)
        ctx.save_for_backward(dims)
        return x.transpose(dims)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Put each dim back where it came from: the inverse order."""
        (dims,) = ctx.saved_values
        return d_out.transpose([dims.index(d) for d in range(len(dims))])


class Expand(Function):
    """Dims of size 1 read as often as asked: strides of 0, no copies."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, shape: tuple[int, ...]) -> Array:
        """Read the same cells again and again; -1 keeps a size."""
        ctx.save_for_backward(x.shape)
        return np.broadcast_to(x, expanded_shape(x.shape, shape))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """A cell that was read many times gets the sum over its readings."""
        (shape,) = ctx.saved_values
        return sum_to_shape(ctx.f, d_out, shape)


class Flip(Function):
    """The same cells, some dims read backwards: negative strides."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, dims: tuple[int, ...]) -> Array:
        """Start at the last cell and step back."""
        dims = as_dims(dims, x.ndim)
        ctx.save_for_backward(dims)
        return np.flip(x, dims)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Flipping twice is no flip."""
        (dims,) = ctx.saved_values
        return np.flip(d_out, dims)


class Contiguous(Function):
    """The same cells, copied into reading order if they are not."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Copy if need be."""
        return np.asarray(x, order="C")

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Every cell went to itself."""
        return d_out
