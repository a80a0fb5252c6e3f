"""Losses: how far a prediction is from its target, as one number to make smaller.

Each takes `reduction`: "mean" and "sum" of the losses, or "none" for all of them.
Their arguments were checked in `gradlab.tensors.losses`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.backends.quiet import quiet
from gradlab.tensors.function import Function

LOG_FLOOR = -100.0  # the log of a probability is cut off here: one 0 is no inf
PRODUCT_FLOOR = 1e-12  # and p (1 - p) here, where backward divides by it


class MSE(Function):
    """(x - target)²: the squared error."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, target: Array, *, reduction: str = "mean"
    ) -> Array:
        """Square the differences."""
        off = ctx.f.sub_zip(x, target)
        ctx.save_for_backward(off, reduction)
        return _reduced(ctx.f, ctx.f.mul_zip(off, off), reduction)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """By x: 2 (x - target). By the target: the opposite."""
        off, reduction = ctx.saved_values
        d = _per_loss(d_out, off.size, reduction)
        dx = ctx.f.mul_zip(off, ctx.f.add_zip(d, d))
        return dx, ctx.f.neg_map(dx)


class BCE(Function):
    """-t log p - (1 - t) log(1 - p): binary cross entropy of probabilities."""

    kind, on = "other", "arrays"

    @staticmethod
    @np.errstate(all="ignore")
    def forward(
        ctx: Context, p: Array, target: Array, *, reduction: str = "mean"
    ) -> Array:
        """Weigh the two logarithms by the target."""
        yes, no = np.log(p), np.log1p(-p)
        yes, no = np.maximum(yes, LOG_FLOOR), np.maximum(no, LOG_FLOOR)
        ctx.save_for_backward(p, target, no - yes, reduction)
        losses = np.asarray(-(target * yes + (1 - target) * no))
        return _reduced(ctx.f, losses, reduction)

    @staticmethod
    @np.errstate(all="ignore")
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """By p: (p - t) / (p (1 - p)). By the target: log(1 - p) - log p."""
        p, target, d_target, reduction = ctx.saved_values
        d = _per_loss(d_out, p.size, reduction)
        dp = (p - target) / np.maximum(p * (1 - p), PRODUCT_FLOOR)
        return np.asarray(d * dp), np.asarray(d * d_target)


class BCEWithLogits(Function):
    """Binary cross entropy of sigmoid(x), from x itself."""

    kind, on = "other", "arrays"

    @staticmethod
    @np.errstate(all="ignore")
    def forward(
        ctx: Context, x: Array, target: Array, *, reduction: str = "mean"
    ) -> Array:
        """log(1 + e^-|x|), plus |x| for the share of the target on the wrong side."""
        ctx.save_for_backward(x, target, reduction)
        wrong = np.where(x > 0, 1 - target, target)
        losses = np.asarray(np.log1p(np.exp(-np.abs(x))) + np.abs(x) * wrong)
        return _reduced(ctx.f, losses, reduction)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """By x: sigmoid(x) - t. By the target: -x."""
        x, target, reduction = ctx.saved_values
        d = _per_loss(d_out, x.size, reduction)
        dx = ctx.f.mul_zip(ctx.f.sub_zip(ctx.f.sigmoid_map(x), target), d)
        return dx, ctx.f.mul_zip(ctx.f.neg_map(x), d)


class NLL(Function):
    """Minus the log probability of the right class."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, labels: Array, reduction: str = "mean"
    ) -> Array:
        """Pick one log probability per sample and turn its sign."""
        own = _sample_and_label(labels)
        ctx.save_for_backward(x.shape, own, reduction)
        losses = ctx.f.neg_map(_by_sample(x)[own]).reshape(labels.shape)
        return _reduced(ctx.f, losses, reduction)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """-1 for the log probability that was picked, 0 for the others."""
        shape, own, reduction = ctx.saved_values
        d = _per_loss(d_out, own[0].size, reduction)
        dx = np.zeros((own[0].size, _classes(shape)), d_out.dtype)
        dx[own] = -d.reshape(-1)
        return _by_class(dx, shape)


class CrossEntropy(Function):
    """-log softmax of the right class: log_softmax and nll in one."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, labels: Array, reduction: str = "mean"
    ) -> Array:
        """The log of the sum of e^x, minus x of the right class; see log_softmax."""
        own, rows = _sample_and_label(labels), _by_sample(x)
        shifted = ctx.f.sub_zip(rows, ctx.f.maximum_reduce(rows, (1,)))
        e = ctx.f.exp_map(shifted)
        total = ctx.f.add_reduce(e, (1,))
        ctx.save_for_backward(x.shape, e, total, own, reduction)
        losses = ctx.f.sub_zip(ctx.f.log_map(total).reshape(-1), shifted[own])
        return _reduced(ctx.f, losses.reshape(labels.shape), reduction)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The softmax, less 1 for the right class."""
        shape, e, total, own, reduction = ctx.saved_values
        d = _per_loss(d_out, len(e), reduction)
        dx = ctx.f.div_zip(e, total)
        dx[own] -= 1
        dx *= d if d.ndim == 0 else d.reshape(-1, 1)
        return _by_class(dx, shape)


# ------------------------------------- reduction -------------------------------------


def _reduced(f: Any, losses: Array, reduction: str) -> Array:
    """Return all the losses, their sum or their mean."""
    if reduction == "none":
        return losses
    total = f.add_reduce(losses, tuple(range(losses.ndim))).reshape(())
    if reduction == "sum":
        return total
    return f.div_zip(total, np.array(losses.size, losses.dtype))


def _per_loss(d_out: Array, losses: int, reduction: str) -> Array:
    """Return the gradient of each loss: one number, or one per loss."""
    if reduction != "mean":
        return d_out
    return np.asarray(quiet(np.divide, d_out, d_out.dtype.type(losses)))


# -------------------------------- samples and classes --------------------------------


def _classes(shape: tuple[int, ...]) -> int:
    """Return how many classes there are: the size of dim 1, or of the only dim."""
    return shape[1] if len(shape) > 1 else shape[0]


def _by_sample(x: Array) -> Array:
    """Return the samples as rows with one number per class."""
    if x.ndim == 2:
        return x
    last = np.moveaxis(x, 1, -1) if x.ndim > 2 else x
    return last.reshape(-1, _classes(x.shape))


def _by_class(rows: Array, shape: tuple[int, ...]) -> Array:
    """Return the rows of `_by_sample` in the shape they came from."""
    if len(shape) <= 2:
        return rows.reshape(shape)
    return np.moveaxis(rows.reshape(shape[0], *shape[2:], shape[1]), -1, 1)


def _sample_and_label(labels: Array) -> tuple[Array, Array]:
    """Return the index of the right class of every sample."""
    return np.arange(labels.size), labels.reshape(-1)
