"""index_board: what a learner's broadcast_index answers for every output cell.

It shows what the code returned and which cells are wrong, never what would be right;
`truth()` gives the picture of gradlab's own code, to put beside it with `compare`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from gradlab.indexing import broadcast_index
from gradlab.visualization.own_code import outcome, plain, whole_numbers
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.parts.grids import Index, TensorGrid
from gradlab.visualization.pictures.shapes.alignment_board import (
    AlignmentBoard,
    alignment_board,
)
from gradlab.visualization.pictures.shapes.stretch import leave
from gradlab.visualization.scene import Arrow, Bounds, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import shorten, size_names, table_text, width
from gradlab.visualization.values import as_shape

__all__ = ["AlignmentBoard", "IndexBoard", "alignment_board", "index_board"]
ROOM = 560.0
_SIZE, _WIDEST = 14.0, 150.0


class IndexBoard(Picture):
    """The output's cells, each printing the input cell that the code names for it."""

    def __init__(
        self,
        out_shape: Any,
        in_shape: Any,
        fn: Callable[..., Any],
        *,
        name: str = "Your code",
    ) -> None:
        self.out = as_shape(out_shape, "out_shape")
        self.shape = as_shape(in_shape, "in_shape")
        self.name = name
        plan = TensorGrid(self.out)
        self.answers = {i: outcome(fn, i, self.shape) for i in plan.shown()}
        self.texts = {i: plain(x, 18) for i, x in self.answers.items()}
        self.wrong = [i for i in self.answers if not self._right(i)]
        self._place(plan)
        self.title = f"{name}: {size_names(self.out)} reads {size_names(self.shape)}"

    def truth(self) -> IndexBoard:
        """Return the picture of gradlab's own code for these two shapes."""
        return IndexBoard(self.out, self.shape, broadcast_index, name="The rules")

    @property
    def passed(self) -> bool:
        """Return whether every cell drawn is right."""
        return not self.wrong

    def _right(self, out_index: Index) -> bool:
        answer = self.answers[out_index]
        expected = outcome(broadcast_index, out_index, self.shape)
        if isinstance(expected, BaseException):
            return isinstance(answer, IndexError)
        return isinstance(answer, tuple) and whole_numbers(answer) == expected

    def _place(self, plan: TensorGrid) -> None:
        """Place the grid of the input on the left, the output's on the right."""
        own = TensorGrid(self.shape)
        top = 20.0 if max(len(self.out), len(self.shape)) > 2 else 0.0
        cell = (_cell_width(size_names(i) for i in own.shown()), 38.0)
        self.input = replace(own, cell=cell, y=44.0 + top, room=ROOM)
        name = width(self._name_of_input, 16)
        x = max(self.input.bounds().right, name) + 76
        cell = (_cell_width(self.texts.values()), 38.0)
        self.grid = replace(plan, x=x, cell=cell, y=44.0 + top, room=10_000.0)

    @property
    def _name_of_input(self) -> str:
        return f"input {size_names(self.shape)}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the input's cells, and the output's with what the code answered."""
        body = (*self._heads(), *self._cells(), *self._arrow())
        grids = Bounds.around((self.grid.bounds(), self.input.bounds()))
        around = grids._replace(left=0, top=0, bottom=grids.bottom + 6)
        lines = [(line, "ink") for line in self._lines()]
        return sheet(self.title, body, lines, around=around, room=ROOM)

    def _heads(self) -> tuple[Text, ...]:
        left = Text(0, 22, self._name_of_input, 16, anchor="start")
        name = f"out {size_names(self.out)}: what each cell reads"
        return (left, Text(self.grid.x, 22, name, 16, anchor="start"))

    def _cells(self) -> tuple[Item, ...]:
        if self.grid.empty:
            return (self.grid.nothing(), *self.input.boxes(size_names))
        named = self.traced()[1]
        chosen = () if named is None else (named,)
        cells = tuple(self._cell(i) for i in self.answers)
        labels = (*self.grid.dots(), *self.grid.slice_labels())
        return (*self.input.boxes(size_names, selected=chosen), *cells, *labels)

    def _cell(self, out_index: Index) -> Item:
        room = self.grid.cell[0] - 8
        text = shorten(self.texts[out_index], room, _SIZE, bold=True)
        marks = ("selected",) if out_index == self.traced()[0] else ()
        look = "forward"
        if out_index in self.wrong:
            look, marks = "wrong", ("wrong", *marks)
        return self.grid.box(out_index, text, look, marks=marks, size=_SIZE, bold=True)

    def traced(self) -> tuple[Index | None, Index | None]:
        """Return the first wrong cell, else the last, and the input cell named."""
        if not self.answers:
            return None, None
        cell = self.wrong[0] if self.wrong else list(self.answers)[-1]
        named = whole_numbers(self.answers[cell])
        drawn = named is not None and self.input.contains(named)
        return cell, named if drawn else None

    def _arrow(self) -> tuple[Arrow, ...]:
        cell, named = self.traced()
        if cell is None or named is None:
            return ()
        look = "wrong" if cell in self.wrong else "forward"
        source, target = self.input.box(named), self.grid.box(cell)
        out = leave(source, "right", self.input.bounds().right)
        into = leave(target, "left", self.grid.x, tip=6)
        lane = self.grid.x - 34
        way = (*out, (lane, out[-1][1]), (lane, into[-1][1]), *reversed(into))
        return (Arrow(way, look, "elbow"),)

    # ----------------------------------- words -----------------------------------

    def _lines(self) -> list[str]:
        lines = [self.grid.note()] if self.grid.note() else []
        if not self.answers:
            return [*lines, "out has no cells, so there is nothing to read."]
        cell, named = self.traced()
        if not self.wrong:
            return [*lines, f"All {len(self.answers)} cells drawn are right."]
        counted = f"{len(self.wrong)} of {len(self.answers)} cells are wrong (hatched)."
        first = (
            f"First: for out cell {size_names(cell or ())} {self._answer(cell or ())}"
        )
        gone = "" if named is not None else self._missing(cell or ())
        return [*lines, counted, f"{first}.{gone}"]

    def _answer(self, cell: Index) -> str:
        raised = isinstance(self.answers[cell], BaseException)
        verb = "raised" if raised else "returned"
        return f"{self.name.lower()} {verb} {self.texts[cell]}"

    def _missing(self, cell: Index) -> str:
        """Return why an answer names no cell of the input, where it does not."""
        answer = self.answers[cell]
        named = whole_numbers(answer)
        if named is None:
            return ""
        if len(named) != len(self.shape):
            dims = f"{len(self.shape)} dim{'s' * (len(self.shape) != 1)}"
            return f" The input has {dims}, not {len(named)}."
        if all(0 <= i < size for i, size in zip(named, self.shape)):
            return ""
        return f" The input {size_names(self.shape)} has no such cell."

    def alt(self, step: int = -1) -> str:
        """Return in words what the code answered, and which cells are wrong."""
        self.at(step)
        same = Counter(self.texts.values()).most_common(4)
        said = ", ".join(f"{text} for {n} cell{'s' * (n != 1)}" for text, n in same)
        answers = f"Answers: {said}." if said else ""
        return " ".join([f"{self.title}.", *self._lines(), answers]).strip()

    def table(self) -> str:
        """Return one row per output cell drawn: the answer, and whether it is wrong."""
        rows = [
            [size_names(i), text, "wrong" if i in self.wrong else ""]
            for i, text in self.texts.items()
        ]
        cells = ", ".join(map(size_names, self.input.shown())) or "none"
        answers = table_text(["out cell", "answer", ""], rows)
        return f"{answers}\ninput cells drawn: {cells}"


def _cell_width(names: Iterable[str]) -> float:
    wide = [width(name, _SIZE, bold=True) + 16 for name in names]
    return min(max([64.0, *wide]), _WIDEST)


def index_board(out_shape: Any, in_shape: Any, fn: Callable[..., Any]) -> IndexBoard:
    """Return the picture of what a learner's broadcast_index answers, cell by cell.

    Parameters
    ----------
    out_shape, in_shape : the shapes of the output and of one input
    fn : called as fn(out_index, in_shape) for every cell drawn; may do anything

    Examples
    --------
    >>> board = index_board((3, 2), (3, 1), lambda out_index, shape: out_index)
    >>> board.wrong
    [(0, 1), (1, 1), (2, 1)]
    >>> board.truth().passed
    True
    """
    return IndexBoard(out_shape, in_shape, fn)
