"""timing_bars: how long things took, warm and cold, with their spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gradlab.visualization.axes import decades, ticks
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.judging.timing_bars_read import (
    Timing,
    time_text,
    timings,
    unit_of,
)
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import number, shorten, table_text, width

APART = 100.0  # times further apart than this need a logarithmic scale
LONG, HIGH, TOP = 420.0, 26.0, 14.0
NAME = 220.0


@dataclass(frozen=True)
class Scale:
    """From seconds to a length: as they are, or by powers of ten."""

    low: float
    high: float
    log: bool

    @classmethod
    def of(cls, times: list[float]) -> Scale:
        """Return a scale on which all of these can be told apart."""
        above = [t for t in times if t > 0]
        low, high = min(above, default=1.0), max(above, default=1.0)
        if high / low <= APART:
            return cls(0.0, high, False)
        return cls(10.0 ** math.floor(math.log10(low) - 1e-9), high, True)

    def __call__(self, seconds: float) -> float:
        """Return how far from the left a time ends."""
        if not self.log:
            return seconds / self.high * LONG
        low = math.log10(self.low)
        above = math.log10(max(seconds, self.low)) - low
        return above / (math.log10(self.high) - low) * LONG

    def marks(self) -> list[float]:
        """Return round times along the scale."""
        if self.log:
            return decades((self.low, self.high))
        size, _ = unit_of(self.high)
        steps = ticks((0.0, self.high / size), most=5)
        return [float(f"{tick * size:.12g}") for tick in steps]


class TimingBars(Picture):
    """One bar per name for the warm times, then one for the first, cold run."""

    def __init__(self, results: Mapping[str, Any], *, base: str | None = None) -> None:
        self.timings = timings(results)
        self.base = self._base(base)
        self.scale = Scale.of([t for one in self.timings for t in one.known])
        self.cold = any(one.cold is not None for one in self.timings)
        self.steps = 2 + self.cold
        self.names = [shorten(one.name, NAME, 15) for one in self.timings]
        self.left = max(width(name, 15) for name in self.names) + 16
        self.title = f"Time of {', '.join(self.names[:3])}"
        self.title += f" and {len(self.names) - 3} more" if self.names[3:] else ""

    def _base(self, base: str | None) -> Timing:
        if base is None:
            return min(self.timings, key=lambda one: one.middle)
        for one in self.timings:
            if one.name == base:
                return one
        names = ", ".join(plain(one.name) for one in self.timings[:6])
        raise ValueError(f"base is one of the names, {names}; got {plain(base)}.")

    def ratio(self, one: Timing) -> str:
        """Return how many times as long as the base something takes."""
        if len(self.timings) == 1:
            return ""
        if not self.base.middle:
            return "" if one is self.base or not one.middle else "×inf"
        return f"×{number(float(f'{one.middle / self.base.middle:.12g}'))}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the names, then warm bars, then cold ones too."""
        body: list[Item] = []
        for n, one in enumerate(self.timings):
            y = TOP + n * self._row
            body.append(Text(0, y + HIGH / 2, self.names[n], 15, anchor="start"))
            if step:
                body += self._warm(one, y)
            if step > 1 and one.cold is not None:
                body += self._cold(one.cold, y + HIGH + 4)
        body += self._axis()
        return sheet(self._heading(step), body, self._foot(step), around=self._around())

    @property
    def _row(self) -> float:
        return (2 * HIGH + 22) if self.cold else HIGH + 16

    @property
    def _bottom(self) -> float:
        return TOP + len(self.timings) * self._row

    def _around(self) -> Bounds:
        return Bounds(0, 0, self.left + LONG + 170, self._bottom + 34)

    def _warm(self, one: Timing, y: float) -> Iterator[Item]:
        long = max(1.5, self.scale(one.middle))
        marks = ("selected",) if one is self.base else ()
        yield Box(self.left, y, long, HIGH, look="forward", marks=marks)
        low, high = (self.left + self.scale(t) for t in (min(one.warm), max(one.warm)))
        if high - low > 1:
            yield from _whisker(low, high, y + HIGH / 2)
        said = f"{time_text(one.middle)}  {self.ratio(one)}".strip()
        x = max(self.left + long, high) + 10
        yield Text(x, y + HIGH / 2, said, 14, "ink", "start", bold=True)

    def _cold(self, seconds: float, y: float) -> Iterator[Item]:
        long = max(1.5, self.scale(seconds))
        yield Box(self.left, y, long, HIGH - 6, look="constant")
        said = f"cold {time_text(seconds)}"
        x, middle = self.left + long + 10, y + HIGH / 2 - 3
        yield Text(x, middle, said, 13, "soft", "start")

    def _axis(self) -> Iterator[Item]:
        y = self._bottom
        yield Arrow(((self.left, y), (self.left + LONG, y)), "plot", head=False)
        for mark in self.scale.marks():
            x = self.left + self.scale(mark)
            yield Arrow(((x, y), (x, y + 5)), "muted", head=False)
            yield Text(x, y + 16, time_text(mark), 13, "soft")

    # ----------------------------------- words -----------------------------------

    def _heading(self, step: int) -> str:
        alone = len(self.timings) == 1
        if not step:
            return "How long does it take?" if alone else _QUESTION
        if step == 1:
            name = shorten(self.base.name, NAME, 15)
            said = f"Warm: {name} takes {time_text(self.base.middle)}"
            return said if alone else f"{said}; × is how many times as long"
        return "Cold: the first run also loads, compiles and fills caches"

    def _foot(self, step: int) -> list[Line]:
        lines: list[str] = []
        if self.scale.log:
            lines.append(
                "Logarithmic scale, as the times differ over 100-fold: equal lengths "
                "are equal ratios, and no bar starts at 0."
            )
        if step and any(len(one.warm) > 1 for one in self.timings):
            lines.append("A bar ends at the median; the whisker spans least to most.")
        return [(line, "soft") for line in lines]

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its times."""
        step = self.at(step)
        said = [f"{self.title}.", self._heading(step) + "." * bool(step)]
        if step:
            said += [self._said(n, cold=step > 1) for n in range(len(self.timings))]
        return " ".join([*said, *(line for line, _ in self._foot(step))])

    def _said(self, n: int, *, cold: bool) -> str:
        one, name = self.timings[n], self.names[n]
        said = f"{name}: {time_text(one.middle)} {self.ratio(one)}".rstrip()
        if len(one.warm) > 1:
            low, high = time_text(min(one.warm)), time_text(max(one.warm))
            said += f", from {low} to {high}"
        if cold and one.cold is not None:
            said += f", cold {time_text(one.cold)}"
        return f"{said}."

    def table(self) -> str:
        """Return all times as plain text."""
        rows = [
            [
                name,
                time_text(one.middle),
                time_text(min(one.warm)),
                time_text(max(one.warm)),
                "" if one.cold is None else time_text(one.cold),
                self.ratio(one),
            ]
            for name, one in zip(self.names, self.timings)
        ]
        head = ["name", "median", "least", "most", "cold", "ratio"]
        marks = ", ".join(map(time_text, self.scale.marks()))
        kind = "logarithmic" if self.scale.log else "linear"
        return f"{table_text(head, rows)}\n{kind} scale: {marks}"

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return (
            "What is compared here?",
            "Guess first: how long do they take? Which is fastest, and how many times?",
            "What does the first run do that the next ones do not?",
        )[step]


_QUESTION = "Which one is fastest, and by how much?"


def _whisker(low: float, high: float, y: float) -> Iterator[Arrow]:
    """Yield a line from the least to the most time, with a stop at both ends."""
    yield Arrow(((low, y), (high, y)), "plain", head=False)
    for x in (low, high):
        yield Arrow(((x, y - 6), (x, y + 6)), "plain", head=False)


def timing_bars(results: Mapping[str, Any], *, base: str | None = None) -> TimingBars:
    """Return the picture of how long things took, in proportion to one of them.

    Parameters
    ----------
    results : per name the seconds of one run, a list of them, or a dict with "warm"
        and "cold" times
    base : the name that the others are compared with; by default the fastest

    Raises
    ------
    TypeError
        If `results` is no dict, or a time no number.
    ValueError
        If there is no time, one is negative or not finite, or no such base.

    Examples
    --------
    >>> picture = timing_bars({"loop": [0.2, 0.3, 0.25], "numpy": {"warm": 0.001}})
    >>> picture.alt().split(". ")[2]
    'loop: 250 ms ×250, from 200 ms to 300 ms'
    """
    return TimingBars(results, base=base)
