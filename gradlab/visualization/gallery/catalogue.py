"""CATALOGUE: every kind of picture, one row each; tests and gallery run over it."""

from __future__ import annotations

from gradlab.visualization.gallery.entry import Entry
from gradlab.visualization.gallery.families import (
    flows,
    graphs,
    influence,
    judging,
    networks,
    numbers,
    shapes,
    ways,
)

_FAMILIES = (flows, graphs, influence, judging, networks, numbers, shapes, ways)


def _place(entry: Entry) -> tuple[int, str]:
    return int(entry.number[1:]), entry.name


CATALOGUE: tuple[Entry, ...] = tuple(
    sorted((entry for family in _FAMILIES for entry in family.ENTRIES), key=_place)
)
