"""Where named nodes stand and how wires run between them, with room for labels.

Between two layers a wire bends in one stretch only, and runs level through the rest:
there labels stand, and no other wire can pass below them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from gradlab.visualization.layout import layered_layout
from gradlab.visualization.scene import Arrow, Bounds, Box, Point, Text
from gradlab.visualization.text import width

LINE = 20.0  # from one line of text to the next
PORTS = 27.0  # the least way between two wires that end on one side
BEND = 62.0  # the stretch in which wires bend
NAME = 110.0  # longer names are cut
Line = tuple[str, str, bool]  # words, the name of their colour, bold


class Web:
    """Nodes laid out from left to right.

    Parameters
    ----------
    nodes : for each node, the longest lines it ever shows; the first one bold
    wires : (source, target) pairs without circles
    label : the width of the widest label on a wire
    """

    def __init__(
        self,
        nodes: Mapping[str, Sequence[str]],
        wires: Sequence[tuple[str, str]],
        label: float = 0.0,
    ) -> None:
        self.wires = list(wires)
        self.zone = label + (34.0 if label else 16.0)
        sizes = {key: self._size(key, lines) for key, lines in nodes.items()}
        gap = (BEND + self.zone, 26.0)
        own: dict[Hashable, tuple[float, float]] = dict(sizes.items())
        layout = layered_layout(own, [*self.wires], gap=gap)
        self.boxes = {
            key: Box(x - sizes[key][0] / 2, y - sizes[key][1] / 2, *sizes[key])
            for key in sizes
            for x, y in [layout.positions[key]]
        }
        spans = [
            Bounds.around(self.boxes[str(n)].bounds() for n in layer)
            for layer in layout.layers
        ]
        self.layers = [(b.left, b.right) for b in spans]
        self.routes = self._routes(layout.routes)

    def _size(self, key: str, lines: Sequence[str]) -> tuple[float, float]:
        ends = [sum(wire[side] == key for wire in self.wires) for side in (0, 1)]
        wide = max((width(line, 15, bold=True) for line in lines), default=0.0)
        high = max(2, len(lines)) * LINE + 18
        return max(66.0, wide + 26), max(high, PORTS * (max(ends) + 1))

    # ----------------------------------- wires -----------------------------------

    def _routes(self, routes: Sequence[tuple[Point, ...]]) -> list[list[Point]]:
        ways = [list(route) for route in routes]
        for side, end, near in ((1, -1, -2), (0, 0, 1)):
            for key in self.boxes:
                own = [n for n, wire in enumerate(self.wires) if wire[side] == key]
                own.sort(key=lambda n: (routes[n][near][1], ways[n][-1 - end][1], n))
                for place, n in enumerate(own, start=1):
                    port = self.boxes[key].port(
                        "right" if side == 0 else "left", place / (len(own) + 1)
                    )
                    ways[n][end] = port
        return [self._level(way) for way in ways]

    def _level(self, way: list[Point]) -> list[Point]:
        """Return a way that bends only where no label and no node stands."""
        points: list[Point] = []
        for n, (x, y) in enumerate(way, start=self._layer(way[0][0])):
            left, right = self.layers[n]
            points += [(left - self.zone, y)] if points else [(x, y)]
            points += [(right, y)] if len(points) < 2 * len(way) - 1 else [(x, y)]
        return points

    def _layer(self, x: float) -> int:
        return next(n for n, (left, right) in enumerate(self.layers) if x <= right + 1)

    def arrow(self, n: int, look: str, *, back: bool = False) -> Arrow:
        """Return wire n as an arrow, read forward or backward."""
        way = self.routes[n][::-1] if back else self.routes[n]
        return Arrow(tuple(way), look, "flow")

    def plate(self, n: int, text: str, look: str) -> Box:
        """Return a label on wire n, before its target."""
        x, y = self.routes[n][-1]
        wide = width(text, 13, bold=True) + 12
        left = self.layers[self._layer(x)][0] - 15 - wide
        return Box(left, y - 10, wide, 20, text, look, 13, bold=True)

    # ----------------------------------- nodes -----------------------------------

    def node(
        self, key: str, lines: Sequence[Line], look: str, marks: tuple[str, ...] = ()
    ) -> Iterator[Box | Text]:
        """Yield a node's box and its lines of text."""
        box = replace(self.boxes[key], look=look, marks=marks)
        yield box
        x, y = box.center
        top = y - (len(lines) - 1) * LINE / 2
        for n, (words, ink, bold) in enumerate(lines):
            line = Text(x, top + n * LINE, words, 15, ink, bold=bold)
            if "wrong" in marks:  # words stay readable on the hatch
                around = line.bounds()
                yield Box(around.left - 3, line.y - 9, line.width + 6, 18, look="paper")
            yield line

    def badge(self, key: str, text: str, look: str = "badge") -> Box:
        """Return a small label on the top left corner of a node."""
        box, wide = self.boxes[key], max(22.0, width(text, 12, bold=True) + 12)
        return Box(box.x + 13 - wide, box.y - 12, wide, 22, text, look, 12, bold=True)

    def bounds(self) -> Bounds:
        """Return the room that nodes, badges and wires take."""
        boxes = Bounds.around(box.bounds() for box in self.boxes.values())
        ways = Bounds.of_points(point for way in self.routes for point in way)
        around = Bounds.around((boxes, ways)) if self.routes else boxes
        return around._replace(left=around.left - 20, top=around.top - 14)
