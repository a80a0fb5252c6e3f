"""map_flow: every cell goes its own way, forward and, times g'(x), backward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowTable, flow_table
from gradlab.visualization.flow_nodes import shape_of
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.flows.map_flow_plan import MapPlan
from gradlab.visualization.pictures.flows.map_flow_story import Moment, Story
from gradlab.visualization.pictures.flows.map_flow_words import Words
from gradlab.visualization.pictures.parts.cells import held, lit_cells, shown
from gradlab.visualization.pictures.parts.grids import BOLD, TensorGrid, cell_width
from gradlab.visualization.pictures.parts.op_input import (
    OneInput,
    functions_of,
    input_name,
)
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import cell_name, size_names, width


class MapFlow(Picture):
    """A map, cell by cell: forward, and backward where d_out is given."""

    def __init__(
        self,
        flow: FlowTable,
        d_out: Any = None,
        *,
        cell: Sequence[int] | None = None,
        name: str | None = None,
    ) -> None:
        self.flow, self.backward = flow, d_out is not None
        self.name = input_name(flow, name)
        self.plan = MapPlan.of(flow.shape, 44.0, backward=self.backward)
        self._tell(d_out, cell)
        self._widen()
        self._tell(d_out, cell)  # wider cells may leave room for fewer
        self.moments = self.story.moments
        self.steps = len(self.moments)
        self.title = self.words.title

    # --------------------------------- planning ---------------------------------

    def _tell(self, d_out: Any, chosen: Sequence[int] | None) -> None:
        """Find the story of the cells that are drawn."""
        grid = self.plan.x
        self.story = Story(
            self.flow,
            shown(grid),
            d_out=d_out,
            chosen=chosen,
            whole=not grid.folded,
        )
        self.words = Words(self.story, self.name)

    def _widen(self) -> None:
        """Place grids wide enough for every number, label and name."""
        texts = [t for texts in self.story.texts.values() for t in texts.values()]
        times = map(self.story.times, self.story.local)
        label = max([width(text, 14, bold=True) + 12 for text in times], default=0.0)
        name = max(width(n, 15, bold=True) for n in self._names())
        shape, wide = self.flow.shape, cell_width(texts, BOLD)
        self.plan = MapPlan.of(shape, wide, (label, name), backward=self.backward)

    def _names(self) -> tuple[str, str, str, str]:
        """Return what stands beside the three grids of backward, and beside x."""
        slope, d_out = f"=  g'({self.name})", f"·  d_out {size_names(self.flow.shape)}"
        return f"gradient of {self.name}", slope, d_out, self.words.input

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: grids, wires, and what the frame says."""
        moment = self.moments[step]
        late = moment.name in ("turn", "back", "end")
        body = [] if late and self.plan.turns else [*self._forward(moment)]
        body += self._backward(moment) if late else ()
        return sheet(
            self.words.heading(moment),
            body,
            self.words.foot(moment, self.plan.x.note()),
            around=self.plan.bounds(backward=late),
        )

    def _forward(self, moment: Moment) -> Iterator[Item]:
        lit = {moment.cell: "forward"} if moment.name in ("ask", "read") else {}
        read = lit if moment.name == "read" else {}
        yield self.plan.name(self.plan.x, self.words.input)
        yield from lit_cells(self.plan.x, held(self.story.texts["x"]), read)
        yield self.plan.name(self.plan.out, f"out {size_names(self.flow.shape)}")
        known = self.story.computed(moment)
        texts = {i: self.story.texts["out"][i] for i in known}
        texts |= {moment.cell: "?"} if moment.name == "ask" else {}
        yield from lit_cells(self.plan.out, held(texts), lit, known)
        cells = [moment.cell] if moment.name == "read" else self.story.wired
        for index in cells if moment.name in ("read", "done") else ():
            yield from self._wires((self.plan.x, self.plan.out), index, cells)

    def _backward(self, moment: Moment) -> Iterator[Item]:
        plan, back = self.plan, moment.name == "back"
        ink, lit = "gradient-ink", dict[Index, str]()
        if back:
            lit = {moment.cell: "gradient"}
        yield plan.name(plan.gradient, self._names()[0], ink)
        sent = self.story.sent(moment)
        texts = {i: self.story.texts["gradient"][i] for i in sent}
        yield from lit_cells(plan.gradient, held(texts), lit, sent, "gradient")
        yield plan.name(plan.local, self._names()[1], "local-ink")
        green = dict.fromkeys(lit, "local")
        local = held(self.story.texts["local"])
        yield from lit_cells(plan.local, local, green, look="local")
        yield plan.name(plan.d_out, self._names()[2], ink)
        yield from lit_cells(
            plan.d_out, held(self.story.texts["d_out"]), lit, look="gradient"
        )
        yield from self._back_wires(moment)

    def _back_wires(self, moment: Moment) -> Iterator[Item]:
        """Yield the wires from d_out to g'(x), and from there to the gradient."""
        plan = self.plan
        cells = {"back": [moment.cell], "end": self.story.wired}.get(moment.name, [])
        for index in cells if 2 * len(cells) <= WIRES else cells[-1:]:
            for ends in ((plan.local, plan.d_out), (plan.gradient, plan.local)):
                yield from self._wires(ends, index, cells, back=True)
        if moment.name == "back":
            ends, track = (plan.gradient, plan.local), plan.track(moment.cell, cells)
            wire = plan.wire(ends, moment.cell, track=track, back=True)
            yield plan.label(wire, self.story.times(moment.cell))

    def _wires(
        self,
        ends: tuple[TensorGrid, TensorGrid],
        index: Index,
        cells: list[Index],
        *,
        back: bool = False,
    ) -> Iterator[Item]:
        track = self.plan.track(index, cells)
        yield self.plan.wire(ends, index, track=track, back=back).arrow()

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.words.alt(self.moments[self.at(step)], self.plan.x.note())

    def table(self) -> str:
        """Return one row per cell drawn, forward and backward."""
        return self.words.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        own = cell_name(self.name, moment.cell)
        return {
            "ask": "Which output cell first, and what does it read?",
            "read": f"What is {cell_name('out', moment.cell)}?",
            "done": "How many cells has each output cell read?",
            "turn": "What do we need of each cell to go back?",
            "back": f"What does {own} receive?",
            "end": "Two tensors of one shape became one. Is that a map or a zip?",
        }.get(moment.name, "What comes next? Say it first.")


def map_flow(
    fn: Any,
    x: Any = None,
    d_out: Any = None,
    *,
    cell: Sequence[int] | None = None,
    name: str | None = None,
) -> MapFlow:
    """Return the picture of a map, forward and, with d_out, backward.

    Parameters
    ----------
    fn : a name such as "neg", a Function of your own, anything that can be called
        with a tensor, or the result of an op such as x.exp(), then without x
    x : a tensor, an array, nested lists, a number, or a shape such as (2, 3)
    d_out : the gradient of the result, of its shape; None draws forward only
    cell : the one cell to follow; by default all of them, if they are few
    name : what to call the input; by default its own name, or "x"

    Raises
    ------
    ValueError
        If there is no such op, or it is no map: an output cell depends on several
        cells, or the result has another shape.
    TypeError
        If the input is missing or holds no numbers.
    IndexError
        If there is no cell `cell`.

    Examples
    --------
    >>> picture = map_flow("inv", [[1, 2], [4, 5]], [[3, 2], [1, 0]], cell=(0, 1))
    >>> picture.words.heading(picture.moments[-2])
    'x[0,1]: -0.25 times d_out 2 = -0.5'
    """
    named = functions_of("map", lambda function: str(function.scalar))
    flow = flow_table(OneInput("map_flow", "neg", named).run(fn, x))
    if shape_of(flow.inputs[0]) != flow.shape:
        raise ValueError(
            f"map_flow draws a function of each cell; {flow.name} makes shape "
            f"{size_names(flow.shape)} of {size_names(shape_of(flow.inputs[0]))}. "
            "reduce_flow draws a sum or a mean."
        )
    d = None if d_out is None else flow.incoming(d_out)
    return MapFlow(flow, d, cell=cell, name=name)
