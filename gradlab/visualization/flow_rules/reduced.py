"""reduce: every cell of a strip feeds the cell it is folded into."""

from __future__ import annotations

import itertools
import math
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any

from gradlab.indexing import Index, broadcast_index
from gradlab.operators import div, mul
from gradlab.visualization.flow_nodes import FlowRow, cell
from gradlab.visualization.flow_rules.base import Rule
from gradlab.visualization.values import computed


class Reduced(Rule):
    """The strip is one index map for all; how strongly its cells pull, each says."""

    def __init__(self, node: Any) -> None:
        from gradlab.tensors.f import as_dims

        super().__init__(node)
        self.shape = self.shapes[0]
        self.dims = as_dims(node.history.options.get("dim"), len(self.shape))

    def strip(self, out_index: Index) -> Iterator[Index]:
        """Yield every cell along the reduced dims."""
        ranges = [range(size) for size in self.shape]
        kept = len(out_index) == len(self.shape)
        own = iter(out_index)
        for d, size in enumerate(self.shape):
            folded = d in self.dims
            i = next(own) if kept or not folded else 0
            ranges[d] = range(size) if folded else range(i, i + 1)
        return itertools.product(*ranges)

    @abstractmethod
    def locals(self, out_index: Index) -> Iterable[float]:
        """Return the local derivatives of the cells of a strip, in its order."""

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every cell of the strip."""
        for in_index, local in zip(self.strip(out_index), self.locals(out_index)):
            yield FlowRow(0, in_index, out_index, local)

    def most(self) -> int:
        """Return one row per input cell."""
        return math.prod(self.shape)


class Sum(Reduced):
    """Each cell moves its sum one for one."""

    every_local = 1.0

    def locals(self, out_index: Index) -> Iterable[float]:
        """Return 1 for each."""
        return itertools.repeat(1.0)


class Mean(Reduced):
    """Each cell moves its mean by 1 / n."""

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        n = math.prod(self.shape[d] for d in self.dims)
        self.share = self.every_local = 1.0 / n if n else 1.0

    def locals(self, out_index: Index) -> Iterable[float]:
        """Return 1 / n for each."""
        return itertools.repeat(self.share)


class Prod(Reduced):
    """Each cell moves its product by the product of the others."""

    # The product divided by the cell would be 0 / 0 at a zero, so nothing is divided.
    def locals(self, out_index: Index) -> Iterable[float]:
        """Multiply, for each, what lies before it with what lies after it."""
        values = [cell(self.inputs[0], i) for i in self.strip(out_index)]
        before = itertools.accumulate(values[:-1], mul, initial=1.0)
        after = list(itertools.accumulate(values[:0:-1], mul, initial=1.0))
        return map(mul, before, reversed(after))


class Extreme(Reduced):
    """max and min: the winner moves the result one for one, and ties share that."""

    def locals(self, out_index: Index) -> Iterable[float]:
        """Return 1 / winners for each winner; where there are NaNs, they won."""
        best = cell(self.node, out_index)
        values = [cell(self.inputs[0], i) for i in self.strip(out_index)]
        won = [value == best or value != value for value in values]
        return [1.0 / sum(won) if one else 0.0 for one in won]

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every winner."""
        return (row for row in super().rows(out_index) if row.local)

    def count(self) -> int | None:
        """Return None: it takes looking for ties."""
        return None


class Var(Reduced):
    """By x: 2 (x - mean) / divisor; the way through the mean adds up to 0."""

    def locals(self, out_index: Index) -> Iterable[float]:
        """Take the distances from the mean as forward saved them."""
        off, _, divisor = self.node.history.saved_values
        half = float(divisor) / 2
        for in_index in self.strip(out_index):
            yield computed(div, (float(off[in_index]), half))


class LogSumExp(Reduced):
    """By x: its exponential's share of the sum, the softmax."""

    def locals(self, out_index: Index) -> Iterable[float]:
        """Divide the exponentials by their sum, as forward saved both."""
        e, total, _ = self.node.history.saved_values
        for in_index in self.strip(out_index):
            whole = total[broadcast_index(in_index, total.shape)]
            yield computed(div, (float(e[in_index]), float(whole)))
