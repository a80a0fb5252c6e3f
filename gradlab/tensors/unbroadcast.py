"""unbroadcast: sum a gradient back to the shape that broadcasting had stretched.

A cell that was read many times moved the result through each of those readings, so
its gradient is the sum over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.backends.base import Array
from gradlab.indexing import as_shape, is_whole, shape_broadcast
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import ArrayOps


def unbroadcast(grad: Any, shape: Sequence[int], to_keep: int = 0) -> Any:
    """Return `grad` summed back to `shape`; nothing is recorded.

    Parameters
    ----------
    grad : a tensor of the broadcast shape
    shape : the shape of the input that was stretched to it
    to_keep : number of dims on the right to leave alone (matmul needs 2)

    Raises
    ------
    TypeError
        If `grad` is not a tensor.
    ValueError
        If `shape` does not broadcast to the shape of `grad`, or a dim to keep differs.

    Examples
    --------
    >>> from gradlab import tensor
    >>> unbroadcast(tensor([[1, 2], [3, 4], [5, 6]]), (2,)).tolist()
    [9.0, 12.0]
    >>> unbroadcast(tensor([[1, 2], [3, 4], [5, 6]]), (3, 1)).tolist()
    [[3.0], [7.0], [11.0]]
    """
    if not isinstance(grad, TensorData):
        raise TypeError(f"unbroadcast sums a tensor; got {type(grad).__name__}.")
    shape = as_shape(shape)
    if not is_whole(to_keep) or not 0 <= to_keep <= grad.ndim:
        raise ValueError(
            f"to_keep counts dims on the right to leave alone, 0 to {grad.ndim} here; "
            f"got {to_keep!r}."
        )
    _check(grad.shape, shape, to_keep)
    loops = plugging.loops_for(grad)
    return grad._like(sum_to_shape(loops, grad._array, shape, to_keep))


def _check(got: tuple[int, ...], shape: tuple[int, ...], to_keep: int) -> None:
    front = slice(None, -to_keep or None)
    start = f"A gradient of shape {got} cannot be summed to {shape}: "
    message = start + f"a tensor of shape {shape} does not broadcast to {got}."
    if to_keep and got[-to_keep:] != shape[-to_keep:]:
        raise ValueError(
            f"{start}to_keep={to_keep} leaves the last sizes alone, and they differ: "
            f"{got[-to_keep:]} and {shape[-to_keep:]}."
        )
    try:
        fits = shape_broadcast(got[front], shape[front]) == got[front]
    except ValueError as error:
        raise ValueError(message) from error
    if not fits:
        raise ValueError(message)


def sum_to_shape(
    f: ArrayOps, grad: Array, shape: tuple[int, ...], to_keep: int = 0
) -> Array:
    """Return `grad` summed to `shape` by the loops of `f`."""
    if grad.shape == shape:
        return grad
    stretched = stretched_dims(grad.shape, shape, to_keep)
    summed = f.add_reduce(grad, stretched) if stretched else grad
    return summed.reshape(shape) if grad.ndim > len(shape) else summed


def stretched_dims(
    got: tuple[int, ...], shape: tuple[int, ...], to_keep: int = 0
) -> tuple[int, ...]:
    """Return the dims along which broadcasting repeated the cells of `shape`.

    Examples
    --------
    >>> stretched_dims((4, 2, 3), (2, 1))
    (0, 2)
    """
    extra = len(got) - len(shape)
    return tuple(
        d
        for d in range(len(got) - to_keep)
        if d < extra or (shape[d - extra] == 1 and got[d] != 1)
    )
