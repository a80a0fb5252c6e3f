"""gradient_flow: every cell that a gradient came from, across the whole computation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import shape_of
from gradlab.visualization.ledger import Ledger, Spot
from gradlab.visualization.paths import ROWS, CellPaths
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.ways.flow_choice import Choice, choices
from gradlab.visualization.pictures.ways.flow_cursor import Moment
from gradlab.visualization.pictures.ways.flow_film import FlowFilm, check_result
from gradlab.visualization.pictures.ways.flow_graph import Lit
from gradlab.visualization.player import Player
from gradlab.visualization.sheet import Line
from gradlab.visualization.values import as_cell

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
        code: bool = True,
        told: bool = True,
    ) -> None:
        super().__init__(result, d_out, code=code)
        self.to, self.index, self.told = to, index, told
        self.choice = self._choice()
        if self.choice is not None:
            self.title = f"{self.title}, to {self.choice.name}"

    def _choice(self) -> Choice | None:
        if self.course.d_out is None or self.course.graph.error:
            return None
        paths = CellPaths(self.result, self.course.d_out)
        start = self._start(paths)
        if start is None or paths.too_large:
            return None
        return Choice(paths, self.course.names, start)

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
        return GradientFlow(self.result, to, index, self.course.d_out, code=self.code)

    # ----------------------------------- drawing -----------------------------------

    def lit(self) -> Lit:
        """Return the cells that the chosen one leads to."""
        return self.choice.lit if self.choice is not None and self.told else {}

    def rows(self, node: Node) -> list[FlowRow]:
        """Return the rows of an op between lit cells, if there are any."""
        lit, inputs = self.lit(), node.variable.history.inputs
        starts = {
            (k, index)
            for k, thing in enumerate(inputs)
            for index in lit.get(id(thing), ())
        }
        if not starts:
            return super().rows(node)
        flow = self.course.flow(node)
        ends = sorted(lit.get(node.key, ()))
        found = (row for index in ends for row in flow.rows(out_index=index))
        return [row for row in found if row[:2] in starts][:WIRES]

    @cached_property
    def _places(self) -> Mapping[Key, int]:
        nodes = () if self.choice is None else self.choice.paths.nodes
        return {id(node): n for n, node in enumerate(nodes)}

    # ----------------------------------- words -----------------------------------

    def lines(self, moment: Moment) -> list[Line]:
        """Return the words below a frame; in the last one the paths."""
        lines = super().lines(moment)
        if self.choice is None:
            return [*lines, *self._why_not()]
        if self.told and moment.name == "end":
            return [*lines, *self._paths(self.choice)]
        moved = self.choice.moved(moment.key) if self.told else ""
        return [*lines, (moved, "ink")] if moved else lines

    def _why_not(self) -> Iterator[Line]:
        course = self.course
        if course.d_out is not None and not course.graph.error:
            text = (
                f"Single cells are not followed here: there are none, or more than "
                f"{ROWS:,} wires between them."
            )
            yield text, "soft"

    def _paths(self, choice: Choice) -> Iterator[Line]:
        yield choice.words.head(choice.ledger), "ink"
        rows = list(choice.words.rows(choice.ledger))
        for where, product in rows[:TOLD]:
            yield f"{where}: {product}", "gradient-ink"
        if len(rows) > TOLD:
            yield f"… and {len(rows) - TOLD:,} more in the table", "soft"
        yield choice.words.foot(choice.ledger), "ink"

    def table(self) -> str:
        """Return the paths of the chosen cell, then every cell that is drawn."""
        cells = super().table()
        return cells if self.choice is None else f"{self.choice.table()}\n\n{cells}"

    # ---------------------------------- playing ----------------------------------

    def play(self) -> Player:
        """Return the film; in it any cell of any tensor can be chosen."""
        return Player(self._to_choose_in(code=self.code), still=self)

    def demo(self) -> Player:
        """Return the film for a projector: large, without code."""
        return Player(self._to_choose_in(code=False), demo=True, still=self)

    def _to_choose_in(self, *, code: bool) -> GradientFlow:
        """Return the picture with the choice left to the reader of the film."""
        given = (self.result, self.to, self.index, self.course.d_out)
        return GradientFlow(*given, code=code, told=False)

    def choices(self) -> dict[str, Any] | None:
        """Return, for every cell, what to light and the ledger to show."""
        return None if self.choice is None else choices(self.choice, self.map)


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
    return GradientFlow(result, to, index, d_out)
