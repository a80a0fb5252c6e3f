"""A computation graph as nodes and edges, with what backward sends along them."""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from gradlab.autodiff import Step, backward_steps, topological_order
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.graphs.graph_fold import (
    choose,
    fold_beginning,
    too_large,
)
from gradlab.visualization.pictures.graphs.graph_nodes import Edge as Edge
from gradlab.visualization.pictures.graphs.graph_nodes import Graph as Graph
from gradlab.visualization.pictures.graphs.graph_nodes import Key as Key
from gradlab.visualization.pictures.graphs.graph_nodes import Node as Node
from gradlab.visualization.pictures.graphs.graph_nodes import Scope as Scope
from gradlab.visualization.pictures.graphs.graph_scopes import Calls, folded_by, named


def read_graph(result: Any, fold: Iterable[str] | None = ()) -> Graph:
    """Return the graph behind a Scalar or a Tensor.

    Parameters
    ----------
    fold : the names of scopes that become one node each, or "all"; None folds the
        inner ones, as far as a large graph needs it

    Raises
    ------
    TypeError
        If `result` is neither, or a name no string.
    ValueError
        If there is no scope of some name.
    """
    if not is_variable(result):
        raise TypeError(
            "computation_graph draws the graph behind a Scalar or a Tensor; got "
            f"{plain(result)}."
        )
    reader = _Reader(result)
    scopes = reader.calls.scopes
    if fold is None:
        graph = choose(reader.graph, scopes)
    elif fold == "all":
        graph = reader.graph(scope.name for scope in scopes)
    else:
        graph = reader.graph(scope.name for scope in named(scopes, fold))
    return fold_beginning(graph) if too_large(graph) else graph


class _Reader:
    """Everything behind a result, ready to be read with any scopes folded."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.things = dict(_creation_order(result))
        self.calls = Calls(self.things)
        self.alias = self.calls.parameter_names()
        self.scope_of: dict[Key, Scope] = {}  # the innermost scope of every op
        for scope in self.calls.scopes:
            self.scope_of.update(dict.fromkeys(scope.ops, scope))

    def graph(self, fold: Iterable[str]) -> Graph:
        """Return the graph with the scopes of these names folded."""
        scopes, names = self.calls.scopes, tuple(dict.fromkeys(fold))
        total = len(self.things)
        graph = Graph(self.result, total=total, scopes=scopes, fold=names)
        folded = {scope.key: scope for scope in folded_by(scopes, names)}
        for scope in folded.values():
            graph.home.update(dict.fromkeys(scope.ops, scope.key))
        if folded:
            self._hide(graph)
        drawn = dict.fromkeys(map(graph.drawn, self.things))
        inputs = {key: self._inputs(key, graph, folded.get(key)) for key in drawn}
        root = graph.drawn(id(self.result))
        inside = Counter(graph.home.values())
        for key in _post_order(root, lambda key: [i.source for i in inputs[key]][::-1]):
            node = self._node(key, folded.get(key))
            node.inside = inside.get(key, 1)
            graph.nodes[key] = node
            _connect(graph, node, inputs[key])
        back = _post_order(root, lambda key: [i.source for i in inputs[key] if i.needs])
        graph.order = back[::-1]
        return graph

    def _hide(self, graph: Graph) -> None:
        """Put leaves into the folded scope that alone reads them; not its inputs."""
        readers: dict[Key, set[Key]] = {}
        for key, thing in self.things.items():
            for _, source, _ in _inputs(thing, key):
                readers.setdefault(source, set()).add(graph.drawn(key))
        scopes = set(graph.home.values())
        for key, thing in self.things.items():
            homes = readers.get(key, set())
            given = key in self.calls.given
            if _kind(thing) != "op" and not given and len(homes) == 1:
                graph.home.update((key, home) for home in homes & scopes)

    def _inputs(self, key: Key, graph: Graph, scope: Scope | None) -> list[_Input]:
        """Return what a node reads from outside."""
        return [
            _Input(graph.drawn(source), source, op, position, _needs_gradient(thing))
            for op in (scope.ops if scope else [key])
            for thing, source, position in _inputs(self.things[op], op)
            if graph.drawn(source) != key
        ]

    def _node(self, key: Key, scope: Scope | None) -> Node:
        if scope:
            return Node(
                key, _one(map(self.things.get, scope.results)), "scope", scope=scope
            )
        thing, alias = self.things[key], self.alias.get(key, "")
        node = Node(key, thing, _kind(thing), alias, scope=self.scope_of.get(key))
        if node.kind == "op":
            inputs = thing.history.inputs
            own = (getattr(x, "name", None) or self.alias.get(id(x)) for x in inputs)
            node.reads = tuple(str(name or "") for name in own)
        return node


class _Input(NamedTuple):
    """What a drawn node reads: its drawn source, what it is, and who reads it where."""

    source: Key
    thing: Key
    reader: Key
    position: int
    needs: bool


def _connect(graph: Graph, node: Node, inputs: list[_Input]) -> None:
    """Add the edges into a node: one per input, of a scope one per thing read."""
    seen: dict[Key, Edge] = {}
    for one in inputs:
        edge = seen.get(one.thing) if node.kind == "scope" else None
        if edge is None:
            edge = seen[one.thing] = Edge(one.source, node.key, one.position)
            graph.edges.append(edge)
        graph.reads[one.reader, one.position] = edge


def _creation_order(result: Any) -> Iterator[tuple[Key, Any]]:
    """Yield everything behind the result by key, inputs before what reads them."""
    things: dict[Key, Any] = {id(result): result}

    def sources(key: Key) -> list[Key]:
        inputs = list(_inputs(things[key], key))
        things.update((source, thing) for thing, source, _ in inputs)
        return [source for _, source, _ in reversed(inputs)]

    for key in _post_order(id(result), sources):
        yield key, things[key]


def _post_order(root: Key, sources: Callable[[Key], list[Key]]) -> list[Key]:
    """Return keys, each after all of its sources; the last source goes first."""
    order: list[Key] = []
    done: set[Key] = set()
    stack: list[tuple[Key, bool]] = [(root, False)]
    while stack:
        key, sources_done = stack.pop()
        if sources_done:
            order.append(key)
        elif key not in done:
            done.add(key)
            stack.append((key, True))
            stack.extend((source, False) for source in sources(key))
    return order


def _inputs(thing: Any, key: Key) -> Iterator[tuple[Any, Key, int]]:
    """Yield what an op read: variables, and plain numbers as constants of their own."""
    history = getattr(thing, "history", None)
    for position, source in enumerate(history.inputs if history else ()):
        if is_variable(source):
            yield source, id(source), position
        elif isinstance(source, (int, float)):
            yield source, f"{key}/{position}", position


def _needs_gradient(thing: Any) -> bool:
    return bool(getattr(thing, "requires_grad", False))


def _kind(thing: Any) -> str:
    if getattr(thing, "history", None):
        return "op"
    return "leaf" if _needs_gradient(thing) else "constant"


# --------------------------------- backward ---------------------------------


def incoming(result: Any, d_out: Any) -> Any:
    """Return d_out as backward takes it; None where there is nothing to walk back."""
    if not result.requires_grad:
        if d_out is None:
            return None
        raise ValueError(
            "There is a d_out, but nothing behind this result needs a gradient. Make a "
            "leaf with requires_grad=True."
        )
    if not hasattr(result, "shape"):
        return 1.0 if d_out is None else float(d_out)
    if d_out is None and result.size != 1:
        return None
    return result.as_d_out(d_out)


def send_back(graph: Graph, d_out: Any) -> None:
    """Run backward over the graph, write down what flows, and touch no gradient.

    An error in a backward ends it and is kept as a sentence; what it prints is dropped.
    """
    came: dict[Key, Any] = {}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for step in backward_steps(graph.result, d_out):
                came[id(step.node)] = step.d_out
                _note(graph, step)
    except Exception as error:  # a learner's backward may raise anything
        graph.error = f"{type(error).__name__}: {error}"
        waiting = (id(n) for n in topological_order(graph.result) if n.history)
        failed = next((key for key in waiting if key not in came), None)
        graph.failed = None if failed is None else graph.drawn(failed)
    _take_turns(graph, came)


def _note(graph: Graph, step: Step) -> None:
    """Write down what one node sends: on its edges, and at the leaves."""
    key = id(step.node)
    for position, source, d in step.contributions:
        edge = graph.reads.get((key, position))
        if edge is not None:
            edge.d = d if edge.d is None else edge.d + d
        if id(source) in graph.nodes and not source.history:
            _arrive(graph.arrivals.setdefault(id(source), []), graph.drawn(key), d)


def _arrive(arrivals: list[tuple[Key, Any]], sender: Key, d: Any) -> None:
    """Add what a leaf gets; all that a folded scope sends is one addend."""
    if isinstance(sender, str):
        for n, (other, before) in enumerate(arrivals):
            if other == sender:
                arrivals[n] = (sender, before + d)
                return
    arrivals.append((sender, d))


def _take_turns(graph: Graph, came: dict[Key, Any]) -> None:
    """Give the nodes their turns and gradients, in the order of backward."""
    results = {scope.key: scope.results for scope in graph.scopes}
    turn = 0
    for key in graph.order:
        own = results.get(key, [key])
        if any(one in came for one in own):
            turn += 1
            if key in graph.nodes:
                node = graph.nodes[key]
                node.turn, node.d = turn, _one(came.get(one, 0.0) for one in own)
                graph.turns.append(node)


def _one(values: Iterable[Any]) -> Any:
    """Return the only value; of several, a tuple."""
    several = tuple(values)
    return several[0] if len(several) == 1 else several
