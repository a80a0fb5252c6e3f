"""Where the grids of a reduce stand: x and out, and near them the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from gradlab.indexing import Index
from gradlab.visualization.pictures.parts.fans import Fan
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.names import HEAD, above, below, slice_room
from gradlab.visualization.pictures.parts.wires import GAP
from gradlab.visualization.scene import Bounds, Text
from gradlab.visualization.text import size_names

ROOM = {"across": 84.0, "down": 64.0}  # between a grid and what it is folded into
TALL = 60.0  # a cell with a local derivative below its number
HIGH, WIDE = 420.0, 760.0  # larger grids leave no room for a second pair
PAIR = 56.0


@dataclass(frozen=True)
class Shapes:
    """The shapes of a reduce, and where on the drawing an output cell stands.

    Attributes
    ----------
    x, out : the shapes of input and result
    dims : the folded dims
    """

    x: tuple[int, ...]
    dims: tuple[int, ...]
    out: tuple[int, ...]

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """The shape of the result with its folded dims at size 1."""
        return tuple(1 if d in self.dims else n for d, n in enumerate(self.x))

    @cached_property
    def lead(self) -> int:
        """How many folded dims on the left the drawing of the result leaves out."""
        lead, rank = 0, len(self.x)
        while len(self.out) < rank and rank - lead > 2 and lead in self.dims:
            lead += 1
        return lead

    @property
    def drawn(self) -> tuple[int, ...]:
        """The shape on which the result is drawn."""
        return self.kept[self.lead :]

    @property
    def told(self) -> str:
        """The shape of the result, and that of its drawing if it has slices."""
        drawn = f", drawn as {size_names(self.drawn)}" if len(self.drawn) > 2 else ""
        return size_names(self.out) + drawn * (self.out != self.drawn)

    def out_index(self, spot: Index) -> Index:
        """Return the index of the output cell that is drawn at a spot."""
        if len(self.out) == len(self.x):
            return spot
        return tuple(i for d, i in enumerate(spot, self.lead) if d not in self.dims)

    def spot(self, out_index: Index) -> Index:
        """Return where an output cell is drawn: at 0 in every folded dim."""
        if len(out_index) == len(self.x):
            return out_index
        own = iter(out_index)
        spot = [0 if d in self.dims else next(own) for d in range(len(self.x))]
        return tuple(spot[self.lead :])


@dataclass(frozen=True)
class ReducePlan:
    """Two pairs of grids in place.

    Attributes
    ----------
    forward : x, and out with its folded dims at size 1
    back : the gradient of x, and d_out
    turns : whether backward stands where forward stood, for want of room
    """

    forward: Fan
    back: Fan
    turns: bool

    @classmethod
    def of(cls, shapes: Shapes, wide: float, name: float = 0.0) -> ReducePlan:
        """Place grids whose cells and names are this wide."""
        shape, kept, out = shapes.x, shapes.kept, shapes.drawn
        across = not shape or kept[-1] != shape[-1] or shape[-1] == 1
        way = "across" if across else "down"
        grid = TensorGrid(shape, cell=(wide, 36.0), gap=GAP, room=620.0)
        box, extra = grid.bounds(), slice_room(grid)
        room = ROOM[way] + (max(0.0, name - box.width) if across else extra)
        forward = Fan.beside(grid, out, room, across=across)
        far = forward.far.bounds()
        whole = max(box.right, far.right, far.left + name)
        beside = 2 * whole + PAIR <= WIDE
        turns = not beside and not (across and box.height <= HIGH)
        x = whole + PAIR if beside else 0.0
        y = 0.0 if beside or turns else box.height + 68 + extra
        tall = replace(grid, x=x, y=y, cell=(wide, TALL))
        return cls(forward, Fan.beside(tall, out, room, across=across), turns)

    def bounds(self, *, backward: bool) -> Bounds:
        """Return the room that grids and names take in any frame."""
        fans = (self.forward, self.back) if backward else (self.forward,)
        grids = [grid for fan in fans for grid in (fan.near, fan.far)]
        around = Bounds.around(grid.bounds() for grid in grids)
        extra = slice_room(self.forward.near)
        foot = GAP if self.forward.way == "across" else 28.0
        return around._replace(
            top=around.top - HEAD - extra, bottom=around.bottom + foot
        )

    def names(
        self, fan: Fan, names: Iterable[str], ink: str = "ink"
    ) -> tuple[Text, Text]:
        """Return the names of two grids, on the sides where no wire runs."""
        near, far = names
        free_side = above if fan.way == "across" else below
        return above(fan.near, near, ink), free_side(fan.far, far, ink)
