"""flow_film: a computation and its gradient, op by op and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import is_variable, shape_of
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.ways.flow_cursor import FOLLOWED, Course, Moment
from gradlab.visualization.pictures.ways.flow_graph import FlowGraph, Lit
from gradlab.visualization.pictures.ways.flow_looks import FlowLooks
from gradlab.visualization.pictures.ways.flow_numbers import numbers_of
from gradlab.visualization.pictures.ways.flow_telling import FlowTelling, sentences
from gradlab.visualization.pictures.ways.op_board import OpBoard
from gradlab.visualization.pictures.ways.op_given import Given
from gradlab.visualization.player import Player
from gradlab.visualization.scene import Bounds, Group, Item, Scene
from gradlab.visualization.sheet import Line, sheet, words_below

BETWEEN = 30.0  # between the graph and the tensors below it, and beside the code
WIDE = 1140.0  # tensors and code stand beside each other if they fit into this
WORDS = 340.0  # the least width of words beside the tensors
BIG, BIG_WORDS = 2.0, 1.6  # how large the type of a demo is


class Drawn(NamedTuple):
    """What a frame draws, the room that it takes, and where words have room beside."""

    items: list[Item]
    around: Bounds
    beside: Bounds | None = None


class FlowFilm(Picture):
    """The graph on top, below it the tensors and the code of the current op.

    In a demo the type is large, no code is shown, and beside the tensors of an op
    the graph is a map without words.
    """

    kind = "Flow"
    tells = True  # whether the frames say what the wires carry

    def __init__(self, result: Any, d_out: Any = None, *, demo: bool = False) -> None:
        self.result, self.big = result, BIG if demo else 1.0
        self.course = Course(result, d_out, by_line=not demo)
        graph, names = self.course.graph, self.course.names
        self.map = FlowGraph(graph, names, big=self.big)
        self.small = FlowGraph(graph, names, big=0.0) if demo else self.map
        self.looks = FlowLooks(self.course)
        self.telling = FlowTelling(self.course)
        self.steps = len(self.course.moments)
        self._boards: dict[tuple[Key, bool], OpBoard] = {}
        name = getattr(result, "name", None)
        self.title = f"{self.kind} of {name}" if name else self.kind

    @property
    def is_demo(self) -> bool:
        """Whether it is drawn for a projector."""
        return self.big > 1

    # ----------------------------------- choice -----------------------------------

    def lit(self) -> Lit:
        """Return the cells of the graph that stand out."""
        return {}

    def rows(self, node: Node, *, back: bool) -> list[FlowRow]:
        """Return the rows of an op to draw: all if they are few, else one cell's."""
        flow = self.course.flow(node)
        if flow.most <= WIRES:
            return self.course.rows(node)
        if back and flow.most > FOLLOWED:
            return []
        if back:
            to = next(iter(self.course.sent(node)), 0)
            shape = shape_of(flow.inputs[to])
            return self.course.rows(node, input=to, in_index=(0,) * len(shape))
        if 0 in flow.shape:
            return []
        return self.course.rows(node, out_index=(0,) * len(flow.shape))

    def chosen(self, node: Node) -> list[tuple[int | None, Index]]:
        """Return the cells of an op's tensors that stand out: (input, index)."""
        lit = self.lit()
        inputs = node.variable.history.inputs
        keys: list[tuple[int | None, Key]] = [(None, node.key)]
        keys += [(k, id(thing)) for k, thing in enumerate(inputs)]
        return [(k, index) for k, key in keys for index in lit.get(key, ())]

    def hidden(self, node: Node) -> bool:
        """Say whether a script decides which wires of an op are seen."""
        return False

    # ----------------------------------- drawing -----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, graph, tensors of the op, code, words."""
        moment = self.course.moments[step]
        heading, lines = self.telling.heading(moment), self.lines(moment)
        stopped = moment.failed or (moment.name == "end" and self.course.graph.error)
        ink = "wrong-ink" if stopped else "ink"
        body, around, beside = self._body(moment)
        if beside is not None:
            body += words_below(lines, beside, max(WORDS, WIDE - beside.left))
            lines = []
        big = BIG_WORDS if self.is_demo else 1.0
        return sheet(heading, body, lines, ink=ink, around=around, big=big)

    def _body(self, moment: Moment) -> Drawn:
        """Return what a frame draws between its heading and its words."""
        node = self._op(moment)
        if node is None:
            box = self.map.bounds
            wide = box._replace(right=max(box.right, box.left + WIDE))
            return Drawn([*self._graph(self.map, moment)], wide)
        board = self.board(node, back=moment.name == "backward")
        tensors = tuple(self._tensors(board, node, moment))
        if self.is_demo:
            return self._demo(board.room(), tensors, moment)
        return self._page(board.room(), tensors, moment)

    def _op(self, moment: Moment) -> Node | None:
        """Return the op whose tensors a frame shows."""
        node = self.course.graph.nodes.get(moment.key)
        known = node is not None and node.kind == "op" and moment.name != "seed"
        return node if known else None

    def _page(self, room: Bounds, tensors: tuple[Item, ...], moment: Moment) -> Drawn:
        """Return graph and tensors, and the code beside these or below."""
        box = self.map.bounds
        top = box.bottom + BETWEEN
        bottom = top + room.height
        body = [*self._graph(self.map, moment)]
        body.append(Group(tensors, box.left - room.left, top - room.top))
        code = self.course.code(self.course.graph.nodes[moment.key], moment.name)
        column = box.left + room.width + BETWEEN
        beside = column + max(WORDS, code.width) <= box.left + WIDE
        place = (column, top) if beside else (box.left, bottom + 12)
        taken = [box, Bounds(box.left, box.top, box.left, bottom)]
        if code.lines:
            body += code.items(*place, moment.line, wrong=moment.failed)
            taken += [] if beside else [code.bounds(*place)]
        words = code.bounds(*place) if beside else None
        return Drawn(body, Bounds.around(taken), words)

    def _demo(self, room: Bounds, tensors: tuple[Item, ...], moment: Moment) -> Drawn:
        """Return the tensors, large, with the graph as a map beside them."""
        box = self.small.bounds
        x = room.width + 2 * BETWEEN - box.left
        graph = Group(tuple(self._graph(self.small, moment)), x, -box.top)
        high = max(room.height, box.height)
        body: list[Item] = [Group(tensors, -room.left, -room.top), graph]
        return Drawn(body, Bounds(0, 0, x + box.right, high))

    def board(self, node: Node, *, back: bool) -> OpBoard:
        """Return the tensors of an op, forward or in backward."""
        key = (node.key, back)
        if key not in self._boards:
            beside = not self.is_demo
            board = self._board(node, back=back, values=beside)
            if back and beside and self._too_wide(board, node):
                board = self._board(node, back=True, values=False)
            self._boards[key] = board
        return self._boards[key]

    def _board(self, node: Node, *, back: bool, values: bool) -> OpBoard:
        course, flow = self.course, self.course.flow(node)
        names = [*course.input_names(node), course.names[node.key]]
        rows = self.rows(node, back=back)
        sent = course.sent(node) if back else {}
        given = [sent.get(k) for k in range(len(flow.inputs))]
        d_out = node.d if back else None
        return OpBoard.of(Given(flow, names, rows, d_out, given, values, self.big))

    def _too_wide(self, board: OpBoard, node: Node) -> bool:
        code = self.course.code(node, "backward")
        return board.room().width + BETWEEN + max(WORDS, code.width) > WIDE

    def _tensors(self, board: OpBoard, node: Node, moment: Moment) -> Iterator[Item]:
        yield from board.items(
            board.given.rows,
            chosen=self.chosen(node),
            tag=lambda k, index: self._board_tag(node, k, index),
            sent=moment.sent,
            hidden=self.hidden(node),
        )

    def _graph(self, graph: FlowGraph, moment: Moment) -> Iterator[Item]:
        now = moment.key if moment.name in ("forward", "backward", "seed") else None
        yield from graph.items(
            lambda node: self.looks.cells(node, moment),
            lambda n: self.looks.wire(n, moment),
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

    def _board_tag(self, node: Node, k: int | None, index: Index) -> str:
        thing = node.variable if k is None else node.variable.history.inputs[k]
        return self.tag(id(thing), index)

    # ----------------------------------- words -----------------------------------

    def lines(self, moment: Moment) -> list[Line]:
        """Return the words below a frame, or beside its tensors."""
        node = self._op(moment)
        if node is None:
            return self.telling.lines(moment)
        board = self.board(node, back=moment.name == "backward")
        return list(self.telling.op(moment, board, cells=self.tells))

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.course.moments[self.at(step)]
        said = [f"{self.title}. {self.telling.heading(moment)}"]
        said += [words for words, _ in self.lines(moment)]
        said += [self.telling.code_line(moment)] if not self.is_demo else []
        return sentences(said)

    def table(self) -> str:
        """Return every cell that is drawn, with its value and its gradient."""
        return numbers_of(self.course)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return self.telling.ask(self.course.moments[self.at(step)])

    def demo(self) -> Player:
        """Return the film for a projector: large, without code."""
        film = FlowFilm(self.result, self.course.d_out, demo=True)
        return Player(film, demo=True, still=self)


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
