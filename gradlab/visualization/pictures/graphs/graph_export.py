"""A computation graph as text for other tools: Graphviz and Mermaid.

Wires run forward, as the values do; the label on a wire is the gradient that comes back
along it. A scope is a cluster, a folded one a single node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gradlab.visualization.pictures.graphs.graph_frames import Open
from gradlab.visualization.pictures.graphs.graph_names import inside_of, title_of
from gradlab.visualization.pictures.graphs.graph_nodes import Graph, Key, Node
from gradlab.visualization.pictures.graphs.graph_words import heading_of, label, short

_DOT_SHAPES = {
    "op": "box, style=rounded",
    "leaf": "ellipse",
    "constant": "box",
    "scope": "box, peripheries=2",
    "more": "box, style=dashed",
}
_MERMAID_SHAPES = {
    "op": ("(", ")"),
    "leaf": ("([", "])"),
    "constant": ("[", "]"),
    "scope": ("[[", "]]"),
    "more": ("[[", "]]"),
}
_SPECIAL = re.compile(r"[^\w .,:=+()/·…-]")  # what Mermaid might read as its own


@dataclass(frozen=True)
class Writer:
    """One language: how it writes nodes, edges, and the beginning of a cluster.

    Attributes
    ----------
    end : how it ends a cluster
    """

    node: Callable[[str, Node, list[str]], str]
    edge: Callable[[str, str, str], str]
    begin: Callable[[int, str], str]
    end: str


def as_dot(graph: Graph, title: str) -> str:
    """Return a graph in the language of Graphviz."""
    head = [f"digraph {_dot(title)} {{", "  rankdir=LR;"]
    return "\n".join([*head, *_lines(graph, _DOT), "}"]) + "\n"


def as_mermaid(graph: Graph) -> str:
    """Return a graph as a Mermaid flowchart."""
    return "\n".join(["flowchart LR", *_lines(graph, _MERMAID)]) + "\n"


def _lines(graph: Graph, writer: Writer) -> Iterator[str]:
    ids = {key: f"n{n}" for n, key in enumerate(graph.nodes)}
    yield from _nodes(graph, ids, writer)
    for edge in graph.edges:
        d = "" if edge.d is None else f"d {label(edge.d)}"
        yield f"  {writer.edge(ids[edge.source], ids[edge.target], d)}"


def _nodes(graph: Graph, ids: dict[Key, str], writer: Writer) -> Iterator[str]:
    """Yield every node, within the clusters that it stands in."""
    opened = Open(graph)
    members: dict[str, list[Key]] = {}
    for key in graph.nodes:
        around = opened.framed.get(key, [])
        members.setdefault(around[0].name if around else "", []).append(key)

    def written(name: str, deep: int) -> Iterator[str]:
        for key in members.get(name, ()):
            node = graph.nodes[key]
            yield "  " * deep + writer.node(ids[key], node, _texts(graph, node))
        for n, scope in enumerate(opened.scopes):
            if (scope.parent.name if scope.parent else "") == name:
                yield "  " * deep + writer.begin(n, title_of(scope.label))
                yield from written(scope.name, deep + 1)
                yield "  " * deep + writer.end

    yield from written("", 1)


def _texts(graph: Graph, node: Node) -> list[str]:
    """Return the lines inside a node: what it is, its value, its gradient."""
    if node.kind == "more":
        return [f"… {graph.folded:,} more"]
    lines = [heading_of(node), inside_of(node) if node.kind == "scope" else ""]
    lines.append(short(node.variable))
    if node.turn:
        lines.append(f"d {short(node.d)}")
    return [line for line in lines if line]


def _dot(text: str) -> str:
    """Return a string as Graphviz quotes it."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{inside}"'


def _dot_node(own: str, node: Node, lines: Sequence[str]) -> str:
    inside = "\\n".join(_dot(line)[1:-1] for line in lines)
    return f'{own} [label="{inside}", shape={_DOT_SHAPES[node.kind]}];'


def _dot_edge(source: str, target: str, d: str) -> str:
    return f"{source} -> {target}{f' [label={_dot(d)}]' if d else ''};"


def _mermaid(text: str) -> str:
    """Return text inside quotes, with what Mermaid reads as its own by number."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _mermaid_node(own: str, node: Node, lines: Sequence[str]) -> str:
    left, right = _MERMAID_SHAPES[node.kind]
    return f'{own}{left}"{"<br/>".join(map(_mermaid, lines))}"{right}'


def _mermaid_edge(source: str, target: str, d: str) -> str:
    return f'{source} -->|"{_mermaid(d)}"| {target}' if d else f"{source} --> {target}"


_DOT = Writer(
    _dot_node,
    _dot_edge,
    lambda n, title: f"subgraph cluster_{n} {{ label={_dot(title)};",
    "}",
)
_MERMAID = Writer(
    _mermaid_node,
    _mermaid_edge,
    lambda n, title: f'subgraph s{n}["{_mermaid(title)}"]',
    "end",
)
