"""A computation graph as nodes and edges, with what backward sends along them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gradlab.autodiff import Step, backward_steps, topological_order
from gradlab.visualization.flow_nodes import is_variable

LIMIT = 150  # more nodes than this cannot be read: the beginning is folded
DEPTH = 20  # the same for more ops than this one after another
KEPT = 6  # ops that stay when the beginning is folded
LEAVES = 4  # leaves that stay then
MORE = "more"  # the key of the node that stands for all that is folded

Key = int | str


@dataclass
class Node:
    """A Scalar, a Tensor or a plain number in the graph.

    Attributes
    ----------
    kind : "op", "leaf", "constant" or "more"
    turn : its turn in backward, from 1; 0 if it has none
    d : its whole gradient, once its turn has come
    """

    key: Key
    variable: Any
    kind: str
    turn: int = 0
    d: Any = None

    @property
    def op(self) -> str:
        """The name of the function that made it."""
        return str(self.variable.history.fn.__name__)

    @property
    def name(self) -> str:
        """Its own name, or ""."""
        return str(getattr(self.variable, "name", None) or "")


@dataclass
class Edge:
    """From an input to the op that reads it.

    Attributes
    ----------
    position : which input of the op it is, from 0
    d : what the op's backward sends along it; None if nothing
    """

    source: Key
    target: Key
    position: int
    d: Any = None


@dataclass
class Graph:
    """Nodes in order of creation, edges, and the result.

    Attributes
    ----------
    folded : how many nodes are not drawn
    turns : the nodes that are drawn, in their order in backward
    arrivals : per leaf, what has been sent to it, in order: (from which op, d)
    error : what went wrong in a backward, as a sentence
    failed : the node where it did
    """

    result: Any
    nodes: dict[Key, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    folded: int = 0
    folded_leaves: int = 0
    turns: list[Node] = field(default_factory=list)
    arrivals: dict[Key, list[tuple[Key, Any]]] = field(default_factory=dict)
    error: str = ""
    failed: Key | None = None

    def ops(self) -> list[Node]:
        """Return the ops in order of creation."""
        return [node for node in self.nodes.values() if node.kind == "op"]

    def into(self, key: Key) -> list[Edge]:
        """Return the edges into a node, in input order."""
        return [edge for edge in self.edges if edge.target == key]


def read_graph(result: Any) -> Graph:
    """Return the graph behind a Scalar or a Tensor.

    Raises
    ------
    TypeError
        If `result` is neither.
    """
    if not is_variable(result):
        raise TypeError(
            "computation_graph draws the graph behind a Scalar or a Tensor; got a "
            f"{type(result).__name__}."
        )
    order = list(_creation_order(result))
    graph = Graph(result)
    if len(order) <= LIMIT and _depth(order) <= DEPTH:
        for thing, key in order:
            _add(graph, thing, key)
    else:
        _fold(graph, order)
    return graph


def _creation_order(result: Any) -> Iterator[tuple[Any, Key]]:
    """Yield everything behind the result and its key, inputs before what reads them."""
    done: set[Key] = set()
    stack: list[tuple[Any, Key, bool]] = [(result, id(result), False)]
    while stack:
        thing, key, inputs_done = stack.pop()
        if inputs_done:
            yield thing, key
        elif key not in done:
            done.add(key)
            stack.append((thing, key, True))
            inputs = list(_inputs(thing, key))
            stack.extend((source, own, False) for source, own, _ in reversed(inputs))


def _inputs(thing: Any, key: Key) -> Iterator[tuple[Any, Key, int]]:
    """Yield what an op read: variables, and plain numbers as constants of their own."""
    history = getattr(thing, "history", None)
    for position, source in enumerate(history.inputs if history else ()):
        if is_variable(source):
            yield source, id(source), position
        elif isinstance(source, (int, float)):
            yield source, f"{key}/{position}", position


def _depth(order: list[tuple[Any, Key]]) -> int:
    """Return how many ops stand one after another at most."""
    depth: dict[Key, int] = {}
    for thing, key in order:
        before = [depth[source] for _, source, _ in _inputs(thing, key)]
        depth[key] = max(before, default=-1) + 1
    return max(depth.values())


def _kind(thing: Any) -> str:
    if getattr(thing, "history", None):
        return "op"
    return "leaf" if getattr(thing, "requires_grad", False) else "constant"


def _add(graph: Graph, thing: Any, key: Key) -> None:
    graph.nodes[key] = Node(key, thing, _kind(thing))
    for _, source, position in _inputs(thing, key):
        graph.edges.append(Edge(source, key, position))


# --------------------------------- folding ---------------------------------


def _fold(graph: Graph, order: list[tuple[Any, Key]]) -> None:
    """Keep the last ops, some leaves, and one node for everything else.

    The last ops in order of creation: nothing that is folded can depend on them.
    """
    ops = [(thing, key) for thing, key in order if _kind(thing) == "op"]
    kept = {key for _, key in ops[-KEPT:]}
    near = {source for op, key in ops[-KEPT:] for _, source, _ in _inputs(op, key)}
    leaves = [key for thing, key in order if _kind(thing) == "leaf"]
    first = [key for key in leaves if key in near]
    spare = [key for key in leaves if key not in near]
    shown = [*first, *spare[: max(0, LEAVES - len(first))]]
    graph.nodes[MORE] = Node(MORE, None, "more")
    for thing, key in order:
        if key in shown or (_kind(thing) == "constant" and key in near):
            graph.nodes[key] = Node(key, thing, _kind(thing))
    read = {source for op, key in ops[:-KEPT] for _, source, _ in _inputs(op, key)}
    graph.edges += [Edge(key, MORE, 0) for key in shown if key in read]
    for thing, key in order:
        if key in kept:
            _add(graph, thing, key)
    for edge in graph.edges:
        edge.source = edge.source if edge.source in graph.nodes else MORE
    graph.folded = len(order) - len(graph.nodes) + 1
    graph.folded_leaves = len(leaves) - len(shown)


# --------------------------------- backward ---------------------------------


def incoming(result: Any, d_out: Any) -> Any:
    """Return d_out as backward takes it; None where there is nothing to walk back."""
    if not result.requires_grad:
        if d_out is None:
            return None
        raise ValueError(
            "computation_graph got d_out, but nothing behind this result needs a "
            "gradient. Make a leaf with requires_grad=True."
        )
    if not hasattr(result, "shape"):
        return 1.0 if d_out is None else float(d_out)
    if d_out is None and result.size != 1:
        return None
    return result.as_d_out(d_out)


def send_back(graph: Graph, d_out: Any) -> None:
    """Run backward over the graph, write down what flows, and touch no gradient.

    An error in a backward ends it and is kept as a sentence.
    """
    edges = {(edge.target, edge.position): edge for edge in graph.edges}
    seen: set[Key] = set()
    try:
        for turn, step in enumerate(backward_steps(graph.result, d_out), start=1):
            seen.add(id(step.node))
            _note(graph, edges, turn, step)
    except Exception as error:  # a learner's backward may raise anything
        graph.error = f"{type(error).__name__}: {error}"
        waiting = (node for node in topological_order(graph.result) if node.history)
        graph.failed = next((id(n) for n in waiting if id(n) not in seen), None)


def _note(
    graph: Graph, edges: dict[tuple[Key, int], Edge], turn: int, step: Step
) -> None:
    """Write down one node's turn and what it sends."""
    key = id(step.node)
    if key in graph.nodes:
        node = graph.nodes[key]
        node.turn, node.d = turn, step.d_out
        graph.turns.append(node)
    for position, source, d in step.contributions:
        if (key, position) in edges:
            edges[key, position].d = d
        if id(source) in graph.nodes and not source.history:
            graph.arrivals.setdefault(id(source), []).append((key, d))
