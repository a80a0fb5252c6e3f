"""Batch normalization: every channel with mean 0 and variance 1, then rescaled."""

from __future__ import annotations

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.f import ArrayOps
from gradlab.tensors.function import Function

Statistics = tuple[Array, Array]


class BatchNorm(Function):
    """(x - mean) / sqrt(var + eps) * weight + bias, per channel (dim 1).

    Where mean and variance are those of the batch, backward follows them too: with h
    the normalized x, and means taken per channel,
    dx = weight / sqrt(var + eps) * (d_out - mean(d_out) - h * mean(d_out * h)).
    """

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context,
        x: Array,
        weight: Array,
        bias: Array,
        *,
        eps: float = 1e-5,
        statistics: Statistics | None = None,
        of_batch: bool = True,
    ) -> Array:
        """Normalize by the batch, or by given statistics, then scale and shift."""
        f, channels = ctx.f, _channels(x)
        mean, var = statistics or channel_statistics(f, x)
        scale = (1.0 / np.sqrt(var + eps)).astype(x.dtype).reshape(channels)
        normal = f.mul_zip(f.sub_zip(x, mean.reshape(channels)), scale)
        ctx.save_for_backward(normal, scale, weight, of_batch)
        rescaled = f.mul_zip(normal, weight.reshape(channels))
        return f.add_zip(rescaled, bias.reshape(channels))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array, Array]:
        """See the class for the formula; given statistics stand still."""
        normal, scale, weight, of_batch = ctx.saved_values
        f, dims = ctx.f, _other_dims(d_out)
        d_bias = f.add_reduce(d_out, dims)
        d_weight = f.add_reduce(f.mul_zip(d_out, normal), dims)
        d = d_out
        if of_batch:
            n = _number_per_channel(d_out)
            pull = f.add_zip(
                f.div_zip(d_bias, n), f.mul_zip(normal, f.div_zip(d_weight, n))
            )
            d = f.sub_zip(d_out, pull)
        dx = f.mul_zip(d, f.mul_zip(scale, weight.reshape(scale.shape)))
        return dx, d_weight.reshape(-1), d_bias.reshape(-1)


def channel_statistics(f: ArrayOps, x: Array) -> Statistics:
    """Return the mean and the (biased) variance of each channel."""
    dims, n = _other_dims(x), _number_per_channel(x)
    mean = f.div_zip(f.add_reduce(x, dims), n)
    apart = f.sub_zip(x, mean)
    var = f.div_zip(f.add_reduce(f.mul_zip(apart, apart), dims), n)
    return mean.reshape(-1), var.reshape(-1)


def _channels(x: Array) -> tuple[int, ...]:
    return (1, -1, *[1] * (x.ndim - 2))


def _other_dims(x: Array) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def _number_per_channel(x: Array) -> Array:
    return np.asarray(x.size // max(x.shape[1], 1), x.dtype)
