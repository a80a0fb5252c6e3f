"""Where the nodes of a computation graph stand, and where its edges and labels run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gradlab.visualization.layout import layered_layout
from gradlab.visualization.pictures.graphs.graph_nodes import Graph, Key, Node
from gradlab.visualization.scene import Arrow, Bounds, Box, Point
from gradlab.visualization.text import width

LINE = 20.0  # from one line of text to the next
TRAY = 19.0  # the same below a leaf
WIRE = 12.0  # from one edge to the next, where several meet a node
PAD = (26.0, 18.0)  # free space inside a node, left and right, above and below
BETWEEN = 30.0  # free space between two nodes above each other


@dataclass(frozen=True)
class Lines:
    """The longest texts a node shows in any frame.

    Attributes
    ----------
    inside : lines in its box, the first one bold
    below : lines in the tray under it
    least : the least width of the box
    margin : free space above and below, for frames
    wires : how many edges meet it on one side, at most
    """

    inside: Sequence[str]
    below: Sequence[str] = ()
    least: float = 62.0
    margin: float = 0.0
    wires: int = 1

    @cached_property
    def box(self) -> tuple[float, float]:
        """Return the size of the box around the lines inside."""
        wide = max((width(t, 15, bold=True) for t in self.inside), default=0.0)
        high = max(2, len(self.inside)) * LINE + PAD[1]
        return (max(self.least, wide + PAD[0]), max(high, (self.wires + 1) * WIRE))

    @cached_property
    def whole(self) -> tuple[float, float]:
        """Return the size of box and tray together."""
        wide, high = self.box
        below = max((width(t, 14, bold=True) for t in self.below), default=0.0)
        tray = 12 + TRAY * len(self.below) if self.below else 0.0
        return (max(wide, below), high + tray)


class Plan:
    """A graph laid out from left to right.

    Parameters
    ----------
    graph : what to lay out
    lines : what a node may have to show
    gap : free space between two layers
    groups : the nodes of every scope that will have a frame, outer ones first
    """

    def __init__(
        self,
        graph: Graph,
        lines: Callable[[Node], Lines],
        gap: float,
        groups: Sequence[Sequence[Key]] = (),
    ) -> None:
        self.graph = graph
        self.lines = {key: lines(node) for key, node in graph.nodes.items()}
        sizes = {key: own.whole for key, own in self.lines.items()}
        layout = layered_layout(
            {
                key: (wide, high + 2 * self.lines[key].margin)
                for key, (wide, high) in sizes.items()
            },
            [(edge.source, edge.target) for edge in graph.edges],
            gap=(gap, BETWEEN),
            groups=groups,
        )
        self.boxes = {key: self._box(key, layout.positions[key]) for key in self.lines}
        self._rooms = {key: self._room(key) for key in self.boxes}
        self.routes = self._routes(layout.routes)
        self._ports: dict[Key, list[Point]] = {}
        for edge, way in zip(graph.edges, self.routes):
            self._ports.setdefault(edge.source, []).append(way[0])

    def _box(self, key: Key, middle: Point) -> Box:
        """Return a node's box, at the right end of its room: there edges leave."""
        (wide, high), whole = self.lines[key].box, self.lines[key].whole
        right = middle[0] + whole[0] / 2
        return Box(right - wide, middle[1] - whole[1] / 2, wide, high)

    def room(self, key: Key) -> Bounds:
        """Return the rectangle that a node and its tray take."""
        return self._rooms[key]

    def _room(self, key: Key) -> Bounds:
        box, (wide, high) = self.boxes[key], self.lines[key].whole
        right = box.x + box.w
        return Bounds(right - wide, box.y, right, box.y + high)

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around all nodes and edges."""
        points = Bounds.of_points([point for way in self.routes for point in way])
        return Bounds.around([points, *map(self.room, self.boxes)])

    # ----------------------------------- edges -----------------------------------

    def _routes(self, routes: Sequence[tuple[Point, ...]]) -> list[tuple[Point, ...]]:
        """Return the ways of the edges, from port to port: no two share a port."""
        edges = self.graph.edges
        starts: dict[Key, list[int]] = {}
        ends: dict[Key, list[int]] = {}
        for n, edge in enumerate(edges):
            starts.setdefault(edge.source, []).append(n)
            ends.setdefault(edge.target, []).append(n)
        ways = [list(route) for route in routes]
        for key, own in ends.items():
            own.sort(key=lambda n: (routes[n][-2][1], n))
            for place, n in enumerate(own, start=1):
                ways[n][-1] = self.boxes[key].port("left", place / (len(own) + 1))
        for key, own in starts.items():
            own.sort(key=lambda n: (routes[n][1][1], ways[n][-1][1], n))
            for place, n in enumerate(own, start=1):
                ways[n][0] = self.boxes[key].port("right", place / (len(own) + 1))
        return [tuple(way) for way in ways]

    def ports(self, key: Key) -> list[Point]:
        """Return where the edges leave a node, or where one could."""
        return self._ports.get(key) or [self.boxes[key].port("right")]

    def arrow(self, n: int, look: str, *, back: bool = False) -> Arrow:
        """Return edge n as an arrow, read forward or backward."""
        way = self.routes[n][::-1] if back else self.routes[n]
        return Arrow(way, look, "flow")

    def plate(self, n: int, end: str, text: str, look: str) -> Box:
        """Return a label on edge n, beside its "source" or its "target"."""
        x, y = self.routes[n][0 if end == "source" else -1]
        wide = width(text, 13, bold=True) + 12
        left = x + 16 if end == "source" else x - 14 - wide
        return Box(left, y - 10, wide, 20, text, look, 13, bold=True)


def apart(plates: Sequence[Box]) -> list[Box]:
    """Return labels moved down until none covers another."""
    placed: list[Box] = []
    for plate in sorted(plates, key=lambda box: box.y):
        y = plate.y
        for other in placed:
            over = plate.x < other.x + other.w and other.x < plate.x + plate.w
            if over and y < other.y + other.h + 2:
                y = other.y + other.h + 2
        placed.append(replace(plate, y=y))
    return placed


def gap_for(labels: Sequence[tuple[str, str]]) -> float:
    """Return the free space between layers in which every pair of labels fits."""
    pairs = (
        width(one, 13, bold=True) + width(two, 13, bold=True) for one, two in labels
    )
    return max(72.0, max(pairs, default=0.0) + 54.0)
