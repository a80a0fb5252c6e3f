"""Two shapes over each other, dim by dim: the part that several pictures share."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gradlab.visualization.scene import Box, Item, Text, paragraph
from gradlab.visualization.text import width

PITCH = 74.0  # from one column of cards to the next
CARD = (58.0, 46.0)
ROW = 58.0
NOTES = 430.0  # how wide verdicts below the cards may get


@dataclass(frozen=True)
class Column:
    """One dim of two shapes: sizes (None: missing), result (None: clash), verdict."""

    dim: int
    a: int | None
    b: int | None
    out: int | None
    verdict: str

    @property
    def clash(self) -> bool:
        """Return whether the two sizes do not go together."""
        return self.out is None


def columns(
    a: Sequence[int], b: Sequence[int], names: tuple[str, str] = ("a", "b")
) -> list[Column]:
    """Return every dim of two shapes, from the right, with a verdict in words.

    Examples
    --------
    >>> for column in columns((4, 3), (4,)):
    ...     print(column.dim, column.verdict)
    -1 3 meets 4 and neither is 1, so they clash
    -2 b has no dim here, so it counts as 1 and becomes 4
    """
    pairs = itertools.zip_longest(reversed(a), reversed(b))
    return [
        Column(-k, x, y, _result(x, y), _verdict(x, y, names))
        for k, (x, y) in enumerate(pairs, start=1)
    ]


def _result(x: int | None, y: int | None) -> int | None:
    x, y = (1 if size is None else size for size in (x, y))
    if x != y and 1 not in (x, y):
        return None
    return y if x == 1 else x


def _verdict(x: int | None, y: int | None, names: tuple[str, str]) -> str:
    for name, own, other in ((names[0], x, y), (names[1], y, x)):
        if own is None:
            becomes = "stays 1" if other == 1 else f"becomes {other}"
            return f"{name} has no dim here, so it counts as 1 and {becomes}"
    if x == y:
        return f"{x} meets {y}, so it stays {x}"
    if x is not None and y is not None and 1 not in (x, y):
        return f"{x} meets {y} and neither is 1, so they clash"
    name, other = (names[0], y) if x == 1 else (names[1], x)
    return f"{x} meets {y}, so the 1 of {name} becomes {other}"


@dataclass(frozen=True)
class Board:
    """The cards of two shapes and their result at one moment.

    Parameters
    ----------
    cols : the dims, from the right
    slid : whether the shapes are lined up on the right already
    padded : whether dims missing on the left are drawn as dotted 1s
    judged : how many dims, from the right, have their verdict
    result : whether the row of the result is drawn
    names : what the rows are called
    verdicts : where the verdicts stand in words: "beside" the cards or "below" them
    calm : whether the newest verdict looks like the others
    """

    cols: list[Column]
    slid: bool = True
    padded: bool = True
    judged: int = 0
    result: bool = True
    names: tuple[str, str, str] = ("a", "b", "out")
    verdicts: Literal["beside", "below"] = "beside"
    calm: bool = False

    @property
    def label_room(self) -> float:
        """Return how much room the names of the rows take."""
        return max(width(name, 17, bold=True) for name in self.names) + 18

    def column_x(self, dim: int) -> float:
        """Return the left edge of the cards of one dim (-1 is the last)."""
        return self.label_room + (len(self.cols) + dim) * PITCH

    @property
    def width(self) -> float:
        """Return the width of the cards with their names."""
        return self.label_room + max(1, len(self.cols)) * PITCH

    @property
    def height(self) -> float:
        """Return the height, from the numbers of the dims to the last row."""
        return 34 + ROW * (3 if self.result else 2)

    def items(self) -> tuple[Item, ...]:
        """Return everything to draw; (0, 0) is the top left corner."""
        rows = [*self._row(0), *self._row(1)]
        if self.result:
            rows += self._result_row()
        numbers = self._dim_numbers() if self.slid else ()
        return (*numbers, *rows, *self._said())

    @property
    def current(self) -> int:
        """Return the number, from the right, of the dim in focus; 0 for none."""
        return 0 if self.calm else self.judged

    def _y(self, row: int) -> float:
        return 28 + row * ROW + (8 if row == 2 else 0)

    def _name(self, row: int) -> Text:
        y = self._y(row) + CARD[1] / 2
        return Text(0, y, self.names[row], 17, anchor="start", bold=True)

    def _dim_numbers(self) -> tuple[Text, ...]:
        return tuple(
            Text(
                self.column_x(c.dim) + CARD[0] / 2,
                12,
                str(c.dim),
                15,
                "ink" if -c.dim == self.current else "soft",
                bold=-c.dim == self.current,
            )
            for c in self.cols
        )

    def _row(self, row: int) -> tuple[Item, ...]:
        sizes = [(c.a, c.b)[row] for c in self.cols]
        own = sum(size is not None for size in sizes)
        slide = 0 if self.slid else (own - len(sizes)) * PITCH
        cards = [
            self._card(c, size, row, slide)
            for c, size in zip(self.cols, sizes)
            if size is not None or (self.slid and self.padded)
        ]
        if not own and not (self.slid and self.padded and self.cols):
            cards.append(self._rank_0(row))
        return (self._name(row), *cards)

    def _rank_0(self, row: int) -> Box:
        box = (self.label_room, self._y(row), 96.0, CARD[1])
        return Box(*box, "() no dims", "none", 15)

    def _card(self, c: Column, size: int | None, row: int, slide: float) -> Box:
        place = (self.column_x(c.dim) + slide, self._y(row), *CARD)
        text = "1" if size is None else str(size)
        marks = ("selected",) if -c.dim == self.current else ()
        look = "ghost" if size is None else "card"
        if c.clash and -c.dim <= self.judged:
            look, marks = "wrong", ("wrong",)
        beyond = self._beyond(c)
        if beyond and size is not None:
            look = "muted"
        return Box(*place, text, look, _fitting(text), bold=not beyond, marks=marks)

    def _beyond(self, c: Column) -> bool:
        """Return whether a clash further right ended the comparison before c."""
        return any(d.clash and -d.dim <= self.judged < -c.dim for d in self.cols)

    def _result_row(self) -> tuple[Item, ...]:
        line = self._y(2) - 10
        items: list[Item] = [
            self._name(2),
            Box(0, line, self.width - PITCH + CARD[0], 0.1, look="muted"),
        ]
        for c in self.cols[: self.judged]:
            place = (self.column_x(c.dim), self._y(2), *CARD)
            text = "clash" if c.out is None else str(c.out)
            look = "wrong" if c.clash else "forward"
            size = 15 if c.clash else _fitting(text)
            items.append(Box(*place, text, look, size, bold=True))
        if not self.cols:
            items.append(self._rank_0(2))
        return tuple(items)

    def _said(self) -> tuple[Item, ...]:
        """Return the verdicts so far, one paragraph per dim, the newest in bold."""
        below = self.verdicts == "below"
        x, y = (0.0, self.height + 14) if below else (self.width + 18, 35.5)
        few = len(self.cols) <= 4  # each may then take two lines beside the cards
        size, room = (17.0, max(NOTES, self.width)) if below else (15.0, 290.0)
        room = room if below or few else 10_000.0
        lines: list[Item] = []
        for c in self.cols[: self.judged]:
            line, new = f"dim {c.dim}:  {c.verdict}", -c.dim == self.current
            part = paragraph(line, x, y, room, size, ink=self._ink(c), bold=new)
            y += 1.4 * size * len(part) + 6
            lines += part
        return tuple(lines)

    def _ink(self, c: Column) -> str:
        """Return the ink of a verdict: that of the newest, and of all in the end."""
        if c.clash:
            return "wrong-ink"
        done = self.judged == len(self.cols)
        return "ink" if done or -c.dim == self.current else "soft"


def _fitting(text: str) -> float:
    """Return the largest size, up to 21, in which a text fits its card."""
    return min(21.0, 21.0 * (CARD[0] - 8) / max(width(text, 21, bold=True), 1.0))
