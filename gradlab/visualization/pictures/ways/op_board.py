"""The tensors of one op and the wires between their cells, for any op at all.

Inputs stand below each other on the left, the result on the right; in backward each
gradient stands beside its input, or in its place, and d_out in that of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.pictures.graphs.graph_plan import apart
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.wires import (
    GAP,
    WIRES,
    Wire,
    deep,
    wire_between,
)
from gradlab.visualization.pictures.ways.op_given import Given
from gradlab.visualization.scene import Bounds, Box, Item, Text
from gradlab.visualization.text import number, size_names

LANES = 24  # so many wires side by side
HEAD, PAIR, BELOW = 26.0, 30.0, 20.0
Tag = Callable[[int | None, Index], str]


@dataclass(frozen=True)
class OpBoard:
    """Grids in place for one op.

    Attributes
    ----------
    given : what it shows
    inputs, gradients : a grid per input; None for an input without a gradient
    out : the grid of the result, and of d_out
    """

    given: Given
    inputs: tuple[TensorGrid, ...]
    gradients: tuple[TensorGrid | None, ...]
    out: TensorGrid

    @classmethod
    def of(cls, given: Given) -> OpBoard:
        """Place the grids, with cells wide enough for every number in them."""
        wide = given.wide()
        shapes = map(shape_of, given.things)
        inputs = _below_each_other([given.grid(s, wide) for s in shapes], given.big)
        gradients = _gradients(given, inputs)
        every = [grid for grid in (*inputs, *gradients) if grid is not None]
        around = Bounds.around(grid.bounds() for grid in every)
        out = given.grid(given.flow.shape, wide)
        middle = (around.top + around.bottom - out.bounds().height) / 2
        top = max(HEAD * given.big + _extra(out), middle)
        out = replace(out, x=around.right + sum(given.between()), y=top)
        board = cls(given, tuple(inputs), tuple(gradients), out)
        *heads, _ = board._heads()
        right = max((head.bounds().right + 14 for head in heads), default=0.0)
        return replace(board, out=replace(out, x=max(out.x, right)))

    def room(self) -> Bounds:
        """Return the rectangle around all that is drawn in any frame."""
        return Bounds.around(item.bounds() for item in self.items(self.given.rows))

    # ----------------------------------- drawing -----------------------------------

    def items(
        self,
        rows: Sequence[FlowRow],
        *,
        chosen: Collection[tuple[int | None, Index]] = (),
        tag: Tag = lambda k, index: "",
        sent: bool = True,
        hidden: bool = False,
    ) -> Iterator[Item]:
        """Yield names, cells and wires.

        Parameters
        ----------
        rows : the rows to draw as wires
        chosen : cells with a thick outline: (input, index), None for the result
        tag : what the cells of an input, or of the result, are called for a script
        sent : whether backward has returned: its gradients are there
        hidden : whether a script decides which of the wires are seen
        """
        given = self.given
        yield from self._heads()
        for k, grid in enumerate(self.inputs):
            if given.values or self.gradients[k] is None:
                yield from self._cells(grid, given.things[k], k, chosen, tag)
        for k, back_grid in enumerate(self.gradients):
            if back_grid is not None:
                shown = given.gets(k) if sent else None
                yield from self._cells(back_grid, shown, k, chosen, tag, "gradient")
        shown, look = given.flow.node, "forward"
        if given.back:
            shown, look = given.d_out, "gradient"
        yield from self._cells(self.out, shown, None, chosen, tag, look)
        if sent:
            drawn = [row for row in rows if self.drawn(row)]
            seen = drawn if hidden else drawn[:WIRES]
            yield from self._wires(seen, tag, hidden=hidden)

    def drawn(self, row: FlowRow) -> bool:
        """Say whether both cells of a row are drawn."""
        if row.input >= len(self.inputs):
            return False
        grid: TensorGrid | None = self.inputs[row.input]
        if self.given.back:
            grid = self.gradients[row.input]
        return (
            grid is not None
            and grid.contains(row.in_index)
            and self.out.contains(row.out_index)
        )

    def notes(self) -> list[str]:
        """Return what is not drawn, in sentences."""
        folded = (grid.note() for grid in (*self.inputs, self.out))
        left_out = len(self.given.flow.inputs) - len(self.inputs)
        more = f"{left_out:,} more inputs are not drawn." if left_out > 0 else ""
        return [note for note in dict.fromkeys([*folded, more]) if note]

    def _heads(self) -> Iterator[Text]:
        given = self.given
        for k, grid in enumerate(self.inputs):
            back_grid = self.gradients[k]
            if given.values or back_grid is None:
                yield self._head(grid, given.head(k), "ink")
            else:
                yield self._head(grid, f"to {given.head(k)}", "gradient-ink")
            if given.values and back_grid is not None:
                yield self._head(back_grid, "sent back", "gradient-ink")
        name, ink = given.head(-1), "forward-ink"
        if given.back:
            name, ink = f"d_out {size_names(given.flow.shape)}", "gradient-ink"
        yield self._head(self.out, name, ink)

    def _head(self, grid: TensorGrid, name: str, ink: str) -> Text:
        box, size = grid.bounds(), 14 * self.given.big
        y = box.top - 0.93 * size - _extra(grid)
        return Text(box.left, y, name, size, ink, "start", bold=True)

    def _cells(
        self,
        grid: TensorGrid,
        thing: Any,
        k: int | None,
        chosen: Collection[tuple[int | None, Index]],
        tag: Tag,
        look: str = "cell",
    ) -> Iterator[Item]:
        yield from grid.dots()
        yield from grid.slice_labels()
        if grid.empty:
            yield grid.nothing()
            return
        for index in grid.shown():
            lit = (k, index) in chosen
            marks = ("selected",) if lit else ()
            text = "" if thing is None else number(cell(thing, index))
            box = grid.box(index, text, look, marks=marks, size=15 * self.given.big)
            yield replace(box, bold=lit, cell=tag(k, index))

    # ------------------------------------ wires ------------------------------------

    def _wires(
        self, rows: Sequence[FlowRow], tag: Tag, *, hidden: bool
    ) -> Iterator[Item]:
        starts = sorted({(row.input, row.in_index) for row in rows})
        drawn: list[Wire] = []
        for row in rows:
            wire = self._wire(row, starts)
            mates = [w for w, r in zip(drawn, rows) if r[:2] == row[:2]]
            arrow = wire.joined(mates).arrow()
            ends = [tag(row.input, row.in_index), tag(None, row.out_index)]
            own = f"{'more' if hidden else 'wire'}:{'>'.join(e or '-' for e in ends)}"
            yield replace(arrow, cell=own if any(ends) else "")
            drawn.append(wire)
        if self.given.labelled:
            yield from apart([self._label(w, r) for w, r in zip(drawn, rows)])

    def _label(self, wire: Wire, row: FlowRow) -> Box:
        given, big = self.given, self.given.big
        look = "gradient-plate" if given.back else "local"
        x, (_, y) = self._source(row.input).bounds().right + 13, wire.spots[0]
        place = (x, y - 10 * big, given.label_width(row), 20 * big)
        return Box(*place, given.label(row), look, 13 * big, bold=True)

    def _source(self, k: int) -> TensorGrid:
        """Return the grid in which the wires of an input begin."""
        back = self.gradients[k] if self.given.back else None
        return self.inputs[k] if back is None else back

    def _wire(self, row: FlowRow, starts: list[tuple[int, Index]]) -> Wire:
        """Return a wire in a lane of its own input cell, between the rows of cells."""
        lanes = min(len(starts), LANES)
        place = starts.index((row.input, row.in_index)) % lanes
        labels, free = self.given.between()
        grid = self._source(row.input)
        near = self.out.x - labels - free - grid.bounds().right  # a narrower grid's
        lane = near + labels + free * 0.9 * (place + 0.5) / lanes
        ends = (grid.box(row.in_index), self.out.box(row.out_index))
        mates = [index for k, index in starts if k == row.input]
        same = [i for i in mates if grid.box(i).y == ends[0].y]
        track = (1 + same.index(row.in_index)) / (len(same) + 1)
        return wire_between(
            (grid, self.out),
            ends,
            lane=lane / (near + labels + free),
            track=None if len(same) == 1 else track,
            back=self.given.back,
        )


def _below_each_other(grids: Sequence[TensorGrid], big: float) -> list[TensorGrid]:
    y, placed = 0.0, []
    for grid in grids:
        y += HEAD * big + _extra(grid)
        placed.append(replace(grid, x=0.0, y=y))
        y = placed[-1].bounds().bottom + BELOW
    return placed


def _gradients(given: Given, inputs: Sequence[TensorGrid]) -> list[TensorGrid | None]:
    """Return grids for what inputs are sent: beside their values, or in their place."""
    heads = (
        Text(0, 0, given.head(k), 14 * given.big, bold=True).width
        for k in range(len(inputs))
    )
    right = max((grid.bounds().right for grid in inputs), default=0.0)
    beside = max([right + PAIR + GAP, *(wide + 14 for wide in heads)])
    x = beside if given.values else 0.0
    return [
        None if given.gets(k) is None else replace(grid, x=x)
        for k, grid in enumerate(inputs)
    ]


def _extra(grid: TensorGrid) -> float:
    """Return the room for the names of slices above a grid."""
    return 20.0 if deep(grid) else 0.0
