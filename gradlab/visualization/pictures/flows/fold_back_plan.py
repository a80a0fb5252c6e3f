"""Where d_out, local and their product stand, and the gradient that they fold into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gradlab.visualization.pictures.parts.fans import Fan
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.names import HEAD, above, below, slice_room
from gradlab.visualization.pictures.parts.wires import GAP
from gradlab.visualization.scene import Bounds, Text
from gradlab.visualization.text import width

SIGN = 58.0  # room for "·" and "=" between grids
ROOM = {"across": 84.0, "down": 64.0}  # between products and gradient
SHORTEST = 4  # the level of grids that leave cells out: three of them are much
WIDE = 860.0  # three grids wider than this stand below each other


@dataclass(frozen=True)
class FoldPlan:
    """The grids of one input's way back.

    Attributes
    ----------
    d_out, local : the two factors, on the shape of the output
    fan : their products, and the gradient in the input's own shape
    stacked : whether the three stand below each other
    """

    d_out: TensorGrid
    local: TensorGrid
    fan: Fan
    stacked: bool

    @classmethod
    def of(
        cls,
        out: tuple[int, ...],
        own: tuple[int, ...],
        cell: float,
        names: float = 0.0,
    ) -> FoldPlan:
        """Place grids whose cells, and the first three names, are this wide."""
        grid = TensorGrid(out, cell=(cell, 36.0), gap=GAP, room=700.0)
        grid = replace(grid, short=SHORTEST) if grid.folded else grid
        box, extra = grid.bounds(), slice_room(grid)
        step = max(box.width, names) + SIGN
        stacked = 3 * step > WIDE
        down = box.height + HEAD + extra + 14
        one, two = (
            ((0.0, down), (0.0, 2 * down)) if stacked else ((step, 0), (2 * step, 0))
        )
        products = replace(grid, x=two[0], y=two[1])
        across = not own or (bool(out) and own[-1] != out[-1])
        room = ROOM["across"] + max(0.0, names - box.width) * across
        room = room if across else ROOM["down"] + 18.0 * (len(own) > 2)
        fan = Fan.beside(products, own, room, across=across)
        return cls(grid, replace(grid, x=one[0], y=one[1]), fan, stacked)

    def shortened(self, level: int) -> FoldPlan:
        """Return the plan with grids that leave out at least what this level does."""
        fan = replace(
            self.fan,
            near=replace(self.fan.near, short=level),
            far=replace(self.fan.far, short=level),
        )
        local, d_out = (replace(g, short=level) for g in (self.local, self.d_out))
        return replace(self, local=local, d_out=d_out, fan=fan)

    def bounds(self, folds: bool) -> Bounds:
        """Return the room that grids and names take, with the gradient or without."""
        grids = (self.d_out, self.local, self.fan.near, self.fan.far)
        around = Bounds.around(grid.bounds() for grid in grids[: 3 + folds])
        foot = GAP if self.fan.way == "across" or not folds else 28.0
        top, bottom = around.top - HEAD - slice_room(self.local), around.bottom + foot
        return around._replace(top=top, bottom=bottom)

    def names(self, names: Sequence[str]) -> tuple[Text, ...]:
        """Return the names of d_out, local, products and gradient."""
        grids = (self.d_out, self.local, self.fan.near)
        inks = ("gradient-ink", "local-ink", "gradient-ink")
        signs = ("", "·  ", "=  ") if self.stacked else ("", "", "")
        factors = [
            above(grid, f"{sign}{name}", ink)
            for grid, sign, name, ink in zip(grids, signs, names, inks)
        ]
        free_side = above if self.fan.way == "across" else below
        return (*factors, free_side(self.fan.far, names[3], "gradient-ink"))

    def signs(self) -> tuple[Text, ...]:
        """Return "·" and "=" between grids that stand side by side."""
        if self.stacked:
            return ()
        pairs = ((self.local, "·"), (self.fan.near, "="))
        return tuple(
            Text(grid.x - SIGN / 2 - 4, (box.top + box.bottom) / 2, sign, 24, bold=True)
            for grid, sign in pairs
            for box in [grid.bounds()]
        )


@dataclass(frozen=True)
class Pairs:
    """Each input beside its gradient, or above it, one pair below the other."""

    grids: tuple[tuple[TensorGrid, TensorGrid], ...]
    names: tuple[str, ...]

    @classmethod
    def of(
        cls,
        shapes: Sequence[tuple[int, ...]],
        cell: float,
        names: Sequence[str],
        *,
        short: int = 0,
    ) -> Pairs:
        """Place grids whose cells are this wide.

        Parameters
        ----------
        names : of the two inputs, then of the two gradients
        short : the least level of the grids
        """
        size = (cell, 36.0)
        grids = [TensorGrid(s, cell=size, gap=GAP, short=short) for s in shapes]
        named = max(width(name, 15, bold=True) for name in names)
        right = max(named, *(grid.bounds().width for grid in grids)) + 40
        beside = 2 * right <= WIDE + 120
        y, pairs = 0.0, []
        for grid in grids:
            extra = slice_room(grid)
            down = grid.bounds().height + extra + HEAD + 22
            x, lower = (right, 0.0) if beside else (0.0, down)
            y += extra
            pairs.append((replace(grid, y=y), replace(grid, x=x, y=y + lower)))
            y += lower + down - extra
        return cls(tuple(pairs), tuple(names))

    def named(self) -> tuple[Text, ...]:
        """Return the names of all four."""
        (a, d_a), (b, d_b) = self.grids
        inks = ("ink", "ink", "gradient-ink", "gradient-ink")
        named = zip((a, b, d_a, d_b), self.names, inks)
        return tuple(above(grid, name, ink) for grid, name, ink in named)
