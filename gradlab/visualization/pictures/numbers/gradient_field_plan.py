"""A plane with level lines, and where their numbers find room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from gradlab.visualization.axes import Axes, Range, ticks
from gradlab.visualization.pictures.numbers.gradient_field_path import Stop
from gradlab.visualization.pictures.numbers.slope_lens_function import NumberFunction
from gradlab.visualization.pictures.numbers.slope_lens_plan import cut, stations
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Point
from gradlab.visualization.text import number, width

SIDE = 400.0  # the longer side of the plane
FINE = 60  # pieces along each axis in which f is looked at
PLATE = 12.0  # size of the numbers on level lines


class Plane:
    """Two axes with the level lines of a function.

    Parameters
    ----------
    f : the function of two numbers
    x, y : the ranges that are drawn
    """

    def __init__(self, f: NumberFunction, x: Range, y: Range) -> None:
        self.f, self.x, self.y = f, x, y
        share = (x[1] - x[0]) / (y[1] - y[0])
        self.even = 0.4 <= share <= 2.5  # one unit is equally long both ways
        shape = min(2.5, max(0.4, share))
        w, h = SIDE * min(1.0, shape), SIDE * min(1.0, 1 / shape)
        self.axes = Axes(x, y, w=w, h=h, x_label="x", y_label="y")

    @cached_property
    def heights(self) -> list[list[float]]:
        """The values of f, row by row from the lowest y."""
        xs, ys = stations(self.x, FINE), stations(self.y, FINE)
        return [[self.f(x, y) for x in xs] for y in ys]

    @cached_property
    def levels(self) -> list[float]:
        """Round numbers between the least and the largest value of f."""
        known = sorted(z for row in self.heights for z in row if math.isfinite(z))
        if not known or not 0 < known[-1] - known[0] < math.inf:
            return []
        low, high = known[0], known[-1]
        middle = (known[len(known) // 2] - low) / (high - low)
        if 0.12 < middle < 0.88:
            found = ticks((low, high), most=9)
        else:  # most of the plane is flat: as many cells between any two levels
            parts = (known[len(known) * k // 9] for k in range(1, 9))
            found = sorted(set(map(_round, parts)))
        return [level for level in found if low < level < high]

    @cached_property
    def lines(self) -> dict[float, list[list[Point]]]:
        """The level lines as points on the sheet."""
        import contourpy
        import numpy as np

        cells = np.ma.masked_invalid(np.array(self.heights))
        xs, ys = stations(self.x, FINE), stations(self.y, FINE)
        made = contourpy.contour_generator(
            xs, ys, cells, line_type=contourpy.LineType.Separate
        )
        found: dict[float, Any] = {z: made.lines(z) for z in self.levels}
        return {
            z: [[self.axes.at(x, y) for x, y in line.tolist()] for line in lines]
            for z, lines in found.items()
        }

    def drawn(self, taken: Sequence[Bounds]) -> Iterator[Item]:
        """Yield the axes, the level lines and their numbers.

        Parameters
        ----------
        taken : where no number may stand
        """
        yield from self.axes.frame()
        for lines in self.lines.values():
            for line in lines:
                if len(line) > 1:
                    yield Arrow(tuple(line), "muted", head=False)
        yield from self._plates(list(taken))

    def _plates(self, taken: list[Bounds]) -> Iterator[Box]:
        for level in self.lines:
            w = width(number(level), PLATE) + 6
            places = self._places(level, w, taken)
            if places:
                x, y = max(places, key=lambda place: self._free(place, level, taken))
                plate = Box(x - w / 2, y - 8, w, 16, number(level), "paper", PLATE)
                taken.append(plate.bounds().grown(4))
                yield plate

    def _places(self, level: float, w: float, taken: list[Bounds]) -> list[Point]:
        """Return the places on a level's lines where its number would fit."""
        edge = Bounds(4 + w / 2, 12, self.axes.w - 4 - w / 2, self.axes.h - 12)
        points = [p for line in self.lines[level] for p in line[::2]]
        inside = [
            (x, y)
            for x, y in points
            if edge.left <= x <= edge.right and edge.top <= y <= edge.bottom
        ]
        plates = (
            (p, Bounds(p[0] - w / 2, p[1] - 8, p[0] + w / 2, p[1] + 8)) for p in inside
        )
        return [p for p, plate in plates if not any(_meet(plate, t) for t in taken)]

    def _free(self, place: Point, level: float, taken: list[Bounds]) -> float:
        """Return how much room there is around a place."""
        near = min((_apart(place, p) for p in self._others(level)), default=40.0)
        far = min((_apart(place, _middle(t)) for t in taken), default=80.0)
        return 2 * min(near, 24.0) + min(far, 80.0)

    def _others(self, level: float) -> Iterator[Point]:
        for other, lines in self.lines.items():
            if other != level:
                for line in lines:
                    yield from line[::3]

    # ----------------------------- arrows and the path -----------------------------

    def uphill(self, stop: Stop, long: float) -> Arrow | None:
        """Return the arrow of a gradient, as long as asked; None where it is 0."""
        wide, high = self.x[1] - self.x[0], self.y[1] - self.y[0]
        u, v = stop.dx / wide * self.axes.w, -stop.dy / high * self.axes.h
        size = math.hypot(u, v)
        if not 0 < size < math.inf or not self.holds(stop):
            return None
        at = self.axes.at(stop.x, stop.y)
        u, v = u / size, v / size
        long = min(
            long, self._room(at[0], u, self.axes.w), self._room(at[1], v, self.axes.h)
        )
        return Arrow((at, (at[0] + u * long, at[1] + v * long)), "gradient")

    def _room(self, at: float, way: float, size: float) -> float:
        """Return how far an arrow can go before it leaves the plane."""
        if abs(way) < 1e-9:
            return math.inf
        return max(0.0, ((size if way > 0 else 0.0) - at) / way)

    def free(self, corner: Point, size: Point, taken: Sequence[Bounds]) -> bool:
        """Say whether a label is on the plane and off all that is there."""
        box = Bounds(*corner, corner[0] + size[0], corner[1] + size[1]).grown(2)
        inside = box.left > 0 and box.right < self.axes.w
        inside = inside and box.top > 0 and box.bottom < self.axes.h
        return inside and not any(_meet(box, spot) for spot in taken)

    def holds(self, stop: Stop) -> bool:
        """Say whether a stop is on the plane."""
        x, y = self.x, self.y
        return x[0] <= stop.x <= x[1] and y[0] <= stop.y <= y[1]

    def path(self, stops: Iterable[Stop]) -> list[Arrow]:
        """Return the way from stop to stop, as far as it is on the plane."""
        points = [(stop.x, stop.y) for stop in stops]
        level = list(cut(points, self.y))
        turned = cut([(y, x) for x, y in level], self.x)
        return self.axes.curve(((x, y) for y, x in turned), "forward")


def around(arrow: Arrow, w: float, h: float) -> Iterator[Point]:
    """Yield corners for a label: at an arrow's tip, then where it starts, ever farther.

    At the tip straight on comes first, at the start the way back.
    """
    (x, y), (u, v) = arrow.points
    way = math.atan2(v - y, u - x)
    ends = [(u, v, way, 9.0)]
    ends += [(x, y, way + math.pi, far) for far in (16.0, 40.0, 80.0)]
    for end, top, ahead, far in ends:
        for turn in (0, 1, -1, 2, -2, 3, -3):
            a = ahead + turn * math.pi / 4
            yield (
                end + math.cos(a) * (w / 2 + far) - w / 2,
                top + math.sin(a) * (h / 2 + far) - h / 2,
            )


def room_of(item: Item) -> list[Bounds]:
    """Return the room that something takes; a line takes that of its points."""
    if not isinstance(item, Arrow):
        return [item.bounds()]
    spots = dict.fromkeys(  # short steps share many of them
        (float(round(x + (u - x) * k / 8)), float(round(y + (v - y) * k / 8)))
        for (x, y), (u, v) in pairwise(item.points)
        for k in range(9)
    )
    return [Bounds.of_points([spot]).grown(5) for spot in spots]


def _round(value: float) -> float:
    """Return the nearest of 1, 2, 5, 10, 20 ... and their negatives."""
    if value == 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(abs(value)))
    lead = min((1, 2, 5, 10), key=lambda n: abs(abs(value) / power - n))
    return math.copysign(float(f"{lead * power:.12g}"), value)


def _middle(box: Bounds) -> Point:
    return ((box.left + box.right) / 2, (box.top + box.bottom) / 2)


def _apart(p: Point, q: Point) -> float:
    return math.hypot(p[0] - q[0], p[1] - q[1])


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom
