"""Lines and curves as points: what arrows and hatches are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator

Point = tuple[float, float]
Segment = tuple[Point, Point, Point, Point]  # a cubic Bezier curve


def straight(p: Point, q: Point) -> Segment:
    """Return a straight line as a curve."""
    third = ((q[0] - p[0]) / 3, (q[1] - p[1]) / 3)
    one = (p[0] + third[0], p[1] + third[1])
    return (p, one, (q[0] - third[0], q[1] - third[1]), q)


def level(p: Point, q: Point) -> Segment:
    """Return a curve that leaves and arrives level."""
    middle = (p[0] + q[0]) / 2
    return (p, (middle, p[1]), (middle, q[1]), q)


def arc(p: Point, q: Point, bend: float) -> Segment:
    """Return a curve that passes `bend` units to the left of the straight way."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    long = math.hypot(dx, dy) or 1.0
    # A cubic passes 3/4 of the way to its controls.
    side = (dy / long * bend * 4 / 3, -dx / long * bend * 4 / 3)
    start, one, two, end = straight(p, q)
    one = (one[0] + side[0], one[1] + side[1])
    return (start, one, (two[0] + side[0], two[1] + side[1]), end)


def elbow(points: tuple[Point, ...], radius: float = 8.0) -> tuple[Segment, ...]:
    """Return straight pieces whose corners are cut by small curves."""
    way: list[Segment] = []
    at = points[0]
    for before, corner, after in zip(points, points[1:], points[2:]):
        into, out = _towards(corner, before, radius), _towards(corner, after, radius)
        way += [straight(at, into), (into, corner, corner, out)]
        at = out
    return (*way, straight(at, points[-1]))


def _towards(p: Point, q: Point, far: float) -> Point:
    """Return the point `far` from p on the way to q, at most halfway."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    share = min(0.5, far / (math.hypot(dx, dy) or 1.0))
    return (p[0] + dx * share, p[1] + dy * share)


def on_curve(curve: Segment, t: float) -> Point:
    """Return the point a share `t` of the way along a curve."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, curve)),
        sum(w * p[1] for w, p in zip(weights, curve)),
    )


def arrival(curve: Segment) -> Point:
    """Return the direction, of length 1, in which a curve arrives."""
    end = curve[3]
    for p in (curve[2], curve[1], curve[0]):
        dx, dy = end[0] - p[0], end[1] - p[1]
        long = math.hypot(dx, dy)
        if long > 1e-6:
            return (dx / long, dy / long)
    return (1.0, 0.0)


def shortened(way: tuple[Segment, ...], back: float) -> tuple[Segment, ...]:
    """Return the way without its last `back` units, which a head covers."""
    start, one, two, end = way[-1]
    dx, dy = arrival(way[-1])
    new_end = (end[0] - dx * back, end[1] - dy * back)
    new_two = (two[0] - dx * back, two[1] - dy * back)
    return (*way[:-1], (start, one, new_two, new_end))


def crossing(w: float, h: float, step: float = 8.0) -> Iterator[tuple[Point, Point]]:
    """Yield lines at 45 degrees, both ways, inside a rectangle from (0, 0)."""
    for k in range(1, math.ceil((w + h) / step)):
        c = k * step  # the line x + y = c
        start = (max(0.0, c - h), min(h, c))
        end = (min(w, c), max(0.0, c - w))
        yield start, end
        yield (w - start[0], start[1]), (w - end[0], end[1])
