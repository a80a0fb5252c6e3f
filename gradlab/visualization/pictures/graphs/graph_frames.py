"""Open scopes: a frame around the ops of a module, where no other node stands in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gradlab.visualization.pictures.graphs.graph_names import cut, title_of
from gradlab.visualization.pictures.graphs.graph_nodes import Graph, Key, Scope
from gradlab.visualization.pictures.graphs.graph_plan import Plan
from gradlab.visualization.pictures.graphs.graph_scopes import outwards
from gradlab.visualization.scene import Bounds, Box
from gradlab.visualization.text import width

SIDE, NEXT = 11.0, 8.0  # around the nodes, and more around each frame inside
TOP, TITLE = 28.0, 24.0  # the same above, where the titles stand
SIZE = 13.0


@dataclass(frozen=True)
class Frame:
    """A frame and the title on its upper edge."""

    scope: Scope
    box: Box
    title: Box

    @property
    def bounds(self) -> Bounds:
        """Return the rectangle that both take."""
        return Bounds.around([self.box.bounds(), self.title.bounds()])


class Open:
    """The scopes of a graph that are drawn open, with the nodes in each.

    Parameters
    ----------
    names : the scopes to draw a frame around; None for all that can have one

    Attributes
    ----------
    around : for each op, the open scopes around it, inner ones first
    framed : the same, of those alone that are to have a frame
    """

    def __init__(self, graph: Graph, names: Collection[str] | None = None) -> None:
        self.graph = graph
        self.nodes: dict[str, list[Key]] = {}
        self.around: dict[Key, list[Scope]] = {}
        for node in graph.ops():
            scope = node.scope
            if node.kind == "scope" and scope is not None:
                scope = scope.parent
            self.around[node.key] = list(outwards(scope))
            for one in self.around[node.key]:
                self.nodes.setdefault(one.name, []).append(node.key)
        self.readers: dict[Key, set[Key]] = {}
        for edge in graph.edges:
            self.readers.setdefault(edge.source, set()).add(edge.target)
        self.scopes = [
            scope
            for scope in graph.scopes
            if scope.name in self.nodes
            and (names is None or scope.name in names)
            and self._whole(scope)
        ]
        self.names = {scope.name for scope in self.scopes}
        self.framed = {
            key: [scope for scope in scopes if scope.name in self.names]
            for key, scopes in self.around.items()
        }
        self.high = {scope.name: self._high(scope) for scope in self.scopes}

    def _high(self, scope: Scope) -> int:
        """Return how many frames stand within each other inside a scope."""
        rows = (self.framed[key] for key in self.nodes[scope.name])
        return max(around.index(scope) for around in rows)

    def margin(self, key: Key) -> float:
        """Return the free space above and below a node that its frames take."""
        frames = len(self.framed.get(key, ()))
        return TOP - 12 + TITLE * (frames - 1) if frames else 0.0

    def least(self, key: Key) -> float:
        """Return how wide a node has to be, so that the titles above it fit."""
        alone = (s for s in self.framed.get(key, ()) if len(self.nodes[s.name]) == 1)
        wide = (width(self._title(scope), SIZE, bold=True) for scope in alone)
        return max(wide, default=0.0) + 14

    def _whole(self, scope: Scope) -> bool:
        """Say whether all that a scope ran is drawn."""
        drawn = map(self.graph.drawn, scope.ops)
        return set(drawn) <= self.graph.nodes.keys()

    def groups(self) -> list[list[Key]]:
        """Return the nodes of every scope, and the leaves that only they read."""
        return [[*self.nodes[s.name], *self._own(s)] for s in self.scopes]

    def _own(self, scope: Scope) -> list[Key]:
        ops = set(self.nodes[scope.name])
        kinds = ("leaf", "constant")
        return [
            key
            for key, who in self.readers.items()
            if who <= ops and self.graph.nodes[key].kind in kinds
        ]

    # ----------------------------------- frames -----------------------------------

    def frames(self, plan: Plan) -> list[Frame]:
        """Return the frames that hold their own nodes, and no others."""
        found: list[Frame] = []
        for scope in self.scopes:
            frame = self._frame(plan, scope)
            if self._free(plan, frame, found):
                found.append(frame)
        return found

    def _frame(self, plan: Plan, scope: Scope) -> Frame:
        inner = Bounds.around(map(plan.room, self._inside(plan, scope)))
        high = self.high[scope.name]
        side, top = SIDE + NEXT * high, TOP + TITLE * high
        x, y = inner.left - side, inner.top - top
        box = Box(x, y, inner.width + 2 * side, inner.height + top + side, look="scope")
        text = cut(self._title(scope), box.w - 22, SIZE)
        wide = width(text, SIZE, bold=True) + 8
        title = Box(x + 7, y - 10, wide, 20, text, "paper", SIZE, bold=True)
        return Frame(scope, box, title)

    def _title(self, scope: Scope) -> str:
        """Return the label of a scope without what the frame around it says already."""
        parent = scope.parent
        framed = parent is not None and parent.name in self.names
        around = f"{parent.name}." if parent and framed else ""
        return title_of(scope.label.removeprefix(around))

    def _inside(self, plan: Plan, scope: Scope) -> list[Key]:
        """Return the nodes to frame: ops, and what only they read beside them."""
        ops = self.nodes[scope.name]
        left = Bounds.around(map(plan.room, ops)).left - SIDE
        beside = (key for key in self._own(scope) if plan.room(key).left >= left)
        return [*ops, *beside]

    def _free(self, plan: Plan, frame: Frame, others: Sequence[Frame]) -> bool:
        own = set(self._inside(plan, frame.scope))
        bounds = frame.bounds
        foreign = (plan.room(key) for key in plan.boxes if key not in own)
        if any(_overlap(bounds, room) for room in foreign):
            return False
        around = list(outwards(frame.scope.parent))
        beside = (other for other in others if other.scope not in around)
        return not any(_overlap(bounds, other.bounds) for other in beside)


def _overlap(one: Bounds, two: Bounds) -> bool:
    across = one.left < two.right and two.left < one.right
    return across and one.top < two.bottom and two.top < one.bottom
