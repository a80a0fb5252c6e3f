"""The tensors of one op and the wires between their cells, for any op at all.

Inputs stand below each other on the left, the result on the right; in backward each
gradient stands beside its input, and d_out in the place of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow, FlowTable
from gradlab.visualization.flow_nodes import cell, is_variable, shape_of
from gradlab.visualization.pictures.graphs.graph_plan import apart
from gradlab.visualization.pictures.parts.grids import BOLD, TensorGrid, cell_width
from gradlab.visualization.pictures.parts.wires import (
    GAP,
    WIRES,
    Wire,
    deep,
    wire_between,
)
from gradlab.visualization.scene import Bounds, Box, Item, Span, Text
from gradlab.visualization.text import factor, number, shorten, size_names

LABELLED = 6  # more than this carry no labels
INPUTS = 4  # of more inputs than this, the first ones are drawn
NAME, ROOM = 150.0, 330.0
LABEL = {False: 70.0, True: 206.0}  # room for labels beside the inputs, by backward
LANES = 96.0  # room for the wires to change their rows
HEAD, PAIR, BELOW = 26.0, 30.0, 20.0
Tag = Callable[[int | None, Index], str]


@dataclass(frozen=True)
class OpBoard:
    """Grids in place for one op.

    Attributes
    ----------
    flow : the flow table of the op
    names : what the inputs are called, and last the result
    d_out : the gradient of the result; None in a forward board
    sent : per input, what backward sends to it; None where it gets nothing
    inputs, gradients : a grid per input; None for an input without a gradient
    out : the grid of the result, and of d_out
    """

    flow: FlowTable
    names: Sequence[str]
    d_out: Any
    sent: Sequence[Any]
    inputs: tuple[TensorGrid, ...]
    gradients: tuple[TensorGrid | None, ...]
    out: TensorGrid

    @classmethod
    def of(
        cls,
        flow: FlowTable,
        names: Sequence[str],
        d_out: Any = None,
        sent: Sequence[Any] = (),
    ) -> OpBoard:
        """Place the grids, with cells wide enough for every number in them."""
        things = flow.inputs[:INPUTS]
        sent = [*sent, *[None] * len(things)][: len(things)]
        made = [flow.node, *things, *([d_out] if d_out is not None else []), *sent]
        first = [_grid(shape_of(thing), 44.0) for thing in made if thing is not None]
        texts = _texts([thing for thing in made if thing is not None], first)
        wide = cell_width(texts, BOLD)
        inputs = _below_each_other([_grid(shape_of(x), wide) for x in things])
        gradients = _beside(inputs, sent)
        every = [grid for grid in (*inputs, *gradients) if grid is not None]
        around = Bounds.around(grid.bounds() for grid in every)
        out = _grid(flow.shape, wide)
        labels = LABEL[d_out is not None] + LANES
        middle = (around.top + around.bottom - out.bounds().height) / 2
        top = max(HEAD + _extra(out), middle)
        out = replace(out, x=around.right + labels, y=top)
        own = [shorten(name, NAME, 14, bold=True) for name in names]
        return cls(flow, own, d_out, sent, tuple(inputs), tuple(gradients), out)

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around all grids and their names."""
        every = [g for g in (*self.inputs, *self.gradients, self.out) if g is not None]
        heads = [head.bounds() for head in self._heads()]
        return Bounds.around([*(g.bounds().grown(GAP) for g in every), *heads])

    # ----------------------------------- drawing -----------------------------------

    def items(
        self,
        rows: Sequence[FlowRow],
        *,
        chosen: Collection[tuple[int | None, Index]] = (),
        tag: Tag = lambda k, index: "",
    ) -> Iterator[Item]:
        """Yield names, cells and wires.

        Parameters
        ----------
        rows : the rows to draw as wires, up to 24 of them
        chosen : cells with a thick outline: (input, index), None for the result
        tag : what the cells of an input, or of the result, are called for a script
        """
        yield from self._heads()
        back = self.d_out is not None
        for k, grid in enumerate(self.inputs):
            yield from self._cells(grid, self.flow.inputs[k], k, chosen, tag)
        for k, back_grid in enumerate(self.gradients):
            if back_grid is not None:
                sent = self.sent[k]
                look = "gradient"
                yield from self._cells(back_grid, sent, k, chosen, tag, look)
        shown, look = (self.d_out, "gradient") if back else (self.flow.node, "forward")
        yield from self._cells(self.out, shown, None, chosen, tag, look)
        yield from self._wires([row for row in rows if self.drawn(row)][:WIRES])

    def drawn(self, row: FlowRow) -> bool:
        """Say whether both cells of a row are drawn."""
        if row.input >= len(self.inputs):
            return False
        grid: TensorGrid | None = self.inputs[row.input]
        if self.d_out is not None:
            grid = self.gradients[row.input]
        return (
            grid is not None
            and grid.contains(row.in_index)
            and self.out.contains(row.out_index)
        )

    def _heads(self) -> Iterator[Text]:
        for k, grid in enumerate(self.inputs):
            shape = size_names(grid.shape)
            yield _head(grid, f"{self.names[k]} {shape}", "ink")
        for grid in filter(None, self.gradients):
            yield _head(grid, "sent back", "gradient-ink")
        name = "d_out" if self.d_out is not None else self.names[-1]
        ink = "gradient-ink" if self.d_out is not None else "forward-ink"
        yield _head(self.out, f"{name} {size_names(self.flow.shape)}", ink)

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
            box = grid.box(index, number(cell(thing, index)), look, marks=marks)
            yield replace(box, bold=lit, cell=tag(k, index))

    def _wires(self, rows: Sequence[FlowRow]) -> Iterator[Item]:
        starts = sorted({(row.input, row.in_index) for row in rows})
        drawn: list[Wire] = []
        for row in rows:
            wire = self._wire(row, starts)
            mates = [w for w, r in zip(drawn, rows) if r[:2] == row[:2]]
            yield wire.joined(mates).arrow()
            drawn.append(wire)
        if len(rows) <= LABELLED:
            yield from apart([self._label(w, r) for w, r in zip(drawn, rows)])

    def _label(self, wire: Wire, row: FlowRow) -> Box:
        """Return what a wire carries: the local derivative, or d_out times it."""
        local = factor(row.local)
        text: tuple[Span, ...] = (Span(f"×{local}", "local-ink"),)
        look, room = "local", LABEL[self.d_out is not None]
        if self.d_out is not None:
            look, d = "gradient-plate", cell(self.d_out, row.out_index)
            text = (
                Span(f"{number(d)}·"),
                Span(local, "local-ink"),
                Span(f" = {number(d * row.local)}"),
            )
            if _wide(text) > room:
                text = (Span(number(d * row.local)),)
        wide, grid = _wide(text), self._source(row.input)
        x, (_, y) = grid.bounds().right + 13, wire.spots[0]
        return Box(x, y - 10, wide, 20, text, look, 13, bold=True)

    def _source(self, k: int) -> TensorGrid:
        """Return the grid in which the wires of an input begin."""
        back = self.gradients[k] if self.d_out is not None else None
        return self.inputs[k] if back is None else back

    def _wire(self, row: FlowRow, starts: list[tuple[int, Index]]) -> Wire:
        """Return a wire in a lane of its own input cell, between the rows of cells."""
        place = starts.index((row.input, row.in_index))
        back = self.d_out is not None
        room = LABEL[back] / (LABEL[back] + LANES)
        lane = room + (1 - room) * 0.9 * (place + 0.5) / len(starts)
        grid = self._source(row.input)
        ends = (grid.box(row.in_index), self.out.box(row.out_index))
        mates = [index for k, index in starts if k == row.input]
        same = [i for i in mates if grid.box(i).y == ends[0].y]
        track = (1 + same.index(row.in_index)) / (len(same) + 1)
        own = None if len(same) == 1 else track
        return wire_between((grid, self.out), ends, lane=lane, track=own, back=back)


def _wide(text: tuple[Span, ...]) -> float:
    return Text(0, 0, text, 13, bold=True).width + 12


def _grid(shape: tuple[int, ...], wide: float) -> TensorGrid:
    return TensorGrid(shape, cell=(wide, 34.0), gap=GAP, room=ROOM)


def _texts(things: Sequence[Any], grids: Sequence[TensorGrid]) -> list[str]:
    return [
        number(cell(thing, index))
        for thing, grid in zip(things, grids)
        if not grid.empty
        for index in grid.shown()
    ]


def _below_each_other(grids: Sequence[TensorGrid]) -> list[TensorGrid]:
    y, placed = 0.0, []
    for grid in grids:
        y += HEAD + _extra(grid)
        placed.append(replace(grid, x=0.0, y=y))
        y = placed[-1].bounds().bottom + BELOW
    return placed


def _beside(
    inputs: Sequence[TensorGrid], sent: Sequence[Any]
) -> list[TensorGrid | None]:
    right = max((grid.bounds().right for grid in inputs), default=0.0)
    return [
        replace(grid, x=right + PAIR + GAP) if is_variable(d) or d is not None else None
        for grid, d in zip(inputs, sent)
    ]


def _head(grid: TensorGrid, name: str, ink: str) -> Text:
    box = grid.bounds()
    y = box.top - 13 - _extra(grid)
    return Text(box.left, y, name, 14, ink, "start", bold=True)


def _extra(grid: TensorGrid) -> float:
    """Return the room for the names of slices above a grid."""
    return 20.0 if deep(grid) else 0.0
