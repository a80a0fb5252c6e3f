"""Convolution: the same small weights at every place.

As in PyTorch the kernel is not turned round, so the right word is cross-correlation.
The windows become the columns of a matrix (im2col) and one matmul does the rest;
backward adds the columns up where their windows overlapped (col2im).
"""

from __future__ import annotations

import math
from typing import Any

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.function import Function
from gradlab.tensors.functions.windows import Frame, columns, frame_of, gather


class Conv2d(Function):
    """Weights (outputs, channels, *kernel) over x (samples, channels, *sizes)."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, weight: Array, *, stride: Any = 1, padding: Any = 0
    ) -> Array:
        """Multiply the weights with the cells under each window, and add up."""
        check_channels(x.shape, weight.shape)
        frame = frame_of(x.shape, weight.shape[2:], stride, padding, "convolution")
        ctx.save_for_backward(x, weight, frame)
        out = ctx.f.matmul(_rows(weight), columns(x, frame))
        return out.reshape(len(x), len(weight), *frame.places(x.shape))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array | None, Array | None]:
        """The gradients of the matmul; those of the columns go back to their cells."""
        x, weight, frame = ctx.saved_values
        d = d_out.reshape(*d_out.shape[:2], math.prod(d_out.shape[2:]))
        dx = d_weight = None
        if ctx.needs(0):
            dx = _to_cells(ctx.f.matmul(_rows(weight).T, d), x.shape, frame)
        if ctx.needs(1):
            each = ctx.f.matmul(d, columns(x, frame).swapaxes(-1, -2))
            d_weight = ctx.f.add_reduce(each, (0,)).reshape(weight.shape)
        return dx, d_weight


class Conv1d(Conv2d):
    """The same along one dim: x (samples, channels, size)."""


def _rows(weight: Array) -> Array:
    """Return the weights as a matrix with one row per output channel."""
    return weight.reshape(len(weight), math.prod(weight.shape[1:]))


def _to_cells(d_columns: Array, shape: tuple[int, ...], frame: Frame) -> Array:
    """Return, for each cell of x, the sum over the columns it stood in (col2im)."""
    n, places = len(frame.kernel), frame.places(shape)
    d = d_columns.reshape(*shape[:2], *frame.kernel, *places)
    order = (0, 1, *range(2 + n, 2 + 2 * n), *range(2, 2 + n))
    return gather(d.transpose(order), shape, frame)


def check_channels(x: tuple[int, ...], weight: tuple[int, ...]) -> None:
    """Say in words why a weight does not fit an input, if it does not.

    Raises
    ------
    ValueError
        Unless x is (samples, channels, *sizes), weight (outputs, channels, *kernel).

    Examples
    --------
    >>> check_channels((1, 3, 8, 8), (5, 3, 2, 2))
    """
    if len(x) != len(weight) or len(x) < 3 or x[1] != weight[1]:
        raise ValueError(
            "A convolution takes x of shape (samples, channels, *sizes) and weight of "
            f"shape (outputs, channels, *kernel); got {x} and {weight}."
        )
