"""Parameter: a tensor that a module learns."""

from __future__ import annotations

from typing import Any

from gradlab.tensors.creation import tensor
from gradlab.tensors.data import TensorData
from gradlab.tensors.tensor import Tensor


class Parameter(Tensor):
    """A tensor with requires_grad that a module finds by itself.

    Parameters
    ----------
    data : a tensor, an array, or nested lists of numbers; copied
    options : as for `tensor`: dtype, backend, name

    Examples
    --------
    >>> w = Parameter([1.0, 2.0])
    >>> (w * w).sum().backward()
    >>> w.grad.tolist()
    [2.0, 4.0]
    """

    __slots__ = ()
    _results = Tensor  # what is computed from a parameter is none

    def __init__(self, data: Any, **options: Any) -> None:
        if isinstance(data, TensorData):
            options = {"dtype": data.dtype, "backend": data.backend} | options
        t = tensor(data, **options)
        super().__init__(t._array, t.backend, requires_grad=True, name=t.name)


def is_parameter(thing: Any) -> bool:
    """Say whether a module trains something: a Parameter, or a leaf with a gradient.

    Examples
    --------
    >>> from gradlab import tensor
    >>> is_parameter(Parameter([1.0])), is_parameter(tensor([1.0]))
    (True, False)
    """
    if isinstance(thing, Parameter):
        return True
    return isinstance(thing, Tensor) and thing.is_leaf and thing.requires_grad
