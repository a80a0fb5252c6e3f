"""Losses: how far predictions are from their targets, as a number to make smaller."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.backends.quiet import quiet
from gradlab.tensors import functions as F
from gradlab.tensors.creation import tensor
from gradlab.tensors.data import TensorData
from gradlab.tensors.tensor import Tensor

REDUCTIONS = ("mean", "sum", "none")


def mse(x: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """Return the squared error (x - target)² of predictions.

    Parameters
    ----------
    x : predictions, of any shape
    target : a tensor, an array or nested lists of exactly that shape
    reduction : "mean" or "sum" of the losses, or "none" for each of them

    Raises
    ------
    ValueError
        If the shapes differ: (3, 1) and (3,) would silently become nine errors.

    Examples
    --------
    >>> mse(tensor([1.0, 2.0, 3.0]), [1.0, 2.0, 5.0], reduction="none").tolist()
    [0.0, 0.0, 4.0]
    """
    _check_call("mse", x, reduction)
    return F.MSE.apply(x, _target("mse", x, target), reduction=reduction)


def bce(p: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """Return the binary cross entropy -t log p - (1 - t) log(1 - p).

    The logarithms are cut off at -100, as in PyTorch, so that one p of exactly 0 or 1
    does not make everything inf. To avoid that, stay with logits: `bce_with_logits`.

    Parameters
    ----------
    p : probabilities from 0 to 1, of any shape
    target : 1 for yes, 0 for no, or something between; of exactly that shape
    reduction : "mean" or "sum" of the losses, or "none" for each of them

    Raises
    ------
    ValueError
        If the shapes differ, or a number in `p` or `target` is not from 0 to 1.

    Examples
    --------
    >>> bce(tensor([0.5, 0.25]), [1.0, 0.0], reduction="none").tolist()
    [0.6931471805599453, 0.2876820724517809]
    """
    _check_call("bce", p, reduction)
    if not _within(p._array):
        raise ValueError(
            f"bce takes probabilities from 0 to 1; got {_outside(p._array):.6g}. Put "
            "them through sigmoid first, or call bce_with_logits."
        )
    return F.BCE.apply(p, _yes_or_no("bce", p, target), reduction=reduction)


def bce_with_logits(x: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """Return the binary cross entropy of sigmoid(x), without overflow or log of 0.

    Parameters
    ----------
    x : logits: any numbers, of any shape
    target : 1 for yes, 0 for no, or something between; of exactly that shape
    reduction : "mean" or "sum" of the losses, or "none" for each of them

    Raises
    ------
    ValueError
        If the shapes differ, or a target is not from 0 to 1.

    Examples
    --------
    >>> bce_with_logits(tensor([0.0, -1000.0]), [1.0, 1.0], reduction="none").tolist()
    [0.6931471805599453, 1000.0]
    """
    name = "bce_with_logits"
    _check_call(name, x, reduction)
    return F.BCEWithLogits.apply(x, _yes_or_no(name, x, target), reduction=reduction)


def nll(x: Tensor, labels: Any, reduction: str = "mean") -> Tensor:
    """Return minus the log probability of the right class.

    Parameters
    ----------
    x : log probabilities as of `log_softmax`, of shape (samples, classes), also
        (samples, classes, ...) or (classes,)
    labels : the right class of every sample, from 0: a tensor, an array or a list of
        shape (samples,), (samples, ...) or ()
    reduction : "mean" or "sum" of the losses, or "none" for each of them

    Raises
    ------
    ValueError
        If a label is no class, or the shapes do not fit.

    Examples
    --------
    >>> nll(tensor([[0.5, 0.5], [0.25, 0.75]]).log(), [0, 1], "none").exp().tolist()
    [2.0, 1.3333333333333333]
    """
    _check_call("nll", x, reduction)
    whole = _labels("nll", x.shape, _numbers(labels))
    return F.NLL.apply(x, labels=whole, reduction=reduction)


def cross_entropy(x: Tensor, target: Any, reduction: str = "mean") -> Tensor:
    """Return -log softmax of the right class, from logits.

    Parameters
    ----------
    x : logits: any numbers, of shape (samples, classes), also
        (samples, classes, ...) or (classes,)
    target : the right class of every sample, from 0, of shape (samples,),
        (samples, ...) or (); or probabilities of all classes, of the shape of `x`
    reduction : "mean" or "sum" of the losses, or "none" for each of them

    Raises
    ------
    ValueError
        If a label is no class, or the shapes do not fit.

    Examples
    --------
    >>> logits = tensor([[0.0, 0.0], [1000.0, 0.0]])
    >>> cross_entropy(logits, [0, 1], reduction="none").tolist()
    [0.6931471805599453, 1000.0]
    >>> cross_entropy(logits, [[0.0, 1.0], [0.5, 0.5]], reduction="none").tolist()
    [0.6931471805599453, 500.0]
    """
    _check_call("cross_entropy", x, reduction)
    numbers = _numbers(target)
    if numbers.shape == x.shape:
        return _soft_cross_entropy(x, target, reduction)
    whole = _labels("cross_entropy", x.shape, numbers)
    return F.CrossEntropy.apply(x, labels=whole, reduction=reduction)


def _soft_cross_entropy(x: Tensor, target: Any, reduction: str) -> Tensor:
    """Return the mean of -log softmax that the target's probabilities give."""
    dim = 1 if x.ndim > 1 else 0
    target = _target("cross_entropy", x, target)
    losses = -(target * x.log_softmax(dim)).sum(dim)
    if reduction == "none":
        return losses
    return losses.mean() if reduction == "mean" else losses.sum()


# --------------------------------- reading arguments ---------------------------------


def _check_call(name: str, x: Any, reduction: str) -> None:
    if not isinstance(x, TensorData):
        raise TypeError(
            f"{name} takes a tensor of predictions first; got {type(x).__name__}. "
            "Make one with tensor(...)."
        )
    check_reduction(reduction)


def check_reduction(reduction: Any) -> None:
    """Say that there is no such reduction.

    Raises
    ------
    ValueError
        If it is none of "mean", "sum" and "none".

    Examples
    --------
    >>> check_reduction("sum")
    """
    if not isinstance(reduction, str) or reduction not in REDUCTIONS:
        raise ValueError(
            f"reduction={reduction!r} is not known; use 'mean', 'sum' or 'none'."
        )


def _target(name: str, x: Tensor, target: Any) -> Tensor:
    """Return the target as a tensor, or say that its shape is not that of x."""
    if not isinstance(target, TensorData):
        target = tensor(target, dtype=x.dtype, backend=x._loops.backend)
    if target.shape != x.shape:
        raise ValueError(
            f"{name} compares cell by cell: predictions have shape {x.shape}, but the "
            f"target has shape {target.shape}. Give one the other's shape with view."
        )
    return target


def _yes_or_no(name: str, x: Tensor, target: Any) -> Tensor:
    target = _target(name, x, target)
    if not _within(target._array):
        raise ValueError(
            f"{name} takes targets from 0 (no) to 1 (yes); got "
            f"{_outside(target._array):.6g}. For labels of several classes there is "
            "cross_entropy."
        )
    return target


def _within(p: Array) -> bool:
    """Say whether no number is outside 0 to 1; NaN goes its way."""
    least = np.minimum.reduce(p, axis=None, initial=1.0)
    most = np.maximum.reduce(p, axis=None, initial=0.0)
    return not (least < 0 or most > 1)


def _outside(p: Array) -> float:
    return float(p[(p < 0) | (p > 1)].flat[0])


def _numbers(values: Any) -> Array:
    """Return labels as they came; lists and the like as `tensor` reads them."""
    if isinstance(values, TensorData):
        return values._array
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return values
    return tensor(values)._array


def _labels(name: str, shape: tuple[int, ...], numbers: Array) -> Array:
    """Return labels as whole numbers, or say which of them is no class."""
    if not shape:
        raise ValueError(f"{name} needs one number per class; x has rank 0.")
    _check_label_shape(name, shape, numbers.shape)
    classes = shape[1] if len(shape) > 1 else shape[0]
    labels = quiet(numbers.astype, np.intp)
    # Read without a sign, a label below 0 is a huge one.
    if labels.size and not (
        np.maximum.reduce(labels.view(np.uintp), axis=None) < classes
        and (numbers.dtype.kind == "i" or (labels == numbers).all())
    ):
        wrong = (labels != numbers) | (labels < 0) | (labels >= classes)
        raise ValueError(_no_class(name, numbers, wrong, shape, classes))
    return labels


def _check_label_shape(name: str, shape: tuple[int, ...], got: tuple[int, ...]) -> None:
    expected = shape[:1] + shape[2:] if len(shape) > 1 else ()
    if got != expected:
        soft = f", or {shape} as probabilities" if name == "cross_entropy" else ""
        raise ValueError(
            f"{name} got x of shape {shape} and labels of shape {got}. Classes lie "
            f"along dim {min(1, len(shape) - 1)}, so labels need shape "
            f"{expected}{soft}."
        )


def _no_class(
    name: str, numbers: Array, wrong: Array, shape: tuple[int, ...], classes: int
) -> str:
    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f" at {index}" if index else ""
    known = f"0 to {classes - 1}" if classes else "none"
    return (
        f"{name} got label {numbers[index]:g}{where}, which is no class: x of shape "
        f"{shape} has {classes} classes, {known}."
    )
