"""A pair of axes: from numbers to places on the sheet, with ticks and their labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Point, Text
from gradlab.visualization.text import number, width

TICK = 13.0  # size of the numbers along an axis
Range = tuple[float, float]


@dataclass(frozen=True)
class Axes:
    """A rectangle for curves and points over two ranges of numbers.

    Parameters
    ----------
    x_range, y_range : the smallest and the largest number along each axis
    x, y : the top left corner of the rectangle
    w, h : its size
    x_label, y_label : what the axes count
    log : whether y runs in powers of ten; y_range is then above 0
    whole : whether x counts something, such as epochs, so that its marks are whole

    Examples
    --------
    >>> axes = Axes((0, 10), (0, 1), w=100, h=50)
    >>> axes.at(5, 1), axes.at(0, 0)
    ((50.0, 0.0), (0.0, 50.0))
    """

    x_range: Range
    y_range: Range
    x: float = 0.0
    y: float = 0.0
    w: float = 420.0
    h: float = 280.0
    x_label: str = ""
    y_label: str = ""
    log: bool = False
    whole: bool = False

    @property
    def x_marks(self) -> list[float]:
        """The numbers that stand along x."""
        low, high = self.x_range
        most = max(2, int(self.w / 70))
        return ticks(
            self.x_range, min(most, int(high - low) + 1) if self.whole else most
        )

    @property
    def y_marks(self) -> list[float]:
        """The numbers that stand along y."""
        return decades(self.y_range) if self.log else ticks(self.y_range)

    def at(self, x: float, y: float) -> Point:
        """Return where a pair of numbers lies; beyond the rectangle, on its edge."""
        across = _share(x, self.x_range)
        if self.log:
            low, high = self.y_range
            up = _share(math.log10(max(y, low)), (math.log10(low), math.log10(high)))
        else:
            up = _share(y, self.y_range)
        return (self.x + across * self.w, self.y + (1 - up) * self.h)

    def curve(
        self, points: Iterable[tuple[float, float]], look: str, *, head: bool = False
    ) -> list[Arrow]:
        """Return a line through points; where one is no number, the line has a gap."""
        pieces: list[list[Point]] = [[]]
        for x, y in points:
            if math.isfinite(x) and math.isfinite(y):
                pieces[-1].append(self.at(x, y))
            elif pieces[-1]:
                pieces.append([])
        long = [tuple(piece) for piece in pieces if len(piece) > 1]
        return [Arrow(piece, look, head=head) for piece in long]

    def frame(self) -> Iterator[Item]:
        """Yield the rectangle, its ticks with their numbers, and the labels."""
        yield Box(self.x, self.y, self.w, self.h, look="plot")
        yield from self._below()
        yield from self._beside()

    def _below(self) -> Iterator[Item]:
        bottom = self.y + self.h
        for tick in self.x_marks:
            x, _ = self.at(tick, self.y_range[0])
            yield Arrow(((x, bottom), (x, bottom + 5)), "muted", head=False)
            yield Text(x, bottom + 15, number(tick), TICK, "soft")
        if self.x_label:
            middle = (self.x + self.w / 2, bottom + 36)
            yield Text(*middle, self.x_label, 14, "ink")

    def _beside(self) -> Iterator[Item]:
        for tick in self.y_marks:
            _, y = self.at(self.x_range[0], tick)
            yield Arrow(((self.x - 5, y), (self.x, y)), "muted", head=False)
            yield Text(self.x - 9, y, number(tick), TICK, "soft", "end")
        if self.y_label:
            yield Text(self.x, self.y - 16, self.y_label, 14, "ink", "start")

    def bounds(self) -> Bounds:
        """Return the rectangle around everything that `frame` draws."""
        return Bounds.around(item.bounds() for item in self.frame())

    @property
    def left_room(self) -> float:
        """The room left of the rectangle that the numbers there take."""
        return max((width(number(t), TICK) for t in self.y_marks), default=0.0) + 12


def _share(value: float, span: Range) -> float:
    low, high = span
    return min(1.0, max(0.0, (value - low) / ((high - low) or 1.0)))


def ticks(span: Range, most: int = 6) -> list[float]:
    """Return round numbers inside a range, at most `most` of them.

    Examples
    --------
    >>> ticks((0, 10)), ticks((-0.3, 1.2), most=4)
    ([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [0.0, 0.5, 1.0])
    """
    low, high = span
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return [low] if math.isfinite(low) else []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    fitting = (
        power * nice
        for nice in (1, 2, 5, 10, 20, 50)
        if _count(low, high, power * nice) <= most
    )
    step = next(fitting, high - low)
    first = math.ceil(low / step - 1e-9)
    places = range(first, first + _count(low, high, step))
    return [0.0 if k == 0 else float(f"{k * step:.12g}") for k in places]


def _count(low: float, high: float, step: float) -> int:
    return math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) + 1


def decades(span: Range, most: int = 6) -> list[float]:
    """Return powers of ten inside a range, at most about `most` of them.

    Examples
    --------
    >>> decades((0.005, 20.0))
    [0.01, 0.1, 1.0, 10.0]
    """
    first, last = math.ceil(math.log10(span[0])), math.floor(math.log10(span[1]))
    step = max(1, math.ceil((last - first + 1) / most))
    return [float(f"1e{k}") for k in range(first, last + 1, step)]


def span_of(values: Sequence[float], *, room: float = 0.08) -> Range:
    """Return a range around numbers, with some room; never an empty one.

    Infinite values and NaN are left out.

    Examples
    --------
    >>> span_of([0.0, 10.0], room=0.1), span_of([2.0]), span_of([])
    ((-1.0, 11.0), (1.0, 3.0), (-1.0, 1.0))
    """
    known = [v for v in values if math.isfinite(v)]
    if not known:
        return (-1.0, 1.0)
    low, high = min(known), max(known)
    extra = (high - low) * room if high > low else max(1.0, abs(high) / 2)
    return (low - extra, high + extra)
