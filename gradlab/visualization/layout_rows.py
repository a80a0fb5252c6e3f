"""How high or low the nodes of a layered graph stand, once their order is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

Node = Hashable
Size = tuple[float, float]
Near = Mapping[Node, Sequence[Node]]
SWEEPS = 9  # odd, so that the last one lines nodes up with what they are made from
INNER = 1e3  # how much more than a source an inner node holds its place


class Dummy:
    """A place that a long edge passes on its way through a layer."""


class Rows:
    """Layers of nodes and dummies, to be moved up and down without changing order.

    Parameters
    ----------
    before, after : the neighbours of each node in the layers beside its own
    gap : free space between neighbours in a layer
    """

    def __init__(
        self,
        layers: Sequence[list[Node]],
        before: Near,
        after: Near,
        sizes: Mapping[Node, Size],
        gap: float,
    ) -> None:
        self.layers, self.before, self.after = layers, before, after
        self.high = {node: size[1] for node, size in sizes.items()}
        self.gap = gap
        self.y: dict[Node, float] = {}

    def place(self, groups: Sequence[Collection[Node]] = ()) -> dict[Node, float]:
        """Return the middle of every node.

        Parameters
        ----------
        groups : nodes that sources outside of them keep off, outer groups first
        """
        for layer in self.layers:
            self.y.update(self._spread(layer, dict.fromkeys(layer, 0.0)))
        steady = self._steady()
        for sweep in range(SWEEPS):
            if sweep % 2 == 0:
                self._slide(self.layers, steady)
            else:
                self._slide(self.layers[::-1], self.after)
        beside = {
            node: () if self.before[node] else self.after[node] for node in self.y
        }
        self._slide(self.layers, beside)
        for group in reversed(groups):
            self._keep_off(set(group))
        return self.y

    def _steady(self) -> dict[Node, Sequence[Node]]:
        """Return what each node is in line with among those before it.

        Nodes that have others before them, if there are any: so a chain runs straight,
        and sources beside it and long edges around it make room.
        """
        inner = {
            node: [one for one in near if self._is_inner(one)]
            for node, near in self.before.items()
        }
        return {node: inner[node] or near for node, near in self.before.items()}

    def _is_inner(self, node: Node) -> bool:
        return bool(self.before[node]) and not isinstance(node, Dummy)

    def _slide(self, layers: Sequence[list[Node]], near: Near) -> None:
        """Move every layer towards its neighbours, one after another."""
        for layer in layers:
            wish = mean_of(near, self.y, {node: self.y[node] for node in layer})
            self.y.update(self._spread(layer, {node: wish(node) for node in layer}))

    def _spread(
        self, layer: Sequence[Node], wanted: Mapping[Node, float]
    ) -> dict[Node, float]:
        """Return places near those wanted, in order and without overlap.

        Neighbours that want the same room form a block that stands at the mean of
        their wishes (pool adjacent violators); sources have little to say in it.
        """
        blocks: list[tuple[float, float, int]] = []  # (mean of wishes, weight, nodes)
        offsets: list[float] = []
        for i, node in enumerate(layer):
            step = offsets[-1] + self._apart(layer[i - 1], node) if i else 0.0
            offsets.append(step)
            weight = INNER if self._is_inner(node) else 1.0
            blocks.append((wanted[node] - step, weight, 1))
            while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
                (a, v, m), (b, w, n) = blocks[-2:]
                blocks[-2:] = [((a * v + b * w) / (v + w), v + w, m + n)]
        base = [mean for mean, _, count in blocks for _ in range(count)]
        return {n: b + o for n, b, o in zip(layer, base, offsets)}

    def _apart(self, one: Node, two: Node) -> float:
        return (self.high[one] + self.high[two]) / 2 + self.gap

    # --------------------------------- groups ---------------------------------

    def within(self, group: Collection[Node]) -> list[Node]:
        """Return the nodes of a group that its frame holds: no sources left of it."""
        return [n for layer in self._span(group) for n in layer if n in group]

    def _span(self, group: Collection[Node]) -> Sequence[list[Node]]:
        """Return the layers from the first inner node of a group to the last."""
        inner = [
            place
            for place, layer in enumerate(self.layers)
            if any(node in group and self._is_inner(node) for node in layer)
        ]
        return self.layers[inner[0] : inner[-1] + 1] if inner else ()

    def _edges(self, group: Collection[Node]) -> tuple[float, float]:
        """Return where a group begins and ends."""
        tops = (self.y[node] - self.high[node] / 2 for node in group)
        bottoms = (self.y[node] + self.high[node] / 2 for node in group)
        return min(tops, default=0.0), max(bottoms, default=0.0)

    def _keep_off(self, group: set[Node]) -> None:
        """Move sources that are not in a group above or below all of it."""
        top, bottom = self._edges(group)
        middle = (top + bottom) / 2
        room = 2 * self.gap  # the frame needs some of it
        for layer in self._span(group):
            upper = [n for n in layer if n not in group and self.y[n] < middle]
            self._move(upper[::-1], top - room, -1)
            lower = [n for n in layer if n not in group and self.y[n] >= middle]
            self._move(lower, bottom + room, +1)

    def _move(self, nodes: Sequence[Node], edge: float, way: int) -> None:
        """Move sources past an edge, up or down, and what stands behind them along."""
        last: Node | None = None
        for node in nodes:
            least = self.y[node] * way
            if last is not None:
                least = max(least, self.y[last] * way + self._apart(last, node))
            if not self.before[node]:
                least = max(least, edge * way + self.high[node] / 2)
            self.y[node], last = least * way, node


def mean_of(
    near: Near, place: Mapping[Node, float], own: Mapping[Node, float]
) -> Callable[[Node], float]:
    """Return the mean place of a node's neighbours as a function of the node."""

    def mean(node: Node) -> float:
        around = near[node]
        if not around:
            return own[node]
        return sum(place[other] for other in around) / len(around)

    return mean
