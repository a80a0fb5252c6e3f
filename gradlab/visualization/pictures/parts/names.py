"""The name of a grid, above or below it, clear of the names of its slices."""

from __future__ import annotations

from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.wires import deep
from gradlab.visualization.scene import Text

HEAD = 24.0  # room for a name above a grid
SLICES = 18.0  # and for the names of its slices


def slice_room(grid: TensorGrid) -> float:
    """Return the room for the names of slices above a grid."""
    return SLICES if deep(grid) else 0.0


def above(grid: TensorGrid, name: str, ink: str = "ink") -> Text:
    """Return a name above a grid, and above the names of its slices."""
    box, extra = grid.bounds(), 0.0 if grid.empty else slice_room(grid)
    return Text(box.left, box.top - 13 - extra, name, 15, ink, "start", bold=True)


def below(grid: TensorGrid, name: str, ink: str = "ink") -> Text:
    """Return a name below a grid."""
    box = grid.bounds()
    return Text(box.left, box.bottom + 18, name, 15, ink, "start", bold=True)
