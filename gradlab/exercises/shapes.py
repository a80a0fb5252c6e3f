"""Shapes or indices one below the other, lined up on the right, differences marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from gradlab.exercises.values import safe_repr

Cells = tuple[str, ...]


@dataclass(frozen=True)
class ShapeDiff:
    """Named rows of sizes, right-aligned; `marked` counts columns from the right.

    Examples
    --------
    >>> print(shape_diff([("expected", (2, 0)), ("yours", (0, 2, 0))]).text())
    expected     2  0
    yours     0  2  0
              ^
    """

    rows: tuple[tuple[str, Cells], ...]
    marked: frozenset[int] = frozenset()
    compared: int = 2

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(cells) or 1 for _, cells in self.rows), default=0)

    def text(self) -> str:
        """Return the rows as text, with ^ under each column that differs."""
        label = max(len(name) for name, _ in self.rows)
        size = max((len(cell) for _, row in self.rows for cell in row), default=1)
        lines = [
            f"{name:<{label}}" + "".join(f"  {cell:>{size}}" for cell in self.full(row))
            for name, row in self.rows
        ]
        marks = ("^" if each else " " for each in self._marks())
        last = " " * label + "".join(f"  {mark:>{size}}" for mark in marks)
        return "\n".join([*lines, last] if self.marked else lines).rstrip()

    def full(self, row: Cells) -> list[str]:
        """Return the row filled on the left to the full width; no dims read "()"."""
        row = row or ("()",)
        return [""] * (self.width - len(row)) + list(row)

    def html(self) -> str:
        """Return the rows as a table; what differs is outlined, bold and pointed at."""
        last = len(self.rows) - self.compared
        lines = [
            self._line(name, row, k >= last) for k, (name, row) in enumerate(self.rows)
        ]
        if self.marked:
            marks = ("&#9650;" if each else "" for each in self._marks())
            cells = "".join(f"<td>{mark}</td>" for mark in marks)
            lines.append(f'<tr class="gl-marks"><th></th>{cells}</tr>')
        return f'<table class="gl-shapes">{"".join(lines)}</table>'

    def _marks(self) -> list[bool]:
        return [self.width - k in self.marked for k in range(self.width)]

    def _line(self, name: str, row: Cells, compared: bool) -> str:
        cells = [
            f'<td class="gl-off"><b>{escape(text) or "&#8211;"}</b></td>'
            if mark and compared
            else f"<td>{escape(text)}</td>"
            for text, mark in zip(self.full(row), self._marks())
        ]
        return f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>'


def shape_diff(
    rows: Sequence[tuple[str, Sequence[object]]], compare: int = 2
) -> ShapeDiff:
    """Return the rows right-aligned; columns in which the last `compare` differ marked.

    Examples
    --------
    >>> sorted(shape_diff([("expected", (3, 4)), ("yours", (3, 1))]).marked)
    [1]
    """
    named = tuple((name, tuple(safe_repr(each) for each in row)) for name, row in rows)
    last = [row for _, row in named[len(named) - compare :]]
    width = max((len(row) for row in last), default=0)
    marked = {
        k
        for k in range(1, width + 1)
        if len({row[-k] if k <= len(row) else "" for row in last}) > 1
    }
    return ShapeDiff(named, frozenset(marked), compare)
