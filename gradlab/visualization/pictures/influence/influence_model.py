"""Named numbers and the partial derivatives between them: paths, products, totals."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from gradlab.visualization.own_code import plain

Key = Any  # a name, or the id of an unnamed number


class Wire(NamedTuple):
    """How much `target` moves for a small step of `source`, all else held."""

    source: Key
    target: Key
    partial: float


class Influences:
    """A graph of influences on one result, without circles.

    Parameters
    ----------
    names : every node, in the order in which they are drawn
    wires : the partial derivatives
    to : the result
    held : nodes that are held constant: nothing passes through them
    """

    def __init__(
        self,
        names: Sequence[Key],
        wires: Sequence[Wire],
        to: Key,
        held: Collection[Key] = (),
    ) -> None:
        self.names, self.wires, self.to = list(names), list(wires), to
        self.held = [name for name in names if name in set(held)]
        self.into: dict[Key, list[Wire]] = {name: [] for name in names}
        for wire in wires:
            self.into[wire.target].append(wire)
        self.order = in_order(self.names, self.into)
        self.ways = self._ways()

    def alive(self, wire: Wire) -> bool:
        """Say whether a step of its source can pass along a wire."""
        return wire.source not in self.held and wire.target not in self.held

    def live_into(self, name: Key) -> Iterator[Wire]:
        """Yield the wires into a node along which something can pass."""
        return filter(self.alive, self.into[name])

    def starts(self) -> list[Key]:
        """Return the nodes that nothing influences and that influence the result."""
        return [
            name
            for name in self.names
            if not self.into[name] and name != self.to and name not in self.held
        ]

    def _ways(self) -> dict[Key, int]:
        """Return from how many paths each node influences the result."""
        ways = dict.fromkeys(self.names, 0) | {self.to: 1}
        for name in reversed(self.order):
            for wire in self.live_into(name) if ways[name] else ():
                ways[wire.source] += ways[name]
        return ways

    def slopes(self) -> dict[Key, float]:
        """Return the derivative of the result by each node that influences it."""
        d: dict[Key, float] = {self.to: 1.0}
        for name in reversed(self.order):
            for wire in self.live_into(name) if name in d else ():
                step = d[name] * wire.partial
                d[wire.source] = d[wire.source] + step if wire.source in d else step
        return d

    def paths(self, start: Key, most: int) -> list[list[Wire]]:
        """Return paths from the result back to `start`: all of them, or the first."""
        found = list(islice(self._walk(start), most))
        return sorted(found, key=len)

    def _walk(self, start: Key) -> Iterator[list[Wire]]:
        reach = self.reach(start)
        stack: list[list[Wire]] = [[]]
        while stack:
            path = stack.pop()
            at = path[-1].source if path else self.to
            if at == start:
                yield path
            else:
                near = [w for w in self.live_into(at) if w.source in reach]
                stack += [[*path, wire] for wire in reversed(near)]

    def reach(self, start: Key) -> set[Key]:
        """Return the nodes that `start` influences, and itself."""
        reach = {start}
        for name in self.order:
            if any(wire.source in reach for wire in self.live_into(name)):
                reach.add(name)
        return reach

    def depth(self) -> int:
        """Return how many wires follow one another at most."""
        depth = dict.fromkeys(self.names, 0)
        for name in self.order:
            before = (depth[wire.source] + 1 for wire in self.into[name])
            depth[name] = max(before, default=0)
        return max(depth.values())

    def keeping(self, kept: Collection[Key]) -> Influences:
        """Return the graph of some nodes; all others are summed into the wires."""
        names = [name for name in self.names if name in set(kept)]
        place = {name: n for n, name in enumerate(self.order)}
        wires = [
            Wire(source, target, partial)
            for target in names
            for source, partial in self._reaching(target, set(names), place).items()
        ]
        return Influences(names, wires, self.to, self.held)

    def _reaching(
        self, target: Key, kept: Collection[Key], place: Mapping[Key, int]
    ) -> dict[Key, float]:
        """Return which kept nodes reach a target past none that is kept, and how."""
        d: dict[Key, float] = {target: 1.0}
        waiting = [-place[target]]
        found: dict[Key, float] = {}
        while waiting:
            name = self.order[-heapq.heappop(waiting)]
            for wire in self.into[name]:
                step, near = d[name] * wire.partial, wire.source in kept
                sums = found if near else d
                if wire.source not in sums and not near:
                    heapq.heappush(waiting, -place[wire.source])
                sums[wire.source] = sums.get(wire.source, 0.0) + step
        return {name: found[name] for name in self.names if name in found}


def in_order(names: Sequence[Key], into: Mapping[Key, Sequence[Wire]]) -> list[Key]:
    """Return the names, each after all that influence it.

    Raises
    ------
    ValueError
        If the wires run in a circle.
    """
    waiting = {name: len(into[name]) for name in names}
    after: dict[Hashable, list[Key]] = {name: [] for name in names}
    for name in names:
        for wire in into[name]:
            after[wire.source].append(name)
    order = [name for name in names if not waiting[name]]
    for name in order:
        for target in after[name]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    if len(order) < len(names):
        stuck = next(name for name in names if waiting[name])
        raise ValueError(
            f"The wires run in a circle through or before {plain(stuck)}: a number "
            "cannot influence itself. Leave one wire of the circle out."
        )
    return order
