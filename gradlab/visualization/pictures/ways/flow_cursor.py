"""The time cursor of a flow film: which op, forward or backward, at which line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any, NamedTuple

from gradlab.autodiff import contributions
from gradlab.visualization.flow import FlowRow, FlowTable, flow_table
from gradlab.visualization.flow_nodes import is_variable, numbered
from gradlab.visualization.flow_rules import Asked
from gradlab.visualization.pictures.graphs.graph_model import (
    Edge,
    Graph,
    Key,
    Node,
    incoming,
    read_graph,
    send_back,
)
from gradlab.visualization.pictures.ways.code_panel import Code, code_of, lines_run
from gradlab.visualization.text import clean, number

STEPPED = 24  # with more ops than this, forward and backward are one frame each
FOLLOWED = 200_000  # rows of an op; of more, no single input cell is looked for
BY_LINE = 10  # up to so many ops, each line of a backward has a frame of its own


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "leaves", "forward", "made", "seed", "backward", "end"; `done` is
    how many ops have begun their turn, `line` the line of code that runs. `sent` says
    whether the op of a backward frame has returned, `failed` whether it stops there.
    """

    name: str
    key: Key = ""
    done: int = 0
    line: int = 0
    sent: bool = True
    failed: bool = False


class Course:
    """A computation from its leaves to the result and back, step by step.

    Parameters
    ----------
    by_line : whether a backward has a frame for each of its lines

    Attributes
    ----------
    graph : the nodes, with their gradients
    names : what each node is called; no two are called the same
    ops, back : the ops in order of creation, and in their order in backward
    failed : the op whose backward stopped; None where all went well
    moments : the frames
    """

    def __init__(self, result: Any, d_out: Any, *, by_line: bool = True) -> None:
        self.graph: Graph = read_graph(result)
        self.d_out = incoming(result, d_out)
        if self.d_out is not None:
            send_back(self.graph, self.d_out)
        self.names = _names(self.graph)
        self.ops = self.graph.ops()
        self.back = [node for node in self.graph.turns if node.kind == "op"]
        self.failed = self._failed()
        self.by_line = by_line and len(self.back) <= BY_LINE
        self._flows: dict[Key, FlowTable] = {}
        self._troubles: dict[Key, str] = {}
        self._runs: dict[Key, tuple[Any, list[int]]] = {}

    def _failed(self) -> Node | None:
        """Return the op whose backward stopped, with the gradient that it got."""
        node = self.graph.nodes.get(self.graph.failed or "")
        if node is None or node.kind != "op":
            return None
        came = [e.d for e in self.graph.edges if e.source == node.key]
        came = [d for d in came if d is not None] or [self.d_out]
        node.d = sum(came[1:], came[0])
        return node

    @cached_property
    def moments(self) -> list[Moment]:
        """The frames, from the leaves to their gradients."""
        return list(self._moments())

    def _moments(self) -> Iterator[Moment]:
        yield Moment("leaves")
        stepped = len(self.ops) <= STEPPED
        for n, node in enumerate(self.ops if stepped else (), start=1):
            yield Moment("forward", node.key, n)
        if not stepped or self.d_out is None:
            yield Moment("made", done=len(self.ops))
        if self.d_out is None:
            return
        yield Moment("seed", id(self.graph.result))
        for n, node in enumerate(self.turns if stepped else (), start=1):
            yield from self._backward(n, node)
        yield Moment("end", done=len(self.back))

    def _backward(self, n: int, node: Node) -> Iterator[Moment]:
        """Yield the frames of one op: its lines, of which the last one sends."""
        *before, last = self.lines(node)
        for line in before if self.by_line else ():
            yield Moment("backward", node.key, n, line, sent=False)
        failed = node is self.failed
        yield Moment("backward", node.key, n, last, sent=not failed, failed=failed)

    @property
    def turns(self) -> list[Node]:
        """The ops whose backward ran, the one that stopped included."""
        return self.back if self.failed is None else [*self.back, self.failed]

    @property
    def asked(self) -> int:
        """How many ops there are for backward to ask."""
        nodes = (self.graph.nodes.get(key) for key in self.graph.order)
        return sum(1 for node in nodes if node is not None and node.kind == "op")

    def gone(self, moment: Moment) -> list[Node]:
        """Return the ops whose backward has returned by a frame."""
        return self.back if moment.name == "end" else self.back[: self._through(moment)]

    @staticmethod
    def _through(moment: Moment) -> int:
        return moment.done if moment.sent else moment.done - 1

    # ----------------------------------- ops -----------------------------------

    def flow(self, node: Node) -> FlowTable:
        """Return the flow table of an op."""
        if node.key not in self._flows:
            self._flows[node.key] = flow_table(node.variable)
        return self._flows[node.key]

    def into(self, key: Key) -> dict[int, Edge]:
        """Return the edges into an op, by the position of the input."""
        return {edge.position: edge for edge in self._edges.get(key, ())}

    @cached_property
    def _edges(self) -> dict[Key, list[Edge]]:
        edges: dict[Key, list[Edge]] = {}
        for edge in self.graph.edges:
            edges.setdefault(edge.target, []).append(edge)
        return edges

    def input_names(self, node: Node) -> list[str]:
        """Return what the inputs of an op are called."""
        return [self.called(thing) for thing in node.variable.history.inputs]

    def called(self, thing: Any) -> str:
        """Return what a variable or a plain value is called."""
        if id(thing) in self.names:
            return self.names[id(thing)]
        if is_variable(thing):
            return "an earlier result"
        return number(thing) if isinstance(thing, (int, float)) else "a value"

    def sent(self, node: Node) -> dict[int, Any]:
        """Return what an op's backward sends, by the position of the input."""
        into = self.into(node.key)
        return {k: edge.d for k, edge in sorted(into.items()) if edge.d is not None}

    def rows(self, node: Node, **cells: Any) -> list[FlowRow]:
        """Return rows of an op; none where its backward cannot be asked."""
        if self.trouble(node):
            return []
        try:
            return self.flow(node).rows(**cells)
        except ValueError as error:  # it stops for some cells only
            self._troubles[node.key] = str(error)
            return []

    def trouble(self, node: Node) -> str:
        """Say why the rows of an op are not known; "" where they are."""
        if node.key not in self._troubles:
            try:
                next(iter(self.flow(node)), None)
                self._troubles[node.key] = ""
            except ValueError as error:
                self._troubles[node.key] = str(error)
        return self._troubles[node.key]

    def warnings(self) -> list[str]:
        """Return what is wrong with any op, in sentences."""
        few = len(self.ops) <= STEPPED
        flows = [self.flow(node) for node in self.ops]
        doubtful = (f for f in flows if few or isinstance(f.rule, Asked))
        return [flow.warning for flow in doubtful if flow.warning]

    # ----------------------------------- code -----------------------------------

    def code(self, node: Node, name: str) -> Code:
        """Return the source of an op's "forward" or "backward"."""
        code = code_of(node.variable.history.fn, name)
        if name == "forward" or node.d is None:
            return code
        return code.running(self._run(node)[1])

    def lines(self, node: Node) -> list[int]:
        """Return the lines of its backward that an op runs, in order."""
        code = self.code(node, "backward")
        shown = {line for line, _ in code.lines}
        ran = dict.fromkeys(self._run(node)[1])
        return [line for line in ran if line in shown] or [code.last]

    def _run(self, node: Node) -> tuple[Any, list[int]]:
        """Run the backward of an op once more, and watch its lines."""
        if node.key not in self._runs:
            function = node.variable.history.fn.backward
            function = getattr(function, "__func__", function)
            compiled = getattr(function, "__code__", None)
            run = partial(contributions, node.variable, node.d)
            self._runs[node.key] = lines_run(compiled, run) if compiled else (None, [])
        return self._runs[node.key]


def _names(graph: Graph) -> dict[Key, str]:
    """Return a name for each node: its own, its op's, or "leaf", all different."""
    nodes = [node for node in graph.nodes.values() if node.kind != "more"]
    names = [clean(node.name) or _kind_name(node) for node in nodes]
    return {node.key: name for node, name in zip(nodes, numbered(names))}


def _kind_name(node: Node) -> str:
    return node.op if node.kind == "op" else node.kind
