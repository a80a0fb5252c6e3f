"""fold_back: the ghosts of a broadcast fold their gradients into the real cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowTable, flow_table
from gradlab.visualization.flow_check import out_of_step
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.flows.fold_back_plan import FoldPlan, Pairs
from gradlab.visualization.pictures.flows.fold_back_story import Folding, Moment, Story
from gradlab.visualization.pictures.flows.fold_back_texts import GridTexts, Texts
from gradlab.visualization.pictures.flows.fold_back_words import Words
from gradlab.visualization.pictures.flows.zip_input import run
from gradlab.visualization.pictures.parts.cells import held, lit_cells, sentence, shown
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.op_input import short_name
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.shapes.stretch import Trio, input_cells, is_ghost
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.signs import sign_of
from gradlab.visualization.text import cell_name, size_names, width
from gradlab.visualization.values import two_names


class FoldBack(Picture):
    """A zip under broadcasting: ghosts forward, and how they fold back."""

    def __init__(
        self, flow: FlowTable, d_out: Any, names: Sequence[str] | None = None
    ) -> None:
        self.flow, self.d_out = flow, d_out
        given = flow.names if names is None else two_names(names)
        self.names = [short_name(name) for name in given]
        self.story = Story(flow, d_out)
        self.words = Words(self.story, self.names)
        self.texts = GridTexts(flow, d_out, self.story.sides)
        self._place()
        self.moments = self.story.tell(self.reals)
        self.steps = len(self.moments)
        self.title = f"{self.words.title}, folded back"

    # --------------------------------- planning ---------------------------------

    def _place(self) -> None:
        """Place all grids, with cells wide enough for every number in them."""
        sides, texts = self.story.sides, self.texts
        self.plans = [
            FoldPlan.of(
                self.flow.shape,
                side.shape,
                texts.widest("local", "d", "product", "gradient", only=k),
                max(width(name, 15, bold=True) for name in self._names(k)[:3]),
            )
            for k, side in enumerate(sides)
        ]
        level = max(plan.fan.near.level for plan in self.plans)
        self.plans = [plan.shortened(level) for plan in self.plans]
        self.outs = shown(self.plans[0].fan.near)
        self.reals = [shown(plan.fan.far) for plan in self.plans]
        titles = [f"{n} {size_names(s.shape)}" for n, s in zip(self.names, sides)]
        self._place_ends(titles, level)

    def _place_ends(self, titles: list[str], level: int) -> None:
        """Place the grids of the first frames and of the last."""
        sides, shape = self.story.sides, self.flow.shape
        shapes = [side.shape for side in sides]
        trio = Trio.of(
            (*shapes, shape),
            (shape,) * 3,
            (*titles, f"out {size_names(shape)}"),
            self.texts.widest("input", "out", "d"),
            0.0,
            short=level,
        )
        self.trio = trio
        names = [*titles, *(f"gradient of {name}" for name in self.names)]
        wide = self.texts.widest("input", "gradient")
        self.pairs = Pairs.of(shapes, wide, names, short=level)

    def _names(self, k: int) -> tuple[str, ...]:
        """Return the names of the four grids of one input."""
        name = self.names[k]
        to = f"gradient of {name} {size_names(self.story.sides[k].shape)}"
        return "d_out", f"local by {name}", "d_out · local", to

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: grids, wires, and what the frame says."""
        moment = self.moments[step]
        lines = self.words.foot(moment, self._notes(moment))
        if moment.name in ("forward", "turn"):
            body = self._forward(moment)
            return sheet(self.words.heading(moment), body, lines)
        if moment.name == "end":
            return sheet(self.words.heading(moment), self._end(), lines)
        around = self.plans[moment.input].bounds(bool(self._side(moment).dims))
        body = self._back(moment)
        return sheet(self.words.heading(moment), body, lines, around=around)

    def _side(self, moment: Moment) -> Folding:
        return self.story.sides[moment.input]

    def _forward(self, moment: Moment) -> Iterator[Item]:
        """Yield both inputs with their ghosts, and out or d_out."""
        op, back = self.story.op, moment.name == "turn"
        sign = sign_of(op) if op is not None else ","
        for k, side in enumerate(self.story.sides):
            grid = self.trio.grids[k]
            yield from self.trio.name(k, side.shape, sign if k and not back else "")
            yield from input_cells(grid, side.shape, self.texts.input[k], ghosts=True)
            if not grid.empty:
                yield from self.trio.stretches(k, side.shape)
        grid = self.trio.grids[2]
        names = (*self.trio.names[:2], f"d_out {size_names(self.flow.shape)}")
        trio = replace(self.trio, names=names) if back else self.trio
        yield from trio.name(2, self.flow.shape, "" if back else "=")
        texts, look = (self.texts.d, "gradient") if back else (self.texts.out, "cell")
        yield from grid.boxes(lambda i: texts[i], lambda i: look)

    def _back(self, moment: Moment) -> Iterator[Item]:
        """Yield d_out · local = products, and the gradient they fold into."""
        k, side = moment.input, self._side(moment)
        plan = self.plans[k]
        names = plan.names(self._names(k))
        yield from names if side.dims else names[:3]
        yield from plan.signs()
        yield from plan.d_out.boxes(lambda i: self.texts.d[i], lambda i: "gradient")
        yield from plan.local.boxes(lambda i: self.texts.local[k][i], lambda i: "local")
        yield from self._products(moment)
        if side.dims:
            yield from self._folded(moment)

    def _products(self, moment: Moment) -> Iterator[Item]:
        """Yield d_out · local; the cells that fold stand out."""
        k, side = moment.input, self._side(moment)
        grid, texts = self.plans[k].fan.near, self.texts.product[k]
        strip = self._strip(moment) if moment.name == "fold" else []

        def look(index: Index) -> str:
            return "ghost" if is_ghost(index, side.shape) else "gradient"

        yield from grid.boxes(lambda i: "" if i in strip else texts[i], look)
        for index in strip:
            marks = ("selected",)
            yield grid.box(index, texts[index], look(index), marks=marks, bold=True)

    def _folded(self, moment: Moment) -> Iterator[Item]:
        """Yield the gradient in the input's own shape, and the wires to it."""
        k, fan = moment.input, self.plans[moment.input].fan
        done = self.reals[k] if moment.name == "steps" else self.story.before(moment)
        texts = {
            i: self.texts.gradient[k][i] for i in done if i in self.texts.gradient[k]
        }
        lit = {moment.cell: "gradient"} if moment.name == "fold" else {}
        yield from lit_cells(fan.far, held(texts), lit, texts, "gradient")
        if moment.name == "fold":
            yield from fan.arrows(
                self._strip(moment)[:WIRES], moment.cell, look="gradient"
            )

    def _strip(self, moment: Moment) -> list[Index]:
        """Return the drawn cells that fold into a real one."""
        side = self._side(moment)
        return [i for i in self.outs if side.target(i) == moment.cell]

    def _end(self) -> Iterator[Item]:
        """Yield each input beside its gradient."""
        yield from self.pairs.named()
        for k, (own, back) in enumerate(self.pairs.grids):
            yield from own.boxes(held(self.texts.input[k]))
            gradient = held(self.texts.gradient[k])
            yield from back.boxes(gradient, lambda i: "gradient")

    # ----------------------------------- words -----------------------------------

    def _notes(self, moment: Moment) -> list[str]:
        """Return what is not drawn."""
        if moment.name == "forward":
            return _notes([self.trio.grids[2]])
        if moment.name == "end":
            return _notes([own for own, _ in self.pairs.grids])
        return []

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        return self.words.alt(moment, self._notes(moment), self._held(moment))

    def _held(self, moment: Moment) -> dict[str, Texts]:
        """Return the grids whose numbers a frame is about."""
        k, (a, b), texts = moment.input, self.names, self.texts
        outs = {"out": texts.out, "d_out": texts.d, "": texts.product[k]}
        drawn = {n: {i: t[i] for i in self.outs} for n, t in outs.items()}
        one, two = (
            {i: t[i] for i in shown(own) if i in t}
            for t, (own, _) in zip(texts.gradient, self.pairs.grids)
        )
        if moment.name == "forward":
            return {a: self._real(0), b: self._real(1), "out": drawn["out"]}
        if moment.name == "turn":
            return {"d_out": drawn["d_out"]}
        if moment.name == "local":
            return {f"d_out · local for {self.names[k]}": drawn[""]}
        if moment.name == "steps":
            return {f"gradient of {self.names[k]}": (one, two)[k]}
        if moment.name == "end":
            return {f"gradient of {a}": one, f"gradient of {b}": two}
        return {}

    def _real(self, k: int) -> Texts:
        return {i: self.texts.input[k][i] for i in shown(self.pairs.grids[k][0])}

    def table(self) -> str:
        """Return what every drawn output cell sends, and all gradients."""
        one, two = self._held(Moment("forward")), self._held(Moment("end"))
        held = {**one, **two}.items()
        lines = [sentence(name, dict(texts), len(texts)) for name, texts in held]
        return "\n".join([*lines, self.words.table(self.outs)])

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        name = self.names[moment.input]
        return {
            "turn": "What comes back, and in which shape?",
            "local": f"What does every output cell send back to {name}?",
            "fold": f"Which cells fold into {cell_name(name, moment.cell)}?",
            "steps": f"Over which dims was summed to reach the shape of {name}?",
            "end": "Which shapes must the gradients have?",
        }.get(moment.name, "Which cells repeat a number?")


def _notes(grids: Sequence[TensorGrid]) -> list[str]:
    return list(dict.fromkeys(grid.note() for grid in grids if grid.folded))


def fold_back(
    op: Any,
    a: Any = None,
    b: Any = None,
    d_out: Any = None,
    *,
    names: Sequence[str] | None = None,
) -> FoldBack:
    """Return the picture of how gradients fold back into inputs that were stretched.

    Parameters
    ----------
    op : a name such as "mul", a sign such as "*", a Function of your own, or the
        result of an op such as x * y, then without a and b
    a, b : tensors, arrays, nested lists, numbers, or shapes such as (3, 1)
    d_out : the gradient of the result, of its shape
    names : what to call the two inputs

    Raises
    ------
    ValueError
        If the shapes do not broadcast, d_out has another shape than the result, there
        is no such op, or the backward does not grow with d_out: then nothing folds.
    TypeError
        If an input or d_out is missing, or these are not two names.

    Examples
    --------
    >>> d_out = [[1, 2], [3, 4], [5, 6]]
    >>> picture = fold_back("mul", [[1], [2], [3]], [10, 20], d_out)
    >>> [picture.words.heading(m) for m in picture.moments if m.name == "fold"][3]
    'b[0] receives 1·1 + 3·2 + 5·3 = 22'
    """
    flow = flow_table(run(op, a, b, "fold_back"))
    if not hasattr(flow.node, "shape"):
        raise TypeError(
            "fold_back draws tensors; Scalars have no shape to fold back to. "
            "scalar_graph draws them."
        )
    if d_out is None:
        raise TypeError(
            f"fold_back needs d_out, the gradient of the result, of shape "
            f"{size_names(flow.shape)}: fold_back(op, a, b, d_out)."
        )
    wrong = out_of_step(flow.node) if flow.warning else ""
    if wrong:
        raise ValueError(
            f"{wrong} So there are no true sums to fold. "
            "diagnosis_of(YourFunction, a, b, d_out=d_out) draws what it sends instead."
        )
    return FoldBack(flow, flow.incoming(d_out), names)
