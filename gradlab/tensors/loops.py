"""map, zip and reduce as loops over tensors, the way a lesson writes them."""

from __future__ import annotations

from typing import Any

from gradlab.backends import simple
from gradlab.backends.base import reduced_shape
from gradlab.indexing import shape_broadcast
from gradlab.operators import ScalarFn
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import one_dim
from gradlab.tensors.products import check_callable, check_tensors


def map_into(fn: ScalarFn, x: TensorData, out: TensorData) -> None:
    """Write fn of every cell of `x` into the same cell of `out`.

    Raises
    ------
    TypeError
        If `fn` is no function, or something else stands in place of a tensor.
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> from gradlab import tensor, zeros
    >>> out = zeros(2)
    >>> map_into(lambda v: v * v, tensor([3, 4]), out)
    >>> out.tolist()
    [9.0, 16.0]
    """
    _check("map_into", fn, x, out)
    if x.shape != out.shape:
        raise ValueError(f"map_into: x has shape {x.shape}, out has {out.shape}.")
    simple.map_into(fn, x._array, out._array)
    out._written()


def zip_into(fn: ScalarFn, x: TensorData, y: TensorData, out: TensorData) -> None:
    """Write fn of the two cells that feed each cell of `out`; nothing is copied.

    Raises
    ------
    TypeError
        If `fn` is no function, or something else stands in place of a tensor.
    ValueError
        If the shapes do not broadcast, or not to the shape of `out`.

    Examples
    --------
    >>> from gradlab import tensor, zeros
    >>> out = zeros((2, 2))
    >>> zip_into(lambda a, b: a + b, tensor([[1], [2]]), tensor([10, 20]), out)
    >>> out.tolist()
    [[11.0, 21.0], [12.0, 22.0]]
    """
    _check("zip_into", fn, x, y, out)
    shape = shape_broadcast(x.shape, y.shape)
    if out.shape != shape:
        raise ValueError(
            f"zip_into: {x.shape} and {y.shape} broadcast to {shape}, but out has "
            f"shape {out.shape}."
        )
    simple.zip_into(fn, x._array, y._array, out._array)
    out._written()


def reduce_into(
    fn: ScalarFn, x: TensorData, out: TensorData, dim: int, start: float
) -> None:
    """Fold dim `dim` of `x` into `out`, which keeps that dim as size 1.

    Raises
    ------
    TypeError
        If `fn` is no function, or something else stands in place of a tensor.
    ValueError
        If `out` has another shape.

    Examples
    --------
    >>> from gradlab import tensor, zeros
    >>> out = zeros((2, 1))
    >>> reduce_into(lambda a, b: a + b, tensor([[1, 2], [3, 4]]), out, 1, 0.0)
    >>> out.tolist()
    [[3.0], [7.0]]
    """
    _check("reduce_into", fn, x, out)
    dim = one_dim(dim, x.ndim)
    shape = reduced_shape(x.shape, (dim,))
    if out.shape != shape:
        raise ValueError(
            f"reduce_into: dim {dim} of {x.shape} folds to {shape}, but out has shape "
            f"{out.shape}."
        )
    simple.reduce_into(fn, x._array, out._array, dim, start)
    out._written()


def _check(what: str, fn: Any, *tensors: Any) -> None:
    check_callable(fn, what)
    check_tensors(what, *tensors)
    if not tensors[-1]._array.flags.writeable:
        raise ValueError(
            f"{what} cannot write to this `out`: it shows one cell in many places, or "
            "is a gradient on its way. Make one with zeros(shape)."
        )
