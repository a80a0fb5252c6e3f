"""How the cells and wires of a flow film's graph look in a frame."""

from __future__ import annotations

from gradlab.visualization.pictures.graphs.graph_model import Node
from gradlab.visualization.pictures.ways.flow_cursor import Course, Moment


class FlowLooks:
    """Which nodes have their values, and which their gradients, at a moment."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def cells(self, node: Node, moment: Moment) -> str:
        """Return how the cells of a node look: empty, with values, with gradients."""
        course = self.course
        if moment.name in ("leaves", "forward") and node.kind == "op":
            made = course.ops.index(node) < moment.done
            return "mini-forward" if made else "mini"
        if moment.name in ("seed", "backward", "end") and self._has_d(node, moment):
            return "mini-gradient"
        return "mini-forward"

    def _has_d(self, node: Node, moment: Moment) -> bool:
        """Say whether something has been sent to a node by this frame."""
        if node.key == id(self.course.graph.result):
            return True
        done = {op.key for op in self.course.gone(moment)}
        edges = self.course.graph.edges
        return any(
            edge.source == node.key and edge.d is not None and edge.target in done
            for edge in edges
        )

    def wire(self, n: int, moment: Moment) -> str:
        """Return how the edge with this number looks."""
        edge, course = self.course.graph.edges[n], self.course
        if moment.name in ("seed", "backward", "end"):
            done = {op.key for op in course.gone(moment)}
            return "gradient" if edge.target in done and edge.d is not None else "muted"
        target = course.graph.nodes[edge.target]
        made = moment.name == "made" or target.kind != "op"
        made = made or course.ops.index(target) < moment.done
        return "forward" if made else "muted"
