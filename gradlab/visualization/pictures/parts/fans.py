"""Many cells and one: wires that join on their way, or part, never through a number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gradlab.indexing import Index
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.wires import Wire, wire_between
from gradlab.visualization.scene import Arrow


@dataclass(frozen=True)
class Fan:
    """A grid of many cells, and one of the cells that they are folded into.

    Attributes
    ----------
    near : the grid of the many
    far : the grid of the few, on a shape of the same rank or its own
    way : where `far` stands from `near`: "across" or "down"
    """

    near: TensorGrid
    far: TensorGrid
    way: str

    @classmethod
    def beside(
        cls, near: TensorGrid, shape: tuple[int, ...], room: float, *, across: bool
    ) -> Fan:
        """Place a grid of this shape right of `near`, or below it, at its middle."""
        far = replace(near, shape=shape, short=near.level)
        one, two = near.bounds(), far.bounds()
        if across:
            y = near.y + max(0.0, one.height - two.height) / 2
            return cls(near, replace(far, x=one.right + room, y=y), "across")
        x = near.x + max(0.0, one.width - two.width) / 2
        return cls(near, replace(far, x=x, y=one.bottom + room), "down")

    def arrows(
        self,
        cells: Iterable[Index],
        target: Index,
        *,
        lane: float = 0.5,
        back: bool = False,
        look: str = "",
    ) -> list[Arrow]:
        """Return the wires between cells of `near` and one of `far`, joined.

        Parameters
        ----------
        lane : where, between the grids, the wires join
        back : whether they are read from the one cell to the many
        look : how they are drawn; by default that of their direction
        """
        far = self.far.box(target)
        drawn: list[Wire] = []
        for index in sorted(cells, key=lambda i: self._reach(i, target)):
            ends = (self.near.box(index), far)
            wire = wire_between(
                (self.near, self.far), ends, self.way, lane=lane, back=back
            )
            drawn.append(wire.meeting(drawn))
        arrows = [wire.arrow() for wire in drawn]
        return [replace(arrow, look=look or arrow.look) for arrow in arrows]

    def _reach(self, index: Index, target: Index) -> tuple[float, float]:
        """Return how far off a cell is, the farthest first."""
        (x, y), (u, v) = self.near.box(index).center, self.far.box(target).center
        return (-abs(y - v), x) if self.way == "across" else (-abs(x - u), y)
