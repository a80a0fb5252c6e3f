"""Convolution and pooling: which cells lie under the kernel at each of its places."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from gradlab.indexing import Index, Shape
from gradlab.operators import div
from gradlab.visualization.flow_nodes import FlowRow, cell
from gradlab.visualization.flow_rules.base import Rule
from gradlab.visualization.flow_rules.products import Pair, SumOfProducts
from gradlab.visualization.values import computed


class Walk:
    """A kernel on its walk over the dims of x after samples and channels."""

    def __init__(self, node: Any, shape: Shape, kernel: Any) -> None:
        from gradlab.tensors.functions.windows import frame_of

        history = node.history
        asked, what = history.options, history.fn.__name__
        stride, padding = asked.get("stride", 1), asked.get("padding", 0)
        self.frame = frame_of(shape, kernel, stride, padding, what)
        self.sizes = shape[2:]
        self.places = self.frame.places(shape)

    def under(self, place: Index) -> Iterator[Pair]:
        """Yield the kernel's cells with the cell of x under each; none in the border.

        From its place the kernel starts at place * stride - padding.
        """
        walks = zip(place, self.frame.stride, self.frame.padding)
        starts = [i * step - border for i, step, border in walks]
        for offset in itertools.product(*map(range, self.frame.kernel)):
            at = tuple(start + o for start, o in zip(starts, offset))
            if all(0 <= i < size for i, size in zip(at, self.sizes)):
                yield offset, at

    def cells(self) -> int:
        """Return how many cells lie under the kernel, over all its places."""
        return math.prod(map(self._along, range(len(self.sizes))))

    def _along(self, d: int) -> int:
        kernel, stride, padding = (part[d] for part in self.frame)
        starts = (i * stride - padding for i in range(self.places[d]))
        size = self.sizes[d]
        inside = (min(start + kernel, size) - max(start, 0) for start in starts)
        return sum(max(0, n) for n in inside)


class Conv(SumOfProducts):
    """Weights times the cells under them, over all channels."""

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        x, weight = self.shapes
        self.walk = Walk(node, x, weight[2:])

    def pairs(self, out_index: Index) -> Iterator[Pair]:
        """Lay the weights of one output channel on one place of one sample."""
        sample, output, *place = out_index
        for channel in range(self.shapes[0][1]):
            for offset, at in self.walk.under(tuple(place)):
                yield (sample, channel, *at), (output, channel, *offset)

    def most(self) -> int:
        """Return two rows per multiply; zeros of the border have none."""
        samples, channels = self.shapes[0][:2]
        outputs = self.shapes[1][0]
        return 2 * samples * outputs * channels * self.walk.cells()


class Pool(Rule):
    """What each window sees, folded into one number."""

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        kernel = node.history.options["kernel"]
        self.walk = Walk(node, self.shapes[0], kernel)

    def seen(self, out_index: Index) -> list[Index]:
        """Return the cells of x in one window."""
        sample, channel, *place = out_index
        under = self.walk.under(tuple(place))
        return [(sample, channel, *at) for _, at in under]

    def most(self) -> int:
        """Return one row per cell of each window."""
        samples, channels = self.shapes[0][:2]
        return samples * channels * self.walk.cells()


class AvgPool(Pool):
    """The mean: each cell moves it by 1 / size, the border counted."""

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        self.share = self.every_local = 1.0 / math.prod(self.walk.frame.kernel)

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every cell in the window."""
        for in_index in self.seen(out_index):
            yield FlowRow(0, in_index, out_index, self.share)


class MaxPool(Pool):
    """The largest: it moves the result one for one, and cells that tie share that."""

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every winner; no number equals NaN, which none can share."""
        largest, seen = cell(self.node, out_index), self.seen(out_index)
        won = [float(cell(self.inputs[0], i) == largest) for i in seen]
        winners = sum(won) + self._tied_border(largest, len(seen))
        for in_index, one in zip(seen, won):
            local = computed(div, (one, winners))
            if local != 0:
                yield FlowRow(0, in_index, out_index, local)

    def _tied_border(self, largest: float, seen: int) -> int:
        """Return how many cells of the border, all -inf, tie with the largest."""
        border = math.prod(self.walk.frame.kernel) - seen
        return border if largest == -math.inf else 0

    def count(self) -> int | None:
        """Return None: it takes looking for ties."""
        return None
