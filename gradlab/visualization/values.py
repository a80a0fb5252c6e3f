"""Reading what a picture is given: tensors, arrays, nested lists, numbers, shapes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any, SupportsFloat

from gradlab.visualization.own_code import plain, whole_numbers
from gradlab.visualization.text import clean

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


def as_shape(thing: Any, what: str = "A shape") -> Shape:
    """Return the shape that an argument called `..._shape` stands for.

    Parameters
    ----------
    thing : a tuple or list of sizes, or a tensor or array, which has a shape
    what : how the error calls it

    Raises
    ------
    TypeError
        If it is anything else, such as a number or nested lists.
    ValueError
        If a size is negative.

    Examples
    --------
    >>> as_shape((3, 1)), as_shape([3, 1]), as_shape(())
    ((3, 1), (3, 1), ())
    """
    if isinstance(thing, (tuple, list)) and all(map(_is_size, thing)):
        return _sizes(thing)
    if hasattr(thing, "shape") and not isinstance(thing, Number):
        return _sizes(thing.shape)
    raise TypeError(
        f"{what} is a tuple of whole numbers, such as (3, 1), or a tensor, which has "
        f"a shape; got {plain(thing)}{_hint(thing)}."
    )


def _hint(thing: Any) -> str:
    """Return what was probably meant."""
    if isinstance(thing, Number):
        return f". With one dim of this size it is ({plain(thing)},), with a comma"
    if isinstance(thing, str):
        return ". Leave the quotation marks out"
    nested = isinstance(thing, (tuple, list)) and isinstance(thing[0], (tuple, list))
    return ". For the shape of nested lists, give tensor(...) of them" if nested else ""


def as_cell(cell: Any) -> Index:
    """Return the index of one cell; a single number is the index of one dim.

    Raises
    ------
    TypeError
        If it is no index.

    Examples
    --------
    >>> as_cell([2, 0]), as_cell(3)
    ((2, 0), (3,))
    """
    index = whole_numbers(cell if isinstance(cell, (tuple, list)) else (cell,))
    if index is None:
        raise TypeError(
            f"A cell is named by an index, such as (2, 0); got {plain(cell)}."
        )
    return index


def two_names(names: Any) -> tuple[str, str]:
    """Return what the two inputs of a picture are called.

    Raises
    ------
    TypeError
        If these are not two names.

    Examples
    --------
    >>> two_names(["price", "count"])
    ('price', 'count')
    """
    if not isinstance(names, (tuple, list)) or len(names) != 2:
        raise TypeError(
            f'names takes two names, one per input, such as ("price", "count"); got '
            f"{plain(names)}."
        )
    return clean(names[0]), clean(names[1])


def computed(fn: Callable[..., float], values: Sequence[float]) -> float:
    """Return fn of some numbers as the engine has it: 1 / 0 is inf, no error.

    NumPy is loaded only where Python would raise.

    Examples
    --------
    >>> computed(lambda x, y: x / y, (1.0, -0.0))
    -inf
    """
    try:
        return float(fn(*values))
    except (ArithmeticError, ValueError):
        from gradlab.backends.ieee import ieee
    return ieee(fn)(*values)


def _is_size(size: object) -> bool:
    return hasattr(size, "__index__") and not isinstance(size, bool)


def _sizes(sizes: Sequence[Any]) -> Shape:
    shape = tuple(int(size) for size in sizes)
    if any(size < 0 for size in shape):
        raise ValueError(
            f"A shape holds sizes of 0 or more; {shape} has a negative one."
        )
    return shape


def _numbered(sizes: Sequence[Any], start: float) -> Values:
    shape = _sizes(sizes)

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
