"""A tensor as cells on a plane: rows and columns, slices side by side, "…" if large."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeVar

from gradlab.visualization.scene import Bounds, Box, Item, Text
from gradlab.visualization.text import size_names, width

Index = tuple[int, ...]
K = TypeVar("K", bound=Hashable)
Kept = list[int | None]  # the places of one dim that are drawn; None is the "…"

CELL_LIMIT = 400  # a tensor with more cells than this is drawn in short form
# How many slices, rows and columns to draw: the first that fit the room.
_LIMITS = ((6, 12, 16), (4, 12, 12), (3, 8, 8), (3, 6, 6), (3, 4, 4))
BOLD = 17.2  # cells of 15, bold where they stand out, are as wide as plain ones of this
_DOTS = 26.0  # room for "…"


def fold(size: int, limit: int) -> Kept:
    """Return the places to draw: all of them, or the first ones, "…" and the last.

    Examples
    --------
    >>> fold(3, 4), fold(100, 4)
    ([0, 1, 2], [0, 1, None, 99])
    """
    if size <= limit:
        return list(range(size))
    return [*range(limit - 2), None, size - 1]


def cell_width(texts: Iterable[str], size: float = 15, least: float = 44.0) -> float:
    """Return a width in which every one of these texts fits a cell."""
    return max([least, *(width(text, size, bold=True) + 10 for text in texts)])


@dataclass(frozen=True)
class TensorGrid:
    """Where each cell of a tensor stands.

    Rank 0 is one cell, rank 1 a row, rank 2 rows and columns; of higher ranks each
    slice of the last two dims stands beside the one before. Dims too long to draw
    keep their first places and their last, with "…" between.

    Parameters
    ----------
    shape : the tensor's shape
    x, y : the top left corner of the first cell
    cell : width and height of a cell
    gap : free space between cells
    room : how wide the whole may get before dims are shortened
    short : the least `level`; grids of one level leave out the same cells
    """

    shape: tuple[int, ...]
    x: float = 0.0
    y: float = 0.0
    cell: tuple[float, float] = (44.0, 36.0)
    gap: float = 6.0
    slice_gap: float = 26.0
    room: float = 840.0
    short: int = 0

    @cached_property
    def kept(self) -> tuple[list[Index | None], Kept, Kept]:
        """Which slices, rows and columns are drawn; None stands for "…"."""
        return self._fold(*_LIMITS[self.level])

    @cached_property
    def level(self) -> int:
        """How short the drawing is: 0 for the longest."""
        first = max(self.short, 3 * (math.prod(self.shape) > CELL_LIMIT))
        levels = range(first, len(_LIMITS))
        fitting = (n for n in levels if self._fits(*self._fold(*_LIMITS[n])))
        return next(fitting, len(_LIMITS) - 1)

    def _fold(
        self, slices: int, rows: int, columns: int
    ) -> tuple[list[Index | None], Kept, Kept]:
        *lead, high, wide = (1, 1, *self.shape)[-max(2, len(self.shape)) :]
        numbers = fold(math.prod(lead), slices)
        kept = [None if k is None else _unfold(k, lead) for k in numbers]
        return kept, fold(high, rows), fold(wide, columns)

    def _fits(self, slices: list[Index | None], rows: Kept, columns: Kept) -> bool:
        wide = self._length(columns, self.cell[0]) * len(slices)
        return (
            wide <= self.room and len(slices) * len(rows) * len(columns) <= CELL_LIMIT
        )

    @property
    def folded(self) -> bool:
        """Return whether some cells are not drawn."""
        return any(None in part for part in self.kept)

    @property
    def empty(self) -> bool:
        """Return whether the tensor has no cells at all."""
        return 0 in self.shape

    def shown(self) -> Iterator[Index]:
        """Yield the index of every cell that is drawn, in reading order."""
        slices, rows, columns = self.kept
        for lead, row, column in product(slices, rows, columns):
            if lead is not None and row is not None and column is not None:
                yield self._own(lead, row, column)

    def _own(self, lead: Index, row: int, column: int) -> Index:
        whole = (*lead, row, column)
        return whole[len(whole) - len(self.shape) :]

    def box(
        self,
        index: Sequence[int],
        text: str = "",
        look: str = "cell",
        *,
        marks: tuple[str, ...] = (),
        size: float = 15,
        bold: bool = False,
    ) -> Box:
        """Return the box of one cell.

        Raises
        ------
        KeyError
            If the cell is hidden behind "…".
        """
        left, top = self._corner(tuple(index))
        return Box(left, top, *self.cell, text, look, size, bold, marks)

    def boxes(
        self,
        text: Callable[[Index], str],
        look: Callable[[Index], str] = lambda index: "cell",
        *,
        selected: Collection[Index] = (),
    ) -> tuple[Item, ...]:
        """Return every drawn cell with its "…" and the labels of slices.

        Parameters
        ----------
        text, look : what a cell prints and which look it has
        selected : cells with a thick outline, in the look "forward"
        """
        if self.empty:
            return (self.nothing(),)
        chosen = set(selected)
        cells = (
            self.chosen(i, text(i)) if i in chosen else self.box(i, text(i), look(i))
            for i in self.shown()
        )
        return (*cells, *self.dots(), *self.slice_labels())

    def chosen(self, index: Sequence[int], text: str) -> Box:
        """Return the box of a selected cell."""
        return self.box(index, text, "forward", marks=("selected",), bold=True)

    def nothing(self) -> Box:
        """Return what is drawn for a tensor of size 0."""
        return Box(self.x, self.y, 118.0, self.cell[1], "no cells", "ghost", 14)

    def contains(self, index: Sequence[int]) -> bool:
        """Return whether a cell exists and is drawn."""
        return tuple(index) in self._all_shown

    @cached_property
    def _all_shown(self) -> frozenset[Index]:
        return frozenset(self.shown())

    # --------------------------------- geometry ---------------------------------

    def _corner(self, index: Index) -> tuple[float, float]:
        *lead, row, column = (0, 0, *index)[-max(2, len(index)) :]
        slices, rows, columns = self._places
        try:
            return (self.x + slices[tuple(lead)] + columns[column], self.y + rows[row])
        except KeyError:
            raise KeyError(
                f"Cell {index} is not drawn: shape {size_names(self.shape)} "
                "has no such cell, or it is hidden behind the dots."
            ) from None

    @cached_property
    def _places(self) -> tuple[dict[Index, float], dict[int, float], dict[int, float]]:
        """Where each slice, row and column that is drawn begins."""
        slices, rows, columns = self.kept
        one = self._length(columns, self.cell[0])
        return (
            _starts(slices, one, self.slice_gap),
            _starts(rows, self.cell[1], self.gap),
            _starts(columns, self.cell[0], self.gap),
        )

    def _length(self, kept: Sequence[object], step: float) -> float:
        own = sum(_DOTS if k is None else step for k in kept)
        return own + self.gap * max(0, len(kept) - 1)

    def bounds(self) -> Bounds:
        """Return the rectangle around all cells, without labels."""
        if self.empty:
            return self.nothing().bounds()
        slices, rows, columns = self.kept
        one = self._length(columns, self.cell[0])
        wide = sum(_DOTS if k is None else one for k in slices)
        wide += self.slice_gap * (len(slices) - 1)
        high = self._length(rows, self.cell[1])
        return Bounds(self.x, self.y, self.x + wide, self.y + high)

    # ---------------------------------- labels ----------------------------------

    def dots(self, near: Callable[[Index], bool] | None = None) -> Iterator[Text]:
        """Yield a "…" for every place where cells are left out.

        Parameters
        ----------
        near : says of a cell whether a "…" may stand beside it; None for all
        """
        if self.empty:
            return
        beside = near or (lambda index: True)
        slices, rows, columns = self.kept
        shown = [k for k in slices if k is not None]
        for lead in shown:
            yield from self._dots_in(lead, rows, columns, beside)
        if None in slices and beside(self._own(shown[-1], 0, 0)):
            last = self._corner(self._own(shown[-1], 0, 0))
            middle = (self.bounds().top + self.bounds().bottom) / 2
            yield Text(last[0] - self.slice_gap - _DOTS / 2, middle, "…", 20, "soft")

    def _dots_in(
        self, lead: Index, rows: Kept, columns: Kept, beside: Callable[[Index], bool]
    ) -> Iterator[Text]:
        w, h = self.cell
        last_row, last = rows[-1], columns[-1]
        if last_row is None or last is None:
            return
        right = [self._own(lead, row, last) for row in rows if row is not None]
        for index in filter(beside, right if None in columns else []):
            x, y = self._corner(index)
            dots_x = x - self.gap - _DOTS / 2
            yield Text(dots_x, y + h / 2 - 3, "…", 18, "soft")
        low = [self._own(lead, last_row, c) for c in columns if c is not None]
        for index in filter(beside, low if None in rows else []):
            x, y = self._corner(index)
            yield Text(x + w / 2, y - self.gap - _DOTS / 2, "⋮", 18, "soft")

    def slice_labels(self) -> Iterator[Text]:
        """Yield the name of each slice above it, for rank 3 and more."""
        if len(self.shape) < 3:
            return
        for lead in self.kept[0]:
            if lead is not None:
                x, y = self._corner(self._own(lead, 0, 0))
                name = "[" + ", ".join([*map(str, lead), ":", ":"]) + "]"
                yield Text(x, y - 11, name, 12, "soft", "start")

    def note(self) -> str:
        """Return how many cells there are, where not all are drawn; else ""."""
        return left_out(self.shape, len(self._all_shown)) if self.folded else ""


def left_out(shape: Sequence[int], drawn: int) -> str:
    """Return how many cells of a tensor are drawn; "" where all are.

    Examples
    --------
    >>> left_out((100, 1), 5)
    '(100, 1) has 100 cells; 5 of them are drawn.'
    """
    cells = math.prod(shape)
    said = f"{size_names(shape)} has {cells:,} cells; {drawn} of them are drawn."
    return said if drawn < cells else ""


def _starts(kept: Sequence[K | None], step: float, gap: float) -> dict[K, float]:
    """Return how far along each place begins; "…" takes its own room."""
    starts: dict[K, float] = {}
    at = 0.0
    for key in kept:
        if key is not None:
            starts[key] = at
        at += (_DOTS if key is None else step) + gap
    return starts


def _unfold(number: int, lead: Sequence[int]) -> Index:
    """Return the index, over the leading dims, of slice `number`."""
    index: list[int] = []
    for size in reversed(lead):
        number, i = divmod(number, size) if size else (number, 0)
        index.append(i)
    return tuple(reversed(index))
