"""The frames of an influence picture and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gradlab.visualization.pictures.influence.influence_model import Influences
from gradlab.visualization.pictures.influence.influence_words import (
    called,
    count_text,
    derivative,
    names_text,
    total_text,
    way_of,
)
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import number

NODES, WIRES, DEPTH = 16, 24, 5  # beyond these, numbers between are folded
INPUTS = 4  # how many starts, and how many inputs of the result, are kept then
TOLD, PATHS = 4, 6  # how many starts, and how many paths of each, get frames


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "values", "partials", "path", "total", "end"; `path` is the number
    of the path from `start`, from 0.
    """

    name: str
    start: str = ""
    path: int = 0


class Story:
    """Who influences a result, path by path.

    Attributes
    ----------
    whole, graph : all influences, and those that are drawn
    values : the numbers that are known, by name
    starts : whose influence is told
    slopes : the derivative of the result by each node that is drawn
    ways : the paths that are told, by start
    """

    def __init__(
        self, whole: Influences, values: Mapping[str, float], of: Sequence[str]
    ) -> None:
        self.whole, self.values = whole, values
        self.starts = list(of)
        self.graph = whole if _drawable(whole) else whole.keeping(self._kept())
        self.slopes = self.graph.slopes()
        told = [name for name in self.starts if name in self.graph.into]
        self.ways = {
            name: [way_of(path) for path in self.graph.paths(name, PATHS)]
            for name in told[:TOLD]
        }
        self.moments = list(self._moments())
        self.title = f"Who influences {called(whole.to)}, and how much?"

    def _kept(self) -> set[str]:
        """Return the nodes that stay when a graph is too large to draw."""
        inputs = [wire.source for wire in self.whole.into[self.whole.to]]
        held = self.whole.held[:2]
        return {self.whole.to, *self.starts[:INPUTS], *inputs[:INPUTS], *held}

    def _moments(self) -> Iterator[Moment]:
        yield Moment("values")
        if not self.graph.wires:
            return
        yield Moment("partials")
        for start, ways in self.ways.items():
            for n in range(len(ways)):
                yield Moment("path", start, n)
            if self.graph.ways[start] != 1:
                yield Moment("total", start)
        if len(self.starts) > 1:
            yield Moment("end")

    # ----------------------------------- words -----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        to, start = self.graph.to, moment.start
        if moment.name == "values":
            return self.title
        if moment.name == "partials":
            return "On each wire stands its partial derivative"
        if moment.name == "path":
            many = self.graph.ways[start]
            way = self.ways[start][moment.path]
            which = (
                f"Path {moment.path + 1} of {many:,}" if many > 1 else "The one path"
            )
            return f"{which} from {called(start)} to {called(to)}: {way.named()}"
        if moment.name == "total":
            return f"{derivative(to, start)} is the sum over all paths"
        return f"How much {called(to)} moves for a small step of each start"

    def foot(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        if moment.name == "path":
            lines = self._ledger(moment.start, moment.path + 1)
            if self.graph.ways[moment.start] == 1:
                lines.append((self.total(moment.start), "gradient-ink"))
        elif moment.name == "total":
            lines = self._ledger(moment.start, PATHS)
            lines.append((self.total(moment.start), "gradient-ink"))
        elif moment.name == "end":
            few = [name for name in self.starts if name in self.graph.into]
            lines = [(self.total(name), "gradient-ink") for name in few[:TOLD]]
            more = len(self.starts) - len(lines)
            lines += [(f"{more:,} more starts get no line.", "soft")] if more else []
        else:
            lines = []
        return [*lines, *((line, "soft") for line in self._notes(moment))]

    def _ledger(self, start: str, known: int) -> list[Line]:
        ways = self.ways[start]
        lines = [(f"{_capital(w.named())}: {w.formula()}", "ink") for w in ways[:known]]
        more = self.graph.ways[start] - len(ways)
        if more and known >= PATHS:
            lines.append((f"… and {more:,} more paths, summed up as well.", "soft"))
        return lines

    def total(self, start: str) -> str:
        """Return a derivative as the sum over its paths."""
        to, many = self.graph.to, self.graph.ways[start]
        ways = self.ways.get(start, [])
        if not many:
            return f"{derivative(to, start)} = 0: no open path leads from it."
        if len(ways) < many:
            return f"{derivative(to, start)} = {number(self.slopes[start])}"
        total = sum(way.product for way in ways)
        return total_text(to, start, ways, total)

    def _notes(self, moment: Moment) -> Iterator[str]:
        held = self.graph.held
        if held:
            verb = "is" if len(held) == 1 else "are"
            yield f"{names_text(held)} {verb} held constant: nothing passes through."
        folded = len(self.whole.names) - len(self.graph.names)
        if folded:
            yield (
                f"{folded:,} of {len(self.whole.names):,} numbers are not drawn: what "
                "passes through them is in the partial derivatives on the wires."
            )
        if folded and moment.start:
            ways = count_text(self.whole.ways[moment.start])
            yield f"Paths from {called(moment.start)} in the whole graph: {ways}."
        if moment == next((m for m in self.moments if m.name == "path"), None):
            yield "d in a node: the partial derivatives on the way to it, multiplied."
        if moment.name == "values" and not self.graph.wires:
            yield "No wire leads to it."

    def alt(self, moment: Moment) -> str:
        """Return a frame in words, with its numbers."""
        said = [f"{self.heading(moment).rstrip('.?')}."]
        if moment.name == "values":
            said.append(f"{self._known()}.")
        if moment.name == "partials":
            said += [self._partials()]
        if moment.name == "total":
            own = [f"{w.named()} {w.formula()}" for w in self.ways[moment.start]]
            many = self.graph.ways[moment.start]
            end = f"total {number(self.slopes.get(moment.start, 0.0))}"
            ends = f"{called(moment.start)} to {called(self.graph.to)}"
            said.append(f"{many:,} paths {ends}: {', '.join(own)}; {end}.")
        if moment.name == "path":
            running = self.ways[moment.start][moment.path].running
            ds = [f"{called(name)} {number(d)}" for name, d in running.items()]
            said.append(f"Going back, d is: {', '.join(ds[:12])}.")
        lines = (line for line, _ in self.foot(moment))
        return " ".join([*said, *(f"{line.rstrip('.')}." for line in lines)])

    def _known(self) -> str:
        texts = [f"{called(n)} = {number(v)}" for n, v in self.values.items()]
        names = names_text(self.graph.names)
        return f"Values: {', '.join(texts[:24])}" if texts else f"Names: {names}"

    def _partials(self) -> str:
        texts = [
            f"{called(w.source)} to {called(w.target)} {number(w.partial)}"
            for w in self.graph.wires
        ]
        return f"{', '.join(texts[:WIRES])}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _drawable(graph: Influences) -> bool:
    small = len(graph.names) <= NODES and len(graph.wires) <= WIRES
    return small and graph.depth() <= DEPTH
