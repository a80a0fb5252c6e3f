"""Functions without an index map: backward tells which cells a cell depends on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from gradlab.autodiff import contributions
from gradlab.indexing import Index, indices
from gradlab.visualization.flow_nodes import FlowRow, cell, one_hot, shape_of
from gradlab.visualization.flow_rules.base import Rule


class Asked(Rule):
    """Any other Function: backward of one output cell at a time, 1 there and else 0.

    Rows with local 0 are left out, and inputs that need no gradient have none.
    """

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield every input cell that backward says the output cell depends on."""
        for k, source, d in self._answer(out_index):
            for in_index in indices(shape_of(source)):
                local = cell(d, in_index)
                if local != 0:
                    yield FlowRow(k, in_index, out_index, local)

    def _answer(self, out_index: Index) -> tuple[tuple[int, Any, Any], ...]:
        try:
            return contributions(self.node, one_hot(self.node, out_index))
        except NotImplementedError as error:
            name = self.node.history.fn.__name__
            raise ValueError(
                f"{name} has no backward yet, so there is no telling which cells its "
                f"result depends on. Write {name}.backward first."
            ) from error

    def most(self) -> int:
        """Return one row per pair of an output and an input cell."""
        return math.prod(shape_of(self.node)) * sum(map(math.prod, self.shapes))

    def count(self) -> int | None:
        """Return None: it takes running backward."""
        return None
