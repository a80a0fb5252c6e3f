"""Gradient descent on a curve: each step against the slope, times the learning rate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, NamedTuple

from gradlab.visualization.axes import Axes, Range, span_of
from gradlab.visualization.own_code import outcome
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.loss_curve_plan import tick_words
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import clean, factor, number, table_text
from gradlab.visualization.training_history import as_number

FINE = 120  # pieces of the curve
DRAWN = 24  # arrows
Fn = Callable[[Any], Any]


class Place(NamedTuple):
    """A point of the way down: where, how high, how steep."""

    x: float
    height: float
    slope: float


def height_at(fn: Fn, x: float) -> float:
    """Return the value of a function of a tensor at a number."""
    from gradlab.tensors.creation import tensor

    return _height(_called(fn, tensor(x)))


def place_at(fn: Fn, x: float) -> Place:
    """Return height and slope of a function of a tensor, by forward and backward.

    Where the result remembers no tensor, as with `math.sin`, the slope is a central
    difference.

    Raises
    ------
    ValueError
        If the function raises something.
    TypeError
        If it does not return one number.

    Examples
    --------
    >>> place_at(lambda x: x * x, 3.0)
    Place(x=3.0, height=9.0, slope=6.0)
    """
    from gradlab.autodiff import central_difference
    from gradlab.tensors.creation import tensor

    at = tensor(x, requires_grad=True)
    out = _called(fn, at)
    height = _height(out)
    if not getattr(out, "requires_grad", False):
        return Place(x, height, central_difference(partial(height_at, fn), x))
    out.backward()
    return Place(x, height, 0.0 if at.grad is None else as_number(at.grad, "slope"))


def _called(fn: Fn, at: Any) -> Any:
    """Return what a learner's function returns; what it raises becomes a ValueError."""
    out = outcome(fn, at)
    if isinstance(out, BaseException):
        said = f"{type(out).__name__}: {clean(out)}"
        raise ValueError(f"At x = {number(at)} the function raised {said}")
    return out


def _height(out: Any) -> float:
    return as_number(out, "The value of the function")


def walk(fn: Fn, start: float, rate: float, steps: int) -> list[Place]:
    """Return the way of gradient descent; it ends where a number is not finite."""
    way = [place_at(fn, start)]
    for _ in range(steps):
        here = way[-1]
        x = here.x - rate * here.slope
        if not (math.isfinite(x) and math.isfinite(here.height)):
            break
        way.append(place_at(fn, x))
    return way


class DescentPath(Picture):
    """A curve, and the way down it in steps of rate times slope."""

    def __init__(self, fn: Fn, start: float, rate: float, steps: int) -> None:
        self.rate, self.way = rate, walk(fn, start, rate, steps)
        self.steps = len(self.way)
        self.title = f"Gradient descent with learning rate {number(rate)}"
        self.span = _span(start, self.way)
        self.curve = self._curve(fn)
        low, high = span_of([y for _, y in self.curve])
        self.axes = Axes(self.span, (low, high), x_label="x", y_label="f(x)", w=520.0)

    def _curve(self, fn: Fn) -> list[tuple[float, float]]:
        low, high = self.span
        xs = [low + (high - low) * k / FINE for k in range(FINE + 1)]
        heights = [outcome(height_at, fn, x) for x in xs]
        return [
            (x, y if isinstance(y, float) else math.nan) for x, y in zip(xs, heights)
        ]

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the curve with the way down so far."""
        lines = self._lines(step)
        return sheet(self.heading(step), self._body(step), lines, around=self._around)

    @cached_property
    def _around(self) -> Bounds:
        return self.axes.bounds()

    def _body(self, step: int) -> Iterator[Item]:
        yield from self.axes.frame()
        yield from self.axes.curve(self.curve, "curve-1")
        spots = [self.axes.at(p.x, p.height) for p in self.way[: step + 1]]
        first = max(0, step - DRAWN)
        for one, two in zip(spots[first:], spots[first + 1 :]):
            if math.hypot(two[0] - one[0], two[1] - one[1]) > 12:
                yield Arrow((one, two), "gradient")
        for x, y in spots[:-1]:
            yield Box(x - 3.5, y - 3.5, 7, 7, look="port")
        x, y = spots[-1]
        yield Box(x - 6, y - 6, 12, 12, look="port", marks=("selected",))

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        here = self.way[step]
        if not step:
            return f"Start at x = {number(here.x)}, where f is {number(here.height)}"
        before = self.way[step - 1]
        return f"Step {step}: x goes from {number(before.x)} to {number(here.x)}"

    def _lines(self, step: int) -> list[Line]:
        here = self.way[step]
        if not step:
            slope = number(here.slope)
            return [(f"The slope is {slope}. Each step goes against it.", "ink")]
        before = self.way[step - 1]
        said = (
            f"x - rate · slope = {number(before.x)} - {number(self.rate)} · "
            f"{factor(before.slope)} = {number(here.x)}. There f is "
            f"{number(here.height)}."
        )
        lines: list[Line] = [(said, "ink")]
        if not self.span[0] <= here.x <= self.span[1]:
            lines.append(("x has left the picture: it is drawn at the edge.", "soft"))
        if step == self.steps - 1:
            word, ink = verdict(self.way)
            lines.append((word, ink))
        return lines

    def alt(self, step: int = -1) -> str:
        """Return where a step leads, in numbers."""
        step = self.at(step)
        said = [line for line, _ in self._lines(step)]
        return " ".join([f"{self.heading(step)}.", *said])

    def table(self) -> str:
        """Return the places of the way, and the marks of the axes."""
        rows = [[str(k), *map(number, p)] for k, p in enumerate(self.way)]
        head = ["step", "x", "f", "slope"]
        return f"{table_text(head, rows)}\n{tick_words(self.axes)}"

    def ask(self, step: int) -> str:
        """Return what to ask before a frame."""
        if not step:
            return "Which way is down, and how large a step would you take?"
        return "Will the next step go further, or less far? To which side?"


def verdict(way: Sequence[Place]) -> Line:
    """Return what the learning rate did, and the colour of the words.

    Examples
    --------
    >>> verdict(walk(lambda x: x * x, 1.0, 1.2, 9))[0]
    'It ends higher than it began: the learning rate is too large.'
    """
    first, last = way[0], way[-1]
    rounding = 1e-9 * abs(first.height)
    if not math.isfinite(last.height) or last.height > first.height + rounding:
        said = "It ends higher than it began: the learning rate is too large."
        return said, "wrong-ink"
    turns = sum(p.slope * q.slope < 0 for p, q in pairwise(way))
    jumps = len(way) > 3 and turns > len(way) / 2
    arrived = abs(last.slope) <= 0.01 * max(1.0, abs(first.slope))
    if jumps and arrived:
        return "It has arrived, jumping from side to side on the way.", "local-ink"
    if jumps:
        return "It jumps from side to side: a smaller rate walks straight down.", "ink"
    if arrived:
        return "The slope is nearly 0: it has arrived.", "local-ink"
    return "It is still on the way down: take more steps, or a larger rate.", "ink"


def _span(start: float, way: Sequence[Place]) -> Range:
    """Return what part of the x axis to draw: round 0, with the start in it."""
    reach = max(3.0, 1.2 * abs(start))
    near = [p.x for p in way if abs(p.x) <= 2 * reach]
    return (min(-reach, *near), max(reach, *near))
