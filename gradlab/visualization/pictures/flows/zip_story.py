"""The frames of a zip picture and the numbers in each of them, without any drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from gradlab.indexing import Index
from gradlab.operators import ScalarOp
from gradlab.visualization.flow import FlowRow, FlowTable
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.flow_rules import Elementwise
from gradlab.visualization.pictures.flows.zip_plan import Plan
from gradlab.visualization.pictures.parts.cells import chosen_cell
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.text import number

EVERY = 12  # up to here every output cell has its own frames
FOLLOWED = 20_000  # in tables longer than this, single addends are not looked for


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "start", "ask", "read", "done", "turn", "back", "collect", "sums".
    """

    name: str
    cell: Index = ()
    input: int = 0


class Story:
    """What happens in a zip, frame by frame.

    Attributes
    ----------
    cells : the output cells that are drawn
    told : those of them that get frames of their own
    all : whether these are all output cells there are
    op : the row of SCALARS, where there is one that says how to write the op
    tell_sums : whether sums are told as they grow, or in the last frame only
    """

    def __init__(
        self,
        flow: FlowTable,
        d_out: Any,
        plan: Plan,
        names: Sequence[str],
        chosen: Sequence[int] | None,
        *,
        tell_sums: bool = True,
    ) -> None:
        self.flow, self.d_out, self.plan, self.names = flow, d_out, plan, names
        self.shapes = [shape_of(x) for x in flow.inputs]
        self.gradients = flow.push(d_out) if d_out is not None else ()
        self.tell_sums = tell_sums
        rule = flow.rule
        self.op: ScalarOp | None = rule.told if isinstance(rule, Elementwise) else None
        self.cells = [] if plan.out.empty else list(plan.out.shown())
        whole = len(self.cells) <= EVERY and not plan.out.folded
        self.all = whole and chosen is None
        self.told = self._told(chosen)
        self.moments = list(self._moments())

    # ---------------------------------- frames ----------------------------------

    def _told(self, chosen: Sequence[int] | None) -> list[Index]:
        if chosen is None:
            return self.cells if self.all else [self.cells[0], self.cells[-1]]
        return [chosen_cell(chosen, self.cells, self.flow.shape)]

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        for index in self.told:
            yield Moment("ask", index)
            yield Moment("read", index)
        yield Moment("done")
        if self.d_out is None:
            return
        yield Moment("turn")
        for index in self.told:
            yield Moment("back", index)
        if self.tell_sums and not self.all and self.book:
            for row in self.drawn(self.told[-1]):
                yield Moment("collect", row.in_index, row.input)
        yield Moment("sums")

    # ------------------------------------ rows ------------------------------------

    def rows(self, out_index: Index) -> list[FlowRow]:
        """Return the rows of one output cell, as many as can be drawn."""
        return self.flow.rows(out_index=out_index, limit=WIRES)

    def drawn(self, out_index: Index) -> list[FlowRow]:
        """Return the rows of one output cell whose input cell is drawn."""
        grids = self.plan.inputs
        rows = self.rows(out_index)
        return [row for row in rows if grids[row.input].contains(row.in_index)]

    @cached_property
    def shown_rows(self) -> list[FlowRow]:
        """The rows between cells that are drawn."""
        return [row for index in self.cells for row in self.drawn(index)]

    @property
    def few(self) -> bool:
        """Whether the wires of all rows can be drawn at once."""
        return len(self.shown_rows) <= WIRES

    @cached_property
    def book(self) -> dict[tuple[int, Index], list[FlowRow]]:
        """Per receiving cell, the rows that arrive; empty for very large tables."""
        book: dict[tuple[int, Index], list[FlowRow]] = {}
        if self.d_out is not None and self.flow.most <= FOLLOWED:
            for row in self.flow:
                book.setdefault((row.input, row.in_index), []).append(row)
        return book

    def addends(self, row: FlowRow) -> list[FlowRow]:
        """Return all rows that share a row's input cell."""
        return self.book.get((row.input, row.in_index), [])

    def argument(self, row: FlowRow) -> int:
        """Return which argument of the op a row stands for."""
        rows = self.rows(row.out_index)  # a local of NaN equals nothing: not index(row)
        return next(n for n, other in enumerate(rows) if other[:3] == row[:3])

    # ----------------------------------- numbers -----------------------------------

    def d(self, out_index: Index) -> float:
        """Return the number of d_out in one cell."""
        return cell(self.d_out, out_index)

    def pairs(self, rows: Sequence[FlowRow]) -> list[tuple[float, float]]:
        """Return (d_out, local) for each row."""
        return [(self.d(row.out_index), row.local) for row in rows]

    def total(self, rows: Sequence[FlowRow]) -> float:
        """Return the sum of d_out * local over rows."""
        return sum((d * local for d, local in self.pairs(rows)), 0.0)

    def arrived(self, moment: Moment, k: int, index: Index) -> list[FlowRow]:
        """Return the rows that have reached a cell of input k by this frame."""
        rows = self.book.get((k, index), [])
        if moment.name != "back":
            return rows
        sent = set(self.told[: self.told.index(moment.cell) + 1])
        return [row for row in rows if row.out_index in sent]

    def sums(self, moment: Moment, k: int) -> dict[Index, str]:
        """Return what the cells of gradient k hold in this frame."""
        grid = self.plan.inputs[k]
        shown = [] if grid.empty else list(grid.shown())
        if moment.name == "back":
            arrived = {i: self.arrived(moment, k, i) for i in shown if self.all}
            return {i: self._so_far(rows) for i, rows in arrived.items() if rows}
        if moment.name == "collect":
            shown = [moment.cell] if moment.input == k else []
        if moment.name == "turn" or self.gradients[k] is None:
            return {}
        return {i: number(cell(self.gradients[k], i)) for i in shown}

    def _so_far(self, rows: Sequence[FlowRow]) -> str:
        """Return what a cell shows while gradients still arrive."""
        told = self.tell_sums or len(rows) == 1
        return number(self.total(rows)) if told else "?"
