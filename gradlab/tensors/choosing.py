"""where: take cells from one tensor or from another."""

from __future__ import annotations

from typing import Any

from gradlab.tensors.data import TensorData
from gradlab.tensors.functions import Where
from gradlab.tensors.methods.operands import argument
from gradlab.tensors.tensor import Tensor


def where(condition: Any, x: Any, y: Any) -> Tensor:
    """Return the cells of `x` where the condition holds, else those of `y`.

    The gradient goes where the cells came from; the condition gets none. Shapes
    broadcast.

    Parameters
    ----------
    condition : a tensor of 1 and 0, such as `x > 0`; every number but 0 counts as 1
    x, y : tensors or numbers

    Raises
    ------
    TypeError
        If none of the three is a tensor, or one is neither tensor nor number.
    ValueError
        If the shapes do not broadcast.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([-2.0, 3.0], requires_grad=True)
    >>> out = where(x > 0, x, 0.5 * x)
    >>> out.sum().backward()
    >>> out.tolist(), x.grad.tolist()
    ([-1.0, 3.0], [0.5, 1.0])
    """
    like = next((v for v in (x, y, condition) if isinstance(v, TensorData)), None)
    if like is None:
        raise TypeError("where needs at least one tensor; make one with tensor.")
    holds = argument(like, condition, "where")
    if holds.requires_grad or holds.dtype != like.dtype:
        holds = like._like(holds._array.astype(like.dtype))
    return Where.apply(holds, argument(like, x, "where"), argument(like, y, "where"))
