"""Sums of products: every multiply gives two rows, each with the other's number."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator

from gradlab.indexing import Index, broadcast_index
from gradlab.visualization.flow_nodes import FlowRow, cell, shape_of
from gradlab.visualization.flow_rules.base import Rule

Pair = tuple[Index, Index]


class SumOfProducts(Rule):
    """Cells of the first input times cells of the second, added up."""

    @abstractmethod
    def pairs(self, out_index: Index) -> Iterator[Pair]:
        """Yield the two cells of every multiply behind one output cell."""

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield two rows per multiply: x * y follows x by y, and y by x."""
        x, y = self.inputs[:2]
        for x_index, y_index in self.pairs(out_index):
            yield FlowRow(0, x_index, out_index, cell(y, y_index))
            yield FlowRow(1, y_index, out_index, cell(x, x_index))


class MatMul(SumOfProducts):
    """x @ y: along row i of x and column k of y, in stacks that broadcast."""

    def pairs(self, out_index: Index) -> Iterator[Pair]:
        """Walk along the inner dim; a 1-d operand has no i, or no k, and no stack."""
        x, y = self.shapes
        rest, k = _cut(out_index, len(y) > 1)
        stack, i = _cut(rest, len(x) > 1)
        x_stack = broadcast_index(stack, x[:-2])
        y_stack = broadcast_index(stack, y[:-2])
        for j in range(x[-1]):
            yield (*x_stack, *i, j), (*y_stack, j, *k)

    def most(self) -> int:
        """Return two rows per multiply."""
        return 2 * math.prod(shape_of(self.node)) * self.shapes[0][-1]


def _cut(index: Index, last: bool) -> tuple[Index, Index]:
    """Cut the last number off an index, if it has one there."""
    at = len(index) - last
    return index[:at], index[at:]


class Linear(SumOfProducts):
    """x @ weight^T + bias: row i of x along row k of weight, and one number more."""

    def pairs(self, out_index: Index) -> Iterator[Pair]:
        """Walk along both rows."""
        i, k = out_index
        for j in range(self.shapes[0][1]):
            yield (i, j), (k, j)

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the rows of the products, then that of the bias."""
        yield from super().rows(out_index)
        yield FlowRow(2, out_index[1:], out_index, 1.0)

    def most(self) -> int:
        """Return two rows per multiply and one for the bias."""
        return math.prod(shape_of(self.node)) * (2 * self.shapes[0][1] + 1)
