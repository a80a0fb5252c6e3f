"""Walks over a graph: what is visited, in which order, and how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from gradlab.autodiff import parents, topological_order
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain

Order = Literal["topo", "dfs", "naive"]
ORDERS: tuple[Order, ...] = ("topo", "dfs", "naive")
HOW = 'such as {"e": ["d", "c"], "d": ["a", "a"]}'


class Visit(NamedTuple):
    """One arrival at a node.

    Attributes
    ----------
    node : where the walk arrives
    wire : along which wire, by its number; None at the start
    times : for how many times it has arrived here, this one included
    path : the nodes from the start to here, where the walk has come along a path
    """

    node: str
    wire: int | None
    times: int
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Walkable:
    """A graph to walk over.

    Attributes
    ----------
    names : every node, the start first
    after : where the walk can go from each node, with repeats
    back : whether the walk goes back from a result to its inputs
    """

    names: Sequence[str]
    after: Mapping[str, Sequence[str]]
    back: bool

    @property
    def start(self) -> str:
        """Return where the walk begins."""
        return self.names[0]

    @cached_property
    def wires(self) -> list[tuple[str, str]]:
        """Return every wire as (from, to) in the direction of the walk."""
        return [(one, two) for one in self.names for two in self.after[one]]

    @cached_property
    def first_wire(self) -> dict[str, int]:
        """Return the number of each node's first wire."""
        at, numbers = 0, {}
        for name in self.names:
            numbers[name] = at
            at += len(self.after[name])
        return numbers

    @cached_property
    def circle(self) -> list[int]:
        """Return the wires that close a circle: they lead back into the path."""
        return [n for n, closes in self._explored if closes]

    @cached_property
    def _explored(self) -> list[tuple[int, bool]]:
        """Return every wire and whether it leads back into the path, depth first."""
        found: list[tuple[int, bool]] = []
        open_, done = set[str](), set[str]()
        for root in self.names:
            stack = [(root, False)]
            while stack:
                name, left = stack.pop()
                if left:
                    open_.discard(name)
                    done.add(name)
                elif name not in done and name not in open_:
                    open_.add(name)
                    stack.append((name, True))
                    stack += [(two, False) for two in reversed(self.after[name])]
                    found += self._into(name, open_)
        return found

    def _into(self, name: str, open_: set[str]) -> Iterator[tuple[int, bool]]:
        for n, two in enumerate(self.after[name], start=self.first_wire[name]):
            yield n, two in open_

    # ----------------------------------- orders -----------------------------------

    @cached_property
    def topological(self) -> list[str]:
        """Return the nodes that can be reached, each before all it points at."""
        knots = {name: _Knot(name) for name in self.names}
        for name, knot in knots.items():
            inputs = tuple(knots[two] for two in self.after[name])
            knot.history = _Made(inputs) if inputs else None
        order: list[_Knot] = topological_order(knots[self.start])  # type: ignore[arg-type]
        return [knot.name for knot in order]

    def visits(self, order: Order) -> Iterator[Visit]:
        """Yield the visits of a walk, one after another; naive ones may never end."""
        if order == "topo":
            return (Visit(name, None, 1) for name in self.topological)
        return self._deep(every_path=order == "naive")

    def _deep(self, *, every_path: bool) -> Iterator[Visit]:
        """Yield a walk depth first; without `every_path` it turns back where it was."""
        counts: dict[str, int] = {}
        path: list[str] = []
        stack: list[tuple[str, int | None, int]] = [(self.start, None, 0)]
        while stack:
            name, wire, depth = stack.pop()
            counts[name] = counts.get(name, 0) + 1
            path[depth:] = [name]
            yield Visit(name, wire, counts[name], tuple(path[-12:]))
            if every_path or counts[name] == 1:
                ways = [*enumerate(self.after[name], start=self.first_wire[name])]
                stack += [(two, n, depth + 1) for n, two in reversed(ways)]

    @cached_property
    def naive_counts(self) -> dict[str, int]:
        """Return how often a walk along every path visits each node; exact."""
        counts = dict.fromkeys(self.names, 0) | {self.start: 1}
        for name in self.topological:
            for two in self.after[name]:
                counts[two] += counts[name]
        return counts

    def depth(self) -> int:
        """Return how many wires follow one another at most, circles aside."""
        closing = set(self.circle)
        depth = dict.fromkeys(self.names, 0)
        for name in self.topological:
            for n, two in enumerate(self.after[name], start=self.first_wire[name]):
                if n not in closing:
                    depth[two] = max(depth[two], depth[name] + 1)
        return max(depth.values())


class _Made(NamedTuple):
    inputs: tuple[_Knot, ...]


class _Knot:
    """A named node as the walk of autodiff knows it."""

    requires_grad = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.history: _Made | None = None


# ----------------------------------- reading -----------------------------------


def read_walkable(given: Any, order: Any, start: str | None) -> Walkable:
    """Return the graph that `walk_film` is given.

    Raises
    ------
    TypeError
        If it is neither a result nor a dict of names.
    ValueError
        If there is no such order or start, or circles stand in the way.
    """
    if order not in ORDERS:
        raise ValueError(f'order is "topo", "dfs" or "naive"; got {plain(order)}.')
    if is_variable(given):
        return _of_result(given, start)
    if not isinstance(given, Mapping) or not given:
        raise TypeError(
            "walk_film walks over a Scalar or Tensor result, or over a dict that says "
            f"where each node points, {HOW}; got {plain(given)}."
        )
    graph = _of_dict(given, start)
    if graph.circle and order != "dfs":
        one, two = graph.wires[graph.circle[0]]
        why = "there is no topological order" if order == "topo" else "it never ends"
        raise ValueError(
            f"The wire from {plain(one)} to {plain(two)} closes a circle, so {why}. "
            'Leave it out, or walk with order="dfs".'
        )
    return graph


def _of_dict(given: Mapping[Any, Any], start: str | None) -> Walkable:
    after = {_name(one): _targets(one, twos) for one, twos in given.items()}
    for twos in list(after.values()):
        after |= {two: [] for two in twos if two not in after}
    if start is not None and start not in list(after):
        raise ValueError(f"start is {plain(start)}, which is no node of this graph.")
    pointed = {two for twos in after.values() for two in twos}
    free = (name for name in after if name not in pointed)
    first = start or next(free, next(iter(after)))
    return Walkable([first, *(name for name in after if name != first)], after, False)


def _name(thing: Any) -> str:
    if not isinstance(thing, str) or not thing:
        raise TypeError(f"Nodes are called by names, {HOW}; got {plain(thing)}.")
    return thing


def _targets(one: str, twos: Any) -> list[str]:
    if isinstance(twos, str) or not hasattr(twos, "__iter__"):
        raise TypeError(
            f"{plain(one)} points at a list of names, {HOW}; got {plain(twos)}."
        )
    names = [_name(two) for two in twos]
    if one in names:
        raise ValueError(
            f"{plain(one)} points at itself: no walk gets anywhere along that wire. "
            "Leave it out."
        )
    return names


def _of_result(result: Any, start: str | None) -> Walkable:
    if start is not None:
        raise ValueError("A walk back begins at the result: leave start out.")
    if not result.requires_grad:
        raise ValueError(
            "Nothing behind this result needs a gradient, so there is nothing to walk "
            "over. Make a leaf with requires_grad=True."
        )
    order = topological_order(result)
    used: dict[str, int] = {}
    names: dict[int, str] = {}
    for node in order:
        name = _called(node)
        used[name] = used.get(name, 0) + 1
        names[id(node)] = name if used[name] == 1 else f"{name} {used[name]}"
    after = {names[id(n)]: [names[id(two)] for two in parents(n)] for n in order}
    return Walkable(list(after), after, True)


def _called(node: Any) -> str:
    """Return a node's name, or that of the op that made it."""
    name = getattr(node, "name", None)
    return str(name) if name else node.history.fn.__name__ if node.history else "leaf"
