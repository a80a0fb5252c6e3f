"""Indexing: some of the cells, by ints, slices, None and Ellipsis."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.indexing import dims_in_words, is_whole
from gradlab.tensors.cell_index import out_of_range
from gradlab.tensors.function import Function


class GetItem(Function):
    """Some of the cells; they stay where they are."""

    kind, on = "index", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, index: tuple[Any, ...]) -> Array:
        """Name the cells; a full index leaves rank 0."""
        ctx.save_for_backward(x.shape, index)
        return x[_as_view(index)]

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """Cells that were named get their d_out, all others 0."""
        shape, index = ctx.saved_values
        grad = np.zeros(shape, d_out.dtype)
        grad[index] = d_out
        return grad


def _as_view(index: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the index with an Ellipsis: without, NumPy copies a single cell."""
    return index if any(part is ... for part in index) else (*index, ...)


# -------------------------------- what an index may be --------------------------------


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
    front = [p for p in before if p is not None]
    back = [p for p in after if p is not None]
    if len(front) + len(back) > len(shape):
        raise IndexError(
            f"Index {_show(parts)} names {dims_in_words(len(front) + len(back))}, but "
            f"shape {shape} has {len(shape)}."
        )
    _check_range(front, range(len(front)), shape)
    _check_range(back, range(len(shape) - len(back), len(shape)), shape)
    return parts


def _check_part(part: Any) -> None:
    if isinstance(part, slice):
        _check_slice(part)
    elif not (part is None or part is ... or is_whole(part)):
        raise TypeError(
            "A tensor is indexed by whole numbers, slices, None and ...; got "
            f"{_named(part)}. {_instead(part)}"
        )


def _named(part: Any) -> str:
    shape: Any = getattr(part, "shape", None)
    return f"a {type(part).__name__} of shape {shape}" if shape else repr(part)


def _instead(part: Any) -> str:
    """Say what does the job of an index that tensors do not have."""
    if isinstance(part, (bool, np.bool_)):
        return "To choose by a condition, use where(condition, t, 0)."
    if isinstance(part, (list, tuple)) or getattr(part, "shape", None):
        return (
            "To pick several rows, use stack([t[i] for i in rows]); to choose by a "
            "condition, where(condition, t, 0)."
        )
    return "For one cell: t[0, 1]; for some of them: t[0:2]."


def _check_slice(part: slice) -> None:
    for edge in (part.start, part.stop, part.step):
        if edge is not None and not is_whole(edge):
            raise TypeError(
                f"A slice goes by whole numbers, as t[0:6:2]; got {edge!r}."
            )
    if part.step == 0:
        raise ValueError("A slice of step 0 stays where it is; use 1, 2, or -1.")


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
