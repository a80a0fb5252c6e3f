"""MiniTorch's data sets: points of the unit square in two classes.

The points are those of Python's `random`, so `random.seed` decides.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass
class Graph:
    """Points and their classes.

    Parameters
    ----------
    N : how many
    X : the points
    y : 1 or 0 for each
    """

    N: int
    X: list[Point]
    y: list[int]


def make_pts(N: int) -> list[Point]:  # noqa: N803 - MiniTorch's name
    """Return random points of the unit square.

    Examples
    --------
    >>> len(make_pts(3))
    3
    """
    return [(random.random(), random.random()) for _ in range(N)]


def _labelled(n: int, is_one: Callable[[float, float], bool]) -> Graph:
    points = make_pts(n)
    return Graph(n, points, [int(is_one(a, b)) for a, b in points])


def simple(N: int) -> Graph:  # noqa: N803
    """Return points of class 1 left of the middle."""
    return _labelled(N, lambda a, b: a < 0.5)


def diag(N: int) -> Graph:  # noqa: N803
    """Return points of class 1 below the line a + b = 0.5."""
    return _labelled(N, lambda a, b: a + b < 0.5)


def split(N: int) -> Graph:  # noqa: N803
    """Return points of class 1 in a strip on the left and on the right."""
    return _labelled(N, lambda a, b: a < 0.2 or a > 0.8)


def xor(N: int) -> Graph:  # noqa: N803
    """Return points of class 1 in two opposite quarters."""
    return _labelled(N, lambda a, b: (a < 0.5) != (b < 0.5))


def circle(N: int) -> Graph:  # noqa: N803
    """Return points of class 1 outside a circle round the middle, radius² 0.1."""
    return _labelled(N, lambda a, b: (a - 0.5) ** 2 + (b - 0.5) ** 2 > 0.1)


def spiral(N: int) -> Graph:  # noqa: N803
    """Return two spirals wound round the middle, one per class; nothing is random.

    Examples
    --------
    >>> spiral(4).y
    [0, 0, 1, 1]
    """
    half = N // 2
    angles = [10.0 * (i + 5) / half for i in range(half)]
    around = [(t * math.cos(t) / 20, t * math.sin(t) / 20) for t in angles]
    points = [(a + 0.5, b + 0.5) for a, b in around]
    points += [(b + 0.5, 0.5 - a) for a, b in around]
    return Graph(N, points, [0] * half + [1] * half)


datasets: dict[str, Callable[[int], Graph]] = {
    "Simple": simple,
    "Diag": diag,
    "Split": split,
    "Xor": xor,
    "Circle": circle,
    "Spiral": spiral,
}
