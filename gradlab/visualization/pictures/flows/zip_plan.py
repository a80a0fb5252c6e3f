"""Where the grids of a zip stand.

One input stands left of the output and one above it, so that the two wires of a cell
come from two sides; two flat inputs stand above and below. Each gradient stands beside
its input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.names import HEAD, above, below, slice_room
from gradlab.visualization.pictures.parts.wires import GAP, Wire, wire_between
from gradlab.visualization.scene import Bounds, Box, Text

ROOM = {"across": (76.0, 190.0), "down": (58.0, 92.0)}  # forward only, with labels
PAIR = 34.0  # between an input and its gradient
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
        cls,
        shapes: Sequence[tuple[int, ...]],
        cell: float,
        names: Sequence[float] = (0.0, 0.0),
        *,
        backward: bool,
    ) -> Plan:
        """Place grids of the two inputs and the output, all with cells this wide.

        Parameters
        ----------
        names : how wide the names of the two inputs are
        """
        *pair, out = _grids(shapes, cell, 560.0 if backward else 760.0)
        ways = _ways(*pair)
        across, down = ROOM["across"][backward], ROOM["down"][backward]
        steps = [max(g.bounds().width, n - 20) + PAIR for g, n in zip(pair, names)]
        left = 0.0
        if "across" in ways:
            k = ways.index("across")
            left = pair[k].bounds().width + steps[k] * backward + across
        upper = pair[ways.index("down")]
        top = _head(upper) + upper.bounds().height + down + slice_room(out)
        out = replace(out, x=left, y=top)
        lower = out.bounds().bottom + down
        corners = {"across": (0.0, top), "down": (left, _head(upper)), "up": (left, 0)}
        inputs = []
        for grid, way in zip(pair, ways):
            x, y = corners[way]
            y = lower + slice_room(grid) if way == "up" else y
            inputs.append(replace(grid, x=x, y=y))
        beside = (replace(g, x=g.x + step) for g, step in zip(inputs, steps))
        return cls(tuple(inputs), tuple(beside) if backward else (), out, ways)

    @property
    def bounds(self) -> Bounds:
        """Return the room that grids and names take in any frame."""
        grids = (*self.inputs, *self.gradients, self.out)
        around = Bounds.around(grid.bounds() for grid in grids)
        return around._replace(left=0.0, top=0.0, bottom=around.bottom + 32)

    def name(self, grid: TensorGrid, name: str, ink: str = "ink") -> Text:
        """Return the name of a grid, on the side where no wire runs."""
        box, up = grid.bounds(), "up" in self.ways
        if grid is self.out:
            middle = (box.top + box.bottom) / 2
            place = (box.right + 16, middle) if up else (box.left, box.bottom + 24)
            return Text(*place, name, 15, ink, "start", bold=True)
        return (below if up and grid.y > self.out.y else above)(grid, name, ink)

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

        See `wires.wire_between` for the arguments.
        """
        grid = (self.gradients if back else self.inputs)[k]
        way = self.ways[k]
        return wire_between(
            (grid, self.out), ends, way, lane=lane, track=track, back=back
        )


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


def _head(grid: TensorGrid) -> float:
    return HEAD + slice_room(grid)
