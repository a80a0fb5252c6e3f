"""Choosing: each cell of the result is one input's cell, or a scaled one."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator

from gradlab.indexing import Index, broadcast_index
from gradlab.operators import maximum
from gradlab.visualization.flow_nodes import FlowRow, cell, shape_of
from gradlab.visualization.flow_rules.base import Rule


class Chosen(Rule):
    """One input gives the cell, as it is; the others have no row there."""

    @abstractmethod
    def chosen(self, out_index: Index) -> int:
        """Return which input gave this cell."""

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the way from the cell that was chosen."""
        k = self.chosen(out_index)
        in_index = broadcast_index(out_index, self.shapes[k])
        yield FlowRow(k, in_index, out_index, 1.0)

    def most(self) -> int:
        """Return one row per output cell."""
        return math.prod(shape_of(self.node))


class Where(Chosen):
    """The second input where the condition held, else the third."""

    def chosen(self, out_index: Index) -> int:
        """Look at the condition as it was."""
        holds = self.node.history.saved_values[0]
        return 1 if holds[broadcast_index(out_index, holds.shape)] else 2


class Clip(Chosen):
    """The first input from low to high, ends included, else the bound."""

    def chosen(self, out_index: Index) -> int:
        """Compare the number with its two bounds, high last, as forward does."""
        x, low, high = (
            cell(source, broadcast_index(out_index, shape))
            for source, shape in zip(self.inputs, self.shapes)
        )
        if maximum(x, low) > high:
            return 2
        return 1 if x < low else 0


class Dropout(Rule):
    """Every cell times the factor that was drawn for it: 0, or 1 / (1 - p)."""

    at_random = True

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the way from the cell in the same place."""
        (factors,) = self.node.history.saved_values
        yield FlowRow(0, out_index, out_index, float(factors[out_index]))

    def most(self) -> int:
        """Return one row per cell."""
        return math.prod(self.shapes[0])
