"""Gradient descent on a function of two numbers, stop by stop."""

from __future__ import annotations

import math
from itertools import count, takewhile
from typing import NamedTuple

from gradlab.visualization.pictures.numbers.slope_lens_function import NumberFunction
from gradlab.visualization.text import number

EACH = 12  # up to here every step has a frame of its own


class Stop(NamedTuple):
    """One place on the way down: after how many steps, where, f and its gradient."""

    step: int
    x: float
    y: float
    value: float
    dx: float
    dy: float

    @property
    def length(self) -> float:
        """Return how long the gradient is."""
        return math.hypot(self.dx, self.dy)

    @property
    def place(self) -> str:
        """Return where it is, in words."""
        return f"({number(self.x)}, {number(self.y)})"

    @property
    def gradient(self) -> str:
        """Return the gradient in words."""
        return f"({number(self.dx)}, {number(self.dy)})"


def stop_at(
    f: NumberFunction, x: float, y: float, epsilon: float, step: int = 0
) -> Stop | None:
    """Return f and its gradient at a place; None where they are not finite."""
    made = Stop(step, x, y, f(x, y), *f.gradient(x, y, epsilon=epsilon))
    return made if all(map(math.isfinite, made[1:])) else None


def walk(
    f: NumberFunction, start: Stop, *, rate: float, steps: int, epsilon: float
) -> list[Stop]:
    """Return the stops of gradient descent.

    It ends early where the ground is flat, or where f has no value.
    """
    stops = [start]
    for step in range(1, steps + 1):
        last = stops[-1]
        if last.length == 0:
            break
        x, y = last.x - rate * last.dx, last.y - rate * last.dy
        found = stop_at(f, x, y, epsilon, step)
        if found is None:
            break
        stops.append(found)
    return stops


def told(last: int) -> list[int]:
    """Return which steps have a frame: all if they are few, else ever fewer.

    Examples
    --------
    >>> told(3), told(60)
    ([1, 2, 3], [1, 2, 5, 10, 20, 50, 60])
    """
    if last <= EACH:
        return list(range(1, last + 1))
    series = (round(nice * 10.0**power) for power in count() for nice in (1, 2, 5))
    return [*takewhile(lambda step: step < last, series), last]
