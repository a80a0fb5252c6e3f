"""Where a cell lives: strides, positions, and the three rules of broadcasting.

Everything here is plain Python on tuples, so that a lesson can print any of it.
A *shape* lists sizes, an *index* names one cell, a *stride* says how many places
of storage one step along a dim skips, a *position* is a place in storage.
"""

from __future__ import annotations

import itertools
import math
import reprlib
from collections.abc import Iterator, Sequence
from numbers import Integral
from typing import Any

Shape = tuple[int, ...]
Index = tuple[int, ...]
Strides = tuple[int, ...]


def strides_from_shape(shape: Sequence[int]) -> Strides:
    """Return the strides of a contiguous (row-major) tensor of this shape.

    The last dim moves one place at a time; each dim before it skips a whole
    block of the dims behind it.

    Examples
    --------
    >>> strides_from_shape((2, 3, 4))
    (12, 4, 1)
    """
    strides: list[int] = []
    block = 1
    for size in reversed(as_shape(shape)):
        strides.append(block)
        block *= max(size, 1)
    return tuple(reversed(strides))


def index_to_position(index: Sequence[int], strides: Sequence[int]) -> int:
    """Return the place in storage of the cell at `index`: sum of index * stride.

    Raises
    ------
    IndexError
        If there is not one stride per dim.

    Examples
    --------
    >>> index_to_position((1, 2), (4, 1))
    6
    """
    index, strides = _as_index(index), _as_index(strides, "Strides")
    if len(index) != len(strides):
        raise IndexError(
            f"Index {index} names {dims_in_words(len(index))}, but there are "
            f"{len(strides)} strides, {strides}: one per dim."
        )
    return sum(i * stride for i, stride in zip(index, strides))


def to_index(ordinal: int, shape: Sequence[int]) -> Index:
    """Return the index of the cell that is number `ordinal` in reading order.

    Raises
    ------
    IndexError
        If a tensor of this shape has no such cell.

    Examples
    --------
    >>> to_index(5, (2, 3))
    (1, 2)
    """
    shape = as_shape(shape)
    if not is_whole(ordinal):
        raise TypeError(
            f"Cells are numbered 0, 1, 2, ...: a whole number; got {ordinal!r}."
        )
    size = math.prod(shape)
    if not 0 <= ordinal < size:
        raise IndexError(
            f"Cell number {ordinal} does not exist: a tensor of shape "
            f"{shape} has {size} cells, numbered from 0."
        )
    index: list[int] = []
    for dim in reversed(shape):
        ordinal, i = divmod(ordinal, dim)
        index.append(i)
    return tuple(reversed(index))


def indices(shape: Sequence[int]) -> Iterator[Index]:
    """Yield every index of a tensor of this shape in reading order.

    Examples
    --------
    >>> list(indices((2, 2)))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    return itertools.product(*map(range, as_shape(shape)))


def shape_broadcast(a: Sequence[int], b: Sequence[int]) -> Shape:
    """Return the shape of a zip of two tensors of shapes `a` and `b`.

    Shapes are lined up on the right; a dim missing on the left counts as 1; per
    dim, equal sizes stay and a 1 becomes the other size.

    Raises
    ------
    ValueError
        If two sizes differ and neither is 1; names both shapes and the dim.
    TypeError
        If one of them is no shape: (1) is the number 1, a shape is (1,).

    Examples
    --------
    >>> shape_broadcast((3, 4, 1), (1, 5))
    (3, 4, 5)
    >>> shape_broadcast((3, 1), (1, 0))
    (3, 0)
    """
    a, b = as_shape(a), as_shape(b)
    out: list[int] = []
    pairs = itertools.zip_longest(reversed(a), reversed(b), fillvalue=1)
    for dim, (x, y) in enumerate(pairs, start=1):
        if x != y and 1 not in (x, y):
            raise ValueError(clash(a, b, -dim, x, y))
        out.append(y if x == 1 else x)
    return tuple(reversed(out))


def clash(a: Sequence[int], b: Sequence[int], dim: int, x: int, y: int) -> str:
    """Say in a sentence why two shapes do not broadcast, and what may help."""
    return (
        f"Shapes {tuple(a)} and {tuple(b)} do not broadcast: dim {dim} (counted from "
        f"the right) is {x} in one and {y} in the other, and neither is 1. Shapes line "
        "up on the right; use view to add a dim of size 1 where one is missing."
    )


def broadcast_index(out_index: Sequence[int], shape: Sequence[int]) -> Index:
    """Return the index of the cell, in an input of this shape, that feeds a cell.

    The input's dims are the last ones of the output. In a dim of size 1 there is
    only cell 0, so every output index reads that one.

    Raises
    ------
    IndexError
        If the input has more dims than the output, or a cell is out of range.

    Examples
    --------
    >>> broadcast_index((4, 0), (1, 2))
    (0, 0)
    >>> broadcast_index((1, 2, 1), (3, 1))
    (2, 0)
    """
    out_index, shape = _as_index(out_index), as_shape(shape)
    extra = len(out_index) - len(shape)
    if extra < 0:
        raise IndexError(
            f"Index {out_index} names {dims_in_words(len(out_index))}, but an input "
            f"of shape {shape} has {len(shape)}: an output has at least as many."
        )
    own = out_index[extra:]
    index = tuple(0 if size == 1 else i for i, size in zip(own, shape))
    if any(not 0 <= i < size for i, size in zip(index, shape)):
        raise IndexError(
            f"Output cell {out_index} reads cell {index} of an input of shape "
            f"{shape}, which does not exist."
        )
    return index


# --------------------------------- reading arguments ---------------------------------


def is_whole(value: Any) -> bool:
    """Say whether a value is a whole number; True and False are none.

    Examples
    --------
    >>> is_whole(2), is_whole(2.0), is_whole(True)
    (True, False, False)
    """
    return type(value) is int or (
        isinstance(value, Integral) and not isinstance(value, bool)
    )


def as_shape(shape: Any) -> Shape:
    """Return a shape as a tuple, or say what a shape is.

    Raises
    ------
    TypeError
        If it is no tuple (or list) of whole numbers.
    ValueError
        If a size is negative.

    Examples
    --------
    >>> as_shape([2, 3])
    (2, 3)
    """
    sizes = _whole_tuple(shape)
    if sizes is None:
        raise TypeError(_no_shape(shape))
    if sizes and min(sizes) < 0:
        raise ValueError(f"A size is a whole number from 0; got the shape {sizes}.")
    return sizes


def _no_shape(shape: Any) -> str:
    if is_whole(shape):
        return (
            f"{shape} is a number, not a shape. A shape is a tuple of sizes; with one "
            f"dim it is ({shape},), with a comma."
        )
    hint = " Take its .shape." if hasattr(shape, "shape") else ""
    return (
        "A shape is a tuple of whole numbers, such as (2, 3); got "
        f"{reprlib.repr(shape)}, a {type(shape).__name__}.{hint}"
    )


def dims_in_words(number: int) -> str:
    """Say how many dims.

    Examples
    --------
    >>> dims_in_words(1), dims_in_words(2)
    ('1 dim', '2 dims')
    """
    return f"{number} dim{'' if number == 1 else 's'}"


def _as_index(index: Any, what: str = "An index") -> Index:
    """Return an index (or strides) as a tuple, or say what one is."""
    numbers = _whole_tuple(index)
    if numbers is None:
        are = "is" if what.startswith("An") else "are"
        raise TypeError(
            f"{what} {are} a tuple of whole numbers, one per dim, such as (0, 1); got "
            f"{reprlib.repr(index)}, a {type(index).__name__}."
        )
    return numbers


_PLAIN = {int}


def _whole_tuple(value: Any) -> tuple[int, ...] | None:
    if type(value) is tuple and _PLAIN.issuperset(map(type, value)):
        return value  # nearly always; called for every cell of a plain loop
    if isinstance(value, (tuple, list)) and all(map(is_whole, value)):
        return tuple(value)
    return None
