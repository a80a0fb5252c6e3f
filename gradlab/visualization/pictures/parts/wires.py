"""Wires between cells of two grids: they run in the gaps, never through a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.scene import Arrow, Bounds, Box, Point
from gradlab.visualization.text import width

WIRES = 24  # more than this are never drawn at once
GAP = 18.0  # between cells: wires run in it


def wire_between(
    grids: tuple[TensorGrid, TensorGrid],
    ends: tuple[Box, Box],
    way: str = "across",
    *,
    lane: float = 0.5,
    track: float | None = None,
    back: bool = False,
) -> Wire:
    """Return the way between a cell of an input's grid and a cell of the output's.

    Parameters
    ----------
    grids : the grid of the input (or of its gradient) and that of the output
    ends : the box of a cell of each
    way : how the wire runs from input to output: "across", "down" or "up"
    lane : where, in the free space between the grids, the wire changes its row
    track : where, in the gap between two rows, the wire runs; None keeps out of
        gaps as far as it can
    back : whether it is read from the output to the gradient
    """
    turn = _TURNS[way]
    near, far = (_Flat.of(grid.bounds(), turn) for grid in grids)
    source, target = (_Flat.of(_edges(box), turn) for box in ends)
    lane = near.end + (far.start - near.end) * lane
    gap = (0.5 if track is None else track) * GAP * (1 if way == "across" else -1)
    # Slice names stand above slices: wires to and from that side go around them.
    inside = source.end < near.end - 1 or (way == "up" and deep(grids[0]))
    beyond = target.start > far.start + 1 or (way != "across" and deep(grids[1]))
    one = _leave(source, track is not None or inside, gap, lane)
    two = _enter(target, track is not None or beyond, gap, lane)
    spots = _middle(one[-1], near.end), _middle(two[0], far.start)
    points = _without_repeats([turn(*p) for p in (*one, *two)])
    return Wire(points, tuple(turn(*p) for p in spots), back=back)


def deep(grid: TensorGrid) -> bool:
    """Say whether a grid has slices, with their names above them."""
    return len(grid.shape) > 2


@dataclass(frozen=True)
class Wire:
    """Points from the input cell to the output cell, and where two labels fit."""

    points: tuple[Point, ...]
    spots: tuple[Point, ...]
    back: bool = False
    joins: bool = False  # whether it starts at another wire, not at the input cell
    meets: bool = False  # whether it ends at another wire, not at the output cell

    def arrow(self) -> Arrow:
        """Return the wire as an arrow in the direction it is read."""
        way = self.points[::-1] if self.back else self.points
        head = not (self.joins if self.back else self.meets)
        return Arrow(way, "gradient" if self.back else "forward", "elbow", head=head)

    def plate(self, end: int, text: str, look: str) -> Box:
        """Return a label near the input (0) or near the output (1)."""
        x, y = self.spots[end]
        w = width(text, 14, bold=True) + 12
        return Box(x - w / 2, y - 11, w, 22, text, look, 14, bold=True)

    def joined(self, others: Sequence[Wire]) -> Wire:
        """Return the wire from where it leaves the other wires of the same cell."""
        way = self.points
        for n in range(len(way) - 1, -1, -1):
            if any(other.passes(way[n]) for other in others):
                return replace(self, points=way[n:], joins=True)
        return self

    def meeting(self, others: Sequence[Wire]) -> Wire:
        """Return the wire up to where it meets other wires to the same cell."""
        way = self.points
        for n in range(len(way)):
            if any(other.passes(way[n]) for other in others):
                return replace(self, points=way[: n + 1], meets=True)
        return self

    def passes(self, point: Point) -> bool:
        """Say whether a point lies on the wire."""
        return any(_on(point, p, q) for p, q in pairwise(self.points))


def _middle(point: Point, edge: float) -> Point:
    """Return where a label stands: between a turn of the wire and a grid's edge."""
    return ((point[0] + edge) / 2, point[1])


def _without_repeats(points: Sequence[Point]) -> tuple[Point, ...]:
    far = [q for p, q in pairwise(points) if abs(p[0] - q[0]) + abs(p[1] - q[1]) > 0.5]
    return (points[0], *far)


def _on(point: Point, p: Point, q: Point) -> bool:
    (x, y), (left, right) = point, sorted((p[0], q[0]))
    low, high = sorted((p[1], q[1]))
    near = 0.5
    return left - near <= x <= right + near and low - near <= y <= high + near


# ------------------ every way is computed as if it ran to the right ------------------


def _as_is(u: float, v: float) -> Point:
    return (u, v)


def _down(u: float, v: float) -> Point:
    return (v, u)


def _up(u: float, v: float) -> Point:
    return (v, -u)


_TURNS = {"across": _as_is, "down": _down, "up": _up}


@dataclass(frozen=True)
class _Flat:
    """A rectangle in turned coordinates: u along the way, v beside it."""

    start: float
    end: float
    low: float
    high: float

    @classmethod
    def of(cls, box: Bounds, turn: object) -> _Flat:
        if turn is _as_is:
            return cls(box.left, box.right, box.top, box.bottom)
        if turn is _down:
            return cls(box.top, box.bottom, box.left, box.right)
        return cls(-box.bottom, -box.top, box.left, box.right)


def _leave(cell: _Flat, blocked: bool, gap: float, lane: float) -> list[Point]:
    """Return the points from an input cell to the lane, around its neighbours."""
    middle = (cell.low + cell.high) / 2
    if not blocked:
        return [(cell.end, middle), (lane, middle)]
    u = cell.start + 0.62 * (cell.end - cell.start)
    edge = cell.high if gap > 0 else cell.low
    return [(u, edge), (u, edge + gap), (lane, edge + gap)]


def _enter(cell: _Flat, blocked: bool, gap: float, lane: float) -> list[Point]:
    """Return the points from the lane to an output cell, around its neighbours."""
    middle = (cell.low + cell.high) / 2
    if not blocked:
        return [(lane, middle), (cell.start, middle)]
    u = cell.start + 0.38 * (cell.end - cell.start)
    edge = cell.high if gap > 0 else cell.low
    return [(lane, edge + gap), (u, edge + gap), (u, edge)]


def _edges(box: Box) -> Bounds:
    return Bounds(box.x, box.y, box.x + box.w, box.y + box.h)
