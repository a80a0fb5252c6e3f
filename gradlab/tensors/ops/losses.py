"""The rows of losses. Labels are made from the shape: classes 0, 1, 2, 0, 1, ..."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors.losses import bce, bce_with_logits, cross_entropy, mse, nll
from gradlab.tensors.ops.table import Op, Samples, lists, tensors

TORCH_LABELS = (
    "(torch.arange(x[:, 0].numel()) % x.shape[1]).reshape(x[:, 0].shape)"  # dim 1
)


def _labels(x: Any) -> Array:
    shape = (x.shape[0], *x.shape[2:])
    return (np.arange(np.prod(shape, dtype=int)) % max(x.shape[1], 1)).reshape(shape)


def _picked(log_p: Array) -> Array:
    """Return minus what stands at the labels, sample by sample."""
    labels = np.expand_dims(_labels(log_p), 1)
    return -np.take_along_axis(log_p, labels, axis=1).squeeze(1)


def _log_softmax(x: Array, dim: int = 1) -> Array:
    return x - np.log(np.exp(x).sum(dim, keepdims=True))


def _bce(p: Array, target: Array) -> Array:
    return -(target * np.log(p) + (1 - target) * np.log(1 - p))


def _shares(*shapes: tuple[int, ...]) -> Samples:
    """Return a drawer of two tensors of numbers between 0 and 1."""
    return lambda rng: [
        (rng.uniform(0.05, 0.95, shape), rng.uniform(0.0, 1.0, shape))
        for shape in shapes
    ]


def _logits_and_shares(*shapes: tuple[int, ...]) -> Samples:
    """Return a drawer of any numbers and, beside them, numbers between 0 and 1."""
    return lambda rng: [
        (rng.normal(size=shape), rng.uniform(0.0, 1.0, shape)) for shape in shapes
    ]


PAIRS = lists(((), ()), ((3,), (3,)), ((2, 3), (2, 3)))
ROWS = tensors((2, 3), (4, 2), (1, 1))

LOSSES: tuple[Op, ...] = (
    Op(
        "mse",
        F.MSE,
        mse,
        lambda x, y: np.mean((x - y) ** 2),
        PAIRS,
        "torch.nn.functional.mse_loss(x, y)",
    ),
    Op(
        "mse_none",
        F.MSE,
        lambda x, y: mse(x, y, "none"),
        lambda x, y: (x - y) ** 2,
        PAIRS,
        "torch.nn.functional.mse_loss(x, y, reduction='none')",
    ),
    Op(
        "bce",
        F.BCE,
        bce,
        lambda x, y: np.mean(_bce(x, y)),
        _shares((), (3,), (2, 3)),
        "torch.nn.functional.binary_cross_entropy(x, y)",
    ),
    Op(
        "bce_with_logits",
        F.BCEWithLogits,
        lambda x, y: bce_with_logits(x, y, "sum"),
        lambda x, y: np.sum(_bce(1 / (1 + np.exp(-x)), y)),
        _logits_and_shares((), (3,), (2, 0)),
        "torch.nn.functional.binary_cross_entropy_with_logits(x, y, reduction='sum')",
    ),
    Op(
        "nll",
        F.NLL,
        lambda x: nll(x, _labels(x)),
        lambda x: np.mean(_picked(x)),
        ROWS,
        f"torch.nn.functional.nll_loss(x, {TORCH_LABELS})",
    ),
    Op(
        "cross_entropy",
        F.CrossEntropy,
        lambda x: cross_entropy(x, _labels(x)),
        lambda x: np.mean(_picked(_log_softmax(x))),
        ROWS,
        f"torch.nn.functional.cross_entropy(x, {TORCH_LABELS})",
    ),
    Op(
        "cross_entropy_none",
        F.CrossEntropy,
        lambda x: cross_entropy(x, _labels(x), "none"),
        lambda x: _picked(_log_softmax(x)),
        tensors((2, 3), (2, 3, 4), (0, 2)),
        f"torch.nn.functional.cross_entropy(x, {TORCH_LABELS}, reduction='none')",
    ),
    Op(
        "cross_entropy_soft",
        F.LogSoftmax,
        lambda x, y: cross_entropy(x, y, "sum"),
        lambda x, y: -np.sum(y * _log_softmax(x, -1)),
        _shares((3,), (2, 3)),
        "torch.nn.functional.cross_entropy(x, y, reduction='sum')",
    ),
)
