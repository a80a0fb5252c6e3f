"""gradient_flow: every cell that a gradient came from, across the whole computation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import shape_of
from gradlab.visualization.ledger import Ledger, Spot
from gradlab.visualization.paths import ROWS, CellPaths, check_behind
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.ways.flow_choice import Choice, choices
from gradlab.visualization.pictures.ways.flow_cursor import Moment
from gradlab.visualization.pictures.ways.flow_film import FlowFilm, check_result
from gradlab.visualization.pictures.ways.flow_graph import Lit
from gradlab.visualization.player import Player
from gradlab.visualization.sheet import Line
from gradlab.visualization.values import as_cell

CARRIED = 240  # a film carries all wires of an op that has no more than these
TOLD = 8  # of more paths than this, a frame tells the first ones; the table has all


class GradientFlow(FlowFilm):
    """A flow film in which one cell is chosen: where it leads, path by path.

    Attributes
    ----------
    choice : the chosen cell and its paths; None where cells cannot be followed
    """

    kind = "Gradient flow"

    def __init__(
        self,
        result: Any,
        to: Any = None,
        index: Any = None,
        d_out: Any = None,
        *,
        demo: bool = False,
        told: bool = True,
    ) -> None:
        super().__init__(result, d_out, demo=demo)
        self.to, self.index, self.told = to, index, told
        self.why_not = ""
        self.choice = self._choice()
        self.tells = told or self.choice is None  # else the reader's choice is told
        if self.choice is not None:
            self.title = f"{self.title}, to {self.choice.name}"

    def _choice(self) -> Choice | None:
        if self.course.d_out is None:
            return None
        paths = CellPaths(self.result, self.course.d_out)
        start = self._start(paths)
        if self.course.graph.error:
            return None
        self.why_not = self._trouble(paths, start)
        if start is None or self.why_not:
            return None
        return Choice(paths, self.course.graph, self.course.names, start)

    def _trouble(self, paths: CellPaths, start: Spot | None) -> str:
        """Say why single cells cannot be followed; "" if they can."""
        if start is None:
            return "No cell is followed: there is none."
        if paths.too_large:
            return f"No cell is followed: there are more than {ROWS:,} wires."
        try:
            _ = paths.ways
        except ValueError as error:  # a backward that cannot be asked
            return str(error)
        return ""

    def _start(self, paths: CellPaths) -> Spot | None:
        """Return the chosen cell, the first one by default; None if there is none."""
        leaf = self.to
        if leaf is None:
            leaf = next((n for n in paths.nodes if not n.history), paths.result)
        shape = shape_of(leaf)
        if self.index is not None:
            return paths.spot(leaf, as_cell(self.index))
        return None if 0 in shape else paths.spot(leaf, (0,) * len(shape))

    @property
    def ledger(self) -> Ledger | None:
        """Every path of the chosen cell; None where cells cannot be followed."""
        return None if self.choice is None else self.choice.ledger

    def choose(self, to: Any, index: Any = None) -> GradientFlow:
        """Return the same picture with another cell chosen.

        Parameters
        ----------
        to : a leaf, or a result on the way
        index : which cell of it; the first one by default
        """
        return GradientFlow(self.result, to, index, self.course.d_out)

    # ----------------------------------- drawing -----------------------------------

    def lit(self) -> Lit:
        """Return the cells that the chosen one leads to."""
        return self.choice.lit if self.choice is not None and self.told else {}

    def hidden(self, node: Node) -> bool:
        """Say whether the wires of an op are seen only for the reader's cell."""
        by_reader = self.choice is not None and not self.told
        return by_reader and WIRES < self.course.flow(node).most <= CARRIED

    def rows(self, node: Node, *, back: bool) -> list[FlowRow]:
        """Return the rows of an op that leave lit cells, if there are any."""
        if self.choice is None:
            return super().rows(node, back=back)
        if not self.told and self.course.flow(node).most <= CARRIED:
            return self.course.rows(node)
        lit, inputs = self.choice.lit, node.variable.history.inputs
        starts = {
            (k, index)
            for k, thing in enumerate(inputs)
            for index in lit.get(id(thing), ())
        }
        if not starts:
            return super().rows(node, back=back)
        ends = sorted(lit.get(node.key, ()))
        found = (row for i in ends for row in self.course.rows(node, out_index=i))
        return [row for row in found if row[:2] in starts]

    @cached_property
    def _places(self) -> Mapping[Key, int]:
        nodes = () if self.choice is None else self.choice.paths.nodes
        return {id(node): n for n, node in enumerate(nodes)}

    # ----------------------------------- words -----------------------------------

    def lines(self, moment: Moment) -> list[Line]:
        """Return the words below a frame; in the last one the paths."""
        lines = super().lines(moment)
        if self.choice is None:
            told = self.why_not if moment.name in ("leaves", "end") else ""
            return [*lines, (told, "soft")] if told else lines
        if not self.told:
            return lines
        if moment.name == "end":
            return [*lines, *self._paths(self.choice)]
        moved = self.choice.moved(moment.key) if moment.name == "forward" else ""
        return [*lines, (moved, "ink")] if moved else lines

    def _paths(self, choice: Choice) -> Iterator[Line]:
        yield choice.words.head(choice.ledger), "ink"
        rows = list(choice.words.rows(choice.ledger))
        for where, product in rows[:TOLD]:
            yield f"{where}: {product}", "gradient-ink"
        if len(rows) > TOLD:
            yield f"… and {len(rows) - TOLD:,} more in the table", "soft"
        yield f"{choice.words.foot(choice.ledger)}.", "ink"
        differs = choice.differs(choice.ledger)
        if differs:
            yield differs, "wrong-ink"

    def table(self) -> str:
        """Return the paths of the chosen cell, then every cell that is drawn."""
        cells = super().table()
        return cells if self.choice is None else f"{self.choice.table()}\n\n{cells}"

    # ---------------------------------- playing ----------------------------------

    def play(self) -> Player:
        """Return the film; in it any cell of any tensor can be chosen."""
        return Player(self._to_choose_in(demo=False), still=self)

    def demo(self) -> Player:
        """Return the film for a projector: large, without code."""
        return Player(self._to_choose_in(demo=True), demo=True, still=self)

    def _to_choose_in(self, *, demo: bool) -> GradientFlow:
        """Return the picture with the choice left to the reader of the film."""
        given = (self.result, self.to, self.index, self.course.d_out)
        return GradientFlow(*given, demo=demo, told=False)

    def choices(self) -> dict[str, Any] | None:
        """Return, for every cell, what to light and the ledger to show."""
        if self.choice is None:
            return None
        told = choices(self.choice, self.map)
        return {**told, **self._sayings()}

    def _sayings(self) -> dict[str, Any]:
        """Return, per frame, what the wires of each cell say in it."""
        numbers: dict[tuple[Key, bool], int] = {}
        sayings: list[dict[str, str]] = []
        frames = []
        for moment in self.course.moments:
            node, back = self._op(moment), moment.name == "backward"
            if node is None or not moment.sent:
                frames.append(-1)
                continue
            if (node.key, back) not in numbers:
                numbers[node.key, back] = len(sayings)
                sayings.append(self._said(node, back=back))
            frames.append(numbers[node.key, back])
        return {"sayings": sayings, "said": frames}

    def _said(self, node: Node, *, back: bool) -> dict[str, str]:
        told = self.telling.cells(node, self.board(node, back=back))
        return {self._board_tag(node, *place): text for place, text in told.items()}


def gradient_flow(
    result: Any, to: Any = None, index: Any = None, *, d_out: Any = None
) -> GradientFlow:
    """Return the whole way of a gradient, from the result back to one cell.

    Above, the graph with every cell: those that the chosen cell leads to stand out.
    Below, the tensors of the op whose turn it is, and in the last frame every path
    with its product; the products add up to the gradient. Played, it lets the reader
    choose any other cell of any tensor. No `.grad` is touched.

    Parameters
    ----------
    result : the Scalar or Tensor
    to : the leaf, or the result on the way, that has the cell; the first leaf by
        default
    index : which cell of it; the first one by default
    d_out : the gradient of the result, of its shape; may be left out for one number

    Raises
    ------
    TypeError
        If `result` is no Scalar or Tensor.
    ValueError
        If `to` is not behind the result, or d_out has another shape than it.
    IndexError
        If there is no such cell.

    Examples
    --------
    >>> from gradlab import tensor
    >>> w = tensor([2.0, 3.0], requires_grad=True, name="w")
    >>> picture = gradient_flow((w * w).sum(), to=w, index=1)
    >>> picture.ledger.count, picture.ledger.total
    (2, 6.0)
    """
    check_result(result, "gradient_flow")
    if to is not None:
        check_behind(result, to)
    return GradientFlow(result, to, index, d_out)
