"""Functions without an index map: backward tells which cells a cell depends on."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator
from functools import cached_property
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
        if out_index not in self._known:
            self._known[out_index] = tuple(self._found(out_index))
        return iter(self._known[out_index])

    @cached_property
    def _known(self) -> dict[Index, tuple[FlowRow, ...]]:
        """The rows so far: pictures ask often, and a learner's backward is slow."""
        return {}

    def _found(self, out_index: Index) -> Iterator[FlowRow]:
        for k, source, d in self._answer(out_index):
            for in_index in indices(shape_of(source)):
                local = cell(d, in_index)
                if local != 0:
                    yield FlowRow(k, in_index, out_index, local)

    def _answer(self, out_index: Index) -> tuple[tuple[int, Any, Any], ...]:
        name = self.node.history.fn.__name__
        try:
            with contextlib.redirect_stdout(io.StringIO()):  # once per cell is noise
                return contributions(self.node, one_hot(self.node, out_index))
        except NotImplementedError as error:
            raise ValueError(
                f"{name} has no backward yet, so there is no telling which cells its "
                f"result depends on. Write {name}.backward first."
            ) from error
        except Exception as error:  # a learner's backward may raise anything
            raise ValueError(
                f"{name}.backward stopped, so there is no telling which cells its "
                f"result depends on. {type(error).__name__}: {error}"
            ) from error

    def most(self) -> int:
        """Return one row per pair of an output and an input cell."""
        return math.prod(shape_of(self.node)) * sum(map(math.prod, self.shapes))

    def count(self) -> int | None:
        """Return None: it takes running backward."""
        return None
