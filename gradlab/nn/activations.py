"""Activations and losses as modules: no parameters, one op each."""

from __future__ import annotations

from typing import Any

from gradlab.nn.module import Module
from gradlab.tensors.losses import check_reduction, cross_entropy
from gradlab.tensors.products import check_tensors
from gradlab.tensors.tensor import Tensor


class ReLU(Module):
    """x where positive, else 0.

    Examples
    --------
    >>> from gradlab import tensor
    >>> ReLU()(tensor([-1.0, 2.0])).tolist()
    [0.0, 2.0]
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return x.relu()."""
        check_tensors("ReLU", x)
        return x.relu()


class Sigmoid(Module):
    """1 / (1 + e^-x).

    Examples
    --------
    >>> from gradlab import tensor
    >>> Sigmoid()(tensor([0.0])).tolist()
    [0.5]
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return x.sigmoid()."""
        check_tensors("Sigmoid", x)
        return x.sigmoid()


class Tanh(Module):
    """The hyperbolic tangent.

    Examples
    --------
    >>> from gradlab import tensor
    >>> Tanh()(tensor([0.0])).tolist()
    [0.0]
    """

    def forward(self, x: Tensor) -> Tensor:
        """Return x.tanh()."""
        check_tensors("Tanh", x)
        return x.tanh()


class CrossEntropyLoss(Module):
    """The cross entropy of logits (samples, classes) with labels (samples,).

    Examples
    --------
    >>> from gradlab import tensor
    >>> round(CrossEntropyLoss()(tensor([[0.0, 0.0]]), [1]).item(), 4)
    0.6931
    """

    def __init__(self, reduction: str = "mean") -> None:
        check_reduction(reduction)
        self.reduction = reduction

    def forward(self, x: Tensor, target: Any) -> Tensor:
        """Return how surprised the logits are by the labels."""
        return cross_entropy(x, target, reduction=self.reduction)
