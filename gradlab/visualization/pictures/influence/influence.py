"""influence: who influences a number, along which paths, and how much in total."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.influence.influence_input import read_influences
from gradlab.visualization.pictures.influence.influence_model import Influences
from gradlab.visualization.pictures.influence.influence_story import Moment, Story
from gradlab.visualization.pictures.influence.influence_words import (
    called,
    tables,
)
from gradlab.visualization.pictures.parts.web import Line, Web
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import factor, number, width


class Influence(Picture):
    """A graph of influences, path by path."""

    def __init__(
        self, whole: Influences, values: Mapping[str, float], of: Sequence[str]
    ) -> None:
        self.story = Story(whole, values, of)
        self.graph = self.story.graph
        self.steps, self.title = len(self.story.moments), self.story.title

    # ---------------------------------- drawing ----------------------------------

    @cached_property
    def web(self) -> Web:
        """Where everything stands, with room for the longest texts."""
        names = self.graph.names
        numbers = {name: {self.story.slopes.get(name, 0.0)} for name in names}
        for way in (way for ways in self.story.ways.values() for way in ways):
            for name, d in way.running.items():
                numbers[name].add(d)
        lines = {
            name: [called(name), self._value(name), *self._longest(numbers[name])]
            for name in names
        }
        label = max(
            (
                width(self._plate(n), 13, bold=True)
                for n in range(len(self.graph.wires))
            ),
            default=0.0,
        )
        return Web(lines, [(w.source, w.target) for w in self.graph.wires], label)

    def _value(self, name: str) -> str:
        return number(self.story.values[name]) if name in self.story.values else ""

    def _longest(self, ds: Collection[float]) -> list[str]:
        return sorted((f"d {number(d)}" for d in ds), key=len)[-1:]

    def _plate(self, n: int) -> str:
        return f"×{factor(self.graph.wires[n].partial)}"

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, wires, nodes, plates and what is said below."""
        moment = self.story.moments[step]
        return sheet(
            self.story.heading(moment),
            self._body(moment),
            self.story.foot(moment),
            around=self.web.bounds(),
        )

    def _body(self, moment: Moment) -> Iterator[Item]:
        lit, ds = self._lit(moment)
        for n, wire in enumerate(self.graph.wires):
            if n in lit:
                yield self.web.arrow(n, "gradient", back=True)
            elif moment.name in ("values", "partials") and self.graph.alive(wire):
                yield self.web.arrow(n, "forward")
            else:
                yield self.web.arrow(n, "muted")
        for name in self.graph.names:
            yield from self._node(name, moment, ds)
        shown = range(len(self.graph.wires)) if moment.name == "partials" else lit
        for n in sorted(shown):
            alive = self.graph.alive(self.graph.wires[n])
            yield self.web.plate(n, self._plate(n), "local" if alive else "paper")

    def _lit(self, moment: Moment) -> tuple[set[int], Mapping[str, float]]:
        """Return which wires are lit, and the derivative known at each node."""
        if moment.name == "path":
            way = self.story.ways[moment.start][moment.path]
            return {self.graph.wires.index(wire) for wire in way.wires}, way.running
        if moment.name not in ("total", "end"):
            return set(), {}
        starts = [moment.start] if moment.start else self.story.starts
        known = [start for start in starts if start in self.story.slopes]
        reach = [self.graph.reach(start) for start in known]
        lit = {
            n
            for n, wire in enumerate(self.graph.wires)
            for nodes in reach
            if wire.source in nodes and wire.target in self.story.slopes
            if self.graph.alive(wire)
        }
        nodes = set().union(*reach) if reach else set()
        return lit, {name: d for name, d in self.story.slopes.items() if name in nodes}

    def _node(
        self, name: str, moment: Moment, ds: Mapping[str, float]
    ) -> Iterator[Item]:
        held = name in self.graph.held
        look = "leaf" if not self.graph.into[name] else "op"
        lines: list[Line] = [(called(name), "soft" if held else "ink", True)]
        if name in self.story.values:
            lines.append((self._value(name), "soft" if held else "forward-ink", False))
        if held:
            look = "constant"
            lines.append(("held", "soft", False))
        elif name in ds:
            lines.append((f"d {number(ds[name])}", "gradient-ink", True))
        chosen = self.story.starts if moment.name == "end" else [moment.start]
        marks = ("selected",) if name in chosen else ()
        yield from self.web.node(name, lines, look, marks)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.story.alt(self.story.moments[self.at(step)])

    def table(self) -> str:
        """Return nodes, wires and paths, with all numbers."""
        return tables(self.graph, self.story.values, self.story.slopes, self.story.ways)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.story.moments[self.at(step)]
        start, to = called(moment.start), called(self.graph.to)
        return {
            "values": f"Which numbers influence {to}?",
            "partials": "How much does each arrow pass on, if all else is held?",
            "path": f"Which paths lead from {start} to {to}, and what do they pass on?",
            "total": f"{start} moves by a small step. How much does {to} move in all?",
        }.get(moment.name, f"Which start moves {to} most?")


def influence(
    edges: Any,
    values: Mapping[str, float] | None = None,
    *,
    to: str | None = None,
    of: str | Collection[str] | None = None,
    held: str | Collection[str] = (),
) -> Influence:
    """Return the picture of how numbers influence a result, path by path.

    Parameters
    ----------
    edges : the partial derivatives between named numbers, as {("x", "y"): 3, ...}; or a
        Scalar, whose named numbers are drawn, with what is unnamed between them summed
        into the partial derivatives
    values : the numbers themselves, by name
    to : the result; by default the one that influences nothing
    of : the numbers whose influence is told; by default all that start a path
    held : numbers held constant

    Raises
    ------
    TypeError
        If these are no partial derivatives between names, or no single numbers.
    ValueError
        If a name is not known, the wires run in a circle, or there are several results.

    Examples
    --------
    >>> edges = {("x", "y"): 6, ("x", "z"): 3, ("w", "z"): 2, ("z", "y"): 2}
    >>> picture = influence(edges, {"x": 2, "w": 3, "z": 6, "y": 12}, of="x")
    >>> print(picture.alt())
    dy/dx is the sum over all paths. 2 paths x to y: direct 6, via z 2 · 3 = 6; \
total 12. Direct: 6. Via z: 2 · 3 = 6. dy/dx = 6 + 6 = 12.
    """
    graph, known, starts = read_influences(edges, values, to, (of, held))
    return Influence(graph, known, starts)
