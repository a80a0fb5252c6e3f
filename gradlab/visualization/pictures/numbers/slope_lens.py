"""slope_lens: a curve and its tangent, and how far apart they are after a small dx."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.numbers.slope_lens_function import (
    NumberFunction,
    finite,
    of_numbers,
)
from gradlab.visualization.pictures.numbers.slope_lens_plan import Plan, Probe, marks
from gradlab.visualization.pictures.numbers.slope_lens_words import (
    HEAD,
    Moment,
    Telling,
)
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import (
    clean,
    factor,
    number,
    shorten,
    table_text,
    width,
)

HALVINGS = 8
GIVEN = "it was given"


class SlopeLens(Picture):
    """A slope as a promise: dy is nearly slope times dx, the better the smaller dx."""

    def __init__(
        self, f: NumberFunction, x: float, dx: float, *, name: str, d_out: float
    ) -> None:
        self.f, self.x, self.name, self.d_out = f, x, name, d_out
        self.y = f(x)
        self.slope = self._slope(dx)
        self.probes = [self._probe(dx / 2**k) for k in range(HALVINGS)]
        self.plan = Plan(f, x, self.slope, self.probes[0], name)
        at = (x, self.y, self.slope)
        self.telling = Telling(name, f.how, at, self.probes, d_out)
        self.moments = [Moment("point"), Moment("tangent")]
        self.moments += [Moment("dx", probe) for probe in self.probes]
        self.moments += [Moment("table"), Moment("back")]
        self.steps = len(self.moments)
        self.title = f"The slope of {name} at x = {number(x)}"

    def _slope(self, dx: float) -> float:
        step = 1e-6 * max(abs(self.x), abs(dx))
        (slope,) = self.f.gradient(self.x, epsilon=step)
        if not math.isfinite(slope):
            why = self.f.trouble(self.x) or f"got {number(slope)}"
            raise ValueError(
                f"{self.name} has a value at x = {number(self.x)}, but no slope there: "
                f"{why}. Choose another x, or give derivative=."
            )
        return slope

    def _probe(self, dx: float) -> Probe:
        true = self.f(self.x + dx) - self.y
        size = max(abs(self.y), abs(true) if math.isfinite(true) else 0.0)
        return Probe(dx, true, self.slope * dx, 4 * math.ulp(size) if size else 0.0)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.telling.alt(self.moments[self.at(step)])

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return self.telling.ask(self.moments[self.at(step)])

    def table(self) -> str:
        """Return dx, true dy, what the slope predicts, and the gap, row by row."""
        return "\n".join(
            [
                f"{self.telling.point}. Slope {number(self.slope)}: {self.f.how}.",
                table_text(HEAD, self.telling.rows()),
                f"Numbers along the axes: {marks(self.plan.axes)}.",
            ]
        )

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the curve with its lens, the table, or the way back."""
        moment = self.moments[step]
        head, lines = self.telling.heading(moment), self.telling.lines(moment)
        if moment.name == "table":
            return sheet(head, self._table(), lines)
        if moment.name == "back":
            return sheet(head, self._back(), lines)
        return sheet(head, self._curves(moment), lines, around=self._around)

    @property
    def _around(self) -> Bounds:
        """The room that curve and lens take together."""
        probe = self.probes[0]
        whole = [*self.plan.whole(tangent=True, lens=probe), *self.plan.seen(probe)]
        return Bounds.around(item.bounds() for item in whole)

    def _curves(self, moment: Moment) -> Iterator[Item]:
        known = moment.name != "point"
        yield from self.plan.whole(tangent=known, lens=moment.probe)
        if moment.probe:
            yield from self.plan.seen(moment.probe)

    def _table(self) -> Iterator[Item]:
        rows = self.telling.rows()
        inks = ("ink", "forward-ink", "local-ink", "ink", "soft")
        wide = 126.0
        for column, (head, ink) in enumerate(zip(HEAD, inks)):
            middle = (column + 0.5) * wide
            yield Text(middle, 0, head, 14, ink, bold=True)
            for k, row in enumerate(rows):
                place = (column * wide + 6, 18 + 30 * k, wide - 12, 26)
                look = "none" if column == 4 else "cell"
                yield Box(*place, row[column], look=look, bold=column == 3)

    def _back(self) -> Iterator[Item]:
        """Yield x and f(x) with the way forward, and the way back below it."""
        value, d = number(self.d_out * self.slope), number(self.d_out)
        left = self._pair(0, (f"x = {number(self.x)}", "leaf"), f"gradient = {value}")
        result = f"{shorten(self.name, 120, 15)}(x) = {number(self.y)}"
        right = self._pair(420, (result, "forward"), f"d_out = {d}")
        yield from (*left, *right)
        ends = (left[0].port("right"), right[0].port("left"))
        yield Arrow(ends, "forward")
        back = (right[1].port("left"), left[1].port("right"))
        yield Arrow(back, "gradient", label=f"×{factor(self.slope)}")

    def _pair(self, x: float, top: tuple[str, str], below: str) -> tuple[Box, Box]:
        wide = max(130.0, *(width(t, 15, bold=True) + 24 for t in (top[0], below)))
        marks = ("tray",) if top[1] == "leaf" else ()
        value = Box(x, 0, wide, 44, top[0], look=top[1], bold=True, marks=marks)
        return value, Box(x, 92, wide, 44, below, look="gradient", bold=True)


def slope_lens(
    f: Any,
    x: float,
    dx: float = 1.0,
    *,
    derivative: Callable[[float], float] | None = None,
    d_out: float = 1.0,
    name: str | None = None,
) -> SlopeLens:
    """Return the picture of a slope: the tangent beside the curve, dx ever smaller.

    Parameters
    ----------
    f : a function of one number, of floats or of Scalars; or a map such as "sin"
    x : where the slope is taken
    dx : the first step; seven times it is halved
    derivative : f's derivative as a function of a float, if you want to try your own;
        by default backward on a Scalar finds it, or else a central difference
    d_out : the gradient that comes back to f(x) in the last frame
    name : what to call f

    Raises
    ------
    TypeError
        If f is no function of one number, or x or dx is no number.
    ValueError
        If f has no finite value or no slope at x, or dx is 0 or lost beside x.

    Examples
    --------
    >>> slope_lens(lambda x: x * x, 2).alt(3)
    'f at 2 is 4, slope 4; dx 0.5 predicts 2, true 2.25. The gap is 0.25, gap/dx 0.5.'
    """
    own = clean(name or (f if isinstance(f, str) else "f"))
    start, step = finite(x, "x"), finite(dx, "dx")
    _check_step(start, step)
    made = of_numbers(f, [start], shorten(own, 160, 19, bold=True))
    if derivative is not None:
        _check_derivative(derivative, start)
        made = NumberFunction(made.call, made.kind, derivative, GIVEN)
    shown = shorten(own, 160, 19, bold=True)
    return SlopeLens(made, start, step, name=shown, d_out=finite(d_out, "d_out"))


def _check_derivative(derivative: Any, x: float) -> None:
    if not callable(derivative):
        raise TypeError(
            "derivative is a function of x, such as lambda x: 2 * x; got "
            f"{plain(derivative)}."
        )
    slope = outcome(derivative, x)
    if isinstance(slope, BaseException):
        raise ValueError(
            f"derivative raised {plain(slope)} at x = {number(x)}: {clean(slope)}. "
            "Give a function of one float that returns one number."
        )
    finite(slope, "derivative(x)")


def _check_step(x: float, dx: float) -> None:
    last = dx / 2 ** (HALVINGS - 1)
    if dx == 0:
        raise ValueError("dx is a step away from x, so it is not 0; try dx = 1.")
    if x + last == x:
        raise ValueError(
            f"dx = {number(dx)} is lost beside x = {number(x)}: halved {HALVINGS - 1} "
            f"times, it no longer moves x. Take a larger dx, such as "
            f"{number(abs(x) / 10 or 1.0)}."
        )
    if not math.isfinite(abs(x) + 4 * abs(dx)):
        raise ValueError(
            f"x = {number(x)} and dx = {number(dx)} reach beyond the largest float. "
            "Take smaller ones."
        )
