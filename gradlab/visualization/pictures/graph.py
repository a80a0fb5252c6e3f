"""computation_graph: how a number was made, and how gradients go back through it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graph_model import (
    Key,
    Node,
    incoming,
    read_graph,
    send_back,
)
from gradlab.visualization.pictures.graph_plan import (
    LINE,
    TRAY,
    Lines,
    Plan,
    apart,
    gap_for,
)
from gradlab.visualization.pictures.graph_telling import Moment, Telling
from gradlab.visualization.pictures.graph_words import (
    called,
    gradient_lines,
    heading_of,
    label,
    local_label,
    saved,
    sum_lines,
    value_lines,
)
from gradlab.visualization.scene import Box, Item, Scene, Text, paragraph
from gradlab.visualization.text import width, wrap

STEPPED = 40  # with more ops than this, forward and backward are one frame each


class ComputationGraph(Picture):
    """A graph, built op by op and walked back op by op."""

    def __init__(self, result: Any, d_out: Any = None) -> None:
        self.graph = read_graph(result)
        self.d_out = incoming(result, d_out)
        if self.d_out is not None:
            send_back(self.graph, self.d_out)
        self.ops = self.graph.ops()
        self.back = [node for node in self.graph.turns if node.kind == "op"]
        self.order = {node.key: n for n, node in enumerate(self.back, start=1)}
        self.plan = Plan(self.graph, self._room, self._gap())
        self.moments = list(self._moments())
        self.steps = len(self.moments)
        self.telling = Telling(self.graph, self.d_out)
        name = getattr(result, "name", None)
        self.title = f"Computation graph of {name}" if name else "Computation graph"

    def _moments(self) -> Iterator[Moment]:
        stepped = len(self.ops) <= STEPPED
        if self.ops and stepped and not self.graph.folded:
            yield Moment("leaves")
            for n, node in enumerate(self.ops, start=1):
                yield Moment("forward", node.key, n)
        yield Moment("made", done=len(self.ops))
        if self.d_out is None:
            return
        yield Moment("seed", id(self.graph.result))
        for n, node in enumerate(self.back if stepped else (), start=1):
            yield Moment("backward", node.key, n)
        yield Moment("end", done=len(self.back) + 1)

    # ---------------------------------- planning ----------------------------------

    def _room(self, node: Node) -> Lines:
        """Return the longest texts a node will have to show."""
        inside = [heading_of(node), *self._values(node)]
        if node.kind == "op" and node.turn:
            inside += gradient_lines(node.d)
        return Lines([line for line in inside if line], self._tray(node, None))

    def _values(self, node: Node) -> list[str]:
        if node.kind != "more":
            return value_lines(node.variable)
        leaves = self.graph.folded_leaves
        more = [f"{leaves:,} of them leaves"] if leaves else []
        return [f"… {self.graph.folded:,} more", "numbers, folded", *more]

    def _tray(self, node: Node, done: int | None) -> list[str]:
        """Return what has arrived at a leaf after `done` ops; None for all."""
        if node.kind != "leaf" or self.d_out is None:
            return []
        arrivals = self.graph.arrivals.get(node.key, [])
        sent_by = [d for key, d in arrivals if done is None or self._had(key, done)]
        if len(sent_by) < len(arrivals):
            total = functools.reduce(operator.add, sent_by) if sent_by else None
            return sum_lines(sent_by, total) if sent_by else []
        return sum_lines(sent_by or [node.d], node.d) if node.turn else []

    def _had(self, key: Key, done: int) -> bool:
        """Say whether an op has had its turn; one that is folded has it at the end."""
        return self.order.get(key, len(self.back) + 1) <= done

    def _gap(self) -> float:
        nodes = self.graph.nodes
        labels = [
            (local_label(nodes[edge.target], edge), label(edge.d))
            for edge in self.graph.edges
            if edge.d is not None
        ]
        return gap_for(labels)

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, edges, nodes, and what the frame says."""
        moment = self.moments[step]
        error = moment.name == "end" and self.graph.error
        ink = "wrong-ink" if error else "ink"
        room, y = max(640.0, self.plan.right), self.plan.bottom + 22
        head = wrap(self.telling.heading(moment), room, 19, bold=True)
        items: list[Item] = [
            Text(0, -36 - 26 * (len(head) - n), line, 19, ink, "start", bold=True)
            for n, line in enumerate(head, start=1)
        ]
        items += self._edges(moment)
        for node in self.graph.nodes.values():
            items += self._node(node, moment)
        items += self._plates(moment)
        for line, own in self.telling.foot(moment):
            lines = paragraph(line, 0, y, room, 16, ink=own)
            y = lines[-1].bounds().bottom + 2
            items += lines
        return Scene(tuple(items))

    def _known(self, node: Node, moment: Moment) -> bool:
        """Say whether a node has its value in this frame."""
        if moment.name not in ("leaves", "forward") or node.kind != "op":
            return True
        return self.ops.index(node) < moment.done

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
        known, now = self._known(node, moment), moment.key == node.key
        look = {"more": "card"}.get(node.kind, node.kind)
        if now:
            look = "forward" if moment.name == "forward" else "gradient"
        box = self.plan.boxes[node.key]
        marks = [name for name in ("selected",) if now]
        if node.kind == "op" and known and saved(node):
            marks.append("saved")
        if node.kind == "leaf" and self.d_out is not None:
            marks.append("tray")
        if moment.name == "end" and node.key == self.graph.failed:
            look, marks = "wrong", ["wrong"]
        look = look if known else "muted"
        yield replace(box, look=look, marks=tuple(marks))
        yield from self._inside(node, moment, known)
        yield from self._below(node, moment)
        for x, y in self.plan.ports(node.key) if node.turn else ():
            yield Box(x - 4, y - 4, 8, 8, look="port")
        if node.turn and moment.name in ("seed", "backward", "end"):
            text = f"{node.turn:,}"
            wide = max(22.0, width(text, 12, bold=True) + 10)
            x = box.x + 13 - wide
            yield Box(x, box.y - 12, wide, 22, text, "badge", 12, bold=True)

    def _inside(self, node: Node, moment: Moment, known: bool) -> Iterator[Item]:
        box = self.plan.boxes[node.key]
        head = heading_of(node)
        lines = [(head, "ink" if known else "soft", True)] if head else []
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
        if node.kind != "op" or not node.turn:
            return False
        if moment.name == "seed":
            return node.turn == 1
        return moment.name == "end" or (
            moment.name == "backward" and self.order[node.key] <= moment.done
        )

    def _below(self, node: Node, moment: Moment) -> Iterator[Item]:
        if moment.name not in ("backward", "end"):
            return
        box, lines = self.plan.boxes[node.key], self._tray(node, moment.done)
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

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        return f"{self.title}. {self.telling.alt(moment, self._arrived(moment))}"

    def _arrived(self, moment: Moment) -> list[str]:
        """Say what the trays hold in a frame of backward."""
        folded = moment.name == "end" and self.graph.folded
        if moment.name != "backward" and not folded:
            return []
        held = ((leaf, self._tray(leaf, moment.done)) for leaf in self.telling.leaves)
        return [f"{called(leaf)} holds {' '.join(t)}." for leaf, t in held if t]

    def table(self) -> str:
        """Return one row per node: its value, its gradient, and its turn."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        if moment.name in ("forward", "backward"):
            op = self.graph.nodes[moment.key].op
            if moment.name == "forward":
                return f"What does {op} give?"
            return f"{op}.backward is next. What does it send to each input?"
        return "What comes next? Say it first."


def computation_graph(result: Any, d_out: Any = None) -> ComputationGraph:
    """Return the picture of how a Scalar or Tensor was made and how backward runs.

    Nothing is changed: no `.grad` and no `.derivative` is touched.

    Parameters
    ----------
    result : the Scalar or Tensor
    d_out : the gradient of the result, of its shape; 1 where the result is one
        number. Without it, a result of several numbers is drawn forward only

    Raises
    ------
    TypeError
        If `result` is neither.
    ValueError
        If d_out has another shape than the result, or nothing needs a gradient.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> a, b, c = Scalar(1, "a"), Scalar(2, "b"), Scalar(3, "c")
    >>> picture = computation_graph(a + a * b + c + 3)
    >>> "a 3, b 1, c 1" in picture.alt()
    True
    """
    return ComputationGraph(result, d_out)


scalar_graph = computation_graph
