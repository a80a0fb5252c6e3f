"""Graphs too large to read: scopes fold first, and then the beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradlab.visualization.pictures.graphs.graph_nodes import (
    MORE,
    Edge,
    Graph,
    Key,
    Node,
    Scope,
)

LIMIT = 150  # more nodes than this cannot be read
WIRES = 220  # the same for more edges
DEPTH = 20  # the same for more ops than this one after another
LEAST = 3  # ops that folding scopes has to leave
KEPT = 6  # ops that stay when the beginning is folded
LEAVES = 4  # leaves that stay then


def too_large(graph: Graph) -> bool:
    """Say whether a graph has more nodes or edges, or is longer, than can be read."""
    much = len(graph.nodes) > LIMIT or len(graph.edges) > WIRES
    return much or _depth(graph) > DEPTH


def _depth(graph: Graph) -> int:
    """Return how many ops stand one after another at most."""
    depth = dict.fromkeys(graph.nodes, 0)
    for edge in graph.edges:  # in order of creation: a source is done when it is read
        depth[edge.target] = max(depth[edge.target], depth[edge.source] + 1)
    return max(depth.values())


def choose(read: Callable[[Sequence[str]], Graph], scopes: Sequence[Scope]) -> Graph:
    """Return a graph with no more scopes folded than its size asks for.

    The innermost fold first, then those around them; but not so far that there is
    nothing left to see.

    Parameters
    ----------
    read : gives the graph with the scopes of some names folded
    """
    graph = read(())
    deepest = max((scope.depth for scope in scopes), default=-1)
    for depth in range(deepest, -1, -1):
        if not too_large(graph):
            break
        smaller = read([scope.name for scope in scopes if scope.depth >= depth])
        if len(smaller.ops()) >= LEAST:
            graph = smaller
    return graph


def fold_beginning(graph: Graph) -> Graph:
    """Keep the last ops, some leaves, and one node for everything else.

    The last ops in order of creation: nothing that is folded can depend on them.
    """
    ops = graph.ops()
    kept = {node.key for node in ops[-KEPT:]}
    near = {edge.source for edge in graph.edges if edge.target in kept}
    leaves = [node.key for node in graph.nodes.values() if node.kind == "leaf"]
    shown = _shown(leaves, near)
    read = {edge.source for edge in graph.edges if edge.target not in kept}
    everything, graph.nodes = graph.nodes, {MORE: Node(MORE, None, "more")}
    for key, node in everything.items():
        if key in kept or key in shown or (node.kind == "constant" and key in near):
            graph.nodes[key] = node
    edges = [edge for edge in graph.edges if edge.target in kept]
    for edge in edges:
        edge.source = edge.source if edge.source in graph.nodes else MORE
    graph.edges = [*(Edge(key, MORE, 0) for key in shown if key in read), *edges]
    drawn = sum(node.inside for node in graph.nodes.values()) - 1
    graph.folded = graph.total - drawn
    graph.folded_leaves = len(leaves) - len(shown)
    return graph


def _shown(leaves: Sequence[Key], near: set[Key]) -> list[Key]:
    """Return the leaves to keep: those that the last ops read, and some others."""
    first = [key for key in leaves if key in near]
    spare = [key for key in leaves if key not in near]
    return [*first, *spare[: max(0, LEAVES - len(first))]]
