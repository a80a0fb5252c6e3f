"""stride_board: which place in storage an index means, and which views share it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.parts.cells import shown
from gradlab.visualization.pictures.parts.grids import BOLD, cell_width
from gradlab.visualization.pictures.shapes.stride_board_plan import (
    PLACE,
    BoardPlan,
    places,
)
from gradlab.visualization.pictures.shapes.stride_board_strided import (
    Board,
    Strided,
    as_tensor,
    board_of,
)
from gradlab.visualization.pictures.shapes.stride_board_words import Moment, Words
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import clean, number, shorten, size_names, width
from gradlab.visualization.values import as_cell

EVERY = 6  # up to here every cell has its own frame


class StrideBoard(Picture):
    """A tensor, maybe a view of it, and the storage that both read."""

    def __init__(self, board: Board, index: Sequence[int] | None = None) -> None:
        self.board, self.words = board, Words(board)
        self.tensors = [board.first, *([board.second] if board.second else [])]
        self._place(None if index is None else _checked(index, board.first))
        self.moments = list(self._moments())
        self.steps = len(self.moments)
        self.title = self.words.title

    # --------------------------------- planning ---------------------------------

    def _place(self, index: Index | None) -> None:
        """Place grids and storage, wide enough for every number."""
        shapes = [t.shape for t in self.tensors]
        heads = [max(width(a, 15, bold=True), width(b, 13)) for a, b in self._heads()]
        first = BoardPlan.of(shapes, [], (44.0, 44.0), heads)
        texts = [
            number(t.tensor.get(i))
            for t, grid in zip(self.tensors, first.grids)
            for i in shown(grid)
        ]
        wide = cell_width(texts, BOLD)
        plan = BoardPlan.of(shapes, [], (wide, wide), heads)
        self.told = self._told(index, shown(plan.grids[0]))
        positions = [self.board.first.position(i) for i in self.told]
        self.storage = self.board.first.tensor.storage
        slots = places(len(self.storage), positions)
        own = [number(self.storage[p]) for p in slots if p is not None]
        labels = [width(str(p), PLACE) + 6 for p in slots if p is not None]
        place = max([cell_width(own, BOLD, 36.0), *labels])
        self.plan = BoardPlan.of(shapes, slots, (wide, place), heads)
        self.cells = [shown(grid) for grid in self.plan.grids]
        self.used = self.board.first.used()

    def _heads(self) -> list[tuple[str, str]]:
        """Return the two lines above each grid."""
        return [
            (t.name if t.made == t.name else f"{t.name} = {t.made}", t.facts())
            for t in self.tensors
        ]

    def _told(self, index: Index | None, cells: list[Index]) -> list[Index]:
        """Return the cells to walk over: all, or first, neighbours and last."""
        if index is not None:
            return [index]
        if len(cells) <= EVERY or not cells:
            return cells
        first, rank = cells[0], len(cells[0])
        steps = [(*first[:d], 1, *first[d + 1 :]) for d in range(rank)]
        drawn = [step for step in reversed(steps) if step in cells]
        return list(dict.fromkeys([first, *drawn, cells[-1]]))

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        alone = self.told if self.board.second is None else self.told[:2]
        yield from (Moment("walk", index) for index in alone)
        if self.board.second is not None:
            yield Moment("second")
            yield from (Moment("both", index) for index in self.told)
        if self.board.refused:
            yield Moment("refused")

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: grids, storage, wires, and what the frame says."""
        moment = self.moments[step]
        ink = "wrong-ink" if moment.name == "refused" else "ink"
        return sheet(
            self.words.heading(moment),
            self._body(moment),
            self.words.foot(moment, self._notes(moment)),
            ink=ink,
            around=self.plan.bounds(),
        )

    def _body(self, moment: Moment) -> Iterator[Item]:
        yield from self._grids(moment)
        yield from self._strip(moment)
        yield from self._wires(moment)
        if moment.name == "refused":
            yield self.plan.refusal(self.board.asked)

    def _lit(self, moment: Moment) -> list[Index | None]:
        """Return the cell of each grid that a frame is about."""
        if moment.name == "walk":
            return [moment.cell, None]
        if moment.name == "both":
            return [moment.cell, self.board.twin(moment.cell)]
        return [None, None]

    def _grids(self, moment: Moment) -> Iterator[Item]:
        drawn = zip(self.tensors[: self._many(moment)], self._lit(moment))
        for k, (t, lit) in enumerate(drawn):
            yield from self.plan.heads(k, self._heads()[k])
            yield from self._grid(k, t, lit)

    def _many(self, moment: Moment) -> int:
        """Return how many grids a frame draws."""
        return 2 if moment.name in ("second", "both", "refused") else 1

    def _grid(self, k: int, t: Strided, lit: Index | None) -> Iterator[Item]:
        grid = self.plan.grids[k]
        yield from grid.boxes(
            lambda i: number(t.tensor.get(i)),
            lambda i: "ghost" if t.again(i) else "cell",
            selected=() if lit is None else (lit,),
        )

    def _strip(self, moment: Moment) -> Iterator[Item]:
        strip = self.plan.strip
        own = moment.name in ("walk", "both")
        here = self.board.first.position(moment.cell) if own else None
        for position in strip.slots:
            if position is None:
                continue
            text = number(self.storage[position])
            used = self.used is None or position in self.used
            if position == here:
                yield strip.box(position, text, "forward", ("selected",))
            else:
                yield strip.box(position, text, "cell" if used else "muted")
        yield from strip.numbers()
        yield self.plan.name(self.words.storage(self._many(moment)))

    def _wires(self, moment: Moment) -> Iterator[Item]:
        for k, lit in enumerate(self._lit(moment)):
            if lit is not None and self.plan.grids[k].contains(lit):
                yield self.plan.wire(k, lit, self.tensors[k].position(lit))

    # ----------------------------------- words -----------------------------------

    def _notes(self, moment: Moment) -> list[str]:
        """Return what is not drawn, and what is pale."""
        grids = self.plan.grids[: self._many(moment)]
        notes = [grid.note() for grid in grids if grid.folded]
        if None in self.plan.strip.slots:
            drawn = sum(slot is not None for slot in self.plan.strip.slots)
            notes.append(f"Of {len(self.storage):,} places {drawn} are drawn.")
        if self.used is not None and len(self.used) < len(self.storage):
            name = self.board.first.name
            notes.append(f"Pale places belong to no cell of {name}.")
        return list(dict.fromkeys(notes))

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        return self.words.alt(moment, self._notes(moment))

    def table(self) -> str:
        """Return the places that are drawn, and where each drawn cell lies."""
        return self.words.table(self.plan.strip.slots, self.cells)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return self.words.ask(self.moments[self.at(step)])


def _checked(index: Any, t: Strided) -> Index:
    own = as_cell(index)
    fits = len(own) == len(t.shape)
    if not fits or not all(0 <= i < n for i, n in zip(own, t.shape)):
        raise IndexError(
            f"There is no cell {size_names(own)} in a tensor of shape "
            f"{size_names(t.shape)}: one index per dim, each from 0 to its size - 1."
        )
    return own


def stride_board(
    tensor: Any,
    index: Sequence[int] | None = None,
    *,
    permute: Sequence[int] | None = None,
    view: Sequence[int] | None = None,
) -> StrideBoard:
    """Return the picture of a tensor, its storage, and the way from index to position.

    Parameters
    ----------
    tensor : a tensor, which keeps its strides and storage; or an array, nested lists,
        or a shape such as (2, 3), of which a new tensor is made
    index : the one cell to follow; by default several, step by step
    permute : the dims in a new order, for a second tensor on the same storage
    view : a new shape of the same cells, after `permute` if both are given

    Raises
    ------
    IndexError
        If there is no such cell.
    ValueError
        If `permute` does not name every dim once, or `view` has another number of
        cells.
    TypeError
        If the tensor holds no numbers, or the other arguments no whole numbers.

    Examples
    --------
    >>> board = stride_board((2, 3), (1, 2), permute=(1, 0))
    >>> board.words.heading(board.moments[1])
    't[1,2] lies at position 0 + 1·3 + 2·1 = 5'
    >>> board.words.foot(board.moments[-1], [])[0][0]
    'p[2,1] lies at position 0 + 2·1 + 1·3 = 5: the same place.'
    """
    made = as_tensor(tensor)
    given = clean(getattr(tensor, "name", None) or "t")
    name = shorten(" ".join(given.split()), 110, 15, bold=True)
    return StrideBoard(board_of(made, name, permute, view), index)
