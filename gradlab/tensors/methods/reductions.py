"""reduce methods: many cells folded into one."""

from __future__ import annotations

from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData


class Reductions(TensorData):
    """The reduce methods of a tensor."""

    __slots__ = ()

    def sum(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the sum along `dim` (one, several, or all); see NumPy's axis."""
        return F.Sum.apply(self, dim=dim, keepdim=keepdim)

    def mean(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the mean along `dim` (one, several, or all)."""
        return F.Mean.apply(self, dim=dim, keepdim=keepdim)
