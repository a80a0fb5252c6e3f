"""What the arguments of views mean: sizes, orders of dims, and their errors."""

from __future__ import annotations

import math
from typing import Any

from gradlab.indexing import is_whole
from gradlab.tensors.f import as_dims, one_dim


def whole_numbers(numbers: tuple[Any, ...], method: str) -> tuple[int, ...]:
    """Return the whole numbers of view(2, 3) or view((2, 3)).

    Raises
    ------
    TypeError
        If one of them is no whole number.

    Examples
    --------
    >>> whole_numbers(((2, 3),), "view")
    (2, 3)
    """
    if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)):
        numbers = tuple(numbers[0])
    for number in numbers:
        if not is_whole(number):
            raise TypeError(
                f"{method} takes whole numbers, such as {method}(2, 3); got {number!r}."
            )
    return tuple(int(number) for number in numbers)


def full_shape(
    old: tuple[int, ...], new: tuple[int, ...], method: str = "view"
) -> tuple[int, ...]:
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
            f"{method} cannot turn shape {old} into {new}: {old} has {size} cells, "
            f"{new} has {known if min(new, default=0) >= 0 else 'another number'}. "
            "At most one size may be -1."
        )
    return new


def whole_order(order: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    """Return an order of all dims, counted from 0.

    Raises
    ------
    ValueError
        If a dim is missing or named twice.

    Examples
    --------
    >>> whole_order((-1, 0, 1), 3)
    (2, 0, 1)
    """
    if len(order) != ndim:
        raise ValueError(
            f"permute got {len(order)} dims {order} for a tensor of rank {ndim}; "
            "name every dim once."
        )
    as_dims(order, ndim)
    return tuple(int(d) % ndim for d in order)


def expanded_shape(old: tuple[int, ...], new: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape that dims of size 1 are read as; -1 keeps a size.

    Raises
    ------
    ValueError
        If dims are missing, or a size other than 1 would change.

    Examples
    --------
    >>> expanded_shape((3, 1), (2, -1, 4))
    (2, 3, 4)
    """
    extra = len(new) - len(old)
    sizes = (*[0] * extra, *old)
    full = tuple(
        old_n if n == -1 and d >= extra else n
        for d, (n, old_n) in enumerate(zip(new, sizes))
    )
    fits = all(n == f or n == 1 for n, f in zip(old, full[max(extra, 0) :]))
    if extra < 0 or not fits or min(full, default=0) < 0:
        raise ValueError(
            f"expand cannot read shape {old} as {new}: it repeats dims of size 1 and "
            "adds dims on the left; every other size stays as it is (-1 keeps it)."
        )
    return full


def squeezed_shape(shape: tuple[int, ...], dim: Any) -> tuple[int, ...]:
    """Return the shape without its dims of size 1, or without those among `dim`.

    Examples
    --------
    >>> squeezed_shape((1, 3, 1), None), squeezed_shape((1, 3, 1), (0, 1))
    ((3,), (3, 1))
    """
    dims = as_dims(dim, len(shape))
    return tuple(n for d, n in enumerate(shape) if n != 1 or d not in dims)


def unsqueezed_shape(shape: tuple[int, ...], dim: Any) -> tuple[int, ...]:
    """Return the shape with a new dim of size 1 in place `dim` of the result.

    Examples
    --------
    >>> unsqueezed_shape((3, 4), 1), unsqueezed_shape((3, 4), -1)
    ((3, 1, 4), (3, 4, 1))
    """
    places = as_dims(dim, len(shape) + 1)
    if len(places) != 1:
        raise TypeError(f"unsqueeze takes one dim, such as 0 or -1; got {dim!r}.")
    return (*shape[: places[0]], 1, *shape[places[0] :])


def flattened_shape(shape: tuple[int, ...], start: Any, end: Any) -> tuple[int, ...]:
    """Return the shape with the dims from `start` to `end`, both in, made one.

    Raises
    ------
    ValueError
        If start comes after end.

    Examples
    --------
    >>> flattened_shape((2, 3, 4), 1, -1)
    (2, 12)
    """
    shape = shape or (1,)  # one number becomes one dim of size 1
    first, last = one_dim(start, len(shape)), one_dim(end, len(shape))
    if first > last:
        raise ValueError(
            f"flatten goes from start to end, but dim start={start} of shape {shape} "
            f"comes after dim end={end}."
        )
    merged = math.prod(shape[first : last + 1])
    return (*shape[:first], merged, *shape[last + 1 :])
