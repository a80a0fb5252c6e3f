"""The frames of a map picture and the numbers in each, without any drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowTable
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.flow_rules import Elementwise
from gradlab.visualization.pictures.parts.cells import chosen_cell, numbers
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.text import cell_name, factor, number

EVERY = 8  # up to here every cell has its own frames


class Moment(NamedTuple):
    """One frame: "start", "ask", "read", "done", "turn", "back" or "end"."""

    name: str
    cell: Index = ()


class Story:
    """What happens in a map, frame by frame.

    Attributes
    ----------
    cells : the cells that are drawn; `told` get frames of their own
    local : per cell, how out follows x; empty where neither drawn nor in doubt
    texts : what the cells print: "x", "out" and, backward, "local", "d_out", "gradient"
    wired : the cells whose wires are drawn together: all, or the last told
    """

    def __init__(
        self,
        flow: FlowTable,
        cells: Sequence[Index],
        *,
        d_out: Any = None,
        chosen: Sequence[int] | None = None,
        whole: bool = True,
    ) -> None:
        self.flow, self.d_out, self.x = flow, d_out, flow.inputs[0]
        self.backward, self.cells = d_out is not None, list(cells)
        self.told = self._told(chosen, whole)
        self.wired = self.cells if len(self.cells) <= WIRES else self.told[-1:]
        self._read()
        self.moments = list(self._moments())

    def _read(self) -> None:
        """Collect what every cell prints, grid by grid."""
        cells = self.cells
        self.texts = {
            "x": numbers(self.x, cells),
            "out": numbers(self.flow.node, cells),
        }
        self.local: dict[Index, float] = {}
        if self.backward or not isinstance(self.flow.rule, Elementwise):
            self.local = {i: self._own_local(i) for i in cells}
        if self.backward:
            self.texts["local"] = {i: number(v) for i, v in self.local.items()}
            self.texts["d_out"] = numbers(self.d_out, cells)
            products = {i: self.local[i] * cell(self.d_out, i) for i in cells}
            self.texts["gradient"] = {i: number(v) for i, v in products.items()}

    def _own_local(self, index: Index) -> float:
        """Return how a cell of out follows the same cell of x.

        A one-hot backward gives 0 times inf, NaN, for cells that it does not touch.
        """
        rows = self.flow.rows(out_index=index, limit=WIRES)
        others = [r for r in rows if r.in_index != index and not math.isnan(r.local)]
        if others:
            why = self.flow.warning or "flow_table shows on which cells it depends."
            raise ValueError(
                f"map_flow draws a function of each cell alone; by the backward of "
                f"{self.flow.name}, {cell_name('out', index)} also depends on "
                f"{cell_name('x', others[0].in_index)}. {why}"
            )
        return next((r.local for r in rows if r.in_index == index), 0.0)

    def times(self, index: Index) -> str:
        """Return the local derivative of a cell as it stands on a wire."""
        return f"×{factor(self.local[index])}"

    def _told(self, chosen: Sequence[int] | None, whole: bool) -> list[Index]:
        if chosen is None:
            few = len(self.cells) <= EVERY and whole
            return self.cells if few else [self.cells[0], self.cells[-1]]
        return [chosen_cell(chosen, self.cells, self.flow.shape)]

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        for k, index in enumerate(self.told):
            if k == 0:
                yield Moment("ask", index)
            yield Moment("read", index)
        yield Moment("done")
        if self.backward:
            yield Moment("turn")
            for index in self.told:
                yield Moment("back", index)
            yield Moment("end")

    def computed(self, moment: Moment) -> list[Index]:
        """Return the output cells that have their number in a frame."""
        if moment.name in ("start", "ask"):
            return []
        if moment.name == "read":
            return self.told[: self.told.index(moment.cell) + 1]
        return self.cells

    def sent(self, moment: Moment) -> list[Index]:
        """Return the cells whose gradient has arrived in a frame."""
        if moment.name == "back":
            return self.told[: self.told.index(moment.cell) + 1]
        return self.cells if moment.name == "end" else []
