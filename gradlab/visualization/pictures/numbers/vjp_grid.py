"""vjp_grid: d_out at the left of a Jacobian, and the gradient as sums of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.numbers.jacobian_grid_board import Board
from gradlab.visualization.pictures.numbers.jacobian_grid_matrix import (
    Matrix,
    Numbers,
    matrix,
    weights,
)
from gradlab.visualization.pictures.numbers.jacobian_grid_words import (
    BARS,
    Telling,
    held,
    nothing,
    room_of,
    total,
)
from gradlab.visualization.pictures.parts.words import product
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import number

EACH = 8  # up to here every column has a frame of its own


class Moment(NamedTuple):
    """What one frame is about: "start", "step", "forward", "turn", "column", "sums"."""

    name: str
    j: int = 0


class VjpGrid(Picture):
    """d_out · J, column by column; and J · v the other way."""

    def __init__(self, m: Matrix, d: Numbers, v: Numbers | None = None) -> None:
        self.matrix, self.d, self.v = m, d, v
        self.board = Board(m, d=d, v=v)
        self.telling = Telling(self.board)
        self.gradient = m.back_values(d)
        self.moments = list(self._moments()) if all(m.shape) else [Moment("start")]
        self.steps = len(self.moments)
        self.title = f"d_out times {m.says()[0].lower()}{m.says()[1:]}"

    def _moments(self) -> Iterator[Moment]:
        columns = self.board.columns
        yield Moment("start")
        if self.v is not None:
            yield Moment("step")
            yield Moment("forward")
        yield Moment("turn")
        few = len(columns) <= EACH
        for j in columns if few else (*columns[:3], columns[-1]):
            yield Moment("column", j)
        yield Moment("sums")

    # ----------------------------------- words -----------------------------------

    def _heading(self, moment: Moment) -> str:
        x, out = self.matrix.names
        if not all(self.matrix.shape):
            return nothing(self.matrix)
        if moment.name == "column":
            return self._sum(moment.j)
        return {
            "start": f"J says how each cell of {out} follows each cell of {x}.",
            "step": f"Forward: {x} moves by v, cell by cell.",
            "forward": f"Forward, J·v: row by row, about how far {out} moves.",
            "turn": "Backward, d_out·J: each d_out multiplies its row of J.",
            "sums": f"The gradient of {x}: one sum per column.",
        }[moment.name]

    def _sum(self, j: int) -> str:
        pairs = self.matrix.pairs_down(self.d, j)
        return total(f"Gradient of {self.matrix.x_name(j)}", pairs, self.gradient[j])

    def _lines(self, moment: Moment) -> list[Line]:
        if not all(self.matrix.shape):
            return []
        if moment.name == "forward":
            moves = self.telling.moves(self.v or ())[:4]
            closer = ("The smaller v is, the closer this comes.", "soft")
            return [*((f"{line}.", "ink") for line in moves), closer]
        if moment.name == "sums":
            said: Line = ("One backward gives these numbers and never builds J.", "ink")
            stray = self.telling.stray(self.d)
            return [*(stray or [said]), *self.telling.notes()]
        return [BARS, *self.telling.notes()] if moment.name == "start" else []

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        said = [f"{self._heading(moment).rstrip('.')}."]
        if moment.name == "start":
            said += self.telling.all_follow()
        elif moment.name == "step":
            said.append(held("v", self.board.columns, self.v or ()))
        elif moment.name == "turn":
            said.append(held("d_out", self.board.rows, self.d))
        elif moment.name == "sums":
            said += [f"{self._sum(j)}." for j in self.board.columns]
        return " ".join([*said, *(line for line, _ in self._lines(moment))])

    def table(self) -> str:
        """Return x, the result, J, d_out and the gradient, number by number."""
        parts = [self.telling.table(), self.telling.back(self.d)]
        if self.v is not None:
            parts.append(self.telling.forward(self.v))
        return "\n".join(parts)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        names = self.matrix.names
        if moment.name == "column":
            own = self.matrix.x_name(moment.j)
            return f"Which cells of J and of d_out make the gradient of {own}?"
        return {
            "start": f"How many rows has J, and how many columns? {names[0]} goes in.",
            "step": "J stands still. Which numbers does v multiply?",
            "forward": f"About how far does each cell of {names[1]} move?",
            "turn": "Now d_out comes back. From which side, and what does it multiply?",
            "sums": "All columns together: how many numbers has the gradient?",
        }[moment.name]

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame."""
        moment = self.moments[step]
        if not all(self.matrix.shape):
            return sheet(self._heading(moment), self.telling.empty())
        body = list(self._body(moment))
        room = room_of(map(self._body, self.moments), body)
        return sheet(self._heading(moment), body, self._lines(moment), around=room)

    def _body(self, moment: Moment) -> Iterator[Item]:
        board = self.board
        text, lit = self._products(moment)
        bars = board.rows if moment.name == "start" else ()
        yield from board.cells(text, lit, bars=bars)
        if moment.name in ("step", "forward"):
            yield from self._forward(moment)
            return
        yield from board.x_row()
        yield from board.out_column(board.rows)
        if moment.name == "start":
            yield board.label()
            return
        yield from board.d_row(lit=moment.name == "column")
        yield from self._sums(moment)

    def _products(
        self, moment: Moment
    ) -> tuple[Callable[[int, int], str], list[tuple[int, int]]]:
        """Return what the cells of J print, and which stand out."""
        board = self.board
        if moment.name != "column":
            return board.number, []
        lit = [(k, moment.j) for k in board.rows]

        def text(k: int, j: int) -> str:
            plain = j != moment.j or not board.multiplied
            local = self.matrix.rows[k][j]
            return number(local) if plain else product(self.d[k], local)

        return text, lit

    def _forward(self, moment: Moment) -> Iterator[Item]:
        board = self.board
        done = moment.name == "forward"
        moved = self.matrix.forward(self.v or ())
        known = board.rows if done else []
        yield from board.v_column()
        yield from board.out_column(known, known, moved, "J·v")
        yield from board.to_out(board.rows)

    def _sums(self, moment: Moment) -> Iterator[Item]:
        columns = self.board.columns
        last = moment.j if moment.name == "column" else -1
        known = [j for j in columns if j <= last or moment.name == "sums"]
        values = {j: self.gradient[j] for j in known}
        yield from self.board.sums(values, last if last >= 0 else None)


def vjp_grid(
    f: Any,
    x: Any,
    d_out: Any,
    *,
    v: Any = None,
    names: Sequence[str] | None = None,
) -> VjpGrid:
    """Return the picture of d_out times a Jacobian: the gradient, column by column.

    Parameters
    ----------
    f : a function of a tensor that returns a tensor, or a list of them
    x : where: a tensor, an array, nested lists, or a number
    d_out : the gradient of the result, of its shape
    v : a step of x, of its shape; with it, J·v is shown first
    names : what to call x and the result

    Raises
    ------
    TypeError
        If f is no function that returns a tensor, or something holds no numbers.
    ValueError
        If d_out or v has another shape, or f cannot work on x.

    Examples
    --------
    >>> picture = vjp_grid(lambda x: [x[0], x[0] * x[1]], [3, 5], [1, 2])
    >>> picture.alt(2)
    'Gradient of x[0] = 1·1 + 2·5 = 11.'
    """
    made = matrix(f, x, names, "vjp_grid")
    d = weights(d_out, made.out.shape, "d_out", "f's result")
    step = None if v is None else weights(v, made.x.shape, "v", made.names[0])
    return VjpGrid(made, d, step)
