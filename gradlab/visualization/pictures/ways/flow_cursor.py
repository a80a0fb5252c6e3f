"""The time cursor of a flow film: which op, forward or backward, at which line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from gradlab.autodiff import contributions
from gradlab.visualization.flow import FlowTable, flow_table
from gradlab.visualization.flow_nodes import is_variable, numbered
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
from gradlab.visualization.pictures.ways.op_board import OpBoard
from gradlab.visualization.text import clean, number

STEPPED = 24  # with more ops than this, forward and backward are one frame each
BY_LINE = 10  # up to so many ops, each line of a backward has a frame of its own


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "leaves", "forward", "made", "seed", "backward", "end"; `done` is
    how many ops have had their turn, `line` the line of code that runs.
    """

    name: str
    key: Key = ""
    done: int = 0
    line: int = 0


class Course:
    """A computation from its leaves to the result and back, step by step.

    Attributes
    ----------
    graph : the nodes, with their gradients
    names : what each node is called; no two are called the same
    ops, back : the ops in order of creation, and in their order in backward
    moments : the frames
    """

    def __init__(self, result: Any, d_out: Any) -> None:
        self.graph: Graph = read_graph(result)
        self.d_out = incoming(result, d_out)
        if self.d_out is not None:
            send_back(self.graph, self.d_out)
        self.names = _names(self.graph)
        self.ops = self.graph.ops()
        self.back = [node for node in self.graph.turns if node.kind == "op"]
        self._boards: dict[tuple[Key, bool], OpBoard] = {}
        self._flows: dict[Key, FlowTable] = {}

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
        for n, node in enumerate(self.back if stepped else (), start=1):
            for line in self.lines(node):
                yield Moment("backward", node.key, n, line)
        yield Moment("end", done=len(self.back))

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

    def board(self, node: Node, *, back: bool) -> OpBoard:
        """Return the tensors of an op, forward or in backward."""
        if (node.key, back) not in self._boards:
            names = [*self.input_names(node), self.names[node.key]]
            into = self.into(node.key)
            count = len(node.variable.history.inputs)
            sent = [into[k].d if k in into else None for k in range(count)]
            given = (node.d, sent) if back else (None, [])
            board = OpBoard.of(self.flow(node), names, *given)
            self._boards[node.key, back] = board
        return self._boards[node.key, back]

    # ----------------------------------- code -----------------------------------

    def code(self, node: Node, name: str) -> Code:
        """Return the source of an op's "forward" or "backward"."""
        return code_of(node.variable.history.fn, name)

    def lines(self, node: Node) -> list[int]:
        """Return which lines of its backward an op gets frames for."""
        code = self.code(node, "backward")
        if len(self.back) > BY_LINE or not code.lines:
            return [code.last]
        function = node.variable.history.fn.backward
        compiled = getattr(getattr(function, "__func__", function), "__code__", None)
        if compiled is None:
            return [code.last]
        _, ran = lines_run(compiled, lambda: contributions(node.variable, node.d))
        shown = {line for line, _ in code.lines}
        return [line for line in dict.fromkeys(ran) if line in shown] or [code.last]


def _names(graph: Graph) -> dict[Key, str]:
    """Return a name for each node: its own, its op's, or "leaf", all different."""
    nodes = [node for node in graph.nodes.values() if node.kind != "more"]
    names = [clean(node.name) or _kind_name(node) for node in nodes]
    return {node.key: name for node, name in zip(nodes, numbered(names))}


def _kind_name(node: Node) -> str:
    return node.op if node.kind == "op" else node.kind
