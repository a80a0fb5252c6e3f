"""A computation graph in which every node shows its cells, small and without numbers.

It is the map above a gradient flow: where the computation is now, which cells have
their value and which their gradient, and which cells one chosen cell leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import shape_of
from gradlab.visualization.layout import layered_layout
from gradlab.visualization.pictures.graphs.graph_model import Graph, Key, Node
from gradlab.visualization.pictures.graphs.graph_words import short
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Text
from gradlab.visualization.text import shorten, size_names, width

CELL, SMALL, GAP = 15.0, 11.0, 2.0  # cells, those of a map without words, between
GAPS = (26.0, 14.0)  # between the nodes
PAD = 14.0  # around what stands in a node
NAME = 96.0
SIZE, LINE = 13.0, 17.0
Lit = Mapping[Key, Collection[Index]]


class FlowGraph:
    """A graph laid out, its nodes boxes of small cells.

    Parameters
    ----------
    graph : what to draw
    names : what its nodes are called
    big : how large the type is; 1 on a page, 0 for a map without words
    """

    def __init__(
        self, graph: Graph, names: Mapping[Key, str], *, big: float = 1.0
    ) -> None:
        self.graph, self.names, self.big = graph, names, big
        cell = CELL if big else SMALL
        self.grids = {key: _grid(node, cell) for key, node in graph.nodes.items()}
        self.heads = {key: self._head(node) for key, node in graph.nodes.items()}
        sizes = {key: self._size(key) for key in graph.nodes}
        layout = layered_layout(
            sizes, [(edge.source, edge.target) for edge in graph.edges], gap=GAPS
        )
        self.boxes = {
            key: Box(x - sizes[key][0] / 2, y - sizes[key][1] / 2, *sizes[key])
            for key, (x, y) in layout.positions.items()
        }
        self.routes = layout.routes
        self.grids = {key: self._placed(key) for key in graph.nodes}

    def _head(self, node: Node) -> list[str]:
        """Return the lines above a node's cells: its name, then its value or shape."""
        if not self.big:
            return []
        if node.kind == "more":
            return [f"… {self.graph.folded:,} more"]
        room, size = NAME * self.big, SIZE * self.big
        name = shorten(self.names[node.key], room, size, bold=True)
        if node.kind == "op" and node.name:
            name = f"{name} = {node.op}"
        thing = node.variable
        single = getattr(thing, "size", 1) == 1
        return [name, short(thing) if single else size_names(shape_of(thing))]

    def _size(self, key: Key) -> tuple[float, float]:
        head, grid = self.heads[key], self.grids[key].bounds()
        size = SIZE * self.big
        wide = max((width(line, size, bold=True) for line in head), default=0.0)
        pad = PAD if self.big else 8.0
        high = len(head) * LINE * self.big + grid.height
        return (max(wide, grid.width) + pad, high + pad)

    def _placed(self, key: Key) -> TensorGrid:
        box, grid = self.boxes[key], self.grids[key]
        left = box.x + (box.w - grid.bounds().width) / 2
        pad = PAD if self.big else 8.0
        top = box.y + len(self.heads[key]) * LINE * self.big + pad / 2
        return replace(grid, x=left, y=top)

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around all nodes and wires."""
        ways = [Bounds.of_points(route) for route in self.routes]
        return Bounds.around([*(box.bounds() for box in self.boxes.values()), *ways])

    # ----------------------------------- drawing -----------------------------------

    def items(
        self,
        look: Callable[[Node], str],
        wire: Callable[[int], str],
        *,
        now: Key | None = None,
        lit: Lit | None = None,
        tag: Callable[[Key, Index], str] = lambda key, index: "",
    ) -> Iterator[Item]:
        """Yield wires, nodes and cells.

        Parameters
        ----------
        look : the look of a node's cells: "mini", "mini-forward", "mini-gradient"
        wire : the look of the edge with this number; a gradient runs backward
        now : the node whose turn it is
        lit : cells with a thick outline
        tag : what a cell is called for a script
        """
        for n, route in enumerate(self.routes):
            own = wire(n)
            yield Arrow(route[::-1] if own == "gradient" else route, own, "flow")
        for key, node in self.graph.nodes.items():
            yield from self._node(node, look(node), now == key)
            if node.kind != "more":
                yield from self._cells(key, look(node), tag)
        for key, cells in (lit or {}).items():
            yield from self._outlines(key, cells, tag)

    def _node(self, node: Node, look: str, now: bool) -> Iterator[Item]:
        box, lines = self.boxes[node.key], self.heads[node.key]
        own = {"more": "card"}.get(node.kind, node.kind)
        yield replace(box, look=own, marks=("selected",) if now else ())
        high, size = LINE * self.big, SIZE * self.big
        for n, line in enumerate(lines):
            middle = (box.center[0], box.y + 6 + (n + 0.5) * high)
            ink = "ink" if n == 0 else "soft"
            yield Text(*middle, line, size, ink, bold=n == 0)

    def _cells(
        self, key: Key, look: str, tag: Callable[[Key, Index], str]
    ) -> Iterator[Item]:
        grid = self.grids[key]
        if grid.empty:
            return
        if self.big:
            yield from grid.dots()
        for index in grid.shown():
            yield replace(grid.box(index, look=look), cell=tag(key, index))

    def _outlines(
        self, key: Key, cells: Collection[Index], tag: Callable[[Key, Index], str]
    ) -> Iterator[Item]:
        grid = self.grids.get(key)
        for index in sorted(cells) if grid is not None else ():
            if grid is not None and grid.contains(index):
                own = f"lit:{tag(key, index)}"
                yield replace(grid.box(index, look="lit"), cell=own)


def _grid(node: Node, side: float) -> TensorGrid:
    return TensorGrid(
        shape_of(node.variable), cell=(side, side), gap=GAP, slice_gap=8.0, room=180.0
    )
