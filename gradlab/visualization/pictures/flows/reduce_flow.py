"""reduce_flow: strips folded into one cell each, and d_out fanning back over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowTable, flow_table
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.flows.reduce_flow_plan import ReducePlan, Shapes
from gradlab.visualization.pictures.flows.reduce_flow_story import (
    Moment,
    Story,
    rule_of,
)
from gradlab.visualization.pictures.flows.reduce_flow_words import Words
from gradlab.visualization.pictures.parts.cells import held, lit_cells, numbers, shown
from gradlab.visualization.pictures.parts.fans import Fan
from gradlab.visualization.pictures.parts.grids import BOLD, cell_width
from gradlab.visualization.pictures.parts.op_input import (
    OneInput,
    functions_of,
    input_name,
)
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.scene import Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import cell_name, factor, number, size_names, width

PILL = 12.0  # size of a local derivative in its cell


class ReduceFlow(Picture):
    """A reduce, strip by strip: forward, and backward where d_out is given."""

    def __init__(
        self,
        flow: FlowTable,
        d_out: Any = None,
        *,
        dim: Any = None,
        cell: Sequence[int] | None = None,
        name: str | None = None,
    ) -> None:
        self.flow, self.backward = flow, d_out is not None
        self.name = input_name(flow, name)
        self.rule = rule_of(flow, dim)
        self.shapes = Shapes(self.rule.shape, tuple(self.rule.dims), flow.shape)
        self.plan = ReducePlan.of(self.shapes, 44.0, 0.0)
        self._tell(d_out, cell)
        self.plan = ReducePlan.of(self.shapes, self._widest(), self._longest())
        self._tell(d_out, cell)  # wider cells may leave room for fewer
        self.moments = self.story.moments
        self.steps = len(self.moments)
        self.title = self.words.title

    # --------------------------------- planning ---------------------------------

    def _tell(self, d_out: Any, chosen: Sequence[int] | None) -> None:
        """Find the story of the cells that are drawn, and what they print."""
        fan = self.plan.forward
        self.cells = shown(fan.near)
        outs = [self.shapes.out_index(spot) for spot in shown(fan.far)]
        whole = not (fan.near.folded or fan.far.folded)
        self.story = Story(
            self.flow, self.rule, outs, whole=whole, d_out=d_out, chosen=chosen
        )
        self.words = Words(self.story, self.name)
        self.x = numbers(self.story.x, self.cells)
        self.out = numbers(self.flow.node, outs)
        self.d_out, self.gradient = dict[Index, str](), dict[Index, str]()
        self.local: dict[Index, str] = {}
        if self.backward:
            self.d_out = numbers(d_out, outs)
            self.gradient = self.words.gradient(self.cells)
            self.local = self._locals()

    def _locals(self) -> dict[Index, str]:
        """Return what stands below the gradient in the cells of the strips told."""
        drawn = set(self.cells)
        pairs = (p for out in self.story.told for p in self.story.locals(out).items())
        return {i: f"×{factor(v)}" for i, v in pairs if i in drawn}

    def _widest(self) -> float:
        """Return a width in which every number fits its cell."""
        parts = (self.x, self.out, self.d_out, self.gradient)
        texts = [*self._running(), *(t for part in parts for t in part.values())]
        pills = (width(text, PILL, bold=True) + 18 for text in self.local.values())
        return max([cell_width(texts, BOLD), *pills])

    def _longest(self) -> float:
        """Return how wide the names of grids get."""
        names = (*self._forward_names(), *self._back_names())
        return max(width(name, 15, bold=True) for name in names)

    def _running(self) -> Iterator[str]:
        """Yield the values that an output cell holds on its way."""
        for moment in self.story.moments:
            if moment.name == "sweep":
                yield number(self.story.running(moment.cell, moment.n))

    def _forward_names(self) -> tuple[str, str]:
        shape = size_names(self.rule.shape)
        return f"{self.name} {shape}", f"out {self.shapes.told}"

    def _back_names(self) -> tuple[str, str]:
        return f"gradient of {self.name}", f"d_out {self.shapes.told}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: grids, wires, and what the frame says."""
        moment = self.moments[step]
        late = moment.name in ("turn", "back", "end")
        body = [] if late and self.plan.turns else [*self._forward(moment)]
        body += self._back(moment) if late else ()
        around = self.plan.bounds(backward=late)
        lines = self.words.foot(moment, self._notes(moment))
        return sheet(self.words.heading(moment), body, lines, around=around)

    def _forward(self, moment: Moment) -> Iterator[Item]:
        fan = self.plan.forward
        yield from self.plan.names(fan, self._forward_names())
        own = moment.name in ("ask", "sweep", "fold")
        strip = self._strip(moment.cell) if moment.name in ("sweep", "fold") else []
        yield from fan.near.boxes(
            lambda i: self.x[i],
            lambda i: "forward" if i in strip else "cell",
            selected=self._reading(moment),
        )
        texts = {self.shapes.spot(i): t for i, t in self._known(moment).items()}
        lit = {self.shapes.spot(moment.cell): "forward"} if own else {}
        yield from lit_cells(fan.far, held(texts), lit, texts)
        yield from self._folded(moment)

    def _reading(self, moment: Moment) -> list[Index]:
        """Return the cell that is being folded in, if any."""
        if moment.name != "sweep" or not moment.n:
            return []
        return [self.story.strip(moment.cell)[moment.n - 1]]

    def _known(self, moment: Moment) -> dict[Index, str]:
        """Return what the output cells hold in a frame."""
        told = self.story.told
        if moment.name == "start":
            return {}
        if moment.name in ("ask", "sweep", "fold"):
            done = told[: told.index(moment.cell) + (moment.name == "fold")]
            known = {i: self.out[i] for i in done}
            if moment.name == "sweep":
                so_far = self.story.running(moment.cell, moment.n)
                known[moment.cell] = number(so_far)
            return known | ({moment.cell: "?"} if moment.name == "ask" else {})
        return self.out

    def _strip(self, out_index: Index) -> list[Index]:
        """Return the cells of a strip that are drawn."""
        near = self.plan.forward.near
        return [i for i in self.story.strip(out_index) if near.contains(i)]

    def _folded(self, moment: Moment) -> Iterator[Item]:
        """Yield the wires from strips to their cells."""
        if moment.name in ("sweep", "fold"):
            n = moment.n if moment.name == "sweep" else None
            folded = set(self.story.strip(moment.cell)[:n])
            strip = [i for i in self._strip(moment.cell) if i in folded]
            yield from self._fan(self.plan.forward, moment.cell, strip)
        elif moment.name == "done":
            for out in self._wired():
                yield from self._fan(self.plan.forward, out, self._strip(out))

    def _fan(
        self, fan: Fan, out: Index, strip: Sequence[Index], *, back: bool = False
    ) -> Iterable[Item]:
        lane = 0.5
        if fan.way == "down" or len(self.rule.shape) > 2:
            outs = self.story.cells
            lane = 0.2 + 0.6 * (outs.index(out) + 0.5) / len(outs)
        return fan.arrows(strip[:WIRES], self.shapes.spot(out), lane=lane, back=back)

    def _wired(self) -> list[Index]:
        """Return the output cells whose wires are drawn together."""
        few = len(self.cells) <= WIRES and len(self.rule.shape) <= 2
        return self.story.cells if few else self.story.told[-1:]

    def _back(self, moment: Moment) -> Iterator[Item]:
        fan, ink = self.plan.back, "gradient-ink"
        yield from self.plan.names(fan, self._back_names(), ink)
        lit = (
            {self.shapes.spot(moment.cell): "gradient"} if moment.name == "back" else {}
        )
        d_out = {self.shapes.spot(i): t for i, t in self.d_out.items()}
        yield from lit_cells(fan.far, held(d_out), lit, look="gradient")
        known = self._arrived(moment)
        docked = self._strip(moment.cell) if moment.name == "back" else []
        yield from fan.near.boxes(
            lambda i: "" if i in docked else known.get(i, ""),
            lambda i: "gradient" if i in known else "muted",
        )
        for index in docked:
            yield from self._docked(index)
        outs = [moment.cell] if moment.name == "back" else self._wired()
        for out in outs if moment.name != "turn" else ():
            yield from self._fan(fan, out, self._strip(out), back=True)

    def _arrived(self, moment: Moment) -> dict[Index, str]:
        """Return the gradients that have arrived."""
        if moment.name == "turn":
            return {}
        if moment.name == "end":
            return self.gradient
        told = self.story.told[: self.story.told.index(moment.cell) + 1]
        return {i: self.gradient[i] for out in told for i in self._strip(out)}

    def _docked(self, index: Index) -> Iterator[Item]:
        """Yield the gradient of a cell above the local derivative it came with."""
        box = self.plan.back.near.box(index, "", "gradient", marks=("selected",))
        text, (x, _) = self.local[index], box.center
        yield box
        yield Text(x, box.y + 18, self.gradient[index], 15, "gradient-ink", bold=True)
        w = width(text, PILL, bold=True) + 8
        yield Box(x - w / 2, box.y + 35, w, 19, text, "local", PILL, bold=True)

    # ----------------------------------- words -----------------------------------

    def _notes(self, moment: Moment) -> list[str]:
        """Return what is not drawn."""
        near = self.plan.forward.near
        notes = [near.note()] if near.folded else []
        wired = self._wired()
        if wired != self.story.cells:
            last = cell_name("d_out" if moment.name == "end" else "out", wired[-1])
            notes.append(f"Only the wires of {last} are drawn.")
        return notes

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        return self.words.alt(moment, self.cells, self._notes(moment))

    def table(self) -> str:
        """Return which cell is folded into which, with the local derivatives."""
        names = (*self._forward_names(), *self._back_names())
        grids = ", ".join(names if self.backward else names[:2])
        return f"{grids}\n{self.words.table(self.cells)}"

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return self.words.ask(self.moments[self.at(step)])


def reduce_flow(
    fn: Any,
    x: Any = None,
    dim: Any = None,
    d_out: Any = None,
    *,
    keepdim: bool = False,
    cell: Sequence[int] | None = None,
    name: str | None = None,
) -> ReduceFlow:
    """Return the picture of a reduce, forward and, with d_out, backward.

    Parameters
    ----------
    fn : a name such as "sum", a Function of your own, anything that can be called
        with a tensor, or a result such as x.sum(1), then without x, dim and keepdim
    x : a tensor, an array, nested lists, a number, or a shape such as (3, 2)
    dim : the dim or dims to fold; None folds all of them
    d_out : the gradient of the result, of its shape; None draws forward only
    keepdim : whether folded dims stay, with size 1
    cell : the one output cell to follow; by default all of them, if they are few
    name : what to call the input; by default its own name, or "x"

    Raises
    ------
    ValueError
        If there is no such op, or it does not fold whole dims.
    TypeError
        If the input is missing or holds no numbers.
    IndexError
        If there is no such dim or no output cell `cell`.

    Examples
    --------
    >>> picture = reduce_flow("sum", [[1, 2], [3, 4], [5, 6]], 1, [1, 10, 100])
    >>> picture.alt(-4).split(".")[1]
    ' d_out[0] = 1 is copied to the 2 cells of its strip'
    """
    named = functions_of("reduce", lambda function: str(function.__name__.lower()))
    options = {"dim": dim} if dim is not None else {}
    options |= {"keepdim": True} if keepdim else {}
    flow = flow_table(OneInput("reduce_flow", "sum", named, options).run(fn, x))
    d = None if d_out is None else flow.incoming(d_out)
    return ReduceFlow(flow, d, dim=dim, cell=cell, name=name)
