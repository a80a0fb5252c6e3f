"""The numbers of a cross entropy, stage by stage, as the engine has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from gradlab.autodiff import contributions
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.parts.arrays import numbers_of
from gradlab.visualization.text import clean, shorten, size_names

NAME = 110.0
FRAMES = ("logits", "exp", "probs", "losses", "guess", "mean", "turn", "gradient")


class Ladder:
    """Logits (samples, classes) and labels, and all that follows from them.

    Attributes
    ----------
    logits, exp, probs, onehot, gradient : arrays (samples, classes)
    losses : -log p of the label, per sample
    mean : the loss of the batch
    """

    def __init__(self, logits: Any, labels: Any) -> None:
        import numpy as np

        from gradlab.backends.quiet import quiet
        from gradlab.tensors.creation import tensor
        from gradlab.tensors.losses import cross_entropy

        self.logits, own = _batch(numbers_of(logits), _class_numbers(labels))
        x = tensor(self.logits, requires_grad=True, dtype="float64", backend="numpy")
        node = cross_entropy(x, own)
        self.labels = [int(label) for label in own]
        self.losses = cross_entropy(x, own, reduction="none").to_numpy()
        self.mean = float(node.item())
        self.probs = x.softmax(1).to_numpy()
        self.gradient = contributions(node, node._like(np.ones(())))[0][2].to_numpy()
        most = self.logits.max(axis=1, keepdims=True, initial=-math.inf)
        self.most = most[:, 0]
        self.exp = quiet(lambda: np.exp(self.logits - most))
        self.onehot = np.eye(self.logits.shape[1])[self.labels]

    @property
    def shape(self) -> tuple[int, int]:
        """How many samples and classes there are."""
        samples, classes = self.logits.shape
        return samples, classes

    @property
    def guess(self) -> float:
        """The loss of the uniform guess: ln C."""
        return math.log(self.shape[1]) if self.shape[1] else 0.0

    def p(self, sample: int) -> float:
        """Return the probability that a sample's label got."""
        return float(self.probs[sample, self.labels[sample]])


def _class_numbers(labels: Any) -> Any:
    several = labels if isinstance(labels, (list, tuple)) else [labels]
    if any(isinstance(label, str) for label in several):
        raise TypeError(
            "labels are class numbers, counted from 0, such as [0, 1]; got "
            f"{plain(labels)}. What the classes are called goes into classes=."
        )
    return numbers_of(labels)


def _batch(logits: Any, labels: Any) -> tuple[Any, Any]:
    """Return logits with two dims and labels with one; a lone sample is a batch of 1.

    Raises
    ------
    ValueError
        If they are no batch and its labels.
    """
    if logits.ndim == 1 and labels.size == 1:
        logits, labels = logits[None, :], labels.reshape(1)
    if logits.ndim != 2:
        raise ValueError(
            "logits are one number per sample and class, so of shape (samples, "
            f"classes); got shape {size_names(logits.shape)}."
        )
    if labels.shape != logits.shape[:1]:
        onehot = " In place of a one-hot row, give the place of its 1."
        raise ValueError(
            f"labels are one class number per sample, so of shape "
            f"{size_names(logits.shape[:1])} for logits {size_names(logits.shape)}; "
            f"got shape {size_names(labels.shape)}.{onehot * (labels.ndim > 1)}"
        )
    if not logits.shape[1]:
        raise ValueError("logits need at least one class; dim 1 has size 0.")
    return logits, labels


def named(given: Sequence[str] | None, size: int, noun: str) -> list[str]:
    """Return what samples or classes are called, cut to fit.

    Raises
    ------
    TypeError
        If it is no list of names.
    ValueError
        If there are more or fewer names than there should be.
    """
    if given is None:
        return [f"{noun} {k}" for k in range(size)]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(
            f"Names come as a list, with one for each {noun}; got {plain(given)}."
        )
    names = [" ".join(clean(name).split()) for name in given]
    if len(names) != size:
        raise ValueError(
            f"There are {size:,} {noun}{'es' if noun == 'class' else 's'}, so give "
            f"{size:,} names; got {len(names)}."
        )
    return [shorten(name, NAME, 14, bold=True) for name in names]
