"""Where grids and storage stand: tensors above, the strip of storage below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gradlab.visualization.pictures.parts.grids import Index, TensorGrid
from gradlab.visualization.pictures.shapes.stretch import leave
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Text
from gradlab.visualization.text import width

WHOLE = 24  # a storage with more places is shortened
GAP = 4.0  # between places
HIGH = 36.0
HEAD = 46.0  # for the two lines above a grid
APART = 70.0  # between two grids
BELOW = 64.0  # between grids and storage, for the wires
PLACE = 12.0  # size of the number of a place


def places(total: int, told: Sequence[int]) -> list[int | None]:
    """Return the places of storage to draw; None is a "…".

    Examples
    --------
    >>> places(3, []), places(1000, [40, 999])
    ([0, 1, 2], [0, 1, None, 39, 40, 41, None, 998, 999])
    """
    if total <= WHOLE:
        return list(range(total))
    near = {p + d for p in told for d in (-1, 0, 1)} if len(told) < 6 else set(told)
    kept = sorted(p for p in near | {0, 1, total - 1} if 0 <= p < total)
    slots: list[int | None] = []
    for p in kept:
        if slots and slots[-1] != p - 1:
            slots.append(None)
        slots.append(p)
    return slots


@dataclass(frozen=True)
class Strip:
    """The storage as a row of numbered places."""

    slots: tuple[int | None, ...]
    y: float
    wide: float
    x: float = 0.0

    def left(self, slot: int) -> float:
        """Return where a slot begins."""
        return self.x + slot * (self.wide + GAP)

    def has(self, position: int) -> bool:
        """Say whether a place is drawn."""
        return position in self.slots

    def box(
        self, position: int, text: str, look: str, marks: tuple[str, ...] = ()
    ) -> Box:
        """Return the box of a place."""
        x = self.left(self.slots.index(position))
        return Box(
            x, self.y, self.wide, HIGH, text, look, bold=bool(marks), marks=marks
        )

    def numbers(self) -> Iterator[Text]:
        """Yield the number of each place below it, and "…" where some are left out."""
        for slot, position in enumerate(self.slots):
            x = self.left(slot) + self.wide / 2
            if position is None:
                yield Text(x, self.y + HIGH / 2 - 3, "…", 18, "soft")
            else:
                y = self.y + HIGH + 12
                yield Text(x, y, str(position), PLACE, "soft")

    def bounds(self) -> Bounds:
        """Return the rectangle around the places and their numbers."""
        right = self.left(max(1, len(self.slots))) - GAP
        return Bounds(self.x, self.y, right, self.y + HIGH + 22)


@dataclass(frozen=True)
class BoardPlan:
    """One or two grids and the storage in place."""

    grids: tuple[TensorGrid, ...]
    strip: Strip

    @classmethod
    def of(
        cls,
        shapes: Sequence[tuple[int, ...]],
        slots: Sequence[int | None],
        wide: tuple[float, float],
        heads: Sequence[float],
    ) -> BoardPlan:
        """Place everything.

        Parameters
        ----------
        wide : the width of a cell, and of a place
        heads : how wide the words above each grid are
        """
        room = 820.0 if len(shapes) == 1 else 660.0
        x, grids = 0.0, []
        for shape, head in zip(shapes, heads):
            grid = TensorGrid(shape, x=x, cell=(wide[0], HIGH), room=room)
            grids.append(grid)
            x = max(grid.bounds().right, x + head) + APART
        extra = 18.0 if any(len(shape) > 2 for shape in shapes) else 0.0
        grids = [replace(grid, y=HEAD + extra) for grid in grids]
        floor = max(grid.bounds().bottom for grid in grids)
        return cls(tuple(grids), Strip(tuple(slots), floor + BELOW, wide[1]))

    def bounds(self) -> Bounds:
        """Return the room that everything takes in any frame."""
        grids = Bounds.around(grid.bounds() for grid in self.grids)
        around = Bounds.around((grids, self.strip.bounds()))
        return around._replace(top=0.0, bottom=around.bottom + 24)

    def heads(self, k: int, lines: tuple[str, str]) -> tuple[Item, ...]:
        """Return the two lines above a grid."""
        x = self.grids[k].x
        return (
            Text(x, 10, lines[0], 15, anchor="start", bold=True),
            Text(x, 29, lines[1], 13, "soft", "start"),
        )

    def name(self, words: str) -> Text:
        """Return the words below the storage."""
        box = self.strip.bounds()
        return Text(box.left, box.bottom + 13, words, 15, anchor="start", bold=True)

    def refusal(self, asked: str) -> Box:
        """Return a view that strides cannot say, beside the storage."""
        box = self.strip.bounds()
        wide = width(asked, 15, bold=True) + 24
        place = (box.right + 40, self.strip.y, wide, HIGH)
        return Box(*place, asked, "wrong", bold=True, marks=("wrong",))

    def wire(self, k: int, index: Index, position: int) -> Arrow:
        """Return the way from a cell of grid k to its place: it crosses no number."""
        floor = max(grid.bounds().bottom for grid in self.grids)
        out = leave(self.grids[k].box(index), "bottom", floor)
        place = self.strip.box(position, "", "cell")
        x, y = place.port("top", 0.35 + 0.3 * k)
        lane = floor + 20 + 18 * k
        way = (*out, (out[-1][0], lane), (x, lane), (x, y))
        return Arrow(way, "forward", "elbow")
