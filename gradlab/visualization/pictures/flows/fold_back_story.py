"""What comes back to the inputs of a zip, and which cells it is folded into."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.autodiff import contributions
from gradlab.indexing import Index, broadcast_index, to_index
from gradlab.operators import ScalarOp
from gradlab.visualization.flow import FlowTable
from gradlab.visualization.flow_nodes import cell, shape_of, with_all_needed
from gradlab.visualization.flow_rules import Asked, Elementwise
from gradlab.visualization.pictures.parts.words import ADDENDS, dims_named, product
from gradlab.visualization.text import factor, size_names

EVERY = 4  # up to here every real cell of an input has a frame


class Moment(NamedTuple):
    """One frame: "forward", "turn", "local", "fold", "steps" or "end"."""

    name: str
    input: int = 0
    cell: Index = ()


class Folding:
    """One input's way back.

    Attributes
    ----------
    shape : the input's own shape
    added : the dims of the output that the input does not have
    stretched : the dims in which the input has size 1 and the output more
    """

    def __init__(self, flow: FlowTable, k: int, d_out: Any, gradient: Any) -> None:
        self.flow, self.k, self.d_out, self.gradient = flow, k, d_out, gradient
        self.shape, self.out = shape_of(flow.inputs[k]), flow.shape
        extra = len(self.out) - len(self.shape)
        dims = _stretched(self.out, self.shape)
        self.added = tuple(dim for dim in dims if dim < extra)
        self.stretched = tuple(dim for dim in dims if dim >= extra)

    @property
    def dims(self) -> tuple[int, ...]:
        """The dims of the output that are summed over."""
        return (*self.added, *self.stretched)

    @property
    def folds(self) -> bool:
        """Whether cells were read more than once, or not at all."""
        return self.count() != 1

    def local(self, out_index: Index) -> float:
        """Return how an output cell follows the cell that it reads here."""
        rows = self.flow.rows(input=self.k, out_index=out_index)
        return sum((row.local for row in rows), 0.0)

    def product(self, out_index: Index) -> float:
        """Return d_out · local in one cell of the output."""
        return cell(self.d_out, out_index) * self.local(out_index)

    def target(self, out_index: Index) -> Index:
        """Return the real cell that an output cell has read."""
        return broadcast_index(out_index, self.shape)

    def count(self) -> int:
        """Return how many cells are folded into each real one."""
        return math.prod(self.out[dim] for dim in self.dims)

    def reader(self, index: Index, n: int) -> Index:
        """Return the n-th output cell that has read a real cell."""
        summed = to_index(n, [self.out[dim] for dim in self.dims])
        place = [0] * len(self.added) + list(index)
        for dim, i in zip(self.dims, summed):
            place[dim] = i
        return tuple(place)

    def addends(self, index: Index) -> str:
        """Return the sum that a real cell receives, shortened where it is long."""
        n = self.count()
        short = n > ADDENDS
        numbers = [0, 1, n - 2, n - 1] if short else list(range(n))
        cells = [self.reader(index, number) for number in numbers]
        texts = [self._addend(i, first=n == 0) for n, i in enumerate(cells)]
        if short:
            texts[2:2] = [f"… {n - 4:,} more …"]
        return " + ".join(texts)

    def _addend(self, out_index: Index, *, first: bool) -> str:
        d, local = cell(self.d_out, out_index), self.local(out_index)
        return product(d, local) if first else f"{factor(d)}·{factor(local)}"

    def steps(self, name: str) -> list[str]:
        """Return the sums that lead to the input's own shape."""
        shape, said = self.out, []
        if self.added:
            after = shape[len(self.added) :]
            dims = dims_named(self.added)
            said.append(
                f"Sum over {dims}, which {name} does not have: "
                f"{size_names(shape)} becomes {size_names(after)}."
            )
            shape = after
        if self.stretched:
            own = [dim - len(self.added) for dim in self.stretched]
            said.append(
                f"Sum over {dims_named(own)}, where {name} has size 1, and keep the "
                f"size 1: {size_names(shape)} becomes {size_names(self.shape)}."
            )
        return said


def _stretched(out: Sequence[int], shape: Sequence[int]) -> tuple[int, ...]:
    from gradlab.tensors.unbroadcast import stretched_dims

    return stretched_dims(tuple(out), tuple(shape))


class Story:
    """The frames of a fold-back picture.

    Attributes
    ----------
    sides : the way back to each of the two inputs
    op : the row of SCALARS, where there is one that says how to write the op
    """

    def __init__(self, flow: FlowTable, d_out: Any) -> None:
        self.flow, self.d_out = flow, d_out
        rule = flow.rule
        self.op: ScalarOp | None = rule.told if isinstance(rule, Elementwise) else None
        node = flow.node if isinstance(rule, Asked) else with_all_needed(flow.node)
        found = {k: gradient for k, _, gradient in contributions(node, d_out)}
        self.sides = tuple(Folding(flow, k, d_out, found.get(k)) for k in (0, 1))
        self.told: list[list[Index]] = []

    def tell(self, shown: Sequence[Sequence[Index]]) -> list[Moment]:
        """Return the frames, where these cells of each input are drawn."""
        self.told = [_some(cells) for cells in shown]
        return list(self._moments())

    def _moments(self) -> Iterator[Moment]:
        yield Moment("forward")
        yield Moment("turn")
        for k, side in enumerate(self.sides):
            yield Moment("local", k)
            if side.folds:
                yield from (Moment("fold", k, index) for index in self.told[k])
            if side.dims:
                yield Moment("steps", k)
        yield Moment("end")

    def before(self, moment: Moment) -> list[Index]:
        """Return the real cells whose sum is complete in a frame."""
        told = self.told[moment.input]
        return told[: told.index(moment.cell) + 1] if moment.name == "fold" else []


def _some(cells: Sequence[Index]) -> list[Index]:
    return list(cells) if len(cells) <= EVERY else [cells[0], cells[-1]]
