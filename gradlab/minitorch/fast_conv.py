"""MiniTorch's convolutions: zeros on the right, so that the result is as wide as x."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.minitorch.tensor import Tensor
from gradlab.tensors import functions as F

__all__ = ["Conv1dFun", "Conv2dFun", "conv1d", "conv2d"]


class Conv2dFun(F.Conv2d):
    """weight (outputs, channels, height, width) over x (samples, channels, ...).

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> x = tensor([[[0, 1, 2, 3]]])
    >>> Conv1dFun.apply(x, tensor([[[1, 2, 3]]]))
    [[[8.00 14.00 8.00 3.00]]]
    """

    @staticmethod
    def forward(ctx: Context, x: Array, weight: Array) -> Array:  # type: ignore[override]
        """Convolve x with zeros behind the end of each dim."""
        room = [(0, 0), (0, 0), *((0, n - 1) for n in weight.shape[2:])]
        return F.Conv2d.forward(ctx, np.pad(x, room), weight)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array | None, Array | None]:
        """The gradients of the convolution, without those of the zeros."""
        dx, d_weight = F.Conv2d.backward(ctx, d_out)
        if dx is None:
            return None, d_weight
        inside = (slice(None), slice(None), *map(slice, d_out.shape[2:]))
        return dx[inside], d_weight


class Conv1dFun(Conv2dFun):
    """The same along one dim: x (samples, channels, width)."""


def conv1d(input: Tensor, weight: Tensor) -> Tensor:
    """Return the weights over each place of a line, and of zeros on its right."""
    return _applied(Conv1dFun, input, weight)


def conv2d(input: Tensor, weight: Tensor) -> Tensor:
    """Return the weights over each place of an image, zeros on its right and below."""
    return _applied(Conv2dFun, input, weight)


def _applied(fn: Any, input: Tensor, weight: Tensor) -> Tensor:
    return fn.apply(input, input._ensure_tensor(weight))
