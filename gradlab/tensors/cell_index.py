"""The index of one cell, and what to say where there is no such cell."""

from __future__ import annotations

from typing import Any

from gradlab.indexing import dims_in_words, is_whole


def cell_index(index: Any, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the index of one cell as a tuple, or say what is wrong with it.

    Raises
    ------
    TypeError
        If it holds anything but whole numbers.
    IndexError
        If it has another rank or leaves the shape.

    Examples
    --------
    >>> cell_index(1, (3,))
    (1,)
    """
    index = index if isinstance(index, tuple) else (index,)
    if not all(map(is_whole, index)):
        raise TypeError(f"An index holds whole numbers; got {index!r}.")
    if len(index) != len(shape):
        raise IndexError(
            f"Index {index} names {dims_in_words(len(index))}, but shape {shape} has "
            f"{len(shape)}. Give one number per dim."
        )
    for dim, (i, size) in enumerate(zip(index, shape)):
        if not -size <= i < size:
            raise IndexError(out_of_range(i, dim, shape))
    return index


def out_of_range(i: int, dim: int, shape: tuple[int, ...]) -> str:
    """Say that index `i` leaves dim `dim`, and what would fit."""
    size = shape[dim]
    cells = (
        f"cells 0 to {size - 1}" if size > 1 else ("only cell 0" if size else "none")
    )
    return (
        f"Index {i} is out of range for dim {dim} of shape {shape}: "
        f"that dim has {cells}."
    )


def one_tuple(method: str, parts: tuple[Any, ...], rest: str = "") -> str:
    """Say that t.get(0, 1) is written t.get((0, 1)).

    Examples
    --------
    >>> one_tuple("get", (0, 1))
    'get takes the index as one tuple: t.get((0, 1)).'
    """
    return f"{method} takes the index as one tuple: t.{method}({parts!r}{rest})."
