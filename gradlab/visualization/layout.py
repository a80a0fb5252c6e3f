"""Where the nodes of a graph go: layers from left to right, few crossings, no luck.

A node stands one layer after the last of those it depends on; a leaf, and what only
leaves hold back, moves right, next to its first use. Long edges get a dummy node in
every layer that they pass. Sweeps then order each layer by the average place of its
neighbours and keep the best order seen; last, every layer slides towards its
neighbours without changing order.
Plain Python, and the same graph gives the same picture.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from gradlab.visualization.layout_rows import Dummy, Node, Rows, Size, mean_of

Edge = tuple[Node, Node]
Point = tuple[float, float]
SWEEPS = 24
PATIENCE = 6  # sweeps without fewer crossings


@dataclass(frozen=True)
class Layout:
    """A graph laid out.

    Attributes
    ----------
    positions : the middle of every node
    routes : for each edge, in the order given, points from the right side of its
        source to the left side of its target
    layers : the nodes of each layer from top to bottom
    """

    positions: dict[Any, Point]
    routes: list[tuple[Point, ...]]
    layers: list[list[Node]] = field(default_factory=list)


def layered_layout(
    nodes: Mapping[Any, Size],
    edges: Sequence[Edge],
    *,
    gap: Size = (56.0, 24.0),
    groups: Sequence[Collection[Node]] = (),
) -> Layout:
    """Return positions for a graph without cycles, sources left and results right.

    Parameters
    ----------
    nodes : each node's (width, height), in a fixed order
    edges : (source, target) pairs; the same pair may come twice
    gap : free space between layers and between neighbours in a layer
    groups : nodes that will have a frame around them, outer groups first: sources that
        are none of them keep off

    Raises
    ------
    ValueError
        If an edge names an unknown node, or the edges run in a circle.

    Examples
    --------
    >>> chain = layered_layout({"x": (40, 20), "y": (40, 20)}, [("x", "y")])
    >>> chain.positions
    {'x': (20.0, 10.0), 'y': (116.0, 10.0)}
    """
    _check(nodes, edges)
    rank = _ranks(nodes, edges)
    graph = _Layers(nodes, edges, rank)
    graph.order()
    return graph.place(gap, groups)


def _check(nodes: Mapping[Node, Size], edges: Sequence[Edge]) -> None:
    for edge in edges:
        for end in edge:
            if end not in nodes:
                raise ValueError(f"Edge {edge} names {end!r}, which is not a node.")


def _ranks(nodes: Mapping[Node, Size], edges: Sequence[Edge]) -> dict[Node, int]:
    """Return each node's layer: longest way from a source; leaves at first use."""
    waiting = dict.fromkeys(nodes, 0)
    after: dict[Node, list[Node]] = {node: [] for node in nodes}
    for source, target in edges:
        waiting[target] += 1
        after[source].append(target)
    sources = [node for node in nodes if not waiting[node]]
    rank, ready, done = dict.fromkeys(nodes, 0), list(sources), 0
    while done < len(ready):
        node = ready[done]
        done += 1
        for target in after[node]:
            rank[target] = max(rank[target], rank[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if done < len(nodes):
        raise ValueError("The edges run in a circle: a graph of results has none.")
    _pull(rank, after, ready, set(sources))
    return rank


def _pull(
    rank: dict[Node, int],
    after: Mapping[Node, list[Node]],
    order: Sequence[Node],
    sources: set[Node],
) -> None:
    """Move what only sources hold back right, next to its first use, and them too."""
    held = {target for node in order if node not in sources for target in after[node]}
    for node in reversed(order):
        if after[node] and node not in held:
            rank[node] = min(rank[target] for target in after[node]) - 1


class _Layers:
    """Layers of nodes and dummies, with the short edges between neighbours."""

    def __init__(
        self,
        nodes: Mapping[Node, Size],
        edges: Sequence[Edge],
        rank: Mapping[Node, int],
    ) -> None:
        self.sizes: dict[Node, Size] = dict(nodes)
        self.layers: list[list[Node]] = [
            [] for _ in range(max(rank.values(), default=-1) + 1)
        ]
        self.before: dict[Node, list[Node]] = {node: [] for node in nodes}
        self.after: dict[Node, list[Node]] = {node: [] for node in nodes}
        for node in nodes:
            self.layers[rank[node]].append(node)
        self.chains = [self._chain(edge, rank) for edge in edges]

    def _chain(self, edge: Edge, rank: Mapping[Node, int]) -> list[Node]:
        """Return an edge as a chain of nodes one layer apart."""
        source, target = edge
        chain: list[Node] = [source]
        for layer in range(rank[source] + 1, rank[target]):
            dummy = Dummy()
            self.sizes[dummy] = (0.0, 6.0)
            self.before[dummy], self.after[dummy] = [], []
            self.layers[layer].append(dummy)
            chain.append(dummy)
        chain.append(target)
        for one, two in pairwise(chain):
            self.after[one].append(two)
            self.before[two].append(one)
        return chain

    # --------------------------------- ordering ---------------------------------

    def order(self) -> None:
        """Order every layer by sweeps over neighbours' places; keep the best."""
        best, fewest = [list(layer) for layer in self.layers], self.crossings()
        last = 0
        for sweep in range(SWEEPS):
            if not fewest or sweep - last > PATIENCE:
                break
            self._sweep(down=sweep % 2 == 0)
            now = self.crossings()
            if now < fewest:
                best, fewest = [list(layer) for layer in self.layers], now
                last = sweep
        self.layers = best

    def _sweep(self, *, down: bool) -> None:
        pairs = list(pairwise(self.layers))
        if not down:
            pairs = [(two, one) for one, two in reversed(pairs)]
        near = self.before if down else self.after
        for fixed, free in pairs:
            place = {node: float(i) for i, node in enumerate(fixed)}
            own = {node: float(i) for i, node in enumerate(free)}
            free.sort(key=mean_of(near, place, own))

    def crossings(self) -> int:
        """Return how many pairs of edges cross between neighbouring layers."""
        total = 0
        for upper, lower in pairwise(self.layers):
            place = {node: i for i, node in enumerate(lower)}
            ends = [sorted(place[t] for t in self.after[node]) for node in upper]
            seen: list[int] = []  # sorted
            for group in ends:
                total += sum(len(seen) - bisect_right(seen, t) for t in group)
                for t in group:
                    insort(seen, t)
        return total

    def _wired(self, group: Collection[Node]) -> set[Node]:
        """Return a group with the dummies of the edges from and to its nodes."""
        own = set(group)
        ways = (way for way in self.chains if way[0] in own or way[-1] in own)
        return own.union(*(way[1:-1] for way in ways))

    def _gather(
        self, groups: Sequence[Collection[Node]], y: Mapping[Node, float]
    ) -> None:
        """Bring the nodes of each group together in every layer, in one order."""
        key: dict[Node, list[float]] = {node: [] for node in y}
        for group in groups:
            middle = sum(y[node] for node in group) / max(1, len(group))
            for node in group:
                key[node].append(middle)
        for layer in self.layers:
            layer.sort(key=lambda node: (*key[node], y[node]))

    # --------------------------------- placing ----------------------------------

    def place(self, gap: Size, groups: Sequence[Collection[Node]]) -> Layout:
        """Turn orders into coordinates, and edges into routes through them."""
        x = self._columns(gap[0])
        rows = Rows(self.layers, self.before, self.after, self.sizes, gap[1])
        y = rows.place()
        if groups:
            self._gather([rows.within(self._wired(group)) for group in groups], y)
            y = rows.place([rows.within(set(group)) for group in groups])
        top = min((y[node] - self.sizes[node][1] / 2 for node in y), default=0.0)
        spot = {node: (x[node], y[node] - top) for node in y}
        real = [[n for n in layer if not isinstance(n, Dummy)] for layer in self.layers]
        positions = {node: spot[node] for node in self.sizes if node in spot}
        return Layout(
            {node: at for node, at in positions.items() if not isinstance(node, Dummy)},
            [self._route(chain, spot) for chain in self.chains],
            real,
        )

    def _columns(self, gap: float) -> dict[Node, float]:
        x: dict[Node, float] = {}
        left = 0.0
        for layer in self.layers:
            wide = max((self.sizes[node][0] for node in layer), default=0.0)
            x.update(dict.fromkeys(layer, left + wide / 2))
            left += wide + gap
        return x

    def _route(
        self, chain: list[Node], spot: Mapping[Node, Point]
    ) -> tuple[Point, ...]:
        (x, y), (u, v) = spot[chain[0]], spot[chain[-1]]
        start = (x + self.sizes[chain[0]][0] / 2, y)
        end = (u - self.sizes[chain[-1]][0] / 2, v)
        return (start, *(spot[node] for node in chain[1:-1]), end)
