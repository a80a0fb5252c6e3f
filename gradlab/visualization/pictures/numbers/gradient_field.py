"""gradient_field: level lines, the gradient uphill, and the steps of descent."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from gradlab.visualization.axes import Range
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.numbers.gradient_field_path import (
    Stop,
    stop_at,
    told,
    walk,
)
from gradlab.visualization.pictures.numbers.gradient_field_plan import (
    Plane,
    around,
    room_of,
)
from gradlab.visualization.pictures.numbers.gradient_field_words import (
    HEAD,
    Moment,
    Telling,
    numbers,
)
from gradlab.visualization.pictures.numbers.slope_lens_function import (
    NumberFunction,
    finite,
    of_numbers,
)
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import number, width

STEPS = 1000  # no path is longer
LEAST, LONGEST = 26.0, 104.0  # how long gradients are drawn
SEVERAL = 4  # arrows of the field along each side
PITCH = (46.0, 78.0, 78.0, 84.0, 84.0)  # of the columns of numbers


class GradientField(Picture):
    """A function of two numbers from above, and a way down."""

    def __init__(
        self,
        f: NumberFunction,
        stops: list[Stop],
        plane: Plane,
        *,
        rate: float,
        steps: int,
    ) -> None:
        self.f, self.stops, self.plane = f, stops, plane
        self.telling = Telling(plane, stops, rate, steps)
        self.moments = [Moment(name) for name in ("levels", "arrow", "field")]
        self.moments += [Moment("step", step) for step in told(len(stops) - 1)]
        self.moments.append(Moment("end", len(stops) - 1))
        self.steps = len(self.moments)
        self.title = f"Level lines and gradient of f, from {stops[0].place} downhill"

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.telling.alt(self.moments[self.at(step)], self._around)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        return {
            "levels": "f(x, y) is the height at (x, y). How would a map show it?",
            "arrow": "Which way is uphill, by the steepest way?",
            "field": "Where are the arrows long, and where short?",
            "step": "Against the gradient, rate times its length. Where to?",
            "end": "How far did we get, and how steep is it there?",
        }[moment.name]

    def table(self) -> str:
        """Return every stop of the path, the levels, and the numbers on the axes."""
        return self.telling.table()

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the plane, what stands on it, and the path in numbers."""
        moment = self.moments[step]
        body = [*self._plane, *self._on_it(moment), *self._panel(moment)]
        room = self.plane.axes.bounds()
        room = room._replace(right=self.plane.axes.w + 40 + sum(PITCH))
        return sheet(
            self.telling.heading(moment), body, self.telling.lines(moment), around=room
        )

    @cached_property
    def _plane(self) -> list[Item]:
        """The plane, whose numbers keep off all that any frame puts on it."""
        spots = [item for moment in self.moments for item in self._on_it(moment)]
        taken = [b for item in spots for b in room_of(item)]
        return list(self.plane.drawn(taken))

    def _on_it(self, moment: Moment) -> Iterator[Item]:
        if moment.name == "field":
            most = max((stop.length for stop in self._around), default=0.0)
            arrows = [self._arrow(stop, 40.0, most) for stop in self._around]
            yield from (arrow for arrow in arrows if arrow)
            return
        so_far = self.stops[: moment.step + 1]
        shown = [stop for stop in so_far if stop.step in {0, moment.step, *self._told}]
        path = self.plane.path(so_far)
        dots = [self._dot(s, s is so_far[-1]) for s in shown if self.plane.holds(s)]
        yield from path
        if moment.name in ("arrow", "step"):
            yield from self._gradient(so_far[-1], [*path, *dots])
        yield from dots

    @cached_property
    def _told(self) -> set[int]:
        return set(told(len(self.stops) - 1))

    def _dot(self, stop: Stop, last: bool) -> Box:
        x, y = self.plane.axes.at(stop.x, stop.y)
        half = 6.0 if last else 3.5
        look = "forward" if last else "port"
        return Box(x - half, y - half, 2 * half, 2 * half, look=look)

    def _gradient(self, stop: Stop, others: Iterable[Item]) -> Iterator[Item]:
        """Yield the gradient at a stop, with its length where that hides no other."""
        arrow = self._arrow(stop, LONGEST, max(s.length for s in self.stops))
        if arrow:
            yield arrow
            taken = [b for item in (arrow, *others) for b in room_of(item)]
            yield self._plate(arrow, f"|grad| = {number(stop.length)}", taken)

    def _arrow(self, stop: Stop, longest: float, most: float) -> Arrow | None:
        least = LEAST * longest / LONGEST
        share = stop.length / most if most > 0 else 0.0
        return self.plane.uphill(stop, least + (longest - least) * share)

    def _plate(self, arrow: Arrow, text: str, taken: Sequence[Bounds]) -> Box:
        """Return a label beyond an arrow's tip, or where there is room for it."""
        w = width(text, 13, bold=True) + 12
        spots = list(around(arrow, w, 22.0))
        fit = (corner for corner in spots if self.plane.free(corner, (w, 22.0), taken))
        corner = next(fit, spots[0])
        return Box(*corner, w, 22.0, text, "badge", 13, bold=True)

    @cached_property
    def _around(self) -> list[Stop]:
        """Places spread over the plane, with their gradients where they have one."""
        (left, right), (low, high) = self.plane.x, self.plane.y
        shares = [(k + 0.5) / SEVERAL for k in range(SEVERAL)]
        epsilon = 1e-6 * min(right - left, high - low)
        found = (
            stop_at(self.f, left + (right - left) * s, low + (high - low) * t, epsilon)
            for t in shares
            for s in shares
        )
        return [stop for stop in found if stop]

    def _panel(self, moment: Moment) -> Iterator[Item]:
        """Yield the stops so far as a table."""
        shown = [
            0,
            *(step for step in told(len(self.stops) - 1) if step <= moment.step),
        ]
        rows = [numbers(self.stops[step]) for step in shown]
        if moment.name == "levels":
            rows[0][4] = "?"
        for n, row in enumerate([list(HEAD), *rows]):
            right = self.plane.axes.w + 40
            for pitch, text in zip(PITCH, row):
                right += pitch
                ink = "soft" if n == 0 else "ink"
                bold = 0 < n == len(rows)
                yield Text(right, 10 + 24 * n, text, 14, ink, "end", bold=bold)


def gradient_field(
    f: Any,
    point: tuple[float, float],
    *,
    x: Range = (-3.0, 3.0),
    y: Range = (-3.0, 3.0),
    rate: float = 0.1,
    steps: int = 8,
) -> GradientField:
    """Return the picture of a function of two numbers: level lines, gradient, descent.

    Parameters
    ----------
    f : a function of two numbers, of floats or of Scalars
    point : where the gradient is taken and the way down begins
    x, y : from where to where to draw
    rate : how many times the gradient a step is long
    steps : how many steps to take downhill

    Raises
    ------
    TypeError
        If f is no function of two numbers, or something is no number.
    ValueError
        If f has no finite value or gradient at the point, the point is not in the
        picture, a range is empty, the rate is not above 0, or steps is not 1 to 1000.

    Examples
    --------
    >>> picture = gradient_field(lambda x, y: x * x + y * y, (2, 1), steps=3)
    >>> picture.alt(1)[:44]
    'At (2, 1) the gradient is (4, 2): uphill. It'
    """
    across, up = _range(x, "x"), _range(y, "y")
    at, pace, many = _point(point), _rate(rate), _steps(steps)
    made = of_numbers(f, at)
    plane = Plane(made, across, up)
    epsilon = 1e-6 * min(across[1] - across[0], up[1] - up[0])
    start = _start(stop_at(made, *at, epsilon), plane, at)
    stops = walk(made, start, rate=pace, steps=many, epsilon=epsilon)
    return GradientField(made, stops, plane, rate=pace, steps=many)


def _start(found: Stop | None, plane: Plane, at: tuple[float, float]) -> Stop:
    place = f"({number(at[0])}, {number(at[1])})"
    if found is None:
        why = plane.f.trouble(*at) or "no finite one comes out"
        raise ValueError(
            f"f has a value at {place}, but no gradient: {why}. Choose another point."
        )
    if not plane.holds(found):
        raise ValueError(
            f"The point {place} lies outside the picture: choose wider ranges x= and "
            "y=, or another point."
        )
    return found


def _point(point: Any) -> tuple[float, float]:
    pair = outcome(tuple, point)
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(
            f"point is two numbers, such as (2.0, 1.0); got {plain(point)}."
        )
    return finite(pair[0], "point[0]"), finite(pair[1], "point[1]")


def _range(span: Any, name: str) -> Range:
    pair = outcome(tuple, span)
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(f"{name} is a range such as (-3, 3); got {plain(span)}.")
    low, high = finite(pair[0], name), finite(pair[1], name)
    if not 0 < high - low < math.inf:
        raise ValueError(
            f"{name} goes from a smaller to a larger number, such as (-3, 3); got "
            f"{plain(span)}."
        )
    return low, high


def _rate(rate: Any) -> float:
    read = finite(rate, "rate")
    if read <= 0:
        raise ValueError(f"rate is above 0, such as 0.1; got {number(read)}.")
    return read


def _steps(steps: Any) -> int:
    read = outcome(operator.index, steps)
    if not isinstance(read, int):
        raise TypeError(f"steps is a whole number, such as 8; got {plain(steps)}.")
    if not 1 <= read <= STEPS:
        raise ValueError(f"steps is 1 to {STEPS:,}; got {read:,}.")
    return read
