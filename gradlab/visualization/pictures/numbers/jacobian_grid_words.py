"""What pictures of a Jacobian say in words and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from gradlab.visualization.pictures.numbers.jacobian_grid_board import Board
from gradlab.visualization.pictures.numbers.jacobian_grid_matrix import (
    Matrix,
    Numbers,
    follows,
)
from gradlab.visualization.pictures.parts.words import addends
from gradlab.visualization.scene import Bounds, Box, Item
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import number, size_names, table_text


def total(
    name: str,
    pairs: Sequence[tuple[float, float]],
    value: float,
    sign: str = "= ",
) -> str:
    """Return a sum of products in words, with its result.

    Examples
    --------
    >>> total("gradient of x[0]", [(1, 1), (2, 5)], 11.0)
    'gradient of x[0] = 1·1 + 2·5 = 11'
    """
    return f"{name} {sign}{addends(pairs)} = {number(value)}"


def held(name: str, places: Sequence[int], values: Numbers) -> str:
    """Return the numbers of d_out or v that are drawn, in reading order."""
    return f"{name} holds {', '.join(number(values[n]) for n in places)}."


def nothing(m: Matrix) -> str:
    """Return why a Jacobian has no cells."""
    empty = [name for name, n in zip(m.names, reversed(m.shape)) if n == 0]
    verb = "have" if empty[1:] else "has"
    return f"J has shape {size_names(m.shape)}: {' and '.join(empty)} {verb} no cells."


BARS: Line = ("The bar in a cell: how strong; to the right +, to the left -.", "soft")


def room_of(bodies: Iterable[Iterable[Item]], own: Iterable[Item]) -> Bounds:
    """Return the room of all frames from side to side and below, of one frame above."""
    every = Bounds.around(item.bounds() for body in bodies for item in body)
    return every._replace(top=Bounds.around(item.bounds() for item in own).top)


class Telling:
    """A Jacobian in words.

    Parameters
    ----------
    board : says which of its cells are drawn
    """

    def __init__(self, board: Board) -> None:
        self.board, self.matrix = board, board.matrix

    def row(self, k: int) -> str:
        """Return how output cell k follows the inputs."""
        m = self.matrix
        pairs = [(m.x_name(j), d) for j, d in enumerate(m.rows[k])]
        return follows(m.out_name(k), pairs)

    def all_follow(self) -> list[str]:
        """Return every drawn row in words."""
        return [f"{self.row(k)}." for k in self.board.rows[:8]]

    def notes(self) -> list[Line]:
        """Return what is not drawn, if anything."""
        note = self.board.grid.note()
        return [(f"J {note}", "soft")] if note else []

    def empty(self) -> Iterator[Item]:
        """Yield what is drawn where there are no cells."""
        yield Box(0, 0, 118, 36, "no cells", "ghost", 14)

    def stray(self, d: Numbers) -> list[Line]:
        """Return where one backward gives another number than d_out · J, if at all."""
        for j, gradient in self.matrix.strays(d).items():
            said = f"But one backward gives {number(gradient)} for "
            end = f"{self.matrix.x_name(j)}, which is wrong: not d_out times J."
            return [(said + end, "wrong-ink")]
        return []

    # ----------------------------- central differences -----------------------------

    @cached_property
    def differences(self) -> dict[tuple[int, int], float]:
        """How far both Jacobians are apart, cell by cell."""
        m = self.matrix
        return {
            (k, j): abs(d - m.numeric[k][j])
            for k, row in enumerate(m.rows)
            for j, d in enumerate(row)
        }

    @cached_property
    def agree(self) -> bool | None:
        """Whether both Jacobians agree; None where they cannot be compared."""
        largest = max(self.differences.values())
        strongest = max(abs(d) for row in self.matrix.rows for d in row)
        if not math.isfinite(sum(self.differences.values())):
            return None
        return largest <= 1e-3 * strongest + 1e-6

    def compared_heading(self) -> str:
        """Return the line above both Jacobians."""
        ends = {None: "", True: ": the same numbers", False: ": other numbers"}
        return f"Central differences, without backward{ends[self.agree]}."

    @cached_property
    def compared(self) -> list[str]:
        """Say how far both Jacobians are apart at most, and where."""
        apart = self.differences
        if any(d != d for d in apart.values()):
            return ["Somewhere a central difference is not a number: no comparison."]
        k, j = max(apart, key=lambda cell: apart[cell])
        where = f"in row {self.matrix.out_name(k)}, column {self.matrix.x_name(j)}"
        said = [f"The largest difference is {number(apart[k, j])}, {where}."]
        if self.agree is False:
            said.append("At a corner of f both may be right; elsewhere, one is wrong.")
        return said

    # ----------------------------------- tables -----------------------------------

    def table(self) -> str:
        """Return x, the result and the drawn cells of J."""
        m = self.matrix
        values = ["value", *(number(m.x_values[j]) for j in self.board.columns), ""]
        lines = [values]
        for k in self.board.rows:
            cells = (self.board.number(k, j) for j in self.board.columns)
            lines.append([m.out_name(k), *cells, number(m.out_values[k])])
        head = ["J", *map(m.x_name, self.board.columns), "value"]
        notes = [line for line, _ in self.notes()]
        sizes = f"{m.says()}: {m.shape[0]:,} rows, {m.shape[1]:,} columns"
        return "\n".join([sizes, table_text(head, lines), *notes])

    def numeric(self) -> str:
        """Return the drawn cells of J from central differences."""
        m = self.matrix
        lines = [
            [m.out_name(k), *(number(m.numeric[k][j]) for j in self.board.columns)]
            for k in self.board.rows
        ]
        return table_text(["numeric", *map(m.x_name, self.board.columns)], lines)

    def back(self, d: Numbers) -> str:
        """Return d_out and the gradient."""
        m, sums = self.matrix, self.matrix.back_values(d)
        lines = [f"{m.out_name(k, 'd_out')} = {number(d[k])}" for k in self.board.rows]
        for j in self.board.columns:
            name = f"gradient of {m.x_name(j)}"
            products = ", ".join(addends([p]) for p in m.pairs_down(d, j)[:400])
            lines.append(f"{name} = {number(sums[j])}, the sum of {products or 'none'}")
        return "\n".join(lines)

    def forward(self, v: Numbers) -> str:
        """Return v and J · v."""
        m = self.matrix
        lines = [f"{m.x_name(j, 'v')} = {number(v[j])}" for j in self.board.columns]
        return "\n".join([*lines, *self.moves(v)])

    def moves(self, v: Numbers) -> list[str]:
        """Return how far each drawn output cell moves if x moves by v."""
        m, moved = self.matrix, self.matrix.forward(v)
        return [
            total(f"{m.out_name(k)} moves by about", m.pairs_across(v, k), moved[k], "")
            for k in self.board.rows
        ]
