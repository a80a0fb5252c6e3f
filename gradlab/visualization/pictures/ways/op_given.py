"""What a board of one op shows, and how much room it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.visualization.flow import FlowRow, FlowTable
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.pictures.parts.grids import BOLD, TensorGrid, cell_width
from gradlab.visualization.pictures.parts.wires import GAP
from gradlab.visualization.scene import Span, Text
from gradlab.visualization.text import factor, number, shorten, size_names

LABELLED = 6  # more wires than this carry no labels
INPUTS = 4  # of more inputs than this, the first ones are drawn
NAME, ROOM = 150.0, 330.0
LEAST, MOST = 30.0, 110.0  # room for the wires to change their rows
CELL = 32.0  # how high a cell is


@dataclass(frozen=True)
class Given:
    """What a board shows of an op.

    Parameters
    ----------
    flow : the flow table of the op
    names : what the inputs are called, and last the result
    rows : the rows that become wires in some frame
    d_out : the gradient of the result; None in a forward board
    sent : per input, what backward sends to it; None where it gets nothing
    values : whether inputs are drawn beside their gradients
    big : how large the type is; 1 on a page
    """

    flow: FlowTable
    names: Sequence[str]
    rows: Sequence[FlowRow] = ()
    d_out: Any = None
    sent: Sequence[Any] = ()
    values: bool = True
    big: float = 1.0

    @property
    def back(self) -> bool:
        """Whether it is a board of backward."""
        return self.d_out is not None

    @property
    def things(self) -> list[Any]:
        """The inputs that are drawn."""
        return list(self.flow.inputs[:INPUTS])

    def gets(self, k: int) -> Any:
        """Return what an input is sent; None if nothing."""
        return self.sent[k] if k < len(self.sent) else None

    def grid(self, shape: tuple[int, ...], wide: float) -> TensorGrid:
        """Return a grid of cells so wide."""
        high, room = CELL * max(1.0, 0.7 * self.big), ROOM * self.big
        return TensorGrid(shape, cell=(wide, high), gap=GAP, room=room)

    def wide(self) -> float:
        """Return a width of cells in which every number fits."""
        sent = [self.gets(k) for k in range(len(self.things))]
        drawn = [self.flow.node, *self.things, self.d_out, *sent]
        grids = [(x, self.grid(shape_of(x), 44.0)) for x in drawn if x is not None]
        texts = [
            number(cell(thing, index))
            for thing, grid in grids
            if not grid.empty
            for index in grid.shown()
        ]
        return cell_width(texts, BOLD * self.big)

    @property
    def labelled(self) -> bool:
        """Whether the wires carry labels."""
        return len(self.rows) <= LABELLED

    def label(self, row: FlowRow) -> tuple[Span, ...]:
        """Return what a wire carries: the local derivative, or d_out times it."""
        local = factor(row.local)
        if not self.back:
            return (Span(f"×{local}", "local-ink"),)
        d = cell(self.d_out, row.out_index)
        return (
            Span(f"{number(d)}·"),
            Span(local, "local-ink"),
            Span(f" = {number(d * row.local)}"),
        )

    def label_width(self, row: FlowRow) -> float:
        """Return how wide the plate of a wire is."""
        return Text(0, 0, self.label(row), 13 * self.big, bold=True).width + 12

    def between(self) -> tuple[float, float]:
        """Return the room between the grids: for the labels, and for the lanes."""
        starts = len({row[:2] for row in self.rows})
        lanes = min(MOST, LEAST + 10 * starts)
        labels = (self.label_width(row) for row in self.rows if self.labelled)
        return 26 + max(labels, default=0.0), lanes

    def head(self, k: int) -> str:
        """Return what stands above a grid: -1 is the result."""
        room = NAME * self.big
        name = shorten(self.names[k], room, 14 * self.big, bold=True)
        thing = self.flow.node if k == -1 else self.flow.inputs[k]
        return f"{name} {size_names(shape_of(thing))}"
