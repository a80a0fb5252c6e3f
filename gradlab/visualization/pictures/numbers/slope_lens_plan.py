"""Where the parts of a slope lens stand: the curve, the lens, the bars beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from gradlab.visualization.axes import Axes, Range, span_of
from gradlab.visualization.pictures.numbers.slope_lens_function import NumberFunction
from gradlab.visualization.scene import Arrow, Box, Item, Point, Text
from gradlab.visualization.text import number, shorten

SAMPLES = 160
REACH = 2.5  # how many dx the whole curve goes to either side
BARS = (("true dy", "forward"), ("slope·dx", "local"), ("gap", "plain"))
BAR, PITCH, ASIDE = 40.0, 102.0, 40.0


class Probe(NamedTuple):
    """One dx: how far f really goes, and how far its slope says."""

    dx: float
    true: float
    predicted: float
    noise: float  # what rounding may have added to `true`

    @property
    def gap(self) -> float:
        """Return the difference; 0 where rounding alone may have made it."""
        gap = self.true - self.predicted
        return 0.0 if abs(gap) <= self.noise else gap


def dot(at: Point, look: str = "port") -> Box:
    """Return a small round mark."""
    return Box(at[0] - 5, at[1] - 5, 10, 10, look=look)


def cut(points: Iterable[Point], span: Range) -> Iterator[Point]:
    """Yield a line without what lies beyond a range of y; NaN stands for a break.

    Examples
    --------
    >>> list(cut([(0, 0), (1, 10), (2, 10)], (0, 5)))
    [(0.0, 0.0), (0.5, 5.0), (nan, nan), (nan, nan)]
    """
    for (x, y), (u, v) in pairwise(points):
        start, end = _seen(y, v, span)
        if start < end:
            yield (x + start * (u - x), y + start * (v - y))
            yield (x + end * (u - x), y + end * (v - y))
        if end < 1 or start >= end:
            yield (math.nan, math.nan)


def _seen(y: float, v: float, span: Range) -> tuple[float, float]:
    """Return from where to where, in shares of its length, a piece lies in a range."""
    if not (math.isfinite(y) and math.isfinite(v)):
        return (0.0, 0.0)
    if y == v:
        return (0.0, 1.0) if span[0] <= y <= span[1] else (0.0, 0.0)
    one, two = sorted((edge - y) / (v - y) for edge in span)
    return (min(1.0, max(0.0, one)), min(1.0, max(0.0, two)))


def stations(span: Range, count: int = SAMPLES) -> list[float]:
    """Return evenly spaced numbers over a range, both ends included."""
    low, high = span
    return [low + (high - low) * (k / count) for k in range(count + 1)]


class Plan:
    """The whole curve at the left, a lens over one dx beside it, bars at the right.

    Parameters
    ----------
    f : the function
    x, y : where the slope is taken, and the value there
    slope : the derivative there
    first : the widest dx
    name : what the function is called
    """

    def __init__(
        self, f: NumberFunction, x: float, slope: float, first: Probe, name: str
    ) -> None:
        self.f, self.x, self.y, self.slope = f, x, f(x), slope
        self.first = first
        reach = REACH * abs(first.dx)
        span = (x - reach, x + reach)
        self.points = [(at, f(at)) for at in stations(span)]
        label = f"{shorten(name, 200, 14)}(x)"
        self.axes = Axes(span, self._high(), w=290, h=240, x_label="x", y_label=label)

    def _high(self) -> Range:
        """Return a range of y that shows what is near x, not where the curve flees."""
        steps = (self.first.true, self.first.predicted)
        reach = max((abs(s) for s in steps if math.isfinite(s)), default=0.0)
        reach = 4 * reach or abs(self.y) or 1.0
        near = [y for _, y in self.points if abs(y - self.y) <= reach]
        ends = [self.y + s for s in steps]
        return span_of([*near, *ends, self.y])

    # ------------------------------- the whole curve -------------------------------

    def whole(self, *, tangent: bool, lens: Probe | None = None) -> Iterator[Item]:
        """Yield the curve over several dx, with the point on it."""
        axes = self.axes
        yield from axes.frame()
        if lens:
            yield self._window(lens)
        yield from axes.curve(cut(self.points, axes.y_range), "forward")
        if tangent:
            line = [(at, self.y + self.slope * (at - self.x)) for at, _ in self.points]
            yield from axes.curve(cut(line, axes.y_range), "local")
        yield dot(axes.at(self.x, self.y))
        yield from self._line_names(tangent)

    def _line_names(self, tangent: bool) -> Iterator[Text]:
        """Yield what the lines are called, right of where they end."""
        last = self.axes.x_range[1]
        known = [p for p in self.points if math.isfinite(p[1])]
        _, y = self.axes.at(*known[-1])
        at, z = self.axes.at(last, self.y + self.slope * (last - self.x))
        if tangent:
            yield Text(at + 7, z, "tangent", 13, "local-ink", "start")
        if tangent and abs(z - y) < 17:
            y = z + (17 if y >= z else -17)
        yield Text(at + 7, y, "curve", 13, "forward-ink", "start")

    def _window(self, probe: Probe) -> Box:
        """Return what the lens sees, as a rectangle on the whole curve."""
        lens = self.lens(probe)
        left, top = self.axes.at(self.x + lens.x_range[0], self.y + lens.y_range[1])
        right, low = self.axes.at(self.x + lens.x_range[1], self.y + lens.y_range[0])
        wide, high = max(14.0, right - left), max(14.0, low - top)
        middle = ((left + right) / 2, (top + low) / 2)
        corner = (middle[0] - wide / 2, middle[1] - high / 2)
        return Box(*corner, wide, high, look="plain")

    # ----------------------------------- the lens -----------------------------------

    @cached_property
    def lens_left(self) -> float:
        """Where the lens begins."""
        return self.axes.w + 84.0

    def lens(self, probe: Probe) -> Axes:
        """Return the axes of the lens; both count from the point."""
        near, far = sorted((-0.35 * probe.dx, 1.15 * probe.dx))
        high = span_of([0.0, probe.true, probe.predicted], room=0.14)
        return Axes((near, far), high, x=self.lens_left, w=250, h=self.axes.h)

    def seen(self, probe: Probe) -> Iterator[Item]:
        """Yield the curve and its tangent under the lens, and the bars."""
        lens = self.lens(probe)
        yield Box(lens.x, lens.y, lens.w, lens.h, look="plot")
        yield from self._guides(lens, probe)
        near = stations(lens.x_range, 60)
        curve = [(t, self.f(self.x + t) - self.y) for t in near]
        yield from lens.curve(cut(curve, lens.y_range), "forward")
        line = [(t, self.slope * t) for t in near]
        yield from lens.curve(cut(line, lens.y_range), "local")
        yield dot(lens.at(0, 0))
        yield from self._lens_words(lens, probe)
        yield from self._bars(lens, probe)

    def _guides(self, lens: Axes, probe: Probe) -> Iterator[Item]:
        """Yield the level of x, of the curve and of the tangent at x + dx."""
        last = self.lens_left + lens.w + ASIDE + 2 * PITCH + BAR
        for height in (0.0, probe.true, probe.predicted):
            if math.isfinite(height):
                start = lens.at(0 if height == 0 else probe.dx, height)
                yield Arrow((start, (last, start[1])), "muted", head=False)
        down = lens.at(probe.dx, lens.y_range[0])
        up = lens.at(probe.dx, lens.y_range[1])
        yield Arrow((down, up), "muted", head=False)

    def _lens_words(self, lens: Axes, probe: Probe) -> Iterator[Text]:
        low = lens.y + lens.h + 15
        yield Text(lens.at(0, 0)[0], low, "x", 13, "soft")
        yield Text(lens.at(probe.dx, 0)[0], low, "x + dx", 13, "soft")
        words = f"under the lens: dx = {number(probe.dx)}"
        yield Text(lens.x, lens.y - 16, words, 14, "ink", "start")

    def _bars(self, lens: Axes, probe: Probe) -> Iterator[Item]:
        top = probe.true if probe.gap else probe.predicted
        ends = [(0.0, probe.true), (0.0, probe.predicted), (probe.predicted, top)]
        values = (probe.true, probe.predicted, probe.gap)
        for k, (label, look) in enumerate(BARS):
            left, value = lens.x + lens.w + ASIDE + k * PITCH, values[k]
            if math.isfinite(value):
                y, z = sorted(lens.at(0, end)[1] for end in ends[k])
                yield Box(left, y, BAR, max(1.0, z - y), look=look)
            low, ink = lens.y + lens.h, "ink" if look == "plain" else f"{look}-ink"
            yield Text(left + BAR / 2, low + 15, number(value), 15, ink, bold=True)
            yield Text(left + BAR / 2, low + 36, label, 14, ink)


def marks(axes: Axes) -> str:
    """Return what is printed along a pair of axes.

    Examples
    --------
    >>> marks(Axes((0, 2), (0, 1), w=140, h=100))
    '0, 2, 0, 0.2, 0.4, 0.6, 0.8, 1'
    """
    texts = [item.text for item in axes.frame() if isinstance(item, Text)]
    labels = (axes.x_label, axes.y_label)
    return ", ".join(str(text) for text in texts if text not in labels)
