"""Shapes by function: what NumPy's readers write in place of a method."""

from __future__ import annotations

from typing import Any

from gradlab.tensors.products import check_tensors
from gradlab.tensors.tensor import Tensor


def flip(x: Tensor, dims: Any) -> Tensor:
    """Return a view of x with one or several dims read backwards.

    Examples
    --------
    >>> from gradlab import tensor
    >>> flip(tensor([1, 2, 3]), 0).tolist()
    [3.0, 2.0, 1.0]
    """
    check_tensors("flip", x)
    return x.flip(dims)


def tile(x: Tensor, repeats: Any) -> Tensor:
    """Return copies of x laid side by side, as often as asked along each dim.

    Examples
    --------
    >>> from gradlab import tensor
    >>> tile(tensor([1, 2]), 2).tolist()
    [1.0, 2.0, 1.0, 2.0]
    """
    check_tensors("tile", x)
    return x.tile(repeats)
