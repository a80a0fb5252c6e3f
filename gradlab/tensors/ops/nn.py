"""The rows of what layers do."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors.layers import (
    avg_pool2d,
    batch_norm,
    conv1d,
    conv2d,
    dropout,
    max_pool2d,
)
from gradlab.tensors.ops.table import Op, Samples, lists, tensors


def _apart(*shapes: tuple[int, ...]) -> Samples:
    """Return a drawer of numbers that are never near each other: no ties."""
    return lambda rng: [
        (rng.permutation(np.arange(np.prod(shape)) / 4.0).reshape(shape),)
        for shape in shapes
    ]


def _conv(x: Array, weight: Array, stride: int, padding: int) -> Array:
    """Convolve cell by cell of the result, along any number of dims."""
    room = [(0, 0), (0, 0), *[(padding, padding)] * (x.ndim - 2)]
    x, kernel = np.pad(x, room), weight.shape[2:]
    places = [(n - k) // stride + 1 for n, k in zip(x.shape[2:], kernel)]
    out = np.zeros((len(x), len(weight), *places))
    for at in np.ndindex(*places):
        starts = [i * stride for i in at]
        window: Any = (slice(i, i + k) for i, k in zip(starts, kernel))
        cell: Any = (..., *at)
        dims = range(1, x.ndim)
        out[cell] = np.tensordot(x[..., *window], weight, (dims, dims))
    return out


def _pool(x: Array, fold: str, size: int, stride: int, padding: int) -> Array:
    """Fold every window, cell by cell of the result."""
    border = -np.inf if fold == "max" else 0.0
    p = (padding, padding)
    x = np.pad(x, [(0, 0), (0, 0), p, p], constant_values=border)
    places = [(n - size) // stride + 1 for n in x.shape[2:]]
    out = np.zeros((*x.shape[:2], *places))
    for i, j in np.ndindex(*places):
        rows, columns = i * stride, j * stride
        seen = x[..., rows : rows + size, columns : columns + size]
        out[..., i, j] = getattr(seen, fold)((-2, -1))
    return out


def _normalized(x: Array, weight: Array, bias: Array) -> Array:
    dims = (0, *range(2, x.ndim))
    channels = (1, -1, *[1] * (x.ndim - 2))
    apart = x - x.mean(dims, keepdims=True)
    scaled = apart / np.sqrt(x.var(dims, keepdims=True) + 1e-5)
    return scaled * weight.reshape(channels) + bias.reshape(channels)


NN: tuple[Op, ...] = (
    Op(
        "conv1d",
        F.Conv1d,
        lambda x, w: conv1d(x, w, padding=1),
        lambda x, w: _conv(x, w, 1, 1),
        lists(((2, 2, 5), (3, 2, 3)), ((1, 1, 2), (1, 1, 1)), ((0, 1, 4), (2, 1, 2))),
        "torch.nn.functional.conv1d(*xs, padding=1)",
    ),
    Op(
        "conv2d",
        F.Conv2d,
        conv2d,
        lambda x, w: _conv(x, w, 1, 0),
        lists(((2, 2, 4, 3), (2, 2, 2, 3)), ((1, 1, 3, 3), (1, 1, 1, 1))),
        "torch.nn.functional.conv2d(*xs)",
    ),
    Op(
        "conv2d_strided",
        F.Conv2d,
        lambda x, w: conv2d(x, w, stride=2, padding=1),
        lambda x, w: _conv(x, w, 2, 1),
        lists(((2, 1, 4, 5), (2, 1, 3, 2)), ((1, 2, 2, 2), (1, 2, 2, 2))),
        "torch.nn.functional.conv2d(*xs, stride=2, padding=1)",
    ),
    Op(
        "max_pool2d",
        F.MaxPool2d,
        lambda x: max_pool2d(x, 2),
        lambda x: _pool(x, "max", 2, 2, 0),
        _apart((2, 2, 4, 4), (1, 1, 5, 3), (0, 1, 2, 2)),
        "torch.nn.functional.max_pool2d(x, 2)",
    ),
    Op(
        "max_pool2d_overlapping",
        F.MaxPool2d,
        lambda x: max_pool2d(x, 3, stride=1, padding=1),
        lambda x: _pool(x, "max", 3, 1, 1),
        _apart((2, 1, 3, 4), (1, 1, 1, 1)),
        "torch.nn.functional.max_pool2d(x, 3, stride=1, padding=1)",
    ),
    Op(
        "avg_pool2d",
        F.AvgPool2d,
        lambda x: avg_pool2d(x, 2),
        lambda x: _pool(x, "mean", 2, 2, 0),
        tensors((2, 2, 4, 4), (1, 1, 5, 3), (0, 1, 2, 2)),
        "torch.nn.functional.avg_pool2d(x, 2)",
    ),
    Op(
        "avg_pool2d_overlapping",
        F.AvgPool2d,
        lambda x: avg_pool2d(x, 3, stride=2, padding=1),
        lambda x: _pool(x, "mean", 3, 2, 1),
        tensors((2, 1, 4, 5), (1, 1, 1, 1)),
        "torch.nn.functional.avg_pool2d(x, 3, stride=2, padding=1)",
    ),
    Op(
        "dropout",
        F.Dropout,
        lambda x: dropout(x, 0.25, seed=3),
        lambda x: x * (np.random.default_rng(3).random(x.shape) >= 0.25) / 0.75,
        tensors((), (3, 4), (0, 2)),
    ),
    Op(
        "batch_norm",
        F.BatchNorm,
        batch_norm,
        _normalized,
        lists(
            ((4, 2), (2,), (2,)), ((2, 3, 2), (3,), (3,)), ((2, 1, 2, 2), (1,), (1,))
        ),
        "torch.nn.functional.batch_norm(xs[0], None, None, xs[1], xs[2], True)",
    ),
)
