"""walk_film: in which order a walk visits the nodes of a graph, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.influence.influence_words import called, count_text
from gradlab.visualization.pictures.influence.walk_film_model import (
    Order,
    Visit,
    Walkable,
    read_walkable,
)
from gradlab.visualization.pictures.influence.walk_film_story import MORE, Story
from gradlab.visualization.pictures.parts.web import Line, Web
from gradlab.visualization.scene import Item, Scene
from gradlab.visualization.sheet import sheet


class WalkFilm(Picture):
    """A graph and a walk over it, one frame per visit."""

    def __init__(self, graph: Walkable, order: Order) -> None:
        self.graph, self.story = graph, Story(graph, order)
        self.steps, self.title = self.story.steps, self.story.title

    # ---------------------------------- drawing ----------------------------------

    @cached_property
    def web(self) -> Web:
        """Where everything stands."""
        story = self.story
        lines = {name: [called(name), *self._counted(name)] for name in story.kept}
        if story.folded:
            lines[MORE] = story.folded_lines()
        pairs = [
            (two, one) if self._is_back(n) else (one, two)
            for n, one, two in story.wires
        ]
        return Web(lines, pairs)

    def _is_back(self, n: int) -> bool:
        """Say whether the walk takes a wire from right to left."""
        return self.graph.back != (n in self.graph.circle)

    def _counted(self, name: str) -> list[str]:
        """Return how often a node is visited in all, where that is the point."""
        if self.story.order != "naive":
            return []
        return [f"{count_text(self.story.counts[name])} visits"]

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, wires, nodes with their numbers, and words."""
        ink = "wrong-ink" if self.story.wrong(step) else "ink"
        body = [*self._wires(step), *self._nodes(step)]
        head, foot = self.story.heading(step), self.story.foot(step)
        return sheet(head, body, foot, ink=ink, around=self.web.bounds())

    def _wires(self, step: int) -> Iterator[Item]:
        story, now = self.story, self.story.visit(step)
        walked = {visit.wire for visit in story.visits[:step]}
        seen = story.seen(step)
        last = step == self.steps - 1
        for place, (n, _, two) in enumerate(story.wires):
            gone = two in seen if story.order == "topo" else n in walked
            look = "plain" if gone or last else "muted"
            if now and self._is_now(n, two, now):
                again = "wrong" if story.order == "naive" else "stretch"
                look = "lit" if now.times == 1 else again
            yield self.web.arrow(place, look, back=self._is_back(n))

    def _is_now(self, n: int, two: str, now: Visit) -> bool:
        """Say whether the walk arrives along a wire in this frame."""
        if self.story.order == "topo":
            return two == self.story.spot(now.node)
        return n == now.wire

    def _nodes(self, step: int) -> Iterator[Item]:
        story, now, seen = self.story, self.story.visit(step), self.story.seen(step)
        for name in story.kept:
            yield from self._node(name, seen.get(name, 0), now)
        if story.folded:
            inside = now and story.spot(now.node) == MORE
            words = story.folded_lines(step)
            lines: list[Line] = [(line, "soft", False) for line in words]
            yield from self.web.node(MORE, lines, "card", _selected(inside))

    def _node(self, name: str, times: int, now: Visit | None) -> Iterator[Item]:
        naive = self.story.order == "naive"
        many = naive and times > 1
        look = "wrong" if many else "op" if times else "muted"
        lines: list[Line] = [(called(name), "ink" if times else "soft", True)]
        if naive and times:
            ink = "wrong-ink" if many else "soft"
            noun = "visit" if times == 1 else "visits"
            lines.append((f"{count_text(times)} {noun}", ink, many))
        marks = (*_selected(now and now.node == name), *["wrong"] * many)
        yield from self.web.node(name, lines, look, marks)
        if times and not naive and name in self.story.places:
            yield self.web.badge(name, f"{self.story.places[name]:,}")

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.story.alt(self.at(step))

    def table(self) -> str:
        """Return one row per node: its number, its visits, where it points."""
        return self.story.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        if step == self.steps - 1:
            return "How many visits will it be in all?"
        return "Which node is visited next?" if step else "What will the rule be?"


def _selected(chosen: object) -> tuple[str, ...]:
    return ("selected",) if chosen else ()


def walk_film(
    graph: Any, order: Order = "topo", *, start: str | None = None
) -> WalkFilm:
    """Return the film of a walk over a graph, one frame per visit.

    Parameters
    ----------
    graph : a Scalar or Tensor, walked back from the result to its leaves; or a dict
        that says where each node points, as {"e": ["d", "c"], "d": ["a", "a"]}
    order : "topo", each node after all that point at it; "dfs", depth first, each node
        once; "naive", along every path, however often that leads to the same node
    start : where to begin in a dict; by default at the first node at which none points

    Raises
    ------
    TypeError
        If `graph` is neither.
    ValueError
        If there is no such order or start, or circles stand in its way.

    Examples
    --------
    >>> chain = {"d": ["c", "c"], "c": ["b", "b"], "b": ["a", "a"]}
    >>> walk_film(chain, "naive").alt()[:23]
    '15 visits for 4 nodes. '
    """
    return WalkFilm(read_walkable(graph, order, start), order)
