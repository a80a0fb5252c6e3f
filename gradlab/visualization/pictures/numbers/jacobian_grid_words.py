"""What pictures of a Jacobian say in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gradlab.visualization.pictures.flows.zip_words import addends
from gradlab.visualization.pictures.numbers.jacobian_grid_board import Board
from gradlab.visualization.pictures.numbers.jacobian_grid_matrix import (
    Matrix,
    Numbers,
    follows,
)
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
        m, moved = self.matrix, self.matrix.forward(v)
        lines = [f"{m.x_name(j, 'v')} = {number(v[j])}" for j in self.board.columns]
        for k in self.board.rows:
            pairs = m.pairs_across(v, k)
            lines.append(total(f"{m.out_name(k)} moves by", pairs, moved[k], ""))
        return "\n".join(lines)
