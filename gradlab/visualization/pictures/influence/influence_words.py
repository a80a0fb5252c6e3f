"""What an influence picture says: paths, products, sums."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gradlab.visualization.pictures.influence.influence_model import Influences, Wire
from gradlab.visualization.pictures.parts.web import NAME
from gradlab.visualization.text import clean, factor, number, shorten, table_text

FACTORS = 6  # longer products and sums are shortened in the middle
VIA = 4  # the same for names on a path


def called(name: str) -> str:
    """Return a name as pictures write it: cut where it is long."""
    return shorten(clean(name), NAME, 15, bold=True)


def names_text(names: Collection[str]) -> str:
    """Return names as a phrase, few of them in full.

    Examples
    --------
    >>> names_text(["x"]), names_text(["x", "z", "w"])
    ('x', 'x, z and w')
    """
    few = [called(name) for name in names]
    if len(few) > VIA + 2:
        return f"{', '.join(few[:VIA])} and {len(few) - VIA:,} more"
    return " and ".join([", ".join(few[:-1]), few[-1]]) if len(few) > 1 else few[0]


def count_text(count: int) -> str:
    """Return a count in full where that can be read, else in powers of ten.

    Examples
    --------
    >>> count_text(2**21 - 1), count_text(2**200)
    ('2,097,151', 'about 1.61e60')
    """
    if count < 10**18:
        return f"{count:,}"
    digits, _, power = f"{Decimal(count):.2e}".partition("e")
    return f"about {digits}e{int(power)}"


def joined(numbers: Sequence[float], sign: str) -> str:
    """Return numbers with a sign between them; a long row is cut in the middle.

    Examples
    --------
    >>> joined([2, -3], "·"), joined([1] * 9, "+")
    ('2 · (-3)', '1 + 1 + 1 + … 5 more … + 1')
    """
    texts = [number(numbers[0]), *(factor(x) for x in numbers[1:])]
    if len(texts) > FACTORS:
        texts[3:-1] = [f"… {len(texts) - 4:,} more …"]
    return f" {sign} ".join(texts)


def derivative(to: str, start: str) -> str:
    """Return how the derivative is written: dy/dx.

    Examples
    --------
    >>> derivative("y", "x"), derivative("loss", "w")
    ('dy/dx', 'd loss / d w')
    """
    if len(to) == len(start) == 1:
        return f"d{called(to)}/d{called(start)}"
    return f"d {called(to)} / d {called(start)}"


class Way(NamedTuple):
    """One path, from the result back to a start.

    `running` is what has been multiplied up to each node: 1 at the result.
    """

    wires: Sequence[Wire]
    running: Mapping[str, float]

    @property
    def product(self) -> float:
        """Return the product of the partial derivatives on the path."""
        return list(self.running.values())[-1]

    def named(self) -> str:
        """Return which path it is: "direct" or "via z"."""
        inner = [called(wire.source) for wire in self.wires[:-1]]
        if len(inner) > VIA:
            inner[2:-1] = [f"… {len(inner) - 3:,} more …"]
        return f"via {', '.join(inner)}" if inner else "direct"

    def formula(self) -> str:
        """Return the product in numbers: "2 · 3 = 6"."""
        partials = [wire.partial for wire in self.wires]
        if len(partials) == 1:
            return number(partials[0])
        return f"{joined(partials, '·')} = {number(self.product)}"


def way_of(path: Sequence[Wire]) -> Way:
    """Return a path with its running product."""
    running, d = {path[0].target: 1.0}, 1.0
    for wire in path:
        d = d * wire.partial if len(running) > 1 else wire.partial
        running[wire.source] = d
    return Way(path, running)


def total_text(to: str, start: str, ways: Sequence[Way], total: float) -> str:
    """Return the sum over paths: "dy/dx = 6 + 6 = 12"."""
    left = derivative(to, start)
    if len(ways) < 2:
        return f"{left} = {number(total)}"
    addends = joined([way.product for way in ways], "+")
    return f"{left} = {addends} = {number(total)}"


def tables(
    graph: Influences,
    values: Mapping[str, float],
    slopes: Mapping[str, float],
    ways: Mapping[str, Sequence[Way]],
) -> str:
    """Return nodes, wires and paths as plain-text tables."""
    head = ["name", "value", f"derivative of {called(graph.to)}"]
    known = [
        [
            called(name),
            number(values[name]) if name in values else "",
            "held" if name in graph.held else number(slopes.get(name, 0.0)),
        ]
        for name in graph.names
    ]
    wires = [
        [called(w.source), called(w.target), number(w.partial)] for w in graph.wires
    ]
    each = [(called(start), way) for start, own in ways.items() for way in own]
    paths = [[start, way.named(), way.formula()] for start, way in each]
    parts = [table_text(head, known), table_text(["from", "to", "partial"], wires)]
    parts += [table_text(["from", "path", "product"], paths)] if paths else []
    return "\n\n".join(parts)
