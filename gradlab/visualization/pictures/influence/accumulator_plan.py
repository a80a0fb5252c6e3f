"""Where the drops of an accumulator stand, and the tray below them."""

from __future__ import annotations

from dataclasses import replace

from gradlab.visualization.pictures.influence.accumulator_input import Tray
from gradlab.visualization.pictures.influence.accumulator_story import NAME, grad_of
from gradlab.visualization.pictures.parts.grids import TensorGrid, cell_width
from gradlab.visualization.text import number, shorten, width

DROPS = 8  # more are not drawn
ROOM = 900.0  # the drops stand within this, but two always do
BETWEEN, FALL = 34.0, 84.0  # from drop to drop, and down to the tray
LOST = ": lost"


def label_of(tray: Tray, n: int) -> str:
    """Return what stands above drop n, from 0."""
    return shorten(tray.drops[n].origin, NAME, 14)


def placed(tray: Tray, passes: int) -> list[TensorGrid]:
    """Return the cells of each drop that is drawn and, last, those of the tray."""
    first = TensorGrid(tray.shape, room=420.0)
    grid = replace(first, cell=(cell_width(_texts(tray, passes, first)), 36.0))
    own, most = grid.bounds().width, min(len(tray.drops), DROPS)
    labels = (width(label_of(tray, n) + LOST, 14) for n in range(most))
    step = max(own, *labels) + BETWEEN
    many = min(most, max(2, int((ROOM + BETWEEN) // step)))
    middle = (many * step - BETWEEN) / 2
    beside = width(grad_of(tray), 15, bold=True) + 30
    left = max(0.0, beside + own / 2 - middle)
    drops = [replace(grid, x=left + n * step) for n in range(many)]
    down = grid.bounds().bottom + FALL
    return [*drops, replace(grid, x=left + middle - own / 2, y=down)]


def _texts(tray: Tray, passes: int, grid: TensorGrid) -> list[str]:
    """Return every number that a cell may have to hold."""
    values = [drop.value for drop in tray.drops]
    held = [*values[:DROPS], *tray.sums[:DROPS]]
    held += [tray.times(n) for n in range(1, passes + 1)]
    shown = [] if grid.empty else list(grid.shown())
    return ["None", *(number(value[index]) for value in held for index in shown)]
