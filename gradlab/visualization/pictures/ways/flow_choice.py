"""One chosen cell of a computation: what it leads to, and its ledger of paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.ledger import Ledger, Spot
from gradlab.visualization.paths import LISTED, CellPaths
from gradlab.visualization.pictures.graphs.graph_model import Graph, Key
from gradlab.visualization.pictures.ways.flow_graph import FlowGraph, Lit
from gradlab.visualization.pictures.ways.flow_telling import differ
from gradlab.visualization.pictures.ways.ledger_words import LedgerWords
from gradlab.visualization.text import cell_name, factor, number, table_text

ALL_ROWS = 4_000  # the most rows of ledgers that one film carries
FEW = 12  # where there would be more, a ledger in the film lists so many paths


class Choice:
    """A cell and everything that its gradient came from.

    Parameters
    ----------
    paths : the computation, cell by cell
    graph : the same as a graph, with the gradients of backward
    names : what its nodes are called
    start : the chosen cell
    """

    def __init__(
        self, paths: CellPaths, graph: Graph, names: Mapping[Key, str], start: Spot
    ) -> None:
        self.paths, self.graph, self.start = paths, graph, start
        called = [names.get(id(node), "a folded op") for node in paths.nodes]
        self.words = LedgerWords(paths, called)

    @cached_property
    def name(self) -> str:
        """What the cell is called."""
        return self.words.spot(self.start)

    @cached_property
    def ledger(self) -> Ledger:
        """Every path of the cell."""
        return self.paths.ledger(self.start)

    @cached_property
    def moves(self) -> dict[Spot, float]:
        """How much each later cell moves for a small step of the chosen one."""
        return self.paths.moves(self.start)

    @cached_property
    def lit(self) -> Lit:
        """The cells that it leads to, itself included, by node."""
        lit: dict[Key, set[Index]] = {}
        for spot in self.moves:
            key = id(self.paths.nodes[spot.node])
            lit.setdefault(key, set()).add(spot.cell)
        return lit

    def differs(self, ledger: Ledger) -> str:
        """Say so where backward gave a cell something else than its paths; else ""."""
        node = self.graph.nodes.get(id(self.paths.nodes[ledger.spot.node]))
        if node is None or node.d is None:
            return ""
        gradient = cell(node.d, ledger.spot.cell)
        if not differ(ledger.total, gradient, ledger.products):
            return ""
        return (
            f"The paths add up to {number(ledger.total)}, but backward gave "
            f"{number(gradient)}: an op on the way does not multiply d_out by its "
            "local derivatives."
        )

    def moved(self, key: Key) -> str:
        """Say how the cell moves those of one node; "" where it does not."""
        own = {
            self.words.spot(spot): move
            for spot, move in self.moves.items()
            if id(self.paths.nodes[spot.node]) == key
        }
        if not own:
            return ""
        told = [f"{name} ×{factor(move)}" for name, move in own.items()]
        more = f" and {len(told) - 4:,} more" if len(told) > 4 else ""
        moved = ", ".join(told[:4])
        return f"A small step of {self.name} moves the lit cells: {moved}{more}."

    def table(self) -> str:
        """Return the ledger and the moves as plain text."""
        rows = [[self.words.spot(s), number(m)] for s, m in self.moves.items()]
        return "\n".join(
            [
                self.words.head(self.ledger),
                table_text(["path", "product"], self.words.rows(self.ledger)),
                self.words.foot(self.ledger),
                f"\nHow much a step of {self.name} moves each cell",
                table_text(["cell", "moves by"], rows),
            ]
        )


# --------------------------- any other cell, in a film ---------------------------


def choices(choice: Choice, graph: FlowGraph) -> dict[str, Any]:
    """Return, for every cell that is drawn, what to light and the ledger to show."""
    paths, words = choice.paths, choice.words
    spots = list(_drawn(paths, graph))
    listed = sum(min(paths.counts.get(spot, 0), LISTED) for spot in spots)
    limit = LISTED if listed <= ALL_ROWS else FEW
    groups: dict[str, list[list[str]]] = {}
    for spot in spots:
        cells = groups.setdefault(words.names[spot.node], [])
        cells.append([cell_name("", spot.cell) or "its number", key_of(spot)])
    return {
        "start": key_of(choice.start),
        "groups": list(groups.items()),
        "cells": {key_of(spot): _one(choice, spot, limit) for spot in spots},
    }


def _drawn(paths: CellPaths, graph: FlowGraph) -> Iterator[Spot]:
    for n, node in enumerate(paths.nodes):
        grid = graph.grids.get(id(node))
        if grid is not None and not grid.empty:
            yield from (Spot(n, index) for index in grid.shown())


def _one(choice: Choice, spot: Spot, limit: int) -> dict[str, Any]:
    ledger = choice.paths.ledger(spot, limit)
    spots = [row.spots for row in ledger.rows]
    rows = zip(choice.words.rows(ledger), spots)
    return {
        "lit": [key_of(s) for s in choice.paths.moves(spot)],
        "sum": choice.differs(ledger) or choice.words.sum(ledger),
        "head": choice.words.head(ledger),
        "rows": [[*told, " ".join(map(key_of, own))] for told, own in rows],
        "foot": choice.words.foot(ledger),
    }


def key_of(spot: Spot) -> str:
    """Return what a script calls a cell.

    Examples
    --------
    >>> key_of(Spot(3, (0, 1)))
    '3:0,1'
    """
    return f"{spot.node}:{','.join(map(str, spot.cell))}"
