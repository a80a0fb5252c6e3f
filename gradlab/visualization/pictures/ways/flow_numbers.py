"""A flow film as plain text: every cell that is drawn, and the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.pictures.graphs.graph_model import Graph, Node
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.ways.code_panel import code_of
from gradlab.visualization.pictures.ways.flow_cursor import Course
from gradlab.visualization.text import cell_name, number, size_names, table_text


def numbers_of(course: Course) -> str:
    """Return every cell drawn with value and gradient, what is sent, and the code."""
    named = [
        (node, course.names[node.key])
        for node in course.graph.nodes.values()
        if node.kind != "more"
    ]
    cells = [
        [cell_name(name, index), number(cell(node.variable, index)), _d(node, index)]
        for node, name in named
        for index in _shown(node.variable)
    ]
    shapes = [[name, size_names(shape_of(node.variable))] for node, name in named]
    tables = [
        table_text(["node", "shape"], shapes),
        table_text(["cell", "value", "gradient"], cells),
    ]
    sent = list(_sent(course))
    if sent:
        tables.append(table_text(["sent by", "to", "gradient"], sent))
    return "\n\n".join([*folded(course.graph), *tables, *_codes(course)])


def folded(graph: Graph) -> Iterator[str]:
    """Yield how many nodes are folded, if any are."""
    if graph.folded:
        yield f"{graph.folded:,} nodes at the beginning are folded into one."


def _sent(course: Course) -> Iterator[list[str]]:
    """Yield what arrives at variables that get more than one gradient."""
    edges = [edge for edge in course.graph.edges if edge.d is not None]
    arrivals = [edge.source for edge in edges]
    for edge in edges:
        if arrivals.count(edge.source) > 1:
            name = course.names.get(edge.source, "the folded part")
            sender = course.names.get(edge.target, "the folded part")
            for index in _shown(edge.d):
                place = cell_name(name, index)
                yield [sender, place, number(cell(edge.d, index))]


def _codes(course: Course) -> Iterator[str]:
    """Yield the code that frames show, each piece once and whole."""
    seen = set()
    for moment in course.moments:
        if moment.name in ("forward", "backward"):
            node = course.graph.nodes[moment.key]
            code = code_of(node.variable.history.fn, moment.name)
            if code.title not in seen and code.lines:
                seen.add(code.title)
                yield "\n".join([code.title, *(text for _, text in code.lines)])


def _shown(thing: Any) -> Iterator[Index]:
    grid = TensorGrid(shape_of(thing))
    return iter(()) if grid.empty else grid.shown()


def _d(node: Node, index: Index) -> str:
    return "" if node.d is None else number(cell(node.d, index))
