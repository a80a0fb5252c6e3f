"""Two tensors and their zip as grids: real cells, ghosts, stretch arrows, wires.

Both inputs are drawn on the plan of the output, so that nothing moves when ghosts
appear: a real cell already stands where the output will read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gradlab.indexing import broadcast_index
from gradlab.visualization.pictures.parts.grids import Index, TensorGrid
from gradlab.visualization.scene import Arrow, Box, Item, Point, Text
from gradlab.visualization.text import width

WIDE = 880.0  # three grids wider than this stand below each other
SIGN = 58.0  # room for "+" and "=" between grids
ARROW = 26.0  # room for a stretch arrow above or beside a grid
ABOVE, BELOW = 40.0, 44.0  # room for the name above a grid, and for wires below


def is_ghost(out_index: Sequence[int], shape: Sequence[int]) -> bool:
    """Return whether an input of this shape only repeats a number at this cell.

    Examples
    --------
    >>> is_ghost((2, 0), (3, 1)), is_ghost((2, 1), (3, 1))
    (False, True)
    """
    extra = len(out_index) - len(shape)
    sizes = (*[1] * extra, *shape)
    return any(size == 1 and i > 0 for i, size in zip(out_index, sizes))


def repeated(shape: Sequence[int], plan: Sequence[int]) -> list[int]:
    """Return the dims of `plan` in which a tensor of this shape repeats itself.

    Examples
    --------
    >>> repeated((3, 1), (2, 3, 4))
    [-3, -1]
    """
    sizes = (*[1] * (len(plan) - len(shape)), *shape)
    both = enumerate(zip(sizes, plan))
    return [k - len(plan) for k, (own, out) in both if own == 1 and out > 1]


def _above(shape: Sequence[int], plan: Sequence[int]) -> float:
    """Return the room above a grid for its name, arrows and labels of slices."""
    dims = repeated(shape, plan)
    lanes = (-1 in dims) + any(dim < -2 for dim in dims)
    return ABOVE + ARROW * lanes + (16 if len(plan) > 2 else 0)


def _beside(shape: Sequence[int], plan: Sequence[int]) -> float:
    """Return the room on the left of a grid for the arrow down and its label."""
    if -2 not in repeated(shape, plan):
        return 0.0
    return 34.0 + width(f"1 → {plan[-2]}", 13, bold=True) / 2


@dataclass(frozen=True)
class Trio:
    """Where three grids on one plan stand: two inputs and their output."""

    grids: tuple[TensorGrid, TensorGrid, TensorGrid]
    names: Sequence[str]
    above: Sequence[float]
    stacked: bool

    @classmethod
    def of(
        cls,
        shapes: Sequence[Sequence[int]],
        plans: Sequence[Sequence[int]],
        names: Sequence[str],
        cell_width: float,
        top: float,
        *,
        short: int = 0,
    ) -> Trio:
        """Place grids side by side, or below each other where that is too wide.

        Parameters
        ----------
        shapes : the shape of each tensor
        plans : the shape on which each is drawn
        names : what stands above each grid
        cell_width : the width of every cell
        top : how far down the name of the first grid may begin
        short : the least level of the grids
        """
        cell = (cell_width, 36.0)
        drawn = [TensorGrid(tuple(s), cell=cell, short=short) for s in plans]
        names_wide = [width(name, 16, bold=True) for name in names]
        sizes = [grid.bounds() for grid in drawn]
        wide = [max(b.width, named) for b, named in zip(sizes, names_wide)]
        left = [_beside(s, grid.shape) for s, grid in zip(shapes, drawn)]
        above = [_above(s, grid.shape) for s, grid in zip(shapes, drawn)]
        stacked = sum(wide) + sum(left) + 2 * SIGN > WIDE
        if not stacked:
            above = [max(above)] * 3
        x, y, placed = 0.0, top + above[0], []
        for k, (grid, size) in enumerate(zip(drawn, sizes)):
            place = max(left) if stacked else x + left[k]
            placed.append(replace(grid, x=place, y=y))
            x = place + wide[k] + SIGN
            if stacked and k < 2:
                y += size.height + above[k + 1] + 12
        return cls((placed[0], placed[1], placed[2]), names, above, stacked)

    def bottom(self, many: int = 3) -> float:
        """Return where the room below the first so many grids begins."""
        return max(grid.bounds().bottom for grid in self.grids[:many]) + BELOW

    def name(self, k: int, shape: Sequence[int], sign: str) -> tuple[Text, ...]:
        """Return the name above a grid, and the sign before it."""
        grid = self.grids[k]
        box = grid.bounds()
        y = box.top - self.above[k] + 16
        if self.stacked and sign:
            line = f"{sign}  {self.names[k]}"
            return (Text(box.left, y, line, 16, anchor="start", bold=True),)
        own = (Text(box.left, y, self.names[k], 16, anchor="start", bold=True),)
        x = box.left - _beside(shape, grid.shape) - SIGN / 2
        middle = (x, (box.top + box.bottom) / 2)
        return (*own, Text(*middle, sign, 26, bold=True)) if sign else own

    # ------------------------------ stretch arrows ------------------------------

    def stretches(self, k: int, shape: Sequence[int]) -> Iterator[Arrow]:
        """Yield an arrow beside grid `k` for every dim that an input repeats in."""
        grid = self.grids[k]
        for dim in sorted({max(dim, -3) for dim in repeated(shape, grid.shape)}):
            one = dim > -3 or len(grid.shape) == 3
            label = f"1 → {grid.shape[dim]}" if one else "every slice"
            way = self._along(grid, dim, shape)
            at = 0.5 if dim != -2 else 0.0
            yield Arrow(
                way, "stretch", label=label, label_look="stretch-label", label_at=at
            )

    def _along(
        self, grid: TensorGrid, dim: int, shape: Sequence[int]
    ) -> tuple[Point, Point]:
        """Return where the arrow of one dim starts and ends."""
        lead, rows, columns = grid.kept
        first = next(grid.shown())
        box = grid.box(first)
        deep = len(grid.shape) > 2
        if dim == -1:
            last = grid.box((*first[:-1], columns[-1] or 0))
            y = box.y - (32 if deep else 16)
            return (box.x, y), (last.x + last.w, y)
        if dim == -2:
            last = grid.box((*first[:-2], rows[-1] or 0, first[-1]))
            x = box.x - 18 - (_beside((1,), grid.shape) - 34)
            return (x, box.center[1]), (x, last.y + last.h)
        last = grid.box((*(lead[-1] or ()), *first[-2:]))
        y = box.y - 32 - ARROW * (-1 in repeated(shape, grid.shape))
        return (box.x, y), (last.x + last.w, y)

    # ----------------------------------- wires -----------------------------------

    def wire(self, k: int, index: Index, out_index: Index) -> Arrow:
        """Return the way from a real cell of input `k` to an output cell.

        It runs in the gaps between cells and in a lane outside the grids, so it
        crosses no number.
        """
        source = self.grids[k].box(index)
        target = self.grids[2].box(out_index)
        lane = 14.0 + 11.0 * (1 - k)
        run = self._down if not self.stacked else self._aside
        return Arrow(run(k, source, target, lane), "forward", "elbow")

    def _down(self, k: int, source: Box, target: Box, lane: float) -> tuple[Point, ...]:
        floor = max(grid.bounds().bottom for grid in self.grids)
        out = leave(source, "bottom", floor)
        into = leave(target, "bottom", floor, 0.3 + 0.4 * k, tip=6)
        y = floor + lane
        return (*out, (out[-1][0], y), (into[-1][0], y), *reversed(into))

    def _aside(
        self, k: int, source: Box, target: Box, lane: float
    ) -> tuple[Point, ...]:
        wall = max(grid.bounds().right for grid in self.grids)
        out = leave(source, "right", wall)
        into = leave(target, "right", wall, 0.3 + 0.4 * k, tip=6)
        x = wall + lane
        return (*out, (x, out[-1][1]), (x, into[-1][1]), *reversed(into))


def leave(
    box: Box, side: str, edge: float, at: float = 0.5, *, tip: float = 0.0
) -> tuple[Point, ...]:
    """Return the points from a box to a lane on one side, around cells in between.

    Parameters
    ----------
    side : "bottom", "right" or "left": where the lane is
    edge : where the outermost cells on that side end; a box that ends there is left
        straight, any other through the gap below or beside it
    at : how far along its side the box is left
    tip : how far inside the box to begin where the gap is too narrow for a head
    """
    near = {"bottom": box.y + box.h, "right": box.x + box.w, "left": box.x}[side]
    if abs(near - edge) < 3:
        return (box.port(side, at),)
    if side == "bottom":
        x, y = box.port("right", at)
        return ((x - tip, y), (x + 3, y))
    x, y = box.port("bottom", at)
    return ((x, y - tip), (x, y + 3))


def input_cells(
    grid: TensorGrid,
    shape: Sequence[int],
    texts: Mapping[Index, str],
    *,
    ghosts: bool,
    selected: Index | None = None,
) -> tuple[Item, ...]:
    """Return an input's cells on the plan of the output.

    Parameters
    ----------
    shape : the input's own shape
    texts : what each of its cells prints
    ghosts : whether the cells that only repeat a number are drawn, dotted
    selected : the place, on the plan, of a cell to mark
    """
    if grid.empty:
        return (grid.nothing(),)
    items: list[Item] = []
    for place in grid.shown():
        ghost = is_ghost(place, shape)
        text = texts[broadcast_index(place, shape)]
        if place == selected:
            items.append(grid.chosen(place, text))
        elif ghosts or not ghost:
            items.append(grid.box(place, text, "ghost" if ghost else "cell"))
    real = None if ghosts else (lambda index: not is_ghost(index, shape))
    items += grid.dots(real)
    if ghosts or len(shape) == len(grid.shape):
        items += grid.slice_labels()
    return tuple(items)
