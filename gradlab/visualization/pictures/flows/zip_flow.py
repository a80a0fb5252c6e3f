"""zip_flow: which two cells each output cell reads, and how gradients come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow, FlowTable, flow_table
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.flows.zip_input import run
from gradlab.visualization.pictures.flows.zip_plan import Plan
from gradlab.visualization.pictures.flows.zip_story import Moment, Story
from gradlab.visualization.pictures.flows.zip_telling import Telling
from gradlab.visualization.pictures.parts.cells import held, lit_cells, reader
from gradlab.visualization.pictures.parts.grids import BOLD, cell_width
from gradlab.visualization.pictures.parts.op_input import short_name
from gradlab.visualization.pictures.parts.wires import WIRES, Wire
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import cell_name, factor, number, size_names, width
from gradlab.visualization.values import two_names

LATE = ("turn", "back", "collect", "sums")


class ZipFlow(Picture):
    """A zip, cell by cell: forward, and backward where d_out is given."""

    def __init__(
        self,
        flow: FlowTable,
        d_out: Any = None,
        *,
        cell: Sequence[int] | None = None,
        names: Sequence[str] | None = None,
        tell_sums: bool = True,
    ) -> None:
        self.flow, self.d_out = flow, d_out
        given = flow.names if names is None else two_names(names)
        own = [short_name(name) for name in given]
        self.plan = self._plan(own)
        self.story = Story(flow, d_out, self.plan, own, cell, tell_sums=tell_sums)
        self.telling = Telling(self.story)
        self.moments = self.story.moments
        self.steps = len(self.moments)
        self.title = self.telling.title

    def _plan(self, names: Sequence[str]) -> Plan:
        """Place the grids, with cells wide enough for every number in them."""
        flow, back = self.flow, self.d_out is not None
        shapes = (*map(shape_of, flow.inputs), flow.shape)
        heads = [f"{name} {size_names(s)}" for name, s in zip(names, shapes)]
        plan = Plan.of(shapes, 44.0, backward=back)
        held = [*zip(flow.inputs, plan.inputs), (flow.node, plan.out)]
        if back:
            held += [*zip(flow.push(self.d_out), plan.inputs), (self.d_out, plan.out)]
        texts = [
            number(cell(thing, index))
            for thing, grid in held
            if not grid.empty
            for index in grid.shown()
        ]
        wide = [width(head, 15, bold=True) for head in heads]
        return Plan.of(shapes, cell_width(texts, BOLD), wide, backward=back)

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: grids, wires, and what the frame says."""
        moment = self.moments[step]
        return sheet(
            self.telling.heading(moment),
            self._body(moment),
            self.telling.foot(moment),
            around=self.plan.bounds,
        )

    def _body(self, moment: Moment) -> Iterator[Item]:
        late = moment.name in LATE
        yield from self._inputs(moment)
        yield from self._gradients(moment) if late else ()
        yield from self._d_out(moment) if late else self._out(moment)
        yield from self._wires(moment)

    def _inputs(self, moment: Moment) -> Iterator[Item]:
        back = moment.name == "back"
        look = "local" if back else "forward"
        rows = self.story.drawn(moment.cell) if moment.name in ("read", "back") else []
        rows = [row for row in rows if not back or self._helps(row)]
        for k, grid in enumerate(self.plan.inputs):
            name, shape = self.story.names[k], size_names(self.story.shapes[k])
            yield self.plan.name(grid, f"{name} {shape}")
            lit = {row.in_index: look for row in rows if row.input == k}
            yield from lit_cells(grid, reader(self.flow.inputs[k]), lit)

    def _helps(self, row: FlowRow) -> bool:
        """Say whether a cell's number is part of a local derivative."""
        op = self.story.op
        if op is None:
            return False
        return "xy"[self.story.argument(row)] in "".join(op.local_formulas)

    def _out(self, moment: Moment) -> Iterator[Item]:
        grid, node, told = self.plan.out, self.flow.node, self.story.told
        yield self.plan.name(grid, f"out {size_names(self.flow.shape)}")
        known = self.story.cells if moment.name == "done" else []
        lit: dict[Index, str] = {}
        if moment.name in ("ask", "read"):
            known = told[: told.index(moment.cell) + (moment.name == "read")]
            lit[moment.cell] = "forward"
        texts = dict.fromkeys(lit, "?") | {i: number(cell(node, i)) for i in known}
        yield from lit_cells(grid, held(texts), lit, set(known))

    def _d_out(self, moment: Moment) -> Iterator[Item]:
        grid = self.plan.out
        label = f"d_out {size_names(self.flow.shape)}"
        yield self.plan.name(grid, label, "gradient-ink")
        lit = {moment.cell: "gradient"} if moment.name == "back" else {}
        yield from lit_cells(grid, reader(self.d_out), lit, look="gradient")

    def _gradients(self, moment: Moment) -> Iterator[Item]:
        rows = self.story.drawn(moment.cell) if moment.name == "back" else []
        chosen = [(row.input, row.in_index) for row in rows]
        if moment.name == "collect":
            chosen = [(moment.input, moment.cell)]
        for k, grid in enumerate(self.plan.gradients):
            label = f"gradient of {self.story.names[k]}"
            yield self.plan.name(grid, label, "gradient-ink")
            texts = self.story.sums(moment, k)
            lit = {index: "gradient" for j, index in chosen if j == k}
            yield from lit_cells(grid, held(texts), lit, set(texts), "gradient")

    def _wires(self, moment: Moment) -> Iterator[Item]:
        back = moment.name in LATE
        grids = self.plan.gradients if back else self.plan.inputs
        single = moment.name in ("read", "back")
        rows = self._wired(moment)
        lanes = _lanes(rows)
        drawn: dict[tuple[int, Index], list[Wire]] = {}
        for row in sorted(rows, key=lambda row: row.out_index, reverse=True):
            spot = (row.input, row.in_index)
            ends = (
                grids[row.input].box(row.in_index),
                self.plan.out.box(row.out_index),
            )
            track = None if single else self._track(row, rows)
            wire = self.plan.wire(
                row.input, ends, lane=lanes[spot], track=track, back=back
            )
            same = drawn.setdefault(spot, [])
            yield wire.joined(same).arrow()
            same.append(wire)
            if moment.name == "back":
                d = self.story.d(row.out_index)
                yield wire.plate(1, f"×{factor(row.local)}", "local")
                yield wire.plate(0, number(d * row.local), "gradient")

    def _track(self, row: FlowRow, rows: Sequence[FlowRow]) -> float | None:
        """Return a wire's own place in the gap, where cells of one line share it."""
        line = self._line(row)
        cells = {r.in_index for r in rows if r.input == row.input}
        mates = sorted(i for i in cells if self._line(row._replace(in_index=i)) == line)
        if len(mates) == 1:
            return None
        return (len(mates) - mates.index(row.in_index)) / (len(mates) + 1)

    def _line(self, row: FlowRow) -> float:
        """Return which line of its grid, along the way of its wires, a cell is on."""
        x, y = self.plan.inputs[row.input].box(row.in_index).center
        return y if self.plan.ways[row.input] == "across" else x

    def _wired(self, moment: Moment) -> list[FlowRow]:
        """Return the rows that a frame draws as wires."""
        story, out = self.story, self.plan.out
        if moment.name in ("read", "back"):
            return story.drawn(moment.cell)
        if moment.name == "collect":
            rows = story.arrived(moment, moment.input, moment.cell)
            return [row for row in rows if out.contains(row.out_index)][:WIRES]
        if moment.name in ("done", "sums") and story.told:
            rows = story.shown_rows if story.few else story.drawn(story.told[-1])
            meeting = [row for row in rows if len(story.addends(row)) > 1]
            return meeting if moment.name == "sums" and meeting else rows
        return []

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.telling.alt(self.moments[self.at(step)])

    def table(self) -> str:
        """Return which cell feeds which, with the local derivatives, as a table."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        return {
            "ask": "Which output cell next, and what does it read?",
            "read": f"Which cells does {cell_name('out', moment.cell)} read?",
            "back": f"Where does {cell_name('d_out', moment.cell)} go, and times what?",
            "collect": "Several wires end in one cell. What must happen to them?",
            "sums": "What does each cell hold in the end?",
        }.get(moment.name, "What comes next? Say it first.")


def _lanes(rows: Sequence[FlowRow]) -> dict[tuple[int, Index], float]:
    """Return a lane for every input cell, so that wires of one cell run as one."""
    lanes: dict[tuple[int, Index], float] = {}
    for k in {row.input for row in rows}:
        cells = sorted({row.in_index for row in rows if row.input == k})
        for n, index in enumerate(cells):
            lanes[k, index] = 0.15 + 0.7 * (n + 0.5) / len(cells)
    return lanes


def zip_flow(
    fn: Any,
    x: Any = None,
    y: Any = None,
    d_out: Any = None,
    *,
    cell: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
    tell_sums: bool = True,
) -> ZipFlow:
    """Return the picture of an op on two inputs, forward and, with d_out, backward.

    Parameters
    ----------
    fn : a name such as "mul", a sign such as "*", a Function of your own, or the
        result of an op such as x * y, then without x and y
    x, y : tensors, arrays, nested lists, numbers, or shapes such as (3, 1)
    d_out : the gradient of the result, of its shape; None draws forward only
    cell : the one output cell to follow; by default all of them, if they are few
    names : what to call the two inputs
    tell_sums : False keeps every sum of gradients unsaid until the last frame, for a
        class that is to find out what happens where wires meet

    Raises
    ------
    ValueError
        If the shapes do not broadcast, d_out has another shape than the result, or
        there is no such op.
    TypeError
        If an input is missing or holds no numbers, or these are not two names.
    IndexError
        If there is no output cell `cell`.

    Examples
    --------
    >>> picture = zip_flow("mul", [[1], [2], [3]], [10, 20], [[1, 2], [3, 4], [5, 6]])
    >>> "b adds" in picture.alt(-2), "Gradient of b[0] = 22" in picture.alt()
    (False, True)
    """
    flow = flow_table(run(fn, x, y))
    d = None if d_out is None else flow.incoming(d_out)
    return ZipFlow(flow, d, cell=cell, names=names, tell_sums=tell_sums)
