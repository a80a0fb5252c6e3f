"""Views: other names for the same cells.

Forward copies nothing, but for contiguous and a full index. The Jacobian is 0s and 1s:
backward sends d_out of a cell back to the cell it names.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.data import out_of_range
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function


class View(Function):
    """The same cells, in the same order, under another shape."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, shape: tuple[int, ...]) -> Array:
        """Rename the cells; needs contiguous storage, as nothing is moved."""
        ctx.save_for_backward(x.shape)
        if not x.flags.c_contiguous:
            raise ValueError(
                f"view cannot rename the cells of shape {x.shape}: they do not lie in "
                "storage in reading order (permute does that). "
                "Use contiguous().view(...)."
            )
        return x.reshape(full_shape(x.shape, shape))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Rename back."""
        (shape,) = ctx.saved_values
        return d_out.reshape(shape)


class Permute(Function):
    """The same cells with the dims in another order."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, order: tuple[int, ...]) -> Array:
        """Reorder shape and strides; storage stays."""
        dims = _whole_order(order, x.ndim)
        ctx.save_for_backward(dims)
        return x.transpose(dims)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Put each dim back where it came from: the inverse order."""
        (dims,) = ctx.saved_values
        return d_out.transpose([dims.index(d) for d in range(len(dims))])


class Contiguous(Function):
    """The same cells, copied into reading order if they are not."""

    kind, on = "view", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Copy if need be."""
        return np.asarray(x, order="C")

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Every cell went to itself."""
        return d_out


class GetItem(Function):
    """Some of the cells, by ints, slices, None and Ellipsis."""

    kind, on = "index", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, index: Any) -> Array:
        """Name the cells; a full index leaves rank 0."""
        ctx.save_for_backward(x.shape, index)
        return np.asarray(x[index])

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Cells that were named get their d_out, all others 0."""
        shape, index = ctx.saved_values
        grad = np.zeros(shape, d_out.dtype)
        grad[index] = d_out
        return grad


# ------------------------------ what the arguments mean ------------------------------


def full_shape(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...]:
    """Return the new shape with one -1 filled in.

    Raises
    ------
    ValueError
        If the numbers of cells differ, or a size is negative.

    Examples
    --------
    >>> full_shape((3, 4), (2, -1))
    (2, 6)
    """
    known = math.prod(n for n in new if n != -1)
    size = math.prod(old)
    if new.count(-1) == 1 and min(new) == -1 and known and size % known == 0:
        return tuple(size // known if n == -1 else n for n in new)
    if min(new, default=0) < 0 or known != size:
        raise ValueError(
            f"view cannot turn shape {old} into {new}: {old} has {size} cells, "
            f"{new} has {known if min(new, default=0) >= 0 else 'another number'}. "
            "At most one size may be -1."
        )
    return new


def _whole_order(order: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    if len(order) != ndim:
        raise ValueError(
            f"permute got {len(order)} dims {order} for a tensor of rank {ndim}; "
            "name every dim once."
        )
    as_dims(order, ndim)
    return tuple(int(d) % ndim for d in order)


def checked_index(index: Any, shape: tuple[int, ...]) -> tuple[Any, ...]:
    """Return the index as a tuple that fits the shape.

    Raises
    ------
    TypeError
        If it holds anything but ints, slices, None and one Ellipsis.
    IndexError
        If it names too many dims or leaves the shape.

    Examples
    --------
    >>> checked_index(-1, (3, 2))
    (-1,)
    """
    parts = index if isinstance(index, tuple) else (index,)
    for part in parts:
        _check_part(part)
    before, after = _around_ellipsis(parts)
    named = [p for p in (*before, *after) if p is not None]
    if len(named) > len(shape):
        raise IndexError(
            f"Index {_show(parts)} names {len(named)} dims, but shape {shape} has "
            f"{len(shape)}."
        )
    front = [p for p in before if p is not None]
    back = [p for p in after if p is not None]
    _check_range(front, range(len(front)), shape)
    _check_range(back, range(len(shape) - len(back), len(shape)), shape)
    return parts


def _check_part(part: Any) -> None:
    whole = isinstance(part, (int, np.integer)) and not isinstance(part, bool)
    if not (whole or part is None or part is ... or isinstance(part, slice)):
        raise TypeError(
            f"A tensor is indexed by whole numbers, slices, None and ...; got {part!r}."
        )


def _around_ellipsis(parts: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    at = [k for k, part in enumerate(parts) if part is ...]
    if len(at) > 1:
        raise IndexError("An index holds at most one '...'.")
    return (parts[: at[0]], parts[at[0] + 1 :]) if at else (parts, ())


def _check_range(parts: list[Any], dims: range, shape: tuple[int, ...]) -> None:
    for part, dim in zip(parts, dims):
        if not isinstance(part, slice) and not -shape[dim] <= part < shape[dim]:
            raise IndexError(out_of_range(part, dim, shape))


def _show(parts: tuple[Any, ...]) -> str:
    return "[" + ", ".join("..." if p is ... else str(p) for p in parts) + "]"
