"""What each frame of a parallel loop says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradlab.indexing import Index
from gradlab.visualization.pictures.judging.work_map_story import (
    Count,
    Job,
    Work,
    thread_name,
)
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    counted,
    number,
    size_names,
    table_text,
)

SAID = 6  # how many threads or cells are said one by one
MODEL = "A model: neighbouring cells per thread, one cell per thread and tick."


class Telling:
    """A parallel loop in words."""

    def __init__(
        self,
        work: Work,
        told: Sequence[int],
        counts: dict[int, Count],
        end: Count,
        raced: dict[int, list[Index]],
    ) -> None:
        self.work, self.told, self.counts, self.end = work, told, counts, end
        self.raced = raced  # by tick, those that are drawn first
        what = f"reduce over {_dims(work.dims)}" if work.dims else "map"
        self.threads = counted(work.threads, "thread")
        self.title = f"{size_names(work.shape)} on {self.threads}: {what}"

    def lost(self) -> dict[Index, int]:
        """Return how many additions each output cell has lost in the end."""
        if not self.work.dims:
            return {}
        right = self.work.each
        return {i: right - n for i, n in self.end.sums.items() if n < right}

    def wrong(self, step: int) -> bool:
        """Say whether a frame shows a race or what is left of one."""
        if step == len(self.told) + 1:
            return bool(self.lost())
        return bool(step and self.raced[self.told[step - 1]])

    # ---------------------------------- heading ----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        if not step:
            return self.title
        if step == len(self.told) + 1:
            return self._verdict()
        tick = self.told[step - 1]
        raced = self.raced[tick]
        if raced:
            jobs = [j for j in self.work.at(tick) if j.target == raced[0]]
            names = _and([thread_name(job.thread) for job in jobs])
            cell = cell_name("out", raced[0])
            return f"Tick {tick + 1}: race! {names} write {cell} at once"
        doing = counted(len(self.work.at(tick)), "cell")
        return f"Tick {tick + 1} of {self.work.ticks:,}: {doing} at once"

    def _verdict(self) -> str:
        lost = self.lost()
        if lost:
            cell, n = next(iter(sorted(lost.items())))
            more = f" ({len(lost):,} cells lost some)" if len(lost) > 1 else ""
            got, right = self.end.sums[cell], self.work.each
            gone = (
                f"{counted(n, 'addition')} {'is' if n == 1 else 'are'} lost in a race"
            )
            return f"{cell_name('out', cell)} = {got}, not {right}: {gone}{more}"
        if not self.work.ticks:
            return "There are no cells, so no thread has anything to do"
        done = sum(self.work.per_thread())
        return f"{counted(done, 'cell')} in {counted(self.work.ticks, 'tick')}"

    # ------------------------------------ foot ------------------------------------

    def foot(self, step: int) -> list[Line]:
        """Return the lines below a frame."""
        if not step:
            return [(self._plan(), "ink"), (MODEL, "soft"), *self._ones()]
        if step == len(self.told) + 1:
            return [(line, "ink") for line in self._end()]
        tick = self.told[step - 1]
        lines: list[Line] = [(self._doing(self.work.at(tick)), "ink")]
        if self.raced[tick]:
            lines.append((self._race(tick), "wrong-ink"))
        return lines

    def _ones(self) -> list[Line]:
        if not self.work.dims:
            return []
        return [("Every input cell holds 1, so a sum counts what was added.", "soft")]

    def _plan(self) -> str:
        runs = [counted(len(run), "cell") for run in self.work.runs]
        said = [f"{thread_name(k)}: {run}" for k, run in enumerate(runs)]
        return f"Threads share out the {self.work.over} cells. {_some(said)}."

    def _doing(self, jobs: Sequence[Job]) -> str:
        names = [
            f"{thread_name(j.thread)}: {cell_name('in', j.source)} to "
            f"{cell_name('out', j.target)}"
            for j in jobs
        ]
        idle = self.work.threads - len(jobs)
        resting = f" {counted(idle, 'thread')} idle." if idle else ""
        return f"{_some(names)}.{resting}"

    def _race(self, tick: int) -> str:
        names = _some([cell_name("out", i) for i in self.raced[tick]])
        return (
            f"Each reads the old sum, adds 1 and writes: the last write stays, the "
            f"others are lost. Raced: {names}."
        )

    def _end(self) -> list[str]:
        work = self.work
        each = work.per_thread()
        said = [f"{thread_name(k)} {n:,}" for k, n in enumerate(each)]
        lines = [f"Cells per thread: {_some(said)}."]
        if work.ticks:
            faster = sum(each) / work.ticks
            gain = (
                f"at best {number(faster)} times as fast" if faster > 1 else "as many"
            )
            lines.append(f"One thread needs {counted(sum(each), 'tick')}: {gain}.")
        if self.lost():
            lines.append(
                "Share out the output cells instead: then one thread owns each sum. "
                "A real machine loses other additions each time, or none by luck."
            )
        elif not all(each):
            lines.append("There are fewer cells to share out than threads.")
        return lines

    # ---------------------------------- in words ----------------------------------

    def alt(self, step: int) -> str:
        """Return a frame in words, with its numbers."""
        heads = dict.fromkeys((f"{self.title}.", f"{self.heading(step)}."))
        return " ".join([*heads, *(line for line, _ in self.foot(step))])

    def table(self, cells: Sequence[Index], last: Callable[[Index], str]) -> str:
        """Return who does what, and the sums after each drawn tick, as plain text."""
        shape = self.work.out if self.work.over == "output" else self.work.shape
        rows = [
            [thread_name(k), str(len(run)), self._first(run, shape), str(n)]
            for k, (run, n) in enumerate(zip(self.work.runs, self.work.per_thread()))
        ]
        names = ["thread", f"{self.work.over} cells", "first", "ticks"]
        held = [
            f"after tick {tick + 1}: {self._sums(count, cells)}"
            for tick, count in self.counts.items()
            if self.work.dims
        ]
        end = [f"{cell_name('out', i)}: {last(i)}" for i in cells]
        return "\n".join([table_text(names, rows), *held, *end])

    def _first(self, run: range, shape: Sequence[int]) -> str:
        from gradlab.indexing import to_index

        return size_names(to_index(run.start, tuple(shape))) if run else "idle"

    def _sums(self, count: Count, cells: Sequence[Index]) -> str:
        return ", ".join(
            f"{cell_name('out', i)} = {count.sums.get(i, 0)}" for i in cells
        )


def _dims(dims: Sequence[int]) -> str:
    names = [str(d) for d in dims]
    return f"dim {names[0]}" if len(names) == 1 else f"dims {_and(names)}"


def _and(names: Sequence[str]) -> str:
    if len(names) > SAID:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]


def _some(names: Sequence[str]) -> str:
    more = len(names) - SAID
    shown = "; ".join(names[:SAID]) or "none"
    return f"{shown}; … {more:,} more" if more > 0 else shown
