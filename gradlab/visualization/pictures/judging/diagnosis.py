"""diagnosis: a learner's numbers beside the right ones, and the rule behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.judging.diagnosis_read import (
    Answer,
    Wrong,
    fitting,
    given_rules,
    grid_for,
)
from gradlab.visualization.pictures.parts.arrays import numbers_of
from gradlab.visualization.pictures.parts.cells import sentence, shown
from gradlab.visualization.pictures.parts.grids import Index, TensorGrid
from gradlab.visualization.scene import Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import (
    cell_name,
    clean,
    number,
    shorten,
    size_names,
    table_text,
    width,
)

APART, TOP = 48.0, 34.0
NAMED = 3  # how many rules are named where several fit


class Diagnosis(Picture):
    """Yours, the right one, and the wrong rule that gives all of your numbers.

    Attributes
    ----------
    wrong : the cells that differ; None where the shape or the kind differs
    fits : the wrong rules that give every number, with their arrays
    """

    def __init__(
        self,
        got: Any,
        right: Any,
        rules: Iterable[Wrong] = (),
        *,
        name: str = "x",
        d_out: Any = None,
        note: str = "",
        none_is_0: bool = True,
    ) -> None:
        self.got, self.right, self.note = Answer.of(got), numbers_of(right), note
        self.name = shorten(" ".join(clean(name).split()), 160, 16)
        self.d_out = None if d_out is None else numbers_of(d_out)
        self.wrong = self.got.differs(self.right, none_is_0)
        tried = list(rules)
        self.fits = [] if self.passed else fitting(self.got, self.right, tried)
        self.unexplained = bool(tried) and not self.passed and not self.fits
        self._place()
        self.steps = 3 if self.fits else 2
        self.title = f"Diagnosis of {self.name} {size_names(self.right.shape)}"

    @property
    def passed(self) -> bool:
        """Return whether every cell is right."""
        return self.wrong == []

    @property
    def named(self) -> list[str]:
        """Return what the rules that fit did."""
        return [sentence for sentence, _ in self.fits]

    # ---------------------------------- drawing ----------------------------------

    def _place(self) -> None:
        """Place the grids beside each other, each as wide as its numbers need."""
        self.grids: dict[str, TensorGrid] = {}
        plans = {name: grid_for(array) for name, array in self._arrays().items()}
        short, x = max(plan.level for plan in plans.values()), 0.0
        for name, plan in plans.items():
            y = TOP + (18.0 if len(plan.shape) > 2 else 0.0)
            self.grids[name] = grid = replace(plan, x=x, y=y, short=short)
            label = width(f"{name} {size_names(plan.shape)}", 16, bold=True)
            wide = max(grid.bounds().width, label)
            if name == "yours" and self.got.array is None:
                wide = max(wide, self._instead(grid).w)
            x += wide + APART

    def _arrays(self) -> dict[str, Any]:
        """Return the arrays that are drawn, from left to right, by what they are."""
        arrays = {} if self.d_out is None else {"d_out": self.d_out}
        arrays["yours"] = self.right if self.got.array is None else self.got.array
        arrays["right"] = self.right
        if self.fits:
            arrays["the rule"] = self.fits[0][1]
        return arrays

    def scene(self, step: int) -> Scene:
        """Return yours alone, then beside the right one, then beside the rule."""
        arrays = self._arrays()
        body: list[Item] = []
        for name in self._names(step):
            body += self._grid(name, arrays[name], step)
        bad = step and not self.passed
        return sheet(
            self._heading(step),
            body,
            self._lines(step),
            ink="wrong-ink" if bad else "ink",
            around=self._around(),
        )

    def _names(self, step: int) -> list[str]:
        names = [name for name in self.grids if name != "the rule" or step == 2]
        return [name for name in names if name != "right" or step]

    def _around(self) -> Bounds:
        boxes = [grid.bounds() for grid in self.grids.values()]
        return Bounds.around([Bounds(0, 0, 0, 0), *boxes])

    def _grid(self, name: str, array: Any, step: int) -> Iterator[Item]:
        grid = self.grids[name]
        ink = "gradient-ink" if name == "d_out" else "ink"
        label = f"{name} {size_names(array.shape)}"
        if name == "yours" and self.got.array is None:
            yield Text(grid.x, 12, name, 16, ink, "start", bold=True)
            yield self._instead(grid)
            return
        yield Text(grid.x, 12, label, 16, ink, "start", bold=True)
        look = "gradient" if name == "d_out" else "cell"
        lit = self._lit(name, step)
        yield from grid.boxes(
            lambda i: "" if i in lit else number(array[i]), lambda i: look
        )
        first = (self.wrong or [()])[0]
        for index in lit:
            marks = ("wrong",) if name != "right" else ()
            if index == first:
                marks = (*marks, "selected")
            own = "wrong" if name != "right" else "forward"
            yield grid.box(index, number(array[index]), own, marks=marks, bold=True)

    def _instead(self, grid: TensorGrid) -> Box:
        text = self.got.instead
        look, marks = ("cell", ()) if self.passed else ("wrong", ("wrong",))
        return Box(grid.x, grid.y, width(text, 15) + 24, 36, text, look, marks=marks)

    def _lit(self, name: str, step: int) -> list[Index]:
        """Return the drawn cells of a grid that stand out in a frame."""
        if not step or name == "d_out":
            return []
        wrong = shown(self.grids[name]) if self.wrong is None else self.wrong
        if name == "right":
            wrong = wrong[:1] if self.wrong else []
        return [index for index in wrong if self.grids[name].contains(index)]

    # ----------------------------------- words -----------------------------------

    def _heading(self, step: int) -> str:
        if not step:
            return f"Your answer for {self.name}: right or wrong?"
        if self.passed:
            return self._all_right()
        if step == 2:
            return f"Your answer equals: {self.named[0]}"
        if self.wrong is None:
            return self._other_kind()
        cell = cell_name(self.name, self.wrong[0])
        got, right = self.got.array[self.wrong[0]], self.right[self.wrong[0]]
        return f"Wrong: {cell} is {number(got)}, right is {number(right)}"

    def _all_right(self) -> str:
        cells = self.right.size
        if cells == 1:
            name = cell_name(self.name, (0,) * self.right.ndim)
            return f"Right: {name} is {number(self.right.item())}"
        return f"Right: all {cells:,} cells" if cells else "Right: there are no cells"

    def _other_kind(self) -> str:
        right = size_names(self.right.shape)
        if self.got.array is None:
            return f"Wrong: {self.got.instead} in place of shape {right}"
        got = size_names(self.got.array.shape)
        return f"Wrong shape: {got} in place of {right}"

    def _lines(self, step: int) -> list[Line]:
        said: list[str] = []
        if step and self.wrong and self.right.size > 1:
            count, size = len(self.wrong), self.right.size
            said.append(
                f"{count:,} of {size:,} cells {'is' if count == 1 else 'are'} wrong "
                "(hatched); the first is outlined."
            )
        if step and self.unexplained and self.got.array is not None:
            said.append("None of the usual mistakes gives all of these numbers.")
        if step == 2:
            said += self._rules()
        folded = [self.grids[name].note() for name in self._names(step)]
        notes = dict.fromkeys((self.note, *folded))
        return [(line, "ink") for line in said] + [(n, "soft") for n in notes if n]

    def _rules(self) -> list[str]:
        """Say what is known about the rules that fit."""
        said = ["That gives every one of your numbers, and is not right."]
        more = self.named[1:NAMED]
        if more:
            said.append(
                f"These numbers also fit: {'; '.join(more)}. Other inputs would tell."
            )
        return said

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        step = self.at(step)
        said = [f"{self.title}.", f"{self._heading(step)}".rstrip("?.") + "."]
        said += [line for line, _ in self._lines(step)]
        return " ".join([*said, *self._held(self._names(step))])

    def _held(self, names: Iterable[str]) -> Iterator[str]:
        arrays = self._arrays()
        for name in names:
            if name == "yours" and self.got.array is None:
                yield f"yours is {self.got.instead}."
            else:
                cells = shown(self.grids[name])
                texts = {i: number(arrays[name][i]) for i in cells}
                yield sentence(name, texts)

    def table(self) -> str:
        """Return yours, the right numbers and those of the rule as plain text."""
        arrays = self._arrays()
        columns = [name for name in self.grids if name != "d_out"]
        cells = sorted({i for name in columns for i in shown(self.grids[name])})
        rows = []
        for index in cells:
            texts = [self._text(name, arrays[name], index) for name in columns]
            mark = "wrong" if self.wrong is None or index in self.wrong else ""
            rows.append([cell_name(self.name, index), *texts, mark])
        held = "\n".join(self._held(["d_out"] if "d_out" in self.grids else []))
        named = "\n".join(f"equals: {rule}" for rule in self.named[:NAMED])
        table = table_text(["cell", *columns, ""], rows)
        return "\n".join(part for part in (held, table, named) if part)

    def _text(self, name: str, array: Any, index: Index) -> str:
        if name == "yours" and self.got.array is None:
            return ""
        fits = len(index) == array.ndim
        inside = fits and all(i < size for i, size in zip(index, array.shape))
        return number(array[index]) if inside else ""

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return (
            f"What should {self.name} be? Work out one cell by hand.",
            "Which cells are wrong, and do they have something in common?",
            "Which mistake gives exactly these numbers?",
        )[step]


def diagnosis(
    got: Any,
    right: Any,
    rules: Mapping[str, Any] | None = None,
    *,
    d_out: Any = None,
    name: str = "x",
) -> Diagnosis:
    """Return the picture of a learner's numbers beside the right ones.

    A wrong rule is named only if it gives every number of the learner, and is not
    right everywhere.

    Parameters
    ----------
    got : the learner's answer: a tensor, an array, nested lists, None, or anything
    right : the right numbers
    rules : from what somebody did to the numbers that this gives; or to a function
        that returns them, called with d_out where that is given
    d_out : the gradient that came in, to be drawn as well
    name : what the numbers are called

    Raises
    ------
    TypeError
        If `right` or `d_out` hold no numbers, or `rules` is no dict.
    ValueError
        If rows of `right` or `d_out` differ in length.

    Examples
    --------
    >>> picture = diagnosis([2, 4], [6, 20], {"forgot d_out": [2, 4]}, d_out=[3, 5])
    >>> picture.named, picture.wrong
    (['forgot d_out'], [(0,), (1,)])
    """
    found = given_rules(rules, d_out)
    return Diagnosis(got, right, found, name=name, d_out=d_out)
