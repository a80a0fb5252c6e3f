"""What each frame of a stride board says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gradlab.indexing import Index, indices
from gradlab.visualization.pictures.parts.cells import opening
from gradlab.visualization.pictures.shapes.stride_board_strided import Board, Strided
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import cell_name, number, size_names, table_text

READ = 8  # more positions than this are not listed in reading order


class Moment(NamedTuple):
    """One frame: "start", "walk", "second", "both" or "refused"."""

    name: str
    cell: Index = ()


class Words:
    """A board in words."""

    def __init__(self, board: Board) -> None:
        self.board, self.first, self.second = board, board.first, board.second
        self.title = f"{self.first.name}: {self.first.facts()}"

    def storage(self, many: int = 2) -> str:
        """Return the line below the storage, where this many tensors are drawn."""
        n = len(self.first.tensor.storage)
        both = self.second is not None and many > 1
        names = f"{self.first.name} and {self.board.last.name}" if both else ""
        names = names or self.first.name
        return f"storage of {names}: {n:,} number{'s' * (n != 1)}"

    # ---------------------------------- heading ----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        if moment.name in ("walk", "both"):
            return self.first.lies(moment.cell)
        if moment.name == "second" and self.second:
            return f"{self.second.name} = {self.second.made}: the same storage"
        if moment.name == "refused":
            return f"{self.board.asked} is impossible without a copy."
        name = self.first.name
        return f"{name} {size_names(self.first.shape)}: a shape and strides on storage"

    # ------------------------------------ foot ------------------------------------

    def foot(self, moment: Moment, notes: Iterable[str]) -> list[Line]:
        """Return the lines below a frame; `notes` say what is not drawn."""
        if moment.name == "start":
            lines = [self._steps(self.first), self._order(self.first)]
            return [*((line, "ink") for line in lines), *((n, "soft") for n in notes)]
        if moment.name == "walk":
            return [(self._walk(moment.cell), "ink")]
        if moment.name == "second" and self.second:
            lines = [self._shared(), self._steps(self.second), self._order(self.second)]
            return [*((line, "ink") for line in lines), *((n, "soft") for n in notes)]
        if moment.name == "both" and self.second:
            twin = self.board.twin(moment.cell)
            return [(f"{self.second.lies(twin)}: the same place.", "forward-ink")]
        return [(line, "wrong-ink") for line in self._refused()]

    def _walk(self, index: Index) -> str:
        if not index:
            return "A tensor of rank 0 has one cell: the one at its offset."
        return "Position = offset + the sum of index · stride, dim by dim."

    def _steps(self, t: Strided) -> str:
        """Say what a step along each dim does."""
        if not t.shape:
            return "Rank 0: no dims, so no strides."
        said = [_step(dim, stride) for dim, stride in enumerate(t.strides)]
        return f"A step {', '.join(said)}."

    def _order(self, t: Strided) -> str:
        name = t.name
        if 0 in t.shape:
            return f"{name} has no cells, so it uses no place."
        if any(s == 0 and n > 1 for s, n in zip(t.strides, t.shape)):
            return (
                f"Dotted cells of {name} read a place again: nothing is stored twice."
            )
        if t.tensor.is_contiguous():
            return f"{name} is contiguous: its cells lie in reading order."
        return f"{name} is not contiguous: read in order, its cells jump in storage."

    def _shared(self) -> str:
        second = self.second
        if second is None or not _share(self.first, second):
            return "The two do not share storage."
        return (
            f"Nothing moved and nothing was copied: {self.first.name} and "
            f"{second.name} share every number."
        )

    def _refused(self) -> list[str]:
        last = self.board.last
        cells = list(_first(last.shape, READ))
        listed = ", ".join(str(last.position(index)) for index in cells)
        more = ", …" if last.tensor.size > len(cells) else ""
        return [
            f"In reading order the cells of {last.name} lie at positions "
            f"{listed}{more}. No strides of the new shape step like that.",
            self.board.refused,
        ]

    # ----------------------------------- in words -----------------------------------

    def alt(self, moment: Moment, notes: Iterable[str]) -> str:
        """Return a frame in words, with its numbers."""
        said = opening(self.title, self.heading(moment))
        if moment.name in ("walk", "both"):
            t, index = self.first, moment.cell
            where = f"position {t.position(index)}"
            said.append(f"Index {size_names(index)}, strides {size_names(t.strides)}:")
            said.append(f"{where}, which holds {number(t.tensor.get(index))}.")
        elif self.second and moment.name == "second":
            said.append(f"{self.second.name}: {self.second.facts()}.")
        return " ".join([*said, *(line for line, _ in self.foot(moment, notes))])

    def table(self, slots: Iterable[int | None], cells: Iterable[list[Index]]) -> str:
        """Return the places that are drawn, and where each drawn cell lies."""
        storage = self.first.tensor.storage
        drawn = [p for p in slots if p is not None]
        rows = [[str(p), number(storage[p])] for p in drawn]
        tables = [self.storage(), table_text(["position", "number"], rows)]
        for t, own in zip((self.first, self.second), cells):
            if t is not None:
                lines = [
                    [cell_name(t.name, i), str(t.position(i)), number(t.tensor.get(i))]
                    for i in own
                ]
                tables += [f"{t.name} = {t.made}: {t.facts()}"]
                tables += [table_text(["cell", "position", "number"], lines)]
        return "\n".join(tables)

    def ask(self, moment: Moment) -> str:
        """Return what to ask a class before a frame."""
        own = cell_name(self.first.name, moment.cell)
        return {
            "walk": f"At which position lies {own}?",
            "second": "What changes: shape, strides, storage?",
            "both": f"Which cell of {self.board.last.name} is {own}?",
            "refused": "Which strides could step through these positions?",
        }.get(moment.name, "How do rows and columns lie in one line of storage?")


def _step(dim: int, stride: int) -> str:
    places = f"{stride} place{'s' * (abs(stride) != 1)}" if stride else "0: it stays"
    return f"along dim {dim} moves by {places}"


def _first(shape: tuple[int, ...], limit: int) -> list[Index]:
    return [index for _, index in zip(range(limit), indices(shape))]


def _share(one: Strided, two: Strided) -> bool:
    import numpy as np

    return bool(np.may_share_memory(one.tensor.storage, two.tensor.storage))
