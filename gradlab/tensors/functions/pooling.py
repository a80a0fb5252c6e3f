"""Pooling: the largest number, or the mean, of what each window sees."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.function import Function
from gradlab.tensors.functions.windows import Frame, frame_of, gather, windows


class MaxPool2d(Function):
    """The largest number in each window of x (samples, channels, height, width)."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, kernel: Any, stride: Any, padding: Any = 0
    ) -> Array:
        """Fold each window by maximum; a border never wins."""
        frame = frame_of(x.shape, kernel, stride, padding, "max_pool2d")
        check_border(frame, "max_pool2d")
        ctx.save_for_backward(x, frame)
        return _first_four(ctx.f.maximum_reduce(windows(x, frame, -np.inf), (4, 5)))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The cell that won gets d_out; cells that tie share it evenly."""
        x, frame = ctx.saved_values
        seen = windows(x, frame, -np.inf)
        won = ctx.f.eq_zip(seen, ctx.f.maximum_reduce(seen, (4, 5)))
        share = ctx.f.div_zip(d_out[..., None, None], ctx.f.add_reduce(won, (4, 5)))
        return gather(ctx.f.mul_zip(won, share), x.shape, frame)


class AvgPool2d(Function):
    """The mean of each window of x (samples, channels, height, width)."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, kernel: Any, stride: Any, padding: Any = 0
    ) -> Array:
        """Add up each window, a border counting as 0, and divide by its size."""
        frame = frame_of(x.shape, kernel, stride, padding, "avg_pool2d")
        check_border(frame, "avg_pool2d")
        size = np.asarray(math.prod(frame.kernel), x.dtype)
        ctx.save_for_backward(x.shape, frame, size)
        total = _first_four(ctx.f.add_reduce(windows(x, frame), (4, 5)))
        return ctx.f.div_zip(total, size)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Each cell moves the mean of a window it is in by 1 / size."""
        shape, frame, size = ctx.saved_values
        share = ctx.f.div_zip(d_out, size)[..., None, None]
        spread = np.broadcast_to(share, (*d_out.shape, *frame.kernel))
        return gather(spread, shape, frame)


def _first_four(x: Array) -> Array:
    return x.reshape(x.shape[:4])


def check_border(frame: Frame, what: str) -> None:
    """Say that a border is too wide, if a window could lie wholly in it.

    Raises
    ------
    ValueError
        If padding is more than half the kernel.

    Examples
    --------
    >>> check_border(Frame((2, 2), (2, 2), (1, 1)), "max_pool2d")
    """
    if any(2 * p > k for p, k in zip(frame.padding, frame.kernel)):
        raise ValueError(
            f"{what}: padding {frame.padding} is more than half the kernel "
            f"{frame.kernel}; a window could see nothing but border."
        )
