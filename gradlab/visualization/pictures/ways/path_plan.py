"""Where the cells between one cell and the result stand, and the wires between them."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from gradlab.visualization.ledger import Bundle, Ledger, Path, Spot, Way
from gradlab.visualization.paths import CellPaths
from gradlab.visualization.pictures.parts.web import Line, Web
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.ways.ledger_words import LedgerWords
from gradlab.visualization.text import factor, number, width

TO = "the result"


class PathPlan:
    """The cells on the paths of one cell, as a web.

    Attributes
    ----------
    reached : the cells on paths, the chosen one first
    every : all wires between them
    wires : those that are drawn: all, or the first edges only
    whole : whether these are all
    spots : the cells that are drawn, by their key in the web
    """

    def __init__(self, paths: CellPaths, words: LedgerWords, ledger: Ledger) -> None:
        self.paths, self.words, self.start = paths, words, ledger.spot
        counts = paths.counts
        self.reached = [s for s in paths.moves(self.start) if counts.get(s)]
        self.every = [
            (spot, way)
            for spot in self.reached
            for way in paths.ways.get(spot, ())
            if counts.get(way.to)
        ]
        self.whole = len(self.every) <= WIRES and not ledger.bundled
        first = [pair for pair in self.every if pair[0] == self.start]
        self.wires = self.every if self.whole else first[:WIRES]
        drawn = dict.fromkeys([self.start, *(way.to for _, way in self.wires)])
        self.spots = {key_of(spot): spot for spot in drawn}

    @cached_property
    def web(self) -> Web:
        """The cells laid out, with room for all that they will show."""
        nodes = {
            key: [text for text, _, _ in self.lines(spot, d=True)]
            for key, spot in self.spots.items()
        }
        ends = [(key_of(spot), key_of(way.to)) for spot, way in self.wires]
        if not self.whole:
            nodes[TO] = [TO, self.words.names[-1]]
            ends += [(end, TO) for end in dict.fromkeys(end for _, end in ends)]
        labels = (width(plate(way), 13, bold=True) for _, way in self.wires)
        return Web(nodes, ends, max(labels, default=0.0))

    def lines(self, spot: Spot, *, d: bool) -> list[Line]:
        """Return what stands in a cell: its name, its value, maybe its gradient."""
        value, name = number(self.paths.value(spot)), self.words.spot(spot)
        lines: list[Line] = [(name, "ink", True), (value, "forward-ink", False)]
        if d:
            gradient = f"d {number(self.paths.gradients[spot])}"
            lines.append((gradient, "gradient-ink", True))
        return lines

    def along(self, row: Path | Bundle) -> set[int]:
        """Return the numbers of the wires that a row of the ledger runs along."""
        if isinstance(row, Path) and self.whole:
            ends = zip(pairwise(row.spots), row.locals)
            steps = {(spot, Way(to, local)) for (spot, to), local in ends}
            return {n for n, wire in enumerate(self.wires) if wire in steps}
        first = row.way if isinstance(row, Bundle) else row.first
        onward = (key_of(first.to), TO)
        return {
            *(n for n, (_, way) in enumerate(self.wires) if way == first),
            *(n for n, wire in enumerate(self.web.wires) if wire == onward),
        }

    def multiplications(self) -> tuple[int, int]:
        """Return how many multiplications it takes cell by cell, and path by path."""
        steps: dict[Spot, int] = {}
        for spot in sorted(self.reached, reverse=True):
            steps[spot] = sum(
                steps[way.to] + self.paths.counts[way.to]
                for way in self.paths.ways.get(spot, ())
                if way.to in steps
            )
        return len(self.every), steps.get(self.start, 0)


def key_of(spot: Spot) -> str:
    """Return what a web calls a cell."""
    return f"{spot.node}:{spot.cell}"


def plate(way: Way) -> str:
    """Return the label of a wire: its local derivative."""
    return f"×{factor(way.local)}"
