"""A model of a parallel loop: which thread does which cell at which tick."""

from __future__ import annotations

import math
import operator
import string
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.indexing import (
    Index,
    Shape,
    index_to_position,
    strides_from_shape,
    to_index,
)
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import size_names
from gradlab.visualization.values import as_shape

MOST = 64  # threads
FOLLOWED = 100_000  # cells of work that are counted one by one


class Job(NamedTuple):
    """One cell of work: a thread reads an input cell and writes an output cell."""

    thread: int
    source: Index
    target: Index


class Count(NamedTuple):
    """What the output cells hold after a tick, and in which of them it raced."""

    sums: dict[Index, int]
    raced: list[Index]


class Work:
    """The loop over an array, cut into one run of neighbouring cells per thread.

    Attributes
    ----------
    shape, out : the shape of the input and of the output (reduced dims have size 1)
    dims : the reduced dims; none for a map
    over : whether threads share out the cells of the "output" or of the "input"
    ticks : how many cells the busiest thread does, one after another
    """

    def __init__(self, shape: Any, threads: Any, over: str, dim: Any) -> None:
        self.shape = as_shape(shape)
        self.threads = _threads(threads)
        if over not in ("output", "input"):
            raise ValueError(
                'over is "output" or "input": the cells that threads share out; got '
                f"{plain(over)}."
            )
        self.over, self.dims = over, _dims(dim, len(self.shape))
        self.out = tuple(
            1 if d in self.dims else size for d, size in enumerate(self.shape)
        )
        if math.prod(self.shape) > FOLLOWED:
            raise ValueError(
                f"work_map follows up to {FOLLOWED:,} cells; shape "
                f"{size_names(self.shape)} has {math.prod(self.shape):,}. Take a "
                "smaller shape: the pattern is the same."
            )
        shared = math.prod(self.out if over == "output" else self.shape)
        self.each = math.prod(self.shape[d] for d in self.dims)
        self.reads = self.each if over == "output" else 1
        self.runs = list(_runs(shared, self.threads))
        self.ticks = max((len(run) for run in self.runs), default=0) * self.reads

    def at(self, tick: int) -> list[Job]:
        """Return what the threads do in one tick, counted from 0."""
        jobs = []
        for thread, run in enumerate(self.runs):
            turn, part = divmod(tick, self.reads) if self.reads else (0, 0)
            if turn < len(run):
                jobs.append(self._job(thread, run[turn], part))
        return jobs

    def _job(self, thread: int, number: int, part: int) -> Job:
        if self.over == "input":
            source = to_index(number, self.shape)
            return Job(thread, source, self.target(source))
        target = to_index(number, self.out)
        return Job(thread, self._strip(target, part), target)

    def target(self, source: Index) -> Index:
        """Return the output cell that an input cell belongs to."""
        return tuple(0 if d in self.dims else i for d, i in enumerate(source))

    def _strip(self, target: Index, part: int) -> Index:
        """Return the input cell number `part` of an output cell."""
        inside = iter(to_index(part, tuple(self.shape[d] for d in self.dims)))
        return tuple(
            next(inside) if d in self.dims else i for d, i in enumerate(target)
        )

    def turn(self, source: Index) -> int:
        """Return in which tick an input cell is read."""
        if self.over == "input":
            return self._place(source, self.shape)
        strip = tuple(source[d] for d in self.dims)
        part = _number(strip, tuple(self.shape[d] for d in self.dims))
        return self._place(self.target(source), self.out) * self.reads + part

    def _place(self, index: Index, shape: Shape) -> int:
        """Return the place of a shared cell in the run of its thread."""
        number = _number(index, shape)
        return next(number - run.start for run in self.runs if number in run)

    def owners(self) -> dict[Index, int]:
        """Return which thread has which of the shared cells."""
        shape = self.out if self.over == "output" else self.shape
        return {
            to_index(number, shape): thread
            for thread, run in enumerate(self.runs)
            for number in run
        }

    def owner(self, owners: dict[Index, int], source: Index) -> int:
        """Return which thread reads an input cell."""
        return owners[self.target(source) if self.over == "output" else source]

    def counted(self, ticks: Sequence[int]) -> dict[int, Count]:
        """Return what the output holds after some ticks.

        Every input cell counts 1. In a tick all threads read first and write then:
        of several writes to one cell only the last one stays.
        """
        sums: dict[Index, int] = {}
        story = {}
        for tick in range(self.ticks):
            targets = Counter(job.target for job in self.at(tick))
            for target in targets:
                sums[target] = sums.get(target, 0) + 1
            if tick in ticks:
                raced = sorted(t for t, n in targets.items() if n > 1)
                story[tick] = Count(dict(sums), raced)
        return story

    def first_race(self) -> int | None:
        """Return the first tick in which two threads write one cell, if any."""
        for tick in range(self.ticks if self.over == "input" and self.dims else 0):
            targets = [job.target for job in self.at(tick)]
            if len(set(targets)) < len(targets):
                return tick
        return None

    def per_thread(self) -> list[int]:
        """Return how many cells of work each thread has."""
        return [len(run) * self.reads for run in self.runs]


def thread_name(number: int) -> str:
    """Return what a thread is called: A to Z, then a1, a2, ...

    Examples
    --------
    >>> thread_name(0), thread_name(25), thread_name(26)
    ('A', 'Z', 'a1')
    """
    letters = string.ascii_uppercase
    known = number < len(letters)
    return letters[number] if known else f"a{number - len(letters) + 1}"


def _number(index: Index, shape: Shape) -> int:
    """Return the place of a cell in reading order."""
    return index_to_position(index, strides_from_shape(shape))


def _runs(cells: int, threads: int) -> Iterator[range]:
    """Yield neighbouring cells for each thread; the first ones get one more."""
    least, more = divmod(cells, threads)
    start = 0
    for thread in range(threads):
        stop = start + least + (thread < more)
        yield range(start, stop)
        start = stop


def _threads(threads: Any) -> int:
    try:
        number = operator.index(threads)
    except TypeError:
        raise TypeError(
            f"threads is a whole number, such as 4; got {plain(threads)}."
        ) from None
    if not 1 <= number <= MOST:
        raise ValueError(f"work_map draws 1 to {MOST} threads; got {number}.")
    return number


def _dims(dim: Any, rank: int) -> tuple[int, ...]:
    """Return the reduced dims, counted from 0, in order."""
    if dim is None:
        return ()
    given: Sequence[Any] = dim if isinstance(dim, (tuple, list)) else (dim,)
    dims = []
    for one in given:
        known = hasattr(one, "__index__") and -rank <= one < rank
        if not known:
            dims_said = (
                f"has {rank}, numbered 0 to {rank - 1}; -1 is the last"
                if rank
                else "() has none, so there is nothing to reduce"
            )
            raise IndexError(f"There is no dim {plain(one)}: the shape {dims_said}.")
        dims.append(operator.index(one) % rank)
    return tuple(sorted(set(dims)))
