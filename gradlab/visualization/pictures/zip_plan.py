"""Where the grids of a zip stand, and the wires between their cells.

One input stands left of the output and one above it, so that the two wires of a cell
come from two sides; two flat inputs stand above and below. Each gradient stands beside
its input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gradlab.visualization.pictures.grids import TensorGrid
from gradlab.visualization.scene import Arrow, Bounds, Box, Point, Text
from gradlab.visualization.text import width

ROOM = {"across": (76.0, 190.0), "down": (58.0, 92.0)}  # forward only, with labels
GAP = 18.0  # between cells: wires run in it
PAIR = 34.0  # between an input and its gradient
HEAD = 24.0  # for the name above a grid
WIDE = 330.0  # a first input wider than this stands above the output


@dataclass(frozen=True)
class Plan:
    """Grids in place.

    Attributes
    ----------
    inputs, gradients : two grids each; `gradients` is empty in a forward picture
    out : the grid of the result, and of d_out
    ways : per input, how its wires run: "across", "down" or "up"
    """

    inputs: tuple[TensorGrid, ...]
    gradients: tuple[TensorGrid, ...]
    out: TensorGrid
    ways: tuple[str, ...]

    @classmethod
    def of(
        cls, shapes: Sequence[tuple[int, ...]], cell: float, *, backward: bool
    ) -> Plan:
        """Place grids of the two inputs and the output, all with cells this wide."""
        *pair, out = _grids(shapes, cell, 560.0 if backward else 760.0)
        ways = _ways(*pair)
        across, down = ROOM["across"][backward], ROOM["down"][backward]
        side = pair[ways.index("across")].bounds().width if "across" in ways else 0.0
        left = side * (1 + backward) + PAIR * backward + across if side else 0.0
        above = pair[ways.index("down")]
        top = _head(above) + above.bounds().height + down + _extra(out)
        out = replace(out, x=left, y=top)
        below = out.bounds().bottom + down
        corners = {"across": (0.0, top), "down": (left, _head(above)), "up": (left, 0)}
        inputs = []
        for grid, way in zip(pair, ways):
            x, y = corners[way]
            y = below + _extra(grid) if way == "up" else y
            inputs.append(replace(grid, x=x, y=y))
        beside = (replace(g, x=g.bounds().right + PAIR) for g in inputs)
        return cls(tuple(inputs), tuple(beside) if backward else (), out, ways)

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around all grids."""
        grids = (*self.inputs, *self.gradients, self.out)
        return Bounds.around(grid.bounds() for grid in grids)

    def name(self, grid: TensorGrid, name: str, ink: str = "ink") -> Text:
        """Return the name of a grid, on the side where no wire runs."""
        box = grid.bounds()
        place = (box.left, box.top - _head(grid) + 11)
        up = "up" in self.ways
        if grid is self.out:
            middle = (box.top + box.bottom) / 2
            place = (box.right + 16, middle) if up else (box.left, box.bottom + 24)
        elif up and grid.y > self.out.y:
            place = (box.left, box.bottom + 16)
        return Text(*place, name, 15, ink, "start", bold=True)

    # ----------------------------------- wires -----------------------------------

    def wire(
        self,
        k: int,
        ends: tuple[Box, Box],
        *,
        lane: float = 0.5,
        track: float | None = None,
        back: bool = False,
    ) -> Wire:
        """Return the way between a cell of input k (or its gradient) and of the output.

        Parameters
        ----------
        ends : the box of the input cell and that of the output cell
        lane : where, in the free space between the grids, the wire changes its row
        track : where, in the gap between two rows, the wire runs; None keeps out of
            gaps as far as it can
        back : whether it runs from the output to the gradient
        """
        grid, way = (self.gradients if back else self.inputs)[k], self.ways[k]
        turn = _TURNS[way]
        near, far = (_Flat.of(b.bounds(), turn) for b in (grid, self.out))
        source, target = (_Flat.of(_edges(box), turn) for box in ends)
        lane = near.end + (far.start - near.end) * lane
        gap = (0.5 if track is None else track) * GAP * (1 if way == "across" else -1)
        # Slice names stand above slices: wires to and from that side go around them.
        inside = source.end < near.end - 1 or (way == "up" and _deep(grid))
        beyond = target.start > far.start + 1 or (way != "across" and _deep(self.out))
        one = _leave(source, track is not None or inside, gap, lane)
        two = _enter(target, track is not None or beyond, gap, lane)
        spots = _middle(one[-1], near.end), _middle(two[0], far.start)
        points = _without_repeats([turn(*p) for p in (*one, *two)])
        return Wire(points, tuple(turn(*p) for p in spots), back=back)


@dataclass(frozen=True)
class Wire:
    """Points from the input cell to the output cell, and where two labels fit."""

    points: tuple[Point, ...]
    spots: tuple[Point, ...]
    back: bool = False
    joins: bool = False  # whether it starts at another wire, not at the input cell

    def arrow(self) -> Arrow:
        """Return the wire as an arrow in the direction it is read."""
        way = self.points[::-1] if self.back else self.points
        head = not (self.back and self.joins)
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


def _ways(a: TensorGrid, b: TensorGrid) -> tuple[str, str]:
    """Return how the wires of two inputs run: where each of them stands."""
    if _flat(a) and _flat(b):
        return ("down", "up")
    if _flat(a) or (_slim(b) and not _slim(a)):
        return ("down", "across")
    return ("across", "down")


def _flat(grid: TensorGrid) -> bool:
    """Say whether a grid is one row, or wider than there is room for on the left."""
    box = grid.bounds()
    return box.width > WIDE or (box.height <= grid.cell[1] and not _slim(grid))


def _slim(grid: TensorGrid) -> bool:
    return grid.bounds().width <= grid.cell[0]


def _grids(
    shapes: Sequence[tuple[int, ...]], cell: float, room: float
) -> list[TensorGrid]:
    """Return a grid per shape; where one leaves cells out, all leave out the same."""
    grids = [TensorGrid(s, cell=(cell, 36.0), gap=GAP, room=room) for s in shapes]
    level = max(grid.level for grid in grids)
    return [replace(grid, short=level) for grid in grids]


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


def _deep(grid: TensorGrid) -> bool:
    """Say whether a grid has slices, with their names above them."""
    return len(grid.shape) > 2


def _extra(grid: TensorGrid) -> float:
    """Return the room for the names of slices above a grid."""
    return 18.0 if _deep(grid) else 0.0


def _head(grid: TensorGrid) -> float:
    return HEAD + _extra(grid)
