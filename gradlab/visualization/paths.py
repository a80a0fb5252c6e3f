"""Cell by cell through a whole computation: which cells lead where, by which paths.

A *path* runs from a cell to a cell of the result, one row of a flow table at each op.
Its product is that of the local derivatives on the way, times d_out where it ends. The
gradient of a cell is the sum of the products of all its paths: the chain rule. Paths
are counted, and gradients summed, without walking a single one of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from gradlab.autodiff import topological_order
from gradlab.indexing import Index, indices
from gradlab.visualization.flow import FlowTable, flow_table
from gradlab.visualization.flow_nodes import cell, is_variable, shape_of
from gradlab.visualization.ledger import Bundle, Ledger, Path, Spot, Way
from gradlab.visualization.own_code import plain

LISTED = 200  # more paths than this are told by their first wires
ROWS = 60_000  # a computation with more rows than this is not followed cell by cell


class CellPaths:
    """The cells behind a Scalar or Tensor, and the ways between them.

    Parameters
    ----------
    result : the Scalar or Tensor
    d_out : its gradient, of its shape; may be left out for one number, where it is 1

    Attributes
    ----------
    nodes : the variables that need a gradient, in order of creation; the last one is
        the result

    Raises
    ------
    ValueError
        If nothing needs a gradient, or d_out is missing or has another shape.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> a, b = Scalar(2.0, "a"), Scalar(3.0, "b")
    >>> paths = CellPaths(a * b + a)
    >>> ledger = paths.ledger(paths.spot(a))
    >>> ledger.count, ledger.products, ledger.total
    (2, [3.0, 1.0], 4.0)
    """

    def __init__(self, result: Any, d_out: Any = None) -> None:
        self.result = result
        self.nodes: list[Any] = topological_order(result)[::-1]
        self._place = {id(node): n for n, node in enumerate(self.nodes)}
        self.flows: dict[int, FlowTable] = {
            n: flow_table(node) for n, node in enumerate(self.nodes) if node.history
        }
        self.d_out = self._incoming(d_out)

    def _incoming(self, d_out: Any) -> Any:
        shape = shape_of(self.result)
        if d_out is None and math.prod(shape) != 1:
            raise ValueError(
                f"The result has shape {shape}: give d_out, of that shape, or take a "
                "result of one number, such as its sum()."
            )
        if hasattr(self.result, "shape"):
            return self.result.as_d_out(d_out)
        return 1.0 if d_out is None else float(d_out)

    # ----------------------------------- cells -----------------------------------

    def spot(self, variable: Any, index: Index = ()) -> Spot:
        """Return the cell of a variable.

        Raises
        ------
        ValueError
            If the variable is not behind the result, or needs no gradient.
        IndexError
            If it has no such cell.
        """
        place = self._place.get(id(variable))
        if place is None:
            raise ValueError(not_behind(self.result, variable))
        shape = shape_of(variable)
        fits = len(index) == len(shape)
        if not fits or not all(0 <= i < n for i, n in zip(index, shape)):
            raise IndexError(
                f"There is no cell {index} in shape {shape}: an index has one number "
                "for each dim, counted from 0."
            )
        return Spot(place, tuple(index))

    def value(self, spot: Spot) -> float:
        """Return the number in a cell."""
        return cell(self.nodes[spot.node], spot.cell)

    @property
    def too_large(self) -> bool:
        """Whether there are too many rows to follow them cell by cell."""
        return sum(flow.most for flow in self.flows.values()) > ROWS

    @cached_property
    def ways(self) -> dict[Spot, list[Way]]:
        """Every row of every op, by the cell where it starts."""
        ways: dict[Spot, list[Way]] = {}
        for n, flow in self.flows.items():
            places = [self._place.get(id(x)) for x in flow.inputs]
            for k, in_index, out_index, local in flow:
                place = places[k]
                if place is not None:
                    way = Way(Spot(n, out_index), local)
                    ways.setdefault(Spot(place, in_index), []).append(way)
        return ways

    # ------------------------------ forward, backward ------------------------------

    @cached_property
    def counts(self) -> dict[Spot, int]:
        """How many paths lead from each cell to the result; exact, however many."""
        last = len(self.nodes) - 1
        counts = {Spot(last, i): 1 for i in indices(shape_of(self.result))}
        for spot in self._backward():
            counts[spot] = sum(counts.get(way.to, 0) for way in self.ways[spot])
        return counts

    @cached_property
    def gradients(self) -> dict[Spot, float]:
        """The gradient of each cell: local times d, summed over the ways that leave."""
        last = len(self.nodes) - 1
        d = {Spot(last, i): cell(self.d_out, i) for i in indices(shape_of(self.result))}
        for spot in self._backward():
            d[spot] = sum(
                (way.local * d[way.to] for way in self.ways[spot] if way.to in d), 0.0
            )
        return d

    def _backward(self) -> Iterator[Spot]:
        """Yield the cells that lead on, each after all that it leads to."""
        last = len(self.nodes) - 1
        starts = (spot for spot in self.ways if spot.node != last)
        return iter(sorted(starts, key=lambda spot: -spot.node))

    def moves(self, start: Spot) -> dict[Spot, float]:
        """Return how much each later cell moves for a small step of this one.

        These are the cells that it influenced, and those that its gradient came from.
        """
        moves = {start: 1.0}
        waiting: dict[int, list[Spot]] = {start.node: [start]}
        for n in range(start.node, len(self.nodes)):
            for spot in waiting.pop(n, ()):
                for to, local in self.ways.get(spot, ()):
                    if to not in moves:
                        waiting.setdefault(to.node, []).append(to)
                    moves[to] = moves.get(to, 0.0) + local * moves[spot]
        return moves

    # ----------------------------------- ledger -----------------------------------

    def ledger(self, spot: Spot, limit: int = LISTED) -> Ledger:
        """Return the paths of a cell; above `limit`, one row per first edge."""
        count = self.counts.get(spot, 0)
        if count <= limit:
            return Ledger(spot, count, tuple(self._paths(spot)))
        bundles = (
            Bundle(spot, way, self.counts[way.to], self.gradients[way.to])
            for way in self.ways[spot]
            if self.counts.get(way.to)
        )
        return Ledger(spot, count, tuple(bundles))

    def _paths(self, start: Spot) -> Iterator[Path]:
        """Yield the paths from a cell, first edges in order; dead ends are cut."""
        last = len(self.nodes) - 1
        waiting: list[tuple[tuple[Spot, ...], tuple[float, ...]]] = [((start,), ())]
        while waiting:
            spots, locals_ = waiting.pop()
            if spots[-1].node == last:
                yield Path(spots, locals_, cell(self.d_out, spots[-1].cell))
                continue
            onward = [w for w in self.ways.get(spots[-1], ()) if self.counts.get(w.to)]
            waiting += [
                ((*spots, way.to), (*locals_, way.local)) for way in reversed(onward)
            ]


def check_behind(result: Any, variable: Any) -> None:
    """Say so if a variable is not behind a result.

    Raises
    ------
    ValueError
        If the result was not made from it.
    """
    if not any(node is variable for node in topological_order(result)):
        raise ValueError(not_behind(result, variable))


def not_behind(result: Any, thing: Any) -> str:
    """Return what is wrong with something that a result was not made from."""
    if isinstance(thing, str):
        return f"Give the leaf itself, not its name {plain(thing)}."
    if is_variable(thing) and any(n is result for n in topological_order(thing)):
        return "The result comes first, then the leaf that it was made from."
    return (
        f"{plain(thing)} is not one of the variables that the result was made from "
        "and that need a gradient. Give a leaf with requires_grad=True, or a result on "
        "the way."
    )
