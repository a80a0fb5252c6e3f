"""A Jacobian as cells: x above it, out at its right, d_out at its left, sums below."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from gradlab.visualization.pictures.numbers.jacobian_grid_matrix import Matrix, Numbers
from gradlab.visualization.pictures.parts.grids import TensorGrid, cell_width
from gradlab.visualization.pictures.parts.words import product
from gradlab.visualization.scene import Arrow, Box, Item, Text
from gradlab.visualization.text import number, width

HIGH, GAP = 38.0, 10.0
WIDEST = 96.0  # products that need wider cells are told in words only
NAME = 13.0
Cell = tuple[int, int]


class Board:
    """Where everything about a Jacobian stands.

    Parameters
    ----------
    matrix : the Jacobian with its cells
    d, v : the numbers of d_out and of a step v of x, where they are drawn
    room : how wide the Jacobian may get before columns are left out
    """

    def __init__(
        self,
        matrix: Matrix,
        *,
        d: Numbers | None = None,
        v: Numbers | None = None,
        room: float = 640.0,
    ) -> None:
        self.matrix, self.d, self.v = matrix, d, v
        self.room = room
        self.grid = self._grid(44.0)
        self.grid = self._grid(cell_width(self._texts(), least=self._least()))

    def _grid(self, wide: float) -> TensorGrid:
        return TensorGrid(self.matrix.shape, cell=(wide, HIGH), gap=GAP, room=self.room)

    @property
    def rows(self) -> list[int]:
        """The rows that are drawn."""
        return [k for k in self.grid.kept[1] if k is not None]

    @property
    def columns(self) -> list[int]:
        """The columns that are drawn."""
        return [j for j in self.grid.kept[2] if j is not None]

    # ---------------------------------- cell width ----------------------------------

    def _least(self) -> float:
        """Return a width of cells under which the names above them fit."""
        names = [self.matrix.x_name(j) for j in self.columns]
        if self.d is not None:
            names += [self.matrix.out_name(k, "d_out") for k in self.rows]
        return max([46.0, *(width(name, NAME) - GAP + 10 for name in names)])

    def _texts(self) -> Iterator[str]:
        m = self.matrix
        cells = ((m.rows[k][j] for j in self.columns) for k in self.rows)
        sums = () if self.d is None else m.back_values(self.d)
        moved = () if self.v is None else m.forward(self.v)
        values = (m.x_values, m.out_values, self.d or (), self.v or (), sums, moved)
        yield from map(number, chain(*cells, *values))
        if self.multiplied:
            yield from self._products()

    @cached_property
    def multiplied(self) -> bool:
        """Whether products such as 2·5 fit into cells."""
        return all(width(t, 15, bold=True) + 10 <= WIDEST for t in self._products())

    def _products(self) -> Iterator[str]:
        for k in self.rows if self.d is not None else ():
            for j in self.columns:
                yield product((self.d or ())[k], self.matrix.rows[k][j])

    # ------------------------------------ places ------------------------------------

    @cached_property
    def right(self) -> float:
        """Where the Jacobian ends."""
        return self.grid.bounds().right

    @cached_property
    def low(self) -> float:
        """Where its last row ends."""
        return self.grid.bounds().bottom

    def _over(self, j: int, y: float) -> tuple[float, float, float, float]:
        """Return a place above or below column j."""
        return (self.grid.box((self.rows[0], j)).x, y, *self.grid.cell)

    def _beside(self, k: int, x: float) -> tuple[float, float, float, float]:
        """Return a place beside row k."""
        return (x, self.grid.box((k, self.columns[0])).y, *self.grid.cell)

    @property
    def _out_x(self) -> float:
        return self.right + 40

    # ------------------------------------- cells -------------------------------------

    def cells(
        self,
        text: Callable[[int, int], str],
        lit: Collection[Cell] = (),
        *,
        bars: Collection[int] = (),
    ) -> Iterator[Item]:
        """Yield the Jacobian; `bars` are the rows that show how strong each cell is."""
        chosen = set(lit)
        for k in self.rows:
            for j in self.columns:
                said, on = text(k, j), (k, j) in chosen
                look = "local" if on else "cell" if said else "muted"
                marks = ("selected",) if on else ()
                yield self.grid.box((k, j), said, look, marks=marks, bold=on)
                if k in bars:
                    yield from self.bar(k, j, self.matrix.rows[k][j])
        yield from self.grid.dots()

    def bar(self, k: int, j: int, value: float) -> Iterator[Box]:
        """Yield how strong a cell is: to the right where positive, else to the left."""
        share = abs(value) / self._strongest if math.isfinite(value) else 0.0
        if share > 0:
            box = self.grid.box((k, j))
            long = max(2.0, share * (box.w / 2 - 5))
            left = box.x + box.w / 2 - (long if value < 0 else 0)
            yield Box(left, box.y + box.h - 7, long, 3, look="local")

    @cached_property
    def _strongest(self) -> float:
        cells = (abs(d) for row in self.matrix.rows for d in row if math.isfinite(d))
        return max(cells, default=0.0) or 1.0

    def number(self, k: int, j: int) -> str:
        """Return what cell (k, j) prints."""
        return number(self.matrix.rows[k][j])

    # ------------------------------- what surrounds it -------------------------------

    def x_row(self, lit: Collection[int] = ()) -> Iterator[Item]:
        """Yield the cells of x above their columns."""
        for j in self.columns:
            place, marks = self._over(j, -72), ("selected",) * (j in lit)
            value = number(self.matrix.x_values[j])
            look = "forward" if j in lit else "cell"
            yield Box(*place, value, look=look, bold=j in lit, marks=marks)
            middle = place[0] + place[2] / 2
            yield Text(middle, -84, self.matrix.x_name(j), NAME, "soft")

    def out_column(
        self,
        known: Collection[int],
        lit: Collection[int] = (),
        values: Numbers | None = None,
        name: str = "",
    ) -> Iterator[Item]:
        """Yield the cells of the result beside their rows; or others of its shape."""
        own = self.matrix.out_values if values is None else values
        for k in self.rows:
            place, marks = self._beside(k, self._out_x), ("selected",) * (k in lit)
            value = number(own[k]) if k in known else ""
            look = "forward" if k in lit else "cell" if value else "muted"
            yield Box(*place, value, look=look, bold=k in lit, marks=marks)
            spot = (place[0] + place[2] + 8, place[1] + HIGH / 2)
            own_name = self.matrix.out_name(k, name)
            yield Text(*spot, own_name, NAME, "soft", "start")

    def to_out(self, rows: Iterable[int]) -> Iterator[Arrow]:
        """Yield arrows from rows to the cells of the result."""
        for k in rows:
            y = self._beside(k, 0)[1] + HIGH / 2
            yield Arrow(((self.right + 5, y), (self._out_x - 3, y)), "forward")

    def from_x(self, j: int) -> Arrow:
        """Return the arrow from a cell of x down to its column."""
        x, _, w, _ = self._over(j, 0)
        return Arrow(((x + w / 2, -72 + HIGH + 3), (x + w / 2, -5)), "forward")

    def d_row(self, lit: bool = False) -> Iterator[Item]:
        """Yield d_out as a row at the left, with wires to the rows it multiplies."""
        step = self.grid.cell[0] + GAP
        y = self.low + 44
        start = -30 - step * len(self.rows)
        for n, k in enumerate(self.rows):
            x = start + n * step
            value = number((self.d or ())[k])
            marks = ("selected",) * lit
            yield Box(x, y, *self.grid.cell, value, look="gradient", marks=marks)
            middle = x + self.grid.cell[0] / 2
            name = self.matrix.out_name(k, "d_out")
            yield Text(middle, y + HIGH + 14, name, NAME, "soft")
            level = self._beside(k, 0)[1] + HIGH / 2
            way = ((middle, y), (middle, level), (-4.0, level))
            yield Arrow(way, "gradient", "elbow")

    def sums(
        self, known: Mapping[int, float], lit: int | None = None
    ) -> Iterator[Item]:
        """Yield the gradient below the columns, with wires down to cells in focus."""
        y = self.low + 44
        for j in self.columns:
            place, on = self._over(j, y), j == lit
            value = number(known[j]) if j in known else ""
            look = "gradient" if value else "muted"
            marks = ("selected",) * on
            yield Box(*place, value, look=look, bold=on, marks=marks)
            middle = place[0] + place[2] / 2
            yield Text(middle, y + HIGH + 14, self.matrix.x_name(j), NAME, "soft")
            if on:
                way = ((middle, self.low + 4), (middle, y - 4))
                yield Arrow(way, "gradient")
        words = f"gradient of {self.matrix.names[0]}"
        spot = (self.right + 14, y + HIGH / 2)
        yield Text(*spot, words, 14, "gradient-ink", "start")

    def v_column(self) -> Iterator[Item]:
        """Yield v as a column at the top, with wires to the columns it multiplies."""
        step = HIGH + GAP
        top = -34 - step * len(self.columns)
        for n, j in enumerate(self.columns):
            y = top + n * step
            value = number((self.v or ())[j])
            box = Box(self._out_x, y, *self.grid.cell, value, look="forward")
            yield box
            name = self.matrix.x_name(j, "v")
            spot = (box.x + box.w + 8, y + HIGH / 2)
            yield Text(*spot, name, NAME, "soft", "start")
            x, _, w, _ = self._over(j, 0)
            way = ((box.x, y + HIGH / 2), (x + w / 2, y + HIGH / 2), (x + w / 2, -5.0))
            yield Arrow(way, "forward", "elbow")

    def label(self) -> Text:
        """Return what the cells are, at their left."""
        middle = (self.grid.bounds().top + self.low) / 2
        return Text(-14, middle, "J", 19, "local-ink", "end", bold=True)
