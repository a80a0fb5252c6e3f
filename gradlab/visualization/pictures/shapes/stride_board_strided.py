"""Tensors on one storage: which place an index means, and which views there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.indexing import Index, index_to_position, indices, to_index
from gradlab.visualization.own_code import plain, whole_numbers
from gradlab.visualization.text import cell_name, factor, size_names
from gradlab.visualization.values import read

SEARCHED = 2_000  # of larger tensors it is not looked up which places they use


@dataclass(frozen=True)
class Strided:
    """A tensor with its name.

    Attributes
    ----------
    name : what its cells are called
    made : how it was made, such as "t.permute(1, 0)"; the name itself if it was given
    """

    name: str
    tensor: Any
    made: str

    @property
    def shape(self) -> tuple[int, ...]:
        """The tensor's shape."""
        return tuple(self.tensor.shape)

    @property
    def strides(self) -> tuple[int, ...]:
        """How many places of storage a step along each dim skips."""
        return tuple(self.tensor.strides)

    def position(self, index: Index) -> int:
        """Return the place in storage of a cell."""
        return int(self.tensor.offset) + index_to_position(index, self.strides)

    def sum(self, index: Index) -> str:
        """Return how the place of a cell is worked out: "0 + 1·3 + 2·1 = 5"."""
        steps = [f"{i}·{factor(s)}" for i, s in zip(index, self.strides)]
        terms = " + ".join([str(self.tensor.offset), *steps])
        return f"{terms} = {self.position(index)}" if steps else terms

    def lies(self, index: Index) -> str:
        """Return where a cell lies, worked out."""
        return f"{cell_name(self.name, index)} lies at position {self.sum(index)}"

    def again(self, index: Index) -> bool:
        """Say whether a cell only reads a place again: a step of stride 0."""
        return any(i > 0 and s == 0 for i, s in zip(index, self.strides))

    def used(self) -> set[int] | None:
        """Return the places that the cells use; None where there are too many."""
        if math.prod(self.shape) > SEARCHED:
            return None
        return {self.position(index) for index in indices(self.shape)}

    def facts(self) -> str:
        """Return shape, strides and offset in one line."""
        strides = f"strides {size_names(self.strides)}, offset {self.tensor.offset}"
        return f"shape {size_names(self.shape)}, {strides}"


@dataclass(frozen=True)
class Board:
    """A tensor, what became of it, and why not more.

    Attributes
    ----------
    first : the tensor itself
    second : its permuted or viewed version on the same storage, if any
    order, viewed : what was done to get there
    refused : why a view needs a copy; "" where none does
    asked : the view that was refused, such as "p.view(6)"
    """

    first: Strided
    second: Strided | None = None
    order: tuple[int, ...] | None = None
    viewed: bool = False
    refused: str = ""
    asked: str = ""

    @property
    def last(self) -> Strided:
        """The tensor that was made last."""
        return self.second or self.first

    def twin(self, index: Index) -> Index:
        """Return the index in `second` of the same cell.

        A view counts cells in reading order, so a cell keeps its number.
        """
        shape = self.first.shape
        if self.order is not None:
            index = tuple(index[d] for d in self.order)
            shape = tuple(shape[d] for d in self.order)
        if self.viewed and self.second is not None:
            number = 0
            for i, size in zip(index, shape):
                number = number * size + i
            index = to_index(number, self.second.shape)
        return index


def board_of(tensor: Any, name: str, permute: Any, view: Any) -> Board:
    """Return a tensor with its permuted and viewed version.

    Raises
    ------
    ValueError
        If the dims to permute are not all dims, or a view has another number of cells.
    TypeError
        If `permute` or `view` holds no whole numbers.
    """
    first = Strided(name, tensor, name)
    second, order, base = None, None, name
    if permute is not None:
        own = _tuple(permute, "permute", "the dims in their new order, such as (1, 0)")
        permuted = tensor.permute(*own)
        order = tuple(d % len(own) for d in own)
        base = f"{name}.permute{_call(own)}"
        second = Strided(_other(name, "p"), permuted, base)
    if view is None:
        return Board(first, second, order)
    sizes = _tuple(view, "view", "a shape, such as (3, 2)")
    called = second.name if second else name
    last = second.tensor if second else tensor
    asked = f"{called}.view{_call(sizes)}"
    try:
        made = last.view(*sizes)
    except ValueError as error:
        last.contiguous().view(*sizes)  # the number of cells is right, or this raises
        return Board(first, second, order, refused=str(error), asked=asked)
    whole = f"{base}.view{_call(sizes)}"
    return Board(first, Strided(_other(name, "v"), made, whole), order, viewed=True)


def _other(name: str, wanted: str) -> str:
    return wanted if name != wanted else f"{wanted}2"


def _call(numbers: Sequence[int]) -> str:
    return f"({', '.join(map(str, numbers))})"


def _tuple(thing: Any, what: str, example: str) -> tuple[int, ...]:
    whole = whole_numbers(thing if isinstance(thing, (tuple, list)) else (thing,))
    if whole is None:
        raise TypeError(f"{what} takes {example}; got {plain(thing)}.")
    return whole


def as_tensor(thing: Any) -> Any:
    """Return a tensor as it is, and anything else as a new one.

    Raises
    ------
    TypeError
        If it holds no numbers.
    """
    if hasattr(thing, "storage") and hasattr(thing, "strides"):
        return thing.detach()
    import numpy as np

    from gradlab.tensors.creation import tensor

    values = read(thing, start=10.0)
    if values.made_up:
        cells = 10.0 * np.arange(1, values.size + 1)
    else:
        cells = np.array([values.get(i) for i in indices(values.shape)], dtype=float)
    return tensor(cells.reshape(values.shape), dtype="float64", backend="simple")
