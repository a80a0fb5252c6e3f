"""Where the grids of a map stand: x and out, and below them gradient, g'(x), d_out.

Wires run where fewer of them meet: across, from a tall tensor to the next one beside
it, or else down, so that those of a single row are straight lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gradlab.indexing import Index
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.names import HEAD, above, below, slice_room
from gradlab.visualization.pictures.parts.wires import GAP, Wire, deep, wire_between
from gradlab.visualization.scene import Bounds, Box, Text

ROOM = {"across": 92.0, "down": 64.0}  # between grids: for wires, names and a label
WIDE, HIGH = 440.0, 460.0  # larger grids leave no room for a second line
PAIR = 56.0


@dataclass(frozen=True)
class MapPlan:
    """Five grids of one shape in place.

    Attributes
    ----------
    x, out : forward
    gradient, local, d_out : backward
    way : how wires run from x to out, "across" or "down"
    turns : whether backward stands where forward stood, for want of room
    """

    x: TensorGrid
    out: TensorGrid
    gradient: TensorGrid
    local: TensorGrid
    d_out: TensorGrid
    way: str
    turns: bool

    @classmethod
    def of(
        cls,
        shape: tuple[int, ...],
        cell: float,
        room: tuple[float, float] = (0.0, 0.0),
        *,
        backward: bool,
    ) -> MapPlan:
        """Place grids whose cells are this wide.

        Parameters
        ----------
        room : how wide a label on a wire and the name of a grid may get
        """
        most = 560.0 if backward else 760.0
        grid = TensorGrid(shape, cell=(cell, 36.0), gap=GAP, room=most)
        box, extra = grid.bounds(), slice_room(grid)
        flat = box.width > WIDE or _columns(grid) >= max(2, _rows(grid))
        down = ROOM["down"] + box.height + extra
        step = down if flat else _across(box, *room)
        turns = box.width > WIDE if flat else box.height > HIGH
        right = max(box.width, room[1]) + PAIR if flat and not turns else 0.0
        lower = 0.0 if flat or turns else box.height + 68 + extra
        forward = step * (2 if backward and not turns else 1)

        def at(u: float, x: float = 0.0, y: float = 0.0) -> TensorGrid:
            return replace(grid, x=x, y=y + u) if flat else replace(grid, x=x + u, y=y)

        back = [at(step * n, right, lower) for n in range(3)]
        way = "down" if flat else "across"
        return cls(at(0.0), at(forward), back[0], back[1], back[2], way, turns)

    def bounds(self, *, backward: bool) -> Bounds:
        """Return the room that grids and names take in any frame."""
        grids = [self.x, self.out]
        grids += [self.gradient, self.local, self.d_out] * backward
        boxes = [grid.bounds() for grid in grids]
        around = Bounds.around(boxes)
        foot = 28.0 if self.way == "down" else GAP
        return around._replace(
            top=around.top - HEAD - slice_room(self.x), bottom=around.bottom + foot
        )

    def name(self, grid: TensorGrid, name: str, ink: str = "ink") -> Text:
        """Return the name of a grid, on a side where no wire runs."""
        if self.way == "down" and grid is self.local:
            box = grid.bounds()
            place = (box.right + 14, (box.top + box.bottom) / 2)
            return Text(*place, name, 15, ink, "start", bold=True)
        if self.way == "down" and grid in (self.out, self.d_out):
            return below(grid, name, ink)
        return above(grid, name, ink)

    def wire(
        self,
        ends: tuple[TensorGrid, TensorGrid],
        index: Index,
        *,
        track: float | None = None,
        back: bool = False,
    ) -> Wire:
        """Return the way of one cell from a grid to the same cell of the next."""
        near, far = ends
        boxes = (near.box(index), far.box(index))
        return wire_between(ends, boxes, self.way, track=track, back=back)

    def label(self, wire: Wire, text: str) -> Box:
        """Return a label on a wire, halfway between gradient and g'(x)."""
        near, far = self.gradient.bounds(), self.local.bounds()
        plate = wire.plate(0, text, "local")
        if self.way == "across":
            return replace(plate, x=(near.right + far.left - plate.w) / 2)
        return replace(
            plate, y=(near.bottom + far.top - plate.h - slice_room(self.local)) / 2
        )

    def track(self, index: Index, drawn: list[Index]) -> float | None:
        """Return a wire's own place in the gap; None where its way is free."""
        lines = _rows(self.x) if self.way == "down" else _columns(self.x)
        if lines == 1 and not deep(self.x):
            return None
        mates = [i for i in drawn if self._line(i) == self._line(index)]
        return (len(mates) - mates.index(index)) / (len(mates) + 1)

    def _line(self, index: Index) -> float:
        x, y = self.x.box(index).center
        return y if self.way == "across" else x


def _across(box: Bounds, label: float, name: float) -> float:
    """Return how far apart two grids begin that stand side by side."""
    return max(box.width + max(ROOM["across"], label + 28), name + 18)


def _rows(grid: TensorGrid) -> int:
    return grid.shape[-2] if len(grid.shape) > 1 else 1


def _columns(grid: TensorGrid) -> int:
    return grid.shape[-1] if grid.shape else 1
