"""Where the slices of the cube stand, and how sums run between the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradlab.indexing import Index
from gradlab.visualization.pictures.parts.grids import TensorGrid, fold
from gradlab.visualization.pictures.parts.wires import GAP
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Point, Text

HIGH = 36.0
ASIDE = 22.0  # between A's column and the slice beside it: a wire runs here
APART = 40.0  # between one slice and the next
DOTS = 30.0
TOP = 28.0  # room for names above B's row
SLICES = (4, 3, 3, 3, 3)  # how many slices are drawn, by level of folding
CELLS = 120
WIDEST = 1080.0


@dataclass(frozen=True)
class Slice:
    """One k of the cube: A's column on the left, B's row above, products between."""

    k: int
    column: TensorGrid
    row: TensorGrid
    inside: TensorGrid


class Plan:
    """Places of all cells for sizes (n, inner, m) and cells of one width."""

    def __init__(self, sizes: tuple[int, int, int], wide: float) -> None:
        self.sizes, self.wide = sizes, wide
        plans = (self._at_level(level) for level in range(len(SLICES)))
        self.slices, self.dots, self.result = next(
            (p for p in plans if self._fits(*p)), self._at_level(len(SLICES) - 1)
        )

    def _fits(self, slices: list[Slice], dots: list[float], out: TensorGrid) -> bool:
        cells = len(slices) * len(list(out.shown()))
        return out.bounds().right <= WIDEST and cells <= CELLS

    def _at_level(self, level: int) -> tuple[list[Slice], list[float], TensorGrid]:
        n, inner, m = self.sizes
        slices, dots, x = [], [], 0.0
        for k in fold(inner, SLICES[level]):
            if k is None:
                dots.append(x - APART / 2 + DOTS / 2)
                x += DOTS
            else:
                slices.append(self._slice(k, x, level))
                right = max(
                    slices[-1].inside.bounds().right, slices[-1].row.bounds().right
                )
                x = right + APART
        return slices, dots, self._grid((n, m), x + 24, HIGH + GAP, level)

    def _grid(self, shape: Index, x: float, y: float, level: int) -> TensorGrid:
        cell = (self.wide, HIGH)
        return TensorGrid(shape, x, TOP + y, cell, GAP, room=1e6, short=level)

    def _slice(self, k: int, x: float, level: int) -> Slice:
        n, _, m = self.sizes
        beside = x + self.wide + ASIDE
        return Slice(
            k,
            self._grid((n, 1), x, HIGH + GAP, level),
            self._grid((1, m), beside, 0, level),
            self._grid((n, m), beside, HIGH + GAP, level),
        )

    @property
    def kept(self) -> tuple[list[int], list[int], list[int]]:
        """Which i, k and j are drawn."""
        cells = [] if self.result.empty else list(self.result.shown())
        rows = sorted({i for i, _ in cells}) or self._few(self.sizes[0])
        columns = sorted({j for _, j in cells}) or self._few(self.sizes[2])
        return rows, [one.k for one in self.slices], columns

    @staticmethod
    def _few(size: int) -> list[int]:
        return [k for k in fold(size, 4) if k is not None]

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around all grids and the room for wires below."""
        grids = [g for s in self.slices for g in (s.column, s.row, s.inside)]
        around = Bounds.around(g.bounds() for g in (*grids, self.result))
        return Bounds(0, 0, around.right, around.bottom + GAP)

    # ----------------------------------- wires -----------------------------------

    def across(self, cell: Index) -> list[Arrow]:
        """Return the wires from every slice's product to one cell of C."""
        target = self.result.box(cell)
        boxes = [s.inside.box(cell) for s in self.slices]
        return _below(boxes, target, "forward")

    def leftwards(self, cell: Index, columns: Sequence[int]) -> list[Arrow]:
        """Return the wires from a row of one slice to its cell of dA."""
        i, k = cell
        own = next(s for s in self.slices if s.k == k)
        boxes = [own.inside.box((i, j)) for j in reversed(columns)]
        return _below(boxes, own.column.box((i, 0)), "gradient")

    def upwards(self, cell: Index, rows: Sequence[int]) -> list[Arrow]:
        """Return the wires from a column of one slice to its cell of dB."""
        k, j = cell
        own = next(s for s in self.slices if s.k == k)
        boxes = [own.inside.box((i, j)) for i in reversed(rows)]
        return _beside(boxes, own.row.box((0, j)), "gradient")


def _below(boxes: list[Box], target: Box, look: str) -> list[Arrow]:
    """Return wires that run in the gap below a row; the first one has the head."""
    y = target.y + target.h + GAP / 2
    ends = [(box.center[0], box.y + box.h) for box in boxes]
    into = (target.center[0], target.y + target.h)
    long = [(e, (e[0], y), (into[0], y), into) for e in ends[:1]]
    return _joined(long, [(e, (e[0], y)) for e in ends[1:]], look)


def _beside(boxes: list[Box], target: Box, look: str) -> list[Arrow]:
    """Return wires that run in the gap left of a column, upwards."""
    x = target.x - GAP / 2
    ends = [(box.x, box.center[1]) for box in boxes]
    into = (target.x, target.center[1])
    long = [(e, (x, e[1]), (x, into[1]), into) for e in ends[:1]]
    return _joined(long, [(e, (x, e[1])) for e in ends[1:]], look)


def _joined(
    long: Sequence[tuple[Point, ...]], short: Sequence[tuple[Point, ...]], look: str
) -> list[Arrow]:
    heads = [Arrow(points, look, "elbow") for points in long]
    return [*heads, *(Arrow(points, look, head=False) for points in short)]


# ------------------------------- the cube as a map -------------------------------

SIDE = 130.0  # the longest side of the map
SLANT = (0.55, -0.42)  # how one step along k looks


@dataclass(frozen=True)
class Map:
    """A small cube of n by inner by m, seen from above; one bar in it stands out."""

    sizes: tuple[int, int, int]
    x: float
    y: float

    @property
    def unit(self) -> float:
        """Return the length of one step along i or j."""
        n, inner, m = self.sizes
        return min(26.0, SIDE / (m + SLANT[0] * inner), SIDE / (n - SLANT[1] * inner))

    def at(self, i: float, k: float, j: float) -> Point:
        """Return where a corner lies; k runs away from the reader."""
        x = self.x + (j + SLANT[0] * k) * self.unit
        return (x, self.y + (i + SLANT[1] * (k - self.sizes[1])) * self.unit)

    def items(self, bar: tuple[Index, Index] | None, look: str) -> Iterator[Item]:
        """Yield the lines of the cube, the names of its dims, and the bar."""
        n, inner, m = self.sizes
        for way in self._mesh():
            yield Arrow(tuple(self.at(*p) for p in way), "muted", head=False)
        if bar is not None:
            yield from self._bar(*bar, look)
        x, y = self.at(n / 2, 0, 0)
        yield Text(x - 12, y, "i", 14, "soft")
        x, y = self.at(n, 0, m / 2)
        yield Text(x, y + 13, "j", 14, "soft")
        x, y = self.at(n, inner / 2, m)
        yield Text(x + 10, y + 9, "k", 14, "soft")

    def _mesh(self) -> Iterator[list[tuple[int, int, int]]]:
        """Yield lines around the three visible faces, one per step of each dim."""
        n, inner, m = self.sizes
        for i in range(n + 1):
            yield [(i, 0, 0), (i, 0, m), (i, inner, m)]
        for j in range(m + 1):
            yield [(n, 0, j), (0, 0, j), (0, inner, j)]
        for k in range(1, inner + 1):
            yield [(0, k, 0), (0, k, m), (n, k, m)]

    def _bar(self, low: Index, high: Index, look: str) -> Iterator[Arrow]:
        """Yield the visible edges of the block from one corner to another."""
        (a, c, e), (b, d, f) = low, high
        front = [(a, c, e), (a, c, f), (b, c, f), (b, c, e), (a, c, e)]
        back = [(a, c, e), (a, d, e), (a, d, f), (b, d, f), (b, c, f)]
        for way in (front, back, [(a, c, f), (a, d, f)]):
            yield Arrow(tuple(self.at(*p) for p in way), look, head=False)
