"""accumulator: how the contributions to a leaf's gradient arrive, and add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.influence.accumulator_input import Tray, read_tray
from gradlab.visualization.pictures.influence.accumulator_plan import (
    DROPS,
    LOST,
    label_of,
    placed,
)
from gradlab.visualization.pictures.influence.accumulator_story import Moment, Story
from gradlab.visualization.pictures.parts.grids import Index, TensorGrid
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import (
    cell_name,
    number,
    size_names,
    table_text,
)

PASSES = 6


class Accumulator(Picture):
    """A leaf's tray, drop by drop."""

    def __init__(self, tray: Tray, passes: int = 1) -> None:
        self.tray, self.passes = tray, passes
        self.grids = placed(tray, passes)
        whole = self.grids[-1]
        empty = f"Its shape {size_names(whole.shape)} has no cells."
        note = empty if whole.empty else whole.note()
        self.story = Story(tray, passes, len(self.grids) - 1, note)
        self.steps = len(self.story.moments)
        self.title = f"What adds up in {self.story.grad}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, drops, wires, tray, and words."""
        moment = self.story.moments[step]
        body = [*self._wires(moment), *self._drops(moment), *self._tray(moment)]
        ink = "wrong-ink" if moment.name in ("again", "kept") else "ink"
        if moment.name == "kept" and self.story.lucky:
            ink = "ink"
        around = Bounds.around(grid.bounds() for grid in self.grids)
        around = around._replace(left=0, top=-34, bottom=around.bottom + 14)
        return sheet(
            self.story.heading(moment),
            body,
            self.story.foot(moment),
            ink=ink,
            around=around,
        )

    def _wires(self, moment: Moment) -> Iterator[Item]:
        *drops, tray = self.grids
        box = tray.bounds()
        for n, grid in enumerate(drops[: self.story.arrived(moment)]):
            if self.story.lost(moment, n):
                continue
            now = n == moment.n - 1 or moment.name not in ("drop", "set")
            start = grid.bounds()
            top = (start.left + start.width / 2, start.bottom + 4)
            x = box.left + box.width * (n + 1) / (len(drops) + 1)
            yield Arrow((top, (x, box.top - 10)), "gradient" if now else "muted")

    def _drops(self, moment: Moment) -> Iterator[Item]:
        for n, grid in enumerate(self.grids[:-1]):
            known = n < self.story.arrived(moment)
            lost = self.story.lost(moment, n)
            look = "wrong" if lost else "gradient" if known else "muted"
            now = n == moment.n - 1 and moment.name in ("drop", "set")
            marks = ("wrong",) if lost else ("selected",) if now else ()
            text = _reader(self.tray.drops[n].value) if known else _nothing
            yield from _cells(grid, text, look, marks)
            box = grid.bounds()
            label = label_of(self.tray, n) + LOST * lost
            ink = "wrong-ink" if lost else "gradient-ink" if known else "soft"
            lift = 22 if len(self.tray.shape) > 2 else 0
            yield Text(box.left, -14 - lift, label, 14, ink, "start")

    def _tray(self, moment: Moment) -> Iterator[Item]:
        grid = self.grids[-1]
        held = self.story.held(moment)
        box = grid.bounds()
        outer = (box.left - 8, box.top - 6, box.width + 16, box.height + 12)
        yield Box(*outer, look="none", marks=("tray",))
        bad = moment.name == "again" or (moment.name == "kept" and not self.story.lucky)
        look = "muted" if held is None else "wrong" if bad else "gradient"
        text = _reader(held) if held is not None else self._none
        yield from _cells(grid, text, look, ("wrong",) if bad else ())
        x, y = box.left - 22, (box.top + box.bottom) / 2
        yield Text(x, y, self.story.grad, 15, "gradient-ink", "end", bold=True)
        if self.tray.shape:
            shape = size_names(self.tray.shape)
            yield Text(x, y + 20, shape, 14, "soft", "end")

    def _none(self, index: Index) -> str:
        return "" if self.tray.shape else "None"

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.story.alt(self.story.moments[self.at(step)])

    def table(self) -> str:
        """Return every drawn cell: each drop, and the sum after it."""
        grid = self.grids[-1]
        drops = self.tray.drops[:DROPS]
        head = ["cell"]
        for n, drop in enumerate(drops):
            head += [drop.origin, "sum"] if n else [drop.origin]
        head += ["all"] if len(self.tray.drops) > len(drops) else []
        head += [f"{n} backwards" for n in range(2, self.passes + 1)]
        shown = [] if grid.empty else list(grid.shown())
        return table_text(head, [self._row(index) for index in shown])

    def _row(self, index: Index) -> list[str]:
        row = [cell_name(self.story.grad, index)]
        for n, drop in enumerate(self.tray.drops[:DROPS]):
            row.append(number(drop.value[index]))
            row += [number(self.tray.sums[n][index])] if n else []
        if len(self.tray.drops) > DROPS:
            row.append(number(self.story.total[index]))
        times = range(2, self.passes + 1)
        return row + [number(self.tray.times(n)[index]) for n in times]

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.story.moments[self.at(step)]
        return {
            "start": f"What is {self.story.grad} before the first backward?",
            "set": "And if each drop replaced the one before?",
            "kept": "What would be lost?",
            "again": "backward runs once more, without zero_grad. What is in the tray?",
            "zero": "What should have been done between the two?",
        }.get(moment.name, "What does the tray hold after the next drop?")


def _reader(value: Any) -> Callable[[Index], str]:
    return lambda index: number(value[index])


def _nothing(index: Index) -> str:
    return ""


def _cells(
    grid: TensorGrid, text: Callable[[Index], str], look: str, marks: tuple[str, ...]
) -> Iterator[Item]:
    if grid.empty:
        yield grid.nothing()
        return
    for index in grid.shown():
        yield grid.box(index, text(index), look, marks=marks, bold="selected" in marks)
    yield from grid.dots()
    yield from grid.slice_labels()


def accumulator(
    given: Any,
    to: Any = None,
    *,
    d_out: Any = None,
    passes: int = 1,
    name: str | None = None,
) -> Accumulator:
    """Return how contributions to a leaf's gradient arrive, add up, or get lost.

    Nothing is changed: no `.grad` and no `.derivative` is touched.

    Parameters
    ----------
    given : a Scalar or Tensor result; or the contributions themselves, in a list
    to : the leaf, or its name; not needed where there is only one
    d_out : the gradient of the result, of its shape; 1 where the result is one number
    passes : how many times backward runs without zero_grad
    name : what to call the leaf

    Raises
    ------
    TypeError
        If `given` is neither a result nor a list of numbers or tensors.
    ValueError
        If the leaf has no part in the result, shapes differ, or there are no such
        passes.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> a, b = Scalar(1, "a"), Scalar(2, "b")
    >>> picture = accumulator(a + a * b, "a")
    >>> picture.alt(2)
    'Drop 2 of 2: += adds it. From Mul: 2. a.derivative = 1 + 2 = 3.'
    >>> "only the last drop is kept: 2, not 3" in picture.alt()
    True
    """
    if isinstance(passes, bool) or passes not in range(1, PASSES + 1):
        raise ValueError(
            f"passes says how often backward runs, from 1 to {PASSES}; got "
            f"{plain(passes)}."
        )
    return Accumulator(read_tray(given, to, d_out, name), int(passes))
