"""jacobian_grid: how every cell of a result follows every cell of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.numbers.jacobian_grid_board import Board
from gradlab.visualization.pictures.numbers.jacobian_grid_matrix import (
    Matrix,
    Numbers,
    follows,
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
from gradlab.visualization.scene import Group, Item, Scene, Text
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import number

ROWS, COLUMNS = 8, 4  # up to here each of them has a frame of its own
HALF_ROOM = 380.0  # for each of two Jacobians side by side


class Moment(NamedTuple):
    """What one frame is about: "start", "row", "column", "numeric", "back"."""

    name: str
    place: int = 0


class JacobianGrid(Picture):
    """A Jacobian: row by row who follows whom, column by column who moves whom."""

    def __init__(
        self, m: Matrix, *, d_out: Numbers | None = None, numeric: bool = False
    ) -> None:
        self.matrix, self.d, self.numeric = m, d_out, numeric
        room = HALF_ROOM if numeric else 640.0
        self.board = Board(m, d=d_out, room=room)
        self.telling = Telling(self.board)
        self.moments = [Moment("start"), *(self._moments() if all(m.shape) else ())]
        self.steps = len(self.moments)
        self.title = m.says()

    def _moments(self) -> Iterator[Moment]:
        rows, columns = self.board.rows, self.board.columns
        for k in rows if len(rows) <= ROWS else (*rows[:3], rows[-1]):
            yield Moment("row", k)
        for j in columns if len(columns) <= COLUMNS else (self._busiest(),):
            yield Moment("column", j)
        if self.numeric:
            yield Moment("numeric")
        if self.d is not None:
            yield Moment("back")

    def _busiest(self) -> int:
        """Return the drawn column that moves most cells; the first of several."""
        moved = {
            j: sum(d != 0 for d in self.matrix.column(j)) for j in self.board.columns
        }
        return max(moved, key=lambda j: moved[j])

    # ----------------------------------- words -----------------------------------

    def _heading(self, moment: Moment) -> str:
        m = self.matrix
        x, out = m.names
        if not all(m.shape):
            return nothing(m)
        if moment.name == "row":
            return f"Row {m.out_name(moment.place)}: what it follows."
        if moment.name == "column":
            return f"Column {m.x_name(moment.place)}: everything that it moves."
        if moment.name == "numeric":
            return self.telling.compared_heading()
        return {
            "start": f"One row per cell of {out}, one column per cell of {x}.",
            "back": f"d_out·J is the gradient of {x}.",
        }[moment.name]

    def _lines(self, moment: Moment) -> list[Line]:
        if not all(self.matrix.shape):
            return []
        made: Callable[[int], list[str]] = {
            "row": self._row_said,
            "column": self._column_said,
            "numeric": lambda place: self.telling.compared,
            "back": self._back_said,
        }.get(moment.name, self._sizes_said)
        lines: list[Line] = [(line, "ink") for line in made(moment.place)]
        if moment == self.moments[1]:
            lines.append(BARS)
        if moment.name == "back":
            lines += self.telling.stray(self.d or ())
        whole = moment.name in ("start", "numeric", "back")
        return [*lines, *(self.telling.notes() if whole else ())]

    def _sizes_said(self, place: int) -> list[str]:
        rows, columns = self.matrix.shape
        many = f"{rows:,} × {columns:,} cell{'s' * (rows * columns != 1)}"
        return [f"The Jacobian J has {many}. Each is one local derivative."]

    def _row_said(self, k: int) -> list[str]:
        m = self.matrix
        lines = [f"{self.telling.row(k)}."]
        if m.shape[1] <= 4:
            steps = " + ".join(
                f"{number(d)}·{m.x_name(j, 'dx')}" for j, d in enumerate(m.rows[k])
            )
            steps = steps.replace("+ -", "- ")
            lines.append(f"A small step dx of {m.names[0]} moves it by about {steps}.")
        return lines

    def _column_said(self, j: int) -> list[str]:
        m = self.matrix
        moved = [(m.out_name(k), d) for k, d in enumerate(m.column(j)) if d != 0]
        if not moved:
            return [f"{m.x_name(j)} moves no cell of {m.names[1]}."]
        said = follows("", moved).removeprefix(" follows ")
        return [
            f"{m.x_name(j)} moves {said}.",
            f"Backward, {m.x_name(j)} hears from each cell that it moves.",
        ]

    def _back_said(self, place: int) -> list[str]:
        m, d = self.matrix, self.d or ()
        gradient = m.back_values(d)
        return [
            f"{total(f'Gradient of {m.x_name(j)}', m.pairs_down(d, j), gradient[j])}."
            for j in self.board.columns[:4]
        ]

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        m = self.matrix
        said = [self._heading(moment)]
        if all(m.shape) and moment.name == "start":
            said.append(held(m.names[0], self.board.columns, m.x_values))
            said.append(held(m.names[1], self.board.rows, m.out_values))
        if moment.name == "back":
            said.append(held("d_out", self.board.rows, self.d or ()))
        lines = [line for line, _ in self._lines(moment)]
        if moment.name == "numeric":
            lines += self.telling.all_follow()
        return " ".join([*said, *lines])

    def table(self) -> str:
        """Return x, the result and J; with central differences and d_out if asked."""
        parts = [self.telling.table()]
        if self.numeric and all(self.matrix.shape):
            parts += [self.telling.numeric(), *self.telling.compared]
        if self.d is not None:
            parts.append(self.telling.back(self.d))
        return "\n".join(parts)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        m = self.matrix
        if moment.name == "row":
            return f"Which inputs does {m.out_name(moment.place)} follow? How strongly?"
        if moment.name == "column":
            return f"Which results move when only {m.x_name(moment.place)} moves?"
        return {
            "start": "How many rows and how many columns will J have?",
            "numeric": "How could we check these numbers without backward?",
            "back": "d_out stands at the left. What stands below each column?",
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
        known = self._known(moment)
        lit = self._lit(moment)
        yield from board.cells(self._text(known), lit, bars=known)
        column = [moment.place] if moment.name == "column" else []
        on_row = [moment.place] if moment.name == "row" else []
        moved = [k for k, j in lit if self.matrix.rows[k][j] != 0]
        yield from board.x_row(lit=column or [j for _, j in lit])
        yield from board.out_column(board.rows, lit=on_row or moved)
        yield from board.to_out(on_row or moved)
        yield from map(board.from_x, column)
        if moment.name == "back":
            gradient = self.matrix.back_values(self.d or ())
            yield from board.d_row()
            yield from board.sums({j: gradient[j] for j in board.columns})
            return
        yield board.label()
        if moment.name == "numeric":
            yield from self._second()

    def _known(self, moment: Moment) -> list[int]:
        """Return the rows that are known by now."""
        last = {"start": -1, "row": moment.place}.get(moment.name)
        return [k for k in self.board.rows if last is None or k <= last]

    def _text(self, known: Sequence[int]) -> Callable[[int, int], str]:
        return lambda k, j: self.board.number(k, j) if k in known else ""

    def _lit(self, moment: Moment) -> list[tuple[int, int]]:
        if moment.name == "row":
            return [(moment.place, j) for j in self.board.columns]
        if moment.name == "column":
            return [(k, moment.place) for k in self.board.rows]
        return []

    def _second(self) -> Iterator[Item]:
        """Yield the Jacobian from central differences, right of everything."""
        board, m = self.board, self.matrix
        box = Group((*board.x_row(), *board.out_column(board.rows)), 0, 0).bounds()
        move = box.right + 40 - board.grid.bounds().left
        cells = board.cells(lambda k, j: number(m.numeric[k][j]))
        yield Group(tuple(cells), move, 0)
        y = board.grid.bounds().top - 15
        yield Text(box.right + 40, y, "from central differences", 14, "soft", "start")


def jacobian_grid(
    f: Any,
    x: Any,
    *,
    d_out: Any = None,
    numeric: bool = False,
    names: Sequence[str] | None = None,
) -> JacobianGrid:
    """Return the picture of a Jacobian: rows are results, columns are inputs.

    Parameters
    ----------
    f : a function of a tensor that returns a tensor, or a list of them
    x : where: a tensor, an array, nested lists, or a number
    d_out : a gradient of the result, of its shape; with it, a last frame goes back
    numeric : whether to draw the Jacobian from central differences beside it
    names : what to call x and the result

    Raises
    ------
    TypeError
        If f is no function that returns a tensor, or something holds no numbers.
    ValueError
        If d_out has another shape than the result, or f cannot work on x.

    Examples
    --------
    >>> picture = jacobian_grid(lambda x: [x[0], x[0] * x[1]], [3, 5])
    >>> "out[1] follows x[0] by 5 and x[1] by 3" in picture.alt(2)
    True
    """
    made = matrix(f, x, names, "jacobian_grid")
    shape = made.out.shape
    d = None if d_out is None else weights(d_out, shape, "d_out", "f's result")
    return JacobianGrid(made, d_out=d, numeric=bool(numeric))
