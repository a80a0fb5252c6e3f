"""path_ledger: every path from one cell to the result, and what each of them adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gradlab.visualization.flow_nodes import numbered, shape_of
from gradlab.visualization.flow_rules import Asked
from gradlab.visualization.ledger import Spot
from gradlab.visualization.paths import CellPaths, check_behind
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.ways.flow_film import check_result
from gradlab.visualization.pictures.ways.flow_telling import sentences
from gradlab.visualization.pictures.ways.ledger_words import LedgerWords
from gradlab.visualization.pictures.ways.path_plan import TO, PathPlan, plate
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import clean, number, table_text
from gradlab.visualization.values import as_cell

TOLD = 8  # so many paths get a frame each


class Moment(NamedTuple):
    """What one frame is about: "start", "row" number `row`, "sum" or "factored"."""

    name: str
    row: int = 0


class PathLedger(Picture):
    """The cells between one cell and the result, and the ledger of paths."""

    def __init__(self, result: Any, to: Any, index: Any, d_out: Any) -> None:
        self.paths = CellPaths(result, d_out)
        self.words = LedgerWords(self.paths, numbered([*map(_name, self.paths.nodes)]))
        self.ledger = self.paths.ledger(self._start(to, index))
        self.plan = PathPlan(self.paths, self.words, self.ledger)
        self.moments = list(self._moments())
        self.steps = len(self.moments)
        start, end = self.words.spot(self.ledger.spot), self.words.names[-1]
        self.title = f"Paths from {start} to {end}"

    def _start(self, to: Any, index: Any) -> Spot:
        if self.paths.too_large:
            raise ValueError(
                "path_ledger follows single cells; behind this result there are too "
                "many of them. Make the tensors smaller."
            )
        if index is None:
            return self.paths.spot(to, (0,) * len(shape_of(to)))
        return self.paths.spot(to, as_cell(index))

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        for n in range(min(len(self.ledger.rows), TOLD)):
            yield Moment("row", n)
        if self.ledger.count != 1:
            yield Moment("sum")
        if self.ledger.count > 1:
            yield Moment("factored")

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the cells, the path that is lit, and the ledger so far."""
        moment = self.moments[step]
        body, around = self._body(moment), self.plan.web.bounds()
        return sheet(self.heading(moment), body, self.lines(moment), around=around)

    def _body(self, moment: Moment) -> Iterator[Item]:
        lit, web = self._lit(moment), self.plan.web
        for n in range(len(web.wires)):
            look = "forward" if moment.name == "start" else "muted"
            yield web.arrow(n, "gradient" if n in lit else look, back=n in lit)
        for key in web.boxes:
            yield from self._node(key, moment)
        for n, (_, way) in enumerate(self.plan.wires):
            if n in lit or moment.name == "start":
                yield web.plate(n, plate(way), "local")

    def _lit(self, moment: Moment) -> set[int]:
        """Return the numbers of the wires that are lit."""
        if moment.name == "row":
            return self.plan.along(self.ledger.rows[moment.row])
        return set() if moment.name == "start" else {*range(len(self.plan.web.wires))}

    def _node(self, key: str, moment: Moment) -> Iterator[Item]:
        web, spot = self.plan.web, self.plan.spots.get(key)
        if spot is None:
            end = self.words.names[-1]
            yield from web.node(key, [(TO, "soft", False), (end, "ink", True)], "card")
            return
        start = spot == self.ledger.spot
        told = moment.name == "factored" or (moment.name == "sum" and start)
        look = "op" if self.paths.nodes[spot.node].history else "leaf"
        marks = ("selected",) if start else ()
        yield from web.node(key, self.plan.lines(spot, d=told), look, marks)

    # ----------------------------------- words -----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        if moment.name == "start":
            return self.words.head(self.ledger)
        if moment.name == "sum":
            return self.words.foot(self.ledger)
        if moment.name == "factored":
            return "Backward computes the same sum cell by cell"
        kind = "First wire" if self.ledger.bundled else "Path"
        of = len(self.ledger.rows)
        return f"{kind} {moment.row + 1} of {of:,}"

    def lines(self, moment: Moment) -> list[Line]:
        """Return the words below a frame: the ledger so far, and its sum."""
        rows = list(self.words.rows(self.ledger))
        if moment.name == "start":
            return [(line, "soft") for line in self._notes()]
        if moment.name == "factored":
            return list(self._factored())
        told = rows[: moment.row + 1] if moment.name == "row" else rows[:TOLD]
        lines = [(f"{where}: {product}", "gradient-ink") for where, product in told]
        if moment.name == "sum" and len(rows) > TOLD:
            lines.append((f"… and {len(rows) - TOLD:,} more in the table", "soft"))
        if moment.name == "row" and moment.row:
            so_far = sum(self.ledger.products[: moment.row + 1], 0.0)
            lines.append((f"so far: {number(so_far)}", "ink"))
        return lines if moment.name == "row" else [*lines, *self._wrong()]

    def _factored(self) -> Iterator[Line]:
        once, each = self.plan.multiplications()
        yield self.words.foot(self.ledger), "gradient-ink"
        text = "It adds up what arrives at a cell before it goes on: each wire counts "
        yield f"{text}once.", "ink"
        yield f"Multiplications: {once:,}; path by path {each:,}.", "ink"
        yield from self._wrong()

    def _wrong(self) -> Iterator[Line]:
        """Yield what is wrong with a Function on the way that gradlab does not know."""
        on_the_way = {spot.node for spot in self.plan.reached}
        for n in sorted(on_the_way & self.paths.flows.keys()):
            flow = self.paths.flows[n]
            if isinstance(flow.rule, Asked) and flow.warning:
                yield flow.warning, "wrong-ink"

    def _notes(self) -> Iterator[str]:
        if self.ledger.count:
            start = "the" if self.ledger.count == 1 else "each"
            yield (
                f"The product of {start} path: d_out times the local derivatives, from "
                "the result back."
            )
        if not self.plan.whole:
            drawn, every = len(self.plan.wires), len(self.plan.every)
            yield f"Only the first wires are drawn: {drawn} of {every:,}."

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        lines = (line for line, _ in self.lines(moment))
        return sentences([self.title, self.heading(moment), *lines])

    def table(self) -> str:
        """Return every path with its product, their sum, and the cells on the way."""
        paths = table_text(["path", "product"], self.words.rows(self.ledger))
        cells = [
            [
                self.words.spot(spot),
                number(self.paths.value(spot)),
                number(self.paths.gradients[spot]),
            ]
            for spot in self.plan.reached[:400]
        ]
        wires = [
            [self.words.spot(spot), self.words.spot(way.to), plate(way)]
            for spot, way in self.plan.wires
        ]
        return "\n\n".join(
            [
                f"{paths}\n{self.words.foot(self.ledger)}",
                table_text(["cell", "value", "gradient"], cells),
                table_text(["from", "to", "local"], wires),
            ]
        )

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return {
            "row": "Which way comes next, and what is its product?",
            "sum": "What do the paths add up to?",
            "factored": "How could one do with fewer multiplications?",
        }.get(self.moments[self.at(step)].name, "How many paths are there?")


def _name(node: Any) -> str:
    own = clean(getattr(node, "name", None) or "")
    return own or (node.history.fn.__name__ if node.history else "leaf")


def path_ledger(
    result: Any, to: Any, index: Any = None, *, d_out: Any = None
) -> PathLedger:
    """Return every path from one cell to the result, with products that add up.

    Up to 200 paths are listed; of more, one row per first wire, with the number of
    paths behind it. Then the same sum cell by cell, as backward computes it.

    Parameters
    ----------
    result : the Scalar or Tensor
    to : the leaf, or the result on the way, that has the cell
    index : which cell of it; the first one by default
    d_out : the gradient of the result, of its shape; may be left out for one number

    Raises
    ------
    TypeError
        If `result` is no Scalar or Tensor.
    ValueError
        If `to` is not behind the result, or there are too many cells.
    IndexError
        If there is no such cell.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> x, w = Scalar(2.0, "x"), Scalar(3.0, "w")
    >>> z = x * w
    >>> print(path_ledger(x * z, x).words.foot(path_ledger(x * z, x).ledger))
    The gradient of x = 6 + 6 = 12
    """
    check_result(result, "path_ledger")
    check_behind(result, to)
    return PathLedger(result, to, index, d_out)
