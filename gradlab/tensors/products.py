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
    check_tensors("matmul", x)
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
    check_tensors("linear", x, weight, maybe=(bias,))
    if bias is not None and x.ndim == 2:
        return F.Linear.apply(x, weight, bias)
    product = x @ weight.T
    return product if bias is None else product + bias


def check_tensors(what: str, *given: Any, maybe: tuple[Any, ...] = ()) -> None:
    """Say what stands where a tensor is needed.

    Parameters
    ----------
    what : who is asking
    given : what has to be tensors
    maybe : what may be None as well

    Raises
    ------
    TypeError
        If something else is there.

    Examples
    --------
    >>> from gradlab import ones
    >>> check_tensors("linear", ones(2), maybe=(None,))
    """
    for thing in (*given, *(t for t in maybe if t is not None)):
        if not isinstance(thing, TensorData):
            raise TypeError(
                f"{what} works on tensors; got {_named(thing)}. tensor(...) makes one "
                "of numbers and lists."
            )


def check_callable(fn: Any, what: str) -> None:
    """Say what came in place of a function.

    Raises
    ------
    TypeError
        If it cannot be called.

    Examples
    --------
    >>> check_callable(abs, "map_into")
    """
    if not callable(fn):
        raise TypeError(f"{what} takes a function first; got {fn!r}.")


def _named(thing: Any) -> str:
    return "None" if thing is None else f"a {type(thing).__name__}"
