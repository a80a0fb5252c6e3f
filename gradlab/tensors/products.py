"""Products: matmul, and what a layer does with a batch."""

from __future__ import annotations

from typing import Any

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.tensor import Tensor


def matmul(x: Tensor, y: Any) -> Tensor:
    """Return the matrix product, as x @ y.

    Parameters
    ----------
    x : a tensor of shape (..., n, k), or (k,)
    y : a tensor of shape (..., k, m), or (k,); the dims before the last two broadcast

    Returns
    -------
    A tensor of shape (..., n, m); the dim of a 1-d operand is left out.

    Raises
    ------
    ValueError
        If the inner dims differ, or the dims before the last two do not broadcast.

    Examples
    --------
    >>> from gradlab import tensor
    >>> matmul(tensor([[1, 2], [3, 4]]), tensor([10, 1])).tolist()
    [12.0, 34.0]
    """
    return x @ y


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return x @ weight.T + bias; one node of the graph where x is a batch of rows.

    Parameters
    ----------
    x : (batch, inputs), or (..., inputs)
    weight : (outputs, inputs): one row per output
    bias : (outputs,), if any

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> from gradlab import tensor
    >>> linear(tensor([[1, 2]]), tensor([[3, 4]]), tensor([5])).tolist()
    [[16.0]]
    """
    check_tensors("linear", x, weight, bias)
    if bias is not None and x.ndim == 2:
        return F.Linear.apply(x, weight, bias)
    product = x @ weight.T
    return product if bias is None else product + bias


def check_tensors(what: str, *given: Any) -> None:
    """Say what stands where a tensor is needed; None is left out.

    Raises
    ------
    TypeError
        If something is neither a tensor nor None.

    Examples
    --------
    >>> from gradlab import ones
    >>> check_tensors("linear", ones(2), None)
    """
    for thing in given:
        if thing is not None and not isinstance(thing, TensorData):
            raise TypeError(
                f"{what} works on tensors; got a {type(thing).__name__}. "
                "tensor(...) makes one of it."
            )
