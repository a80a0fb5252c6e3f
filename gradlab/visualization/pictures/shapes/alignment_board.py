"""alignment_board: what a learner's shape_broadcast did with two shapes, dim by dim.

It shows what the code returned and which dims are wrong, never what would be right;
`truth()` gives the picture of gradlab's own code, to put beside it with `compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gradlab.indexing import shape_broadcast
from gradlab.visualization.own_code import outcome, plain, whole_numbers
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.shapes.alignment import CARD, PITCH, ROW
from gradlab.visualization.scene import Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import size_names, table_text, width
from gradlab.visualization.values import Shape, as_shape

ROOM = 560.0  # how wide lines of text may get


class Dim(NamedTuple):
    """One column: the sizes drawn, the size returned, and what is wrong with it."""

    dim: int
    a: int | None
    b: int | None
    own: int | None
    wrong: str


class AlignmentBoard(Picture):
    """Two shapes as a learner's code lined them up, and what it returned."""

    def __init__(
        self,
        a_shape: Any,
        b_shape: Any,
        result: object,
        align: str = "right",
        *,
        name: str = "yours",
    ) -> None:
        if align not in ("left", "right"):
            raise ValueError(f'align is "left" or "right", not {align!r}.')
        self.a, self.b = as_shape(a_shape, "a_shape"), as_shape(b_shape, "b_shape")
        self.align, self.result, self.name = align, result, name
        self.sizes = whole_numbers(result)
        expected = outcome(shape_broadcast, self.a, self.b)
        self.expected = expected if isinstance(expected, tuple) else None
        self.dims = self._dims()
        who = "Your code" if name == "yours" else "The rules"
        self.title = f"{who} on {size_names(self.a)} and {size_names(self.b)}"

    def truth(self) -> AlignmentBoard:
        """Return the picture of gradlab's own code on these two shapes."""
        result = outcome(shape_broadcast, self.a, self.b)
        return AlignmentBoard(self.a, self.b, result, name="result")

    @property
    def passed(self) -> bool:
        """Return whether the code did what the rules say."""
        if self.expected is None:
            return isinstance(self.result, ValueError)
        return isinstance(self.result, tuple) and self.sizes == self.expected

    # --------------------------------- comparing ---------------------------------

    def _dims(self) -> list[Dim]:
        rank = max(len(self.a), len(self.b), len(self.sizes or ()))
        drawn = (_padded(s, rank, self.align) for s in (self.a, self.b))
        right = (_padded(s, rank) for s in (self.a, self.b, self.sizes or ()))
        expected = _padded(self.expected or (), rank)
        columns = zip(*drawn, *right, expected, strict=True)
        return [
            Dim(k - rank, a, b, own, self._wrong(x, y, own, size))
            for k, (a, b, x, y, own, size) in enumerate(columns)
        ]

    def _wrong(
        self, x: int | None, y: int | None, own: int | None, expected: int | None
    ) -> str:
        """Return what is wrong with a returned size, or ""."""
        if self.sizes is None or own is None:
            return ""
        if self.expected is None:
            clash = x != y and None not in (x, y) and 1 not in (x, y)
            return f"{x} meets {y} and neither is 1" if clash else ""
        if own == expected:
            return ""
        if x is None and y is None:
            return f"neither shape has this dim, {self.name} has {own}"
        met = f"{x} meets {y}" if None not in (x, y) else f"only one shape has {x or y}"
        return f"{met}, {self.name} has {own}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the two shapes as the code lined them up, and what came out."""
        wide = self._x(max(1, len(self.dims)) - 1) + CARD[0]
        line = Box(0, _y(2) - 10, wide, 0.1, look="muted")
        rows = (*self._shape(0, "a", self.a), *self._shape(1, "b", self.b))
        body = (*self._numbers(), *rows, line, *self._own())
        around = Bounds(0, 0, wide, _y(3) + 4)
        lines = [(said, "ink") for said in self._lines()]
        return sheet(self.title, body, lines, around=around, room=ROOM)

    def _x(self, column: int) -> float:
        return width(self.name, 17, bold=True) + 18 + column * PITCH

    def _numbers(self) -> tuple[Text, ...]:
        return tuple(
            Text(self._x(k) + CARD[0] / 2, 12, str(d.dim), 15, "soft")
            for k, d in enumerate(self.dims)
        )

    def _shape(self, row: int, name: str, shape: Shape) -> tuple[Item, ...]:
        label = Text(0, _y(row) + CARD[1] / 2, name, 17, anchor="start", bold=True)
        if not shape:
            place = (self._x(0), _y(row), 96.0, CARD[1])
            return (label, Box(*place, "() no dims", "none", 15))
        sizes = [d[1 + row] for d in self.dims]
        cards = (
            self._card(k, row, str(size), "card")
            for k, size in enumerate(sizes)
            if size is not None
        )
        return (label, *cards)

    def _own(self) -> tuple[Item, ...]:
        """Return the row of what the code returned or raised."""
        label = Text(0, _y(2) + CARD[1] / 2, self.name, 17, anchor="start", bold=True)
        if not self.sizes:
            return (label, self._other())
        items: list[Item] = [label]
        for k, d in enumerate(self.dims):
            if d.own is not None and d.wrong:
                items.append(self._card(k, 2, str(d.own), "wrong", "wrong"))
                x, y = self._x(k) + CARD[0] / 2, _y(2) + CARD[1] + 12
                items.append(Text(x, y, "wrong", 13, "wrong-ink", bold=True))
            elif d.own is not None:
                items.append(self._card(k, 2, str(d.own), "forward"))
        return tuple(items)

    def _card(self, k: int, row: int, text: str, look: str, *marks: str) -> Box:
        wide = width(text, 21, bold=True)
        size = min(21.0, 21 * (CARD[0] - 8) / wide)
        return Box(self._x(k), _y(row), *CARD, text, look, size, True, marks)

    def _other(self) -> Box:
        """Return what came out instead of sizes: an error, or something else."""
        text = plain(self.result)
        wide = max(CARD[0], width(text, 16, bold=True) + 24)
        look, marks = ("forward", ()) if self.passed else ("wrong", ("wrong",))
        return Box(self._x(0), _y(2), wide, CARD[1], text, look, 16, True, marks)

    # ----------------------------------- words -----------------------------------

    def _lines(self) -> list[str]:
        """Return what the code did, then what is wrong with it."""
        verb = "raised" if isinstance(self.result, BaseException) else "returned"
        who = "Your code" if self.name == "yours" else "gradlab"
        lines = [f"{who} {verb} {plain(self.result)}."]
        if self.align == "left":
            lines[0] += " It lined the shapes up on the left."
        return lines if self.passed else lines + self._judgement()

    def _judgement(self) -> list[str]:
        dim = "Lined up on the right, dim" if self.align == "left" else "Dim"
        wrong = [f"{dim} {d.dim}: {d.wrong}." for d in self.dims if d.wrong]
        if wrong:
            return wrong
        if self.expected is None:
            return ["These shapes do not broadcast. A ValueError should say so."]
        if self.sizes is None:
            return ["These two shapes do broadcast: a tuple of sizes is expected."]
        if len(self.sizes) != len(self.expected):
            return [f"{len(self.sizes)} is not the number of dims that the rules give."]
        return [f"A shape is a tuple, not a {type(self.result).__name__}."]

    def alt(self, step: int = -1) -> str:
        """Return in words what the code did with the two shapes."""
        self.at(step)
        return " ".join([f"{self.title}.", *self._lines()])

    def table(self) -> str:
        """Return one row per dim, as the code lined the shapes up."""
        if not self.dims:
            return "no dims"
        rows = [
            [str(d.dim), _text(d.a), _text(d.b), _text(d.own), "wrong" * bool(d.wrong)]
            for d in self.dims
        ]
        return table_text(["dim", "a", "b", self.name, ""], rows)


def _y(row: int) -> float:
    return 28 + row * ROW + (8 if row > 1 else 0)


def _text(size: int | None) -> str:
    return "" if size is None else str(size)


def _padded(sizes: Sequence[int], rank: int, align: str = "right") -> list[int | None]:
    """Return sizes with None for the dims that are missing on one side."""
    gap: list[int | None] = [None] * (rank - len(sizes))
    return [*sizes, *gap] if align == "left" else [*gap, *sizes]


def alignment_board(
    a_shape: Any, b_shape: Any, result: object, align: str = "right"
) -> AlignmentBoard:
    """Return the picture of what a learner's shape_broadcast did with two shapes.

    Parameters
    ----------
    a_shape, b_shape : the two shapes
    result : what the code returned, or the exception that it raised
    align : the side on which the code lined the shapes up, "right" or "left"

    Raises
    ------
    ValueError
        If `align` is neither.

    Examples
    --------
    >>> board = alignment_board((2,), (4,), (4,))
    >>> board.passed, board.dims[0].wrong
    (False, '2 meets 4 and neither is 1')
    """
    return AlignmentBoard(a_shape, b_shape, result, align)
