"""Views, indexing and joins: which cell came here? Forward itself shows the way."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.autodiff import Context
from gradlab.indexing import Index, Shape, to_index
from gradlab.visualization.flow_nodes import FlowRow
from gradlab.visualization.flow_rules.base import Rule


class Moved(Rule):
    """Forward runs on numbered cells: the number in a cell says where it came from."""

    every_local = 1.0

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        self.numbering = Numbering(self.shapes)
        total = self.numbering.total
        fn, options = node.history.fn, node.history.options
        self.moved, again = (
            fn.forward(Context(), *self.numbering.arrays(first), **options)
            for first in (0, total)
        )
        self.came = again - self.moved == total  # the others are filled in by forward
        self.sound = ((again == self.moved) | self.came).all()

    def only_moves(self) -> bool:
        """Say whether every cell of the result is an input's cell, or filled in."""
        return bool(self.sound) and self.moved.shape == self.node.shape

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the one cell that came here, if any did."""
        if self.came[out_index]:
            k, in_index = self.numbering.cell(int(self.moved[out_index]))
            yield FlowRow(k, in_index, out_index, 1.0)

    def most(self) -> int:
        """Return one row per output cell that came from an input."""
        return int(self.came.sum())


def moved(node: Any) -> Moved | None:
    """Return the rule of a view or join; None where forward also computes numbers."""
    try:
        rule = Moved(node)
    except Exception:  # forward asks for more than the cells of its inputs
        return None
    return rule if rule.only_moves() else None


class Numbering:
    """The cells of several tensors, numbered through in reading order."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.shapes = shapes
        ends = list(itertools.accumulate((math.prod(s) for s in shapes), initial=0))
        self.starts, self.total = ends[:-1], ends[-1]

    def arrays(self, first: int = 0) -> list[Any]:
        """Return an array of numbers for each tensor, counted from `first`."""
        import numpy as np

        return [
            np.arange(first + start, first + start + math.prod(shape)).reshape(shape)
            for start, shape in zip(self.starts, self.shapes)
        ]

    def cell(self, number: int) -> tuple[int, Index]:
        """Return which tensor and which of its cells has this number."""
        k = bisect_right(self.starts, number) - 1
        return k, to_index(number - self.starts[k], self.shapes[k])
