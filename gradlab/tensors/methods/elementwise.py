"""map methods: the same function on every cell."""

from __future__ import annotations

from typing import Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData


class Elementwise(TensorData):
    """The map methods of a tensor."""

    __slots__ = ()

    def inv(self) -> Self:
        """Return 1 / x."""
        return F.Inv.apply(self)

    def log(self) -> Self:
        """Return the natural logarithm of every cell."""
        return F.Log.apply(self)

    def exp(self) -> Self:
        """Return e to the power of every cell."""
        return F.Exp.apply(self)

    def sigmoid(self) -> Self:
        """Return 1 / (1 + e^-x) of every cell."""
        return F.Sigmoid.apply(self)

    def relu(self) -> Self:
        """Return every cell where positive, else 0."""
        return F.ReLU.apply(self)
