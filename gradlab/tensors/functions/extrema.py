"""The largest and the smallest of many cells, and where they lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array, reduced_shape
from gradlab.backends.quiet import quiet
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.reduce import as_strips, cells_along, drop_dims


class Max(Function):
    """The largest number along dims."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Keep the largest of the cells along `dim`; a NaN wins."""
        dims = _dims_with_cells("max", dim, x.shape)
        largest = drop_dims(ctx.f.maximum_reduce(x, dims), dims, keepdim)
        ctx.save_for_backward(x, largest, dims)
        return largest

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The largest cell moves the result one for one; ties share d_out evenly."""
        x, largest, dims = ctx.saved_values
        return quiet(_to_winners, d_out, x, largest, dims)


class Min(Function):
    """The smallest number along dims."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Keep the smallest of the cells along `dim`; a NaN wins."""
        dims = _dims_with_cells("min", dim, x.shape)
        smallest = drop_dims(ctx.f.minimum_reduce(x, dims), dims, keepdim)
        ctx.save_for_backward(x, smallest, dims)
        return smallest

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The smallest cell moves the result one for one; ties share d_out evenly."""
        x, smallest, dims = ctx.saved_values
        return quiet(_to_winners, d_out, x, smallest, dims)


def _to_winners(d_out: Array, x: Array, best: Array, dims: tuple[int, ...]) -> Array:
    """Return d_out shared among the cells that equal the result, 0 for the others."""
    shape = reduced_shape(x.shape, dims)
    won = (x == best.reshape(shape)) | (x != x)  # only a NaN differs from itself
    winners = won.sum(axis=dims, keepdims=True, dtype=x.dtype)
    return np.where(won, d_out.reshape(shape) / winners, x.dtype.type(0))


# ---------------------------- where they lie: no gradient ----------------------------


class ArgMax(Function):
    """The index of the largest number along dims."""

    kind, on, differentiable = "reduce", "arrays", False

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Count along `dim` to the first of the largest cells."""
        dims = _dims_with_cells("argmax", dim, x.shape)
        return _as_cells(np.argmax(as_strips(x, dims), axis=-1), x, dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> None:
        """A small step moves no index."""


class ArgMin(Function):
    """The index of the smallest number along dims."""

    kind, on, differentiable = "reduce", "arrays", False

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, dim: Any = None, keepdim: bool = False
    ) -> Array:
        """Count along `dim` to the first of the smallest cells."""
        dims = _dims_with_cells("argmin", dim, x.shape)
        return _as_cells(np.argmin(as_strips(x, dims), axis=-1), x, dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> None:
        """A small step moves no index."""


def _as_cells(found: Any, x: Array, dims: tuple[int, ...], keepdim: bool) -> Array:
    """Return indices as cells of x's dtype, or say that it cannot hold them."""
    places = np.asarray(found).reshape(reduced_shape(x.shape, dims))
    cells = places.astype(x.dtype)
    if (cells != places).any():
        raise ValueError(
            f"An index into {cells_along(x.shape, dims):,} cells does not fit into "
            f"{x.dtype.name} without rounding. Use dtype='float64'."
        )
    return drop_dims(cells, dims, keepdim)


def _dims_with_cells(name: str, dim: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the dims that `dim` means, or say where there is nothing to choose from.

    A result without cells asks for nothing: the max of shape (0, 2) along dim 1 has
    shape (0,), along dim 0 it would have 2 cells and no number for them.
    """
    dims = as_dims(dim, len(shape))
    if (
        0 in shape
        and not cells_along(shape, dims)
        and 0 not in reduced_shape(shape, dims)
    ):
        raise ValueError(
            f"{name} of no cells: shape {shape} has none along dim={dim}, and nothing "
            "has no largest or smallest number. Reduce a dim that has cells."
        )
    return dims
