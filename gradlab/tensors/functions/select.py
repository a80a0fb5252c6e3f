"""Choosing: every cell of the result is a cell of one of the inputs.

So d_out goes to the input that was chosen, and the others get 0.
"""

from __future__ import annotations

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.indexing import shape_broadcast
from gradlab.tensors.cellwise import ZipFunction
from gradlab.tensors.function import Function
from gradlab.tensors.functions.arithmetic import Gradient, chain
from gradlab.tensors.unbroadcast import sum_to_shape


class Maximum(ZipFunction):
    """The larger of x and y."""

    scalar = "maximum"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Keep the larger of each pair."""
        ctx.save_for_backward(x, y)
        return ctx.f.maximum_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """1 for the larger number, 0 for the other; at a tie we choose ½ for both."""
        f, (x, y) = ctx.f, ctx.saved_values
        dx = chain(f, d_out, f.larger_zip(x, y), x.shape) if ctx.needs(0) else None
        dy = chain(f, d_out, f.larger_zip(y, x), y.shape) if ctx.needs(1) else None
        return dx, dy


class Minimum(ZipFunction):
    """The smaller of x and y."""

    scalar = "minimum"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Keep the smaller of each pair."""
        ctx.save_for_backward(x, y)
        return ctx.f.minimum_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """1 for the smaller number, 0 for the other; at a tie we choose ½ for both."""
        f, (x, y) = ctx.f, ctx.saved_values
        dx = chain(f, d_out, f.larger_zip(y, x), x.shape) if ctx.needs(0) else None
        dy = chain(f, d_out, f.larger_zip(x, y), y.shape) if ctx.needs(1) else None
        return dx, dy


class Clip(Function):
    """x, but low where it is below low, and high where it is above high."""

    on = "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, low: Array, high: Array) -> Array:
        """Raise what is below low, then lower what is above high."""
        raised = ctx.f.maximum_zip(x, low)
        ctx.save_for_backward(x, low, high)
        return ctx.f.minimum_zip(raised, high)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient, Gradient]:
        """d_out goes to x from low to high, ends included, else to the bound."""
        x, low, high = ctx.saved_values
        above = np.maximum(x, low) > high
        below = (x < low) & ~above
        return (
            _share(ctx, 0, d_out, ~(below | above), x.shape),
            _share(ctx, 1, d_out, below, low.shape),
            _share(ctx, 2, d_out, above, high.shape),
        )


class Where(Function):
    """x where the condition holds, else y."""

    on = "arrays"

    @staticmethod
    def forward(ctx: Context, condition: Array, x: Array, y: Array) -> Array:
        """Take each cell from x where the condition is not 0, else from y."""
        shape_broadcast(shape_broadcast(condition.shape, x.shape), y.shape)
        holds = condition != 0
        ctx.save_for_backward(holds, x.shape, y.shape)
        return np.where(holds, x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[None, Gradient, Gradient]:
        """d_out goes to x where the condition holds, else to y."""
        holds, x_shape, y_shape = ctx.saved_values
        dx = _share(ctx, 1, d_out, holds, x_shape)
        dy = _share(ctx, 2, d_out, ~holds, y_shape)
        return None, dx, dy


# Chosen, not multiplied: 0 times an infinite d_out would be NaN.
def _share(
    ctx: Context, position: int, d_out: Array, chosen: Array, shape: tuple[int, ...]
) -> Gradient:
    """Return d_out in the chosen cells and 0 elsewhere, summed to an input's shape."""
    if not ctx.needs(position):
        return None
    return sum_to_shape(ctx.f, np.where(chosen, d_out, 0.0), shape)
