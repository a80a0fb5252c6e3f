"""Reading what a picture is given: tensors, arrays, nested lists, numbers, shapes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat

Shape = tuple[int, ...]
Index = tuple[int, ...]


@dataclass(frozen=True)
class Values:
    """A shape and a way to read one cell; `made_up` where only a shape was given."""

    shape: Shape
    get: Callable[[Index], float]
    made_up: bool = False

    @property
    def size(self) -> int:
        """Return the number of cells."""
        return math.prod(self.shape)


def read(thing: Any, *, start: float = 1.0) -> Values:
    """Return the shape and the cells of anything that a picture accepts.

    Parameters
    ----------
    thing : a tensor, an array, nested lists of numbers, a number, or a tuple of
        sizes: a shape, whose cells are then numbered start, 2 * start, ...

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If rows differ in length, or a size is negative.

    Examples
    --------
    >>> read([[1, 2], [3, 4]]).get((1, 0))
    3.0
    >>> read((3, 1), start=10).get((2, 0))
    30.0
    """
    if isinstance(thing, tuple) and all(map(_is_size, thing)):
        return _numbered(thing, start)
    if isinstance(thing, (list, tuple)):
        return _nested(thing)
    if hasattr(thing, "shape"):
        return _tensor(thing)
    return _number(thing)


def read_shape(thing: Any) -> Shape:
    """Return the shape of anything that a picture accepts.

    Examples
    --------
    >>> read_shape((3, 1)), read_shape([1, 2, 3]), read_shape(5)
    ((3, 1), (3,), ())
    """
    return read(thing).shape


def _is_size(size: object) -> bool:
    return hasattr(size, "__index__") and not isinstance(size, bool)


def _numbered(sizes: Sequence[Any], start: float) -> Values:
    shape = tuple(int(size) for size in sizes)
    if any(size < 0 for size in shape):
        raise ValueError(
            f"A shape holds sizes of 0 or more; {shape} has a negative one."
        )

    def get(index: Index) -> float:
        place = 0
        for i, size in zip(index, shape, strict=True):
            place = place * size + i
        return float(start * (place + 1))

    return Values(shape, get, made_up=True)


def _nested(rows: Sequence[Any]) -> Values:
    shape, level = [len(rows)], list(rows)
    while level and all(isinstance(part, (list, tuple)) for part in level):
        lengths = sorted({len(part) for part in level})
        if len(lengths) > 1:
            raise ValueError(
                f"Rows of one tensor have one length; these have {lengths[0]} and "
                f"{lengths[-1]} numbers. Give every row the same length."
            )
        shape.append(lengths[0])
        level = [cell for part in level for cell in part]
    flat = [_float(cell) for cell in level]
    whole = _numbered(shape, 1.0)
    return Values(whole.shape, lambda index: flat[int(whole.get(index)) - 1])


def _tensor(tensor: Any) -> Values:
    shape = tuple(int(size) for size in tensor.shape)
    if hasattr(tensor, "get"):
        return Values(shape, lambda index: float(tensor.get(index)))
    return Values(shape, lambda index: float(tensor[index]))


def _number(thing: Any) -> Values:
    value = _float(thing)
    return Values((), lambda index: value)


def _float(cell: Any) -> float:
    if isinstance(cell, SupportsFloat) and not isinstance(cell, (list, tuple)):
        return float(cell)
    raise TypeError(
        f"A picture draws numbers, nested lists of numbers, tensors, or a shape such "
        f"as (3, 1); this is a {type(cell).__name__}."
    )
