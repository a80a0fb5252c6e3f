"""rule_table: the rules of broadcasting read off two shapes, from right to left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.shapes.alignment import (
    NOTES,
    Board,
    Column,
    columns,
)
from gradlab.visualization.scene import Scene, paragraph
from gradlab.visualization.text import size_names, table_text
from gradlab.visualization.values import as_shape


class RuleTable(Picture):
    """Two shapes as lined-up columns of cards, one verdict per dim and frame."""

    def __init__(self, a_shape: Any, b_shape: Any) -> None:
        self.a, self.b = as_shape(a_shape, "a_shape"), as_shape(b_shape, "b_shape")
        self.cols = columns(self.a, self.b)
        clash = next((k for k, c in enumerate(self.cols) if c.clash), None)
        self.last = len(self.cols) if clash is None else clash + 1
        self.steps = self.last + 1
        self.title = f"Do {size_names(self.a)} and {size_names(self.b)} broadcast?"

    @property
    def clash(self) -> Column | None:
        """Return the first dim from the right that clashes, if any."""
        return next((c for c in self.cols if c.clash), None)

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the result; only where nothing clashes."""
        return tuple(c.out or 0 for c in reversed(self.cols))

    def heading(self, judged: int) -> str:
        """Return the line above the cards after `judged` verdicts."""
        if judged < self.last or (not judged and self.cols):
            return self.title
        if self.clash:
            return f"No: dim {self.clash.dim} clashes. The comparison stops there."
        return f"Yes: the result has shape {size_names(self.shape)}."

    def scene(self, step: int) -> Scene:
        """Return the cards with the verdicts so far."""
        board = Board(self.cols, judged=step, verdicts="below")
        ink = "wrong-ink" if self.clash and step == self.last else "ink"
        text, room = self.heading(step), max(NOTES, board.width)
        lines = paragraph(text, 0, 0, room, 19, ink=ink, bold=True)
        head = (replace(t, y=t.y - lines[-1].bounds().bottom - 12) for t in lines)
        return Scene((*head, *board.items()))

    def alt(self, step: int = -1) -> str:
        """Return the verdicts so far in words."""
        judged = self.at(step)
        said = [f"Dim {c.dim}: {c.verdict}." for c in self.cols[:judged]]
        shapes = f"Shapes {size_names(self.a)} and {size_names(self.b)}"
        start = f"{shapes}, lined up on the right."
        end = [self.heading(judged)] if judged == self.last else []
        return " ".join([start, *said, *end])

    def table(self) -> str:
        """Return one row per dim, from the right."""
        return dim_table(self.cols)

    def ask(self, step: int) -> str:
        """Return the question about the next dim."""
        return f"What happens in dim {-step}?"


def dim_table(cols: list[Column]) -> str:
    """Return the dims of two shapes as a plain-text table."""
    rows = [
        [str(c.dim), _size(c.a), _size(c.b), _size(c.out, "clash"), c.verdict]
        for c in cols
    ]
    return table_text(["dim", "a", "b", "out", "verdict"], rows)


def _size(size: int | None, missing: str = "(1)") -> str:
    return missing if size is None else str(size)


def rule_table(a_shape: Any, b_shape: Any) -> RuleTable:
    """Return the dims of two shapes as columns with a verdict each, right to left.

    Parameters
    ----------
    a_shape, b_shape : shapes as tuples or lists of sizes, or tensors, which have one

    Raises
    ------
    TypeError
        If one of them is no shape.
    ValueError
        If a size is negative.

    Examples
    --------
    >>> print(rule_table((4, 3), (3,)).table())
    dim  a    b  out                                             verdict
     -1  3    3    3                            3 meets 3, so it stays 3
     -2  4  (1)    4  b has no dim here, so it counts as 1 and becomes 4
    """
    return RuleTable(a_shape, b_shape)
