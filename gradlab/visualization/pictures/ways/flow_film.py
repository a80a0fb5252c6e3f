"""flow_film: a computation and its gradient, op by op and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.ways.flow_cursor import Course, Moment
from gradlab.visualization.pictures.ways.flow_graph import FlowGraph, Lit
from gradlab.visualization.pictures.ways.flow_telling import FlowTelling
from gradlab.visualization.player import Player
from gradlab.visualization.scene import Bounds, Group, Item, Scene
from gradlab.visualization.sheet import sheet

BETWEEN = 30.0  # between the graph and the tensors below it, and beside the code
WIDE = 1080.0  # where tensors and code are wider than this, the code stands below


class FlowFilm(Picture):
    """The graph on top, below it the tensors and the code of the current op."""

    def __init__(self, result: Any, d_out: Any = None, *, code: bool = True) -> None:
        self.result, self.code = result, code
        self.course = Course(result, d_out)
        self.map = FlowGraph(self.course.graph, self.course.names)
        self.telling = FlowTelling(self.course)
        self.steps = len(self.course.moments)
        name = getattr(result, "name", None)
        self.title = f"{self.kind} of {name}" if name else self.kind

    kind = "Flow"

    # ----------------------------------- choice -----------------------------------

    def lit(self) -> Lit:
        """Return the cells of the graph that stand out."""
        return {}

    def rows(self, node: Node) -> list[FlowRow]:
        """Return the rows of an op to draw: all if they are few, else one cell's."""
        flow = self.course.flow(node)
        if flow.most <= WIRES:
            return list(flow)
        board = self.course.board(node, back=node.d is not None)
        first = next(iter(board.out.shown()), None) if not board.out.empty else None
        if first is None:
            return []
        return flow.rows(out_index=first, limit=WIRES)

    def chosen(self, node: Node) -> list[tuple[int | None, Index]]:
        """Return the cells of an op's tensors that stand out: (input, index)."""
        lit = self.lit()
        inputs = node.variable.history.inputs
        keys: list[tuple[int | None, Key]] = [(None, node.key)]
        keys += [(k, id(thing)) for k, thing in enumerate(inputs)]
        return [(k, index) for k, key in keys for index in lit.get(key, ())]

    # ----------------------------------- drawing -----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, graph, tensors of the op, code, words."""
        moment = self.course.moments[step]
        body = [*self._graph(moment), *self._below(moment)]
        heading, lines = self.telling.heading(moment), self.lines(moment)
        ink = "wrong-ink" if moment.name == "end" and self.course.graph.error else "ink"
        return sheet(heading, body, lines, ink=ink, around=self._around(moment))

    def lines(self, moment: Moment) -> list[tuple[str, str]]:
        """Return the words below a frame."""
        node = self.course.graph.nodes.get(moment.key)
        rows = [] if node is None or node.kind != "op" else self.rows(node)
        return self.telling.lines(moment, rows)

    def _around(self, moment: Moment) -> Bounds:
        items = [*self._graph(moment), *self._below(moment)]
        return Bounds.around(item.bounds() for item in items)

    def _graph(self, moment: Moment) -> Iterator[Item]:
        now = moment.key if moment.name in ("forward", "backward", "seed") else None
        yield from self.map.items(
            lambda node: self._look(node, moment),
            lambda n: self._wire(n, moment),
            now=now,
            lit=self.lit(),
            tag=self.tag,
        )

    def tag(self, key: Key, index: Index) -> str:
        """Return what a cell is called for a script: "node:0,1"."""
        place = self._places.get(key)
        return "" if place is None else f"{place}:{','.join(map(str, index))}"

    @property
    def _places(self) -> Mapping[Key, int]:
        return {}

    def _look(self, node: Node, moment: Moment) -> str:
        """Return how the cells of a node look: empty, with values, with gradients."""
        course = self.course
        if moment.name in ("leaves", "forward") and node.kind == "op":
            made = course.ops.index(node) < moment.done
            return "mini-forward" if made else "mini"
        if moment.name in ("seed", "backward", "end") and self._has_d(node, moment):
            return "mini-gradient"
        return "mini-forward"

    def _has_d(self, node: Node, moment: Moment) -> bool:
        """Say whether something has been sent to a node by this frame."""
        if not node.turn:
            return False
        if node.key == id(self.course.graph.result) or moment.name == "end":
            return True
        done = {op.key for op in self.course.back[: moment.done]}
        edges = self.course.graph.edges
        return any(
            edge.source == node.key and edge.d is not None and edge.target in done
            for edge in edges
        )

    def _wire(self, n: int, moment: Moment) -> str:
        edge, course = self.course.graph.edges[n], self.course
        if moment.name in ("seed", "backward", "end"):
            done = {op.key for op in course.back[: moment.done]}
            sent = moment.name == "end" or edge.target in done
            return "gradient" if sent and edge.d is not None else "muted"
        target = course.graph.nodes[edge.target]
        made = moment.name == "made" or target.kind != "op"
        made = made or course.ops.index(target) < moment.done
        return "forward" if made else "muted"

    def _below(self, moment: Moment) -> Iterator[Item]:
        node = self.course.graph.nodes.get(moment.key)
        if node is None or node.kind != "op" or moment.name == "seed":
            return
        back = moment.name == "backward"
        board, box = self.course.board(node, back=back), self.map.bounds
        items = board.items(
            self.rows(node),
            chosen=self.chosen(node),
            tag=lambda k, index: self._board_tag(node, k, index),
        )
        left, top = box.left - board.bounds.left, box.bottom + BETWEEN
        yield Group(tuple(items), left, top - board.bounds.top)
        if self.code:
            code = self.course.code(node, "backward" if back else "forward")
            room = board.bounds
            beside = room.width + BETWEEN + code.width <= WIDE
            x = box.left + (room.width + BETWEEN if beside else 0)
            yield from code.items(
                x, top if beside else top + room.height + 8, moment.line
            )

    def _board_tag(self, node: Node, k: int | None, index: Index) -> str:
        thing = node.variable if k is None else node.variable.history.inputs[k]
        return self.tag(id(thing), index)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.course.moments[self.at(step)]
        said = [f"{self.title}. {self.telling.heading(moment)}"]
        said += [words for words, _ in self.lines(moment)]
        return " ".join(part if part[-1] in ".?:" else f"{part}." for part in said)

    def table(self) -> str:
        """Return every cell that is drawn, with its value and its gradient."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return self.telling.ask(self.course.moments[self.at(step)])

    def demo(self) -> Player:
        """Return the film for a projector: large, without code."""
        return Player(self.without_code(), demo=True)

    def without_code(self) -> FlowFilm:
        """Return the same film without the code of the ops."""
        return FlowFilm(self.result, self.course.d_out, code=False)


def flow_film(result: Any, d_out: Any = None) -> FlowFilm:
    """Return how a Scalar or Tensor was made, and how its gradient comes back.

    Above, the graph with every cell; below, the tensors of the op whose turn it is
    with the wires between their cells, and the line of its code that runs.

    Parameters
    ----------
    result : the Scalar or Tensor
    d_out : its gradient, of its shape; may be left out for one number

    Raises
    ------
    TypeError
        If `result` is neither.
    ValueError
        If d_out has another shape than the result.

    Examples
    --------
    >>> from gradlab import tensor
    >>> w = tensor([[1.0, 2.0]], requires_grad=True, name="w")
    >>> film = flow_film((w * w).sum())
    >>> film.telling.heading(film.course.moments[1])
    'Forward, op 1 of 2: Mul'
    """
    check_result(result, "flow_film")
    return FlowFilm(result, d_out)


def check_result(result: Any, name: str) -> None:
    """Say so if something has no graph behind it."""
    if not is_variable(result):
        raise TypeError(
            f"{name} follows a Scalar or a Tensor back to its leaves; got "
            f"{plain(result)}."
        )
