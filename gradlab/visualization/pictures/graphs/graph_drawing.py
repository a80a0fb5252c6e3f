"""A computation graph drawn: nodes, edges and frames as one moment of it has them."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from gradlab.visualization.pictures.graphs.graph_frames import Open
from gradlab.visualization.pictures.graphs.graph_names import inside_of, name_of
from gradlab.visualization.pictures.graphs.graph_nodes import Graph, Key, Node
from gradlab.visualization.pictures.graphs.graph_plan import (
    LINE,
    TRAY,
    Lines,
    Plan,
    apart,
    gap_for,
)
from gradlab.visualization.pictures.graphs.graph_telling import Moment
from gradlab.visualization.pictures.graphs.graph_words import (
    gradient_lines,
    heading_of,
    label,
    local_label,
    saved,
    sum_lines,
    value_lines,
)
from gradlab.visualization.scene import Bounds, Box, Item, Text
from gradlab.visualization.text import width

PLANS = 3  # how often to look for frames that all fit


class Drawing:
    """The nodes and edges of a graph in place, ready to be drawn at any moment.

    Parameters
    ----------
    graph : what to draw
    backward : whether gradients run through it
    """

    def __init__(self, graph: Graph, *, backward: bool) -> None:
        self.graph, self.backward = graph, backward
        back = [node for node in graph.turns if node.runs]
        self.order = {node.key: n for n, node in enumerate(back, start=1)}
        self.made = {node.key: n for n, node in enumerate(graph.ops())}
        self.wires = Counter(edge.source for edge in graph.edges)
        self.wires |= Counter(edge.target for edge in graph.edges)
        self._plan(Open(graph))

    def _plan(self, opened: Open) -> None:
        """Put everything in place; where not every frame fits, again without these."""
        gap = self._gap()
        for left in range(PLANS, -1, -1):
            self.open = opened
            self.tags = self._tagged()
            self.plan = Plan(self.graph, self._room, gap, opened.groups())
            self.frames = opened.frames(self.plan)
            fit = {frame.scope.name for frame in self.frames} if left else set()
            if fit == opened.names:
                break
            opened = Open(self.graph, fit)

    def _tagged(self) -> dict[Key, str]:
        """Return the name of its scope for every node that no frame will name."""
        return {
            key: f"in {name_of(scopes[0].name)}"
            for key, scopes in self.open.around.items()
            if scopes and scopes[0].name not in self.open.names
        }

    def _room(self, node: Node) -> Lines:
        """Return the longest texts a node will have to show."""
        inside = [*self._head(node), *self._values(node)]
        if node.runs and node.turn:
            inside += gradient_lines(node.d)
        least = max(62.0, self.open.least(node.key))
        margin = self.open.margin(node.key)
        wires = self.wires.get(node.key, 1)
        return Lines(inside, self.tray(node, None), least, margin, wires)

    def _head(self, node: Node) -> list[str]:
        """Return the first lines of a node: what it is, and where it belongs."""
        lines = [heading_of(node), self.tags.get(node.key, "")]
        if node.kind == "scope":
            lines.append(inside_of(node))
        return [line for line in lines if line]

    def _values(self, node: Node) -> list[str]:
        if node.kind != "more":
            return value_lines(node.variable)
        leaves = self.graph.folded_leaves
        more = [f"{leaves:,} of them leaves"] if leaves else []
        return [f"… {self.graph.folded:,} more", "numbers, folded", *more]

    def tray(self, node: Node, done: int | None) -> list[str]:
        """Return what has arrived at a leaf after `done` ops; None for all."""
        if node.kind != "leaf" or not self.backward:
            return []
        arrivals = self.graph.arrivals.get(node.key, [])
        sent_by = [d for key, d in arrivals if done is None or self._had(key, done)]
        if len(sent_by) < len(arrivals):
            total = functools.reduce(operator.add, sent_by) if sent_by else None
            return sum_lines(sent_by, total) if sent_by else []
        return sum_lines(sent_by or [node.d], node.d) if node.turn else []

    def _had(self, key: Key, done: int) -> bool:
        """Say whether an op has had its turn; one that is folded has it at the end."""
        return self.order.get(key, len(self.order) + 1) <= done

    def _gap(self) -> float:
        nodes = self.graph.nodes
        labels = [
            (local_label(nodes[edge.target], edge), label(edge.d))
            for edge in self.graph.edges
            if edge.d is not None
        ]
        return gap_for(labels)

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle around everything, at any moment."""
        frames = [frame.bounds for frame in self.frames]
        return Bounds.around([self.plan.bounds.grown(12), *frames])

    # ---------------------------------- drawing ----------------------------------

    def items(self, moment: Moment) -> Iterator[Item]:
        """Yield frames, edges, nodes and labels."""
        yield from (frame.box for frame in self.frames)
        yield from self._edges(moment)
        yield from (frame.title for frame in self.frames)
        for node in self.graph.nodes.values():
            yield from self._node(node, moment)
        yield from self._plates(moment)

    def _known(self, node: Node, moment: Moment) -> bool:
        """Say whether a node has its value in this frame."""
        if moment.name not in ("leaves", "forward") or not node.runs:
            return True
        return self.made[node.key] < moment.done

    def _edges(self, moment: Moment) -> Iterator[Item]:
        for n, edge in enumerate(self.graph.edges):
            target = self.graph.nodes[edge.target]
            if moment.name in ("backward", "end"):
                sent = edge.d is not None and self._had(edge.target, moment.done)
                yield self.plan.arrow(n, "gradient" if sent else "muted", back=sent)
            elif moment.name == "seed":
                yield self.plan.arrow(n, "muted")
            else:
                known = self._known(target, moment)
                yield self.plan.arrow(n, "forward" if known else "muted")

    def _node(self, node: Node, moment: Moment) -> Iterator[Item]:
        known = self._known(node, moment)
        box = replace(
            self.plan.boxes[node.key],
            look=self._look(node, moment) if known else "muted",
            marks=tuple(self._marks(node, moment)),
        )
        yield box
        if node.kind == "scope":  # a second line inside: there is more within
            inner = Box(box.x + 4, box.y + 4, box.w - 8, box.h - 8, look="muted")
            yield inner
        yield from self._inside(node, moment, known)
        yield from self._below(node, moment)
        for x, y in self.plan.ports(node.key) if node.turn else ():
            yield Box(x - 4, y - 4, 8, 8, look="port")
        if node.turn and moment.name in ("seed", "backward", "end"):
            text = f"{node.turn:,}"
            wide = max(22.0, width(text, 12, bold=True) + 10)
            x = box.x + 13 - wide
            yield Box(x, box.y - 12, wide, 22, text, "badge", 12, bold=True)

    def _look(self, node: Node, moment: Moment) -> str:
        if moment.name == "end" and node.key == self.graph.failed:
            return "wrong"
        if moment.key == node.key:
            return "forward" if moment.name == "forward" else "gradient"
        return {"more": "card", "scope": "card"}.get(node.kind, node.kind)

    def _marks(self, node: Node, moment: Moment) -> Iterator[str]:
        if moment.name == "end" and node.key == self.graph.failed:
            yield "wrong"
            return
        if moment.key == node.key:
            yield "selected"
        if node.kind == "op" and self._known(node, moment) and saved(node):
            yield "saved"
        if node.kind == "leaf" and self.backward:
            yield "tray"

    def _inside(self, node: Node, moment: Moment, known: bool) -> Iterator[Item]:
        box, head = self.plan.boxes[node.key], self._head(node)
        lines = [(line, "soft", False) for line in head]
        if head:
            lines[0] = (head[0], "ink" if known else "soft", True)
        if known:
            ink = "soft" if node.kind == "more" else "forward-ink"
            lines += [(line, ink, False) for line in self._values(node)]
        if self._has_d(node, moment):
            lines += [(line, "gradient-ink", True) for line in gradient_lines(node.d)]
        x = box.center[0]
        y = box.center[1] - (len(lines) - 1) * LINE / 2
        for n, (line, ink, bold) in enumerate(lines):
            yield Text(x, y + n * LINE, line, 15, ink, bold=bold)

    def _has_d(self, node: Node, moment: Moment) -> bool:
        """Say whether an op shows its gradient in this frame."""
        if not node.runs or not node.turn:
            return False
        if moment.name == "seed":
            return node.turn == 1
        return moment.name == "end" or (
            moment.name == "backward" and self.order[node.key] <= moment.done
        )

    def _below(self, node: Node, moment: Moment) -> Iterator[Item]:
        if moment.name not in ("backward", "end"):
            return
        box, lines = self.plan.boxes[node.key], self.tray(node, moment.done)
        wide = max((width(line, 14, bold=True) for line in lines), default=0.0)
        x = min(box.center[0], box.x + box.w - wide / 2)
        for n, line in enumerate(lines):
            y = box.y + box.h + 10 + (n + 0.5) * TRAY
            yield Text(x, y, line, 14, "gradient-ink", bold=True)

    def _plates(self, moment: Moment) -> list[Box]:
        """Return the labels on the edges of the op whose turn it is."""
        if moment.name != "backward":
            return []
        node = self.graph.nodes[moment.key]
        plates = []
        for n, edge in enumerate(self.graph.edges):
            if edge.target == moment.key and edge.d is not None:
                local = local_label(node, edge)
                if local:
                    plates.append(self.plan.plate(n, "target", local, "local"))
                plates.append(self.plan.plate(n, "source", label(edge.d), "gradient"))
        return apart(plates)
