"""work_map: which thread writes which cell, tick by tick, and where they collide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.judging.work_map_story import (
    Count,
    Job,
    Work,
    thread_name,
)
from gradlab.visualization.pictures.judging.work_map_words import Telling
from gradlab.visualization.pictures.parts.grids import TensorGrid, cell_width
from gradlab.visualization.pictures.parts.wires import GAP, WIRES, wire_between
from gradlab.visualization.scene import Arrow, Bounds, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import size_names, width

EVERY = 9  # up to here every tick has a frame
ROOM, TOP = 430.0, 30.0


class WorkMap(Picture):
    """The cells of a parallel map or reduce, with the thread that does each."""

    def __init__(
        self, shape: Any, threads: Any, *, over: str = "output", dim: Any = None
    ) -> None:
        self.work = Work(shape, threads, over, dim)
        self.told = self._told()
        last = max(self.work.ticks - 1, 0)
        self.counts = self.work.counted([*self.told, last])
        self.end = self.counts.get(last, Count({}, []))
        self.owners = self.work.owners()
        self._place()
        raced = {t: sorted(c.raced, key=self._hidden) for t, c in self.counts.items()}
        self.telling = Telling(self.work, self.told, self.counts, self.end, raced)
        self.steps = len(self.told) + 2
        self.title = self.telling.title

    def _told(self) -> list[int]:
        """Return the ticks that get a frame."""
        ticks = self.work.ticks
        if ticks <= EVERY:
            return list(range(ticks))
        race = self.work.first_race()
        return sorted({0, 1, ticks - 1, *([] if race is None else [race])})

    def _place(self) -> None:
        deep = 20.0 if len(self.work.shape) > 2 else 0.0
        texts = {self._out_text(i, None) for i in self.owners if not self._shares_in()}
        for count in (*self.counts.values(), self.end):
            texts |= {self._out_text(i, count) for i in count.sums}
        texts |= {self._last_text(i) for i in self.end.sums}
        plan = TensorGrid(self.work.shape, gap=GAP, y=TOP + deep, room=ROOM)
        self.grid = replace(plan, cell=(max(38.0, cell_width(self._letters())), 34.0))
        label = width(f"in {size_names(self.work.shape)}", 16, bold=True)
        x = max(self.grid.bounds().right, label) + 96
        wide = cell_width(texts)
        self.result = TensorGrid(
            self.work.out, x, TOP + deep, (wide, 34.0), GAP, room=ROOM + 200
        )

    def _hidden(self, target: Index) -> bool:
        return not self.result.contains(target)

    def _letters(self) -> list[str]:
        return [thread_name(n) for n in range(self.work.threads)]

    def _shares_in(self) -> bool:
        return self.work.over == "input"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: both grids, the wires of a tick, and the words."""
        tick = self._tick(step)
        jobs = [] if tick is None else self._drawn(tick)
        last = step == self.steps - 1
        body = [*self._names(), *self._inputs(step, jobs)]
        body += self._last() if last else self._outputs(tick, jobs)
        wrong = self.telling.wrong(step)
        return sheet(
            self.telling.heading(step),
            [*body, *self._wires(jobs, tick)],
            self.telling.foot(step),
            ink="wrong-ink" if wrong else "ink",
            around=self._around(),
        )

    def _tick(self, step: int) -> int | None:
        """Return the tick of a frame; None for the first and the last frame."""
        return self.told[step - 1] if 0 < step < self.steps - 1 else None

    def _around(self) -> Bounds:
        box = Bounds.around((self.grid.bounds(), self.result.bounds()))
        return Bounds(0, 0, box.right, box.bottom + GAP)

    def _names(self) -> Iterator[Item]:
        for grid, name in ((self.grid, "in"), (self.result, "out")):
            label = f"{name} {size_names(grid.shape)}"
            yield Text(grid.x, 10, label, 16, anchor="start", bold=True)

    def _drawn(self, tick: int) -> list[Job]:
        """Return the jobs of a tick whose cells are both drawn."""
        return [
            job
            for job in self.work.at(tick)
            if self.grid.contains(job.source) and self.result.contains(job.target)
        ]

    def _inputs(self, step: int, jobs: Sequence[Job]) -> Iterator[Item]:
        now = {job.source for job in jobs}
        grid = self.grid
        yield from grid.boxes(
            lambda i: "" if i in now else self._letter(i),
            lambda i: "cell" if self._done(i, step) else "muted",
        )
        for index in sorted(now):
            yield grid.chosen(index, self._letter(index))

    def _letter(self, source: Index) -> str:
        return thread_name(self.work.owner(self.owners, source))

    def _done(self, source: Index, step: int) -> bool:
        """Say whether an input cell has been read by the end of a frame."""
        tick = self._tick(step)
        if tick is None:
            return step > 0
        return self.work.turn(source) <= tick

    # --------------------------------- the output ---------------------------------

    def _outputs(self, tick: int | None, jobs: Sequence[Job]) -> Iterator[Item]:
        count = None if tick is None else self.counts[tick]
        raced = set(count.raced) if count else set()
        now = {job.target for job in jobs} - raced
        known = count.sums if count else {}
        grid = self.result
        yield from grid.boxes(
            lambda i: "" if i in now | raced else self._out_text(i, count),
            lambda i: "cell" if i in known else "muted",
        )
        for index in sorted(now):
            yield grid.chosen(index, self._out_text(index, count))
        for index in sorted(raced):
            if grid.contains(index):
                text = self._out_text(index, count)
                yield grid.box(index, text, "wrong", marks=("wrong",), bold=True)

    def _out_text(self, target: Index, count: Count | None) -> str:
        """Return what an output cell prints: its thread, or how many it added up."""
        owner = "" if self._shares_in() and self.work.dims else self._owner(target)
        if not self.work.dims or count is None:
            return owner
        added = str(count.sums.get(target, 0))
        if target in count.raced:
            return f"race: {added}"
        return f"{owner}: {added}" if owner else added

    def _owner(self, target: Index) -> str:
        return thread_name(self.owners[target])

    def _last_text(self, target: Index) -> str:
        got = self.end.sums.get(target, 0)
        right = self.work.each
        if not self.work.dims or got == right:
            return self._out_text(target, self.end._replace(raced=[]))
        return f"{got}, not {right}"

    def _last(self) -> Iterator[Item]:
        """Yield the output as it is in the end; cells that lost something are wrong."""
        if self.result.empty:
            yield self.result.nothing()
            return
        for index in self.result.shown():
            text = self._last_text(index)
            lost = "not" in text
            look, marks = ("wrong", ("wrong",)) if lost else ("cell", ())
            yield self.result.box(index, text, look, marks=marks, bold=lost)
        yield from self.result.dots()
        yield from self.result.slice_labels()

    def _wires(self, jobs: Sequence[Job], tick: int | None) -> Iterator[Arrow]:
        raced = self.counts[tick].raced if tick is not None else []
        drawn = list(jobs)[:WIRES]
        for n, job in enumerate(drawn):
            place = (n + 1) / (len(drawn) + 1)
            ends = (self.grid.box(job.source), self.result.box(job.target))
            track = self._track(job, drawn)
            grids = (self.grid, self.result)
            wire = wire_between(grids, ends, lane=place, track=track).arrow()
            yield replace(wire, look="wrong") if job.target in raced else wire

    def _track(self, job: Job, drawn: Sequence[Job]) -> float | None:
        """Return a wire's own place in the gap, where it shares one with others."""
        targets = sorted({o.target for o in drawn if self._beside(job, o)})
        if len(targets) == 1:
            return None
        return (targets.index(job.target) + 1) / (len(targets) + 1)

    def _beside(self, one: Job, other: Job) -> bool:
        """Say whether two jobs have input cells, or output cells, on one line."""
        pairs = (
            (self.grid, one.source, other.source),
            (
                self.result,
                one.target,
                other.target,
            ),
        )
        return any(grid.box(a).y == grid.box(b).y for grid, a, b in pairs)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.telling.alt(self.at(step))

    def table(self) -> str:
        """Return what every thread does, and what the output holds, as plain text."""
        cells = [] if self.result.empty else list(self.result.shown())
        return self.telling.table(cells, self._last_text)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        if not step:
            return "How would you share these cells out among the threads?"
        if step == self.steps - 1:
            return "Is every cell right? Is every thread busy to the end?"
        return "Which cells next? Do two threads ever write the same one?"


def work_map(
    shape: Any,
    threads: int,
    *,
    over: str = "output",
    dim: int | Sequence[int] | None = None,
) -> WorkMap:
    """Return the picture of which thread does which cell of a parallel map or reduce.

    It is a model: each thread gets one run of neighbouring cells, and does one cell
    per tick. A real machine keeps no such step, so its races lose now more, now less.

    Parameters
    ----------
    shape : the shape of the input, or a tensor, which has one
    threads : how many threads share the work
    over : whether they share out the cells of the "output" or of the "input"; a
        reduce over its input lets two threads write one cell
    dim : the dim or dims that a reduce adds up; None for a map

    Raises
    ------
    ValueError
        If `over` is neither, or there are too many threads or cells to follow.
    TypeError
        If the shape or the number of threads is none.
    IndexError
        If there is no dim `dim`.

    Examples
    --------
    >>> picture = work_map((4,), 2, over="input", dim=0)
    >>> picture.alt().split(". ")[1]
    'out[0] = 2, not 4: 2 additions are lost in a race'
    """
    return WorkMap(shape, threads, over=over, dim=dim)
