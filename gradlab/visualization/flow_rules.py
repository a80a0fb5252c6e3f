"""Per kind of op: which cells of the inputs feed one cell of the result.

Everything here comes from index maps and from the local derivatives in SCALARS, never
from a backward; a Function that gradlab does not know is asked cell by cell instead.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from gradlab.autodiff import Context, contributions
from gradlab.indexing import Index, Shape, broadcast_index, indices, to_index
from gradlab.operators import SCALARS, ScalarOp, first, second
from gradlab.visualization.flow_nodes import FlowRow, cell, one_hot, shape_of
from gradlab.visualization.values import computed


class Rule(Protocol):
    """What the flow table asks about one node."""

    def rows(self, out_index: Index) -> Iterable[FlowRow]:
        """Return the rows that end in one output cell."""

    def count(self) -> int | None:
        """Return how many rows there are; None where that takes counting them."""


def rule_for(node: Any) -> Rule:
    """Return the rule for the function that made a node.

    Whatever has no index map of its own is asked by one-hot gradients, as a learner's
    Function is, so that a new op has a table from its first day.
    """
    fn = node.history.fn
    if not fn.__module__.startswith("gradlab."):
        return Asked(node)
    if fn.kind in ("map", "zip") and _is_scalar_op(node.history):
        return Traced(node) if _plugged(node) else Elementwise(node)
    if fn.kind in ("view", "index", "join"):
        return _moved(node) or Asked(node)
    if fn.__name__ in ("Sum", "Mean"):
        return Reduced(node)
    return Asked(node)


def _is_scalar_op(history: Any) -> bool:
    """Say whether a row of SCALARS tells all about a map or zip: no option, no more."""
    op = SCALARS.get(history.fn.scalar)
    arguments = len(history.inputs)
    return op is not None and len(op.local) == arguments and not history.options


def _moved(node: Any) -> Moved | None:
    """Return the rule of a view or join; None where forward also computes numbers."""
    try:
        rule = Moved(node)
    except Exception:  # forward asks for more than the cells of its inputs
        return None
    return rule if rule.only_moves() else None


# ---------------------------------- map and zip ----------------------------------


class Elementwise:
    """map and zip: `broadcast_index` says where from, SCALARS how strongly."""

    def __init__(self, node: Any) -> None:
        self.node = node
        self.op: ScalarOp = SCALARS[node.history.fn.scalar]
        self.inputs = node.history.inputs
        self.shapes = [shape_of(x) for x in self.inputs]

    @property
    def told(self) -> ScalarOp | None:
        """The scalar op, if SCALARS says how to write it and its derivatives."""
        written = self.op.formula and len(self.op.local_formulas) == len(self.op.local)
        return self.op if written else None

    def sources(self, out_index: Index) -> list[tuple[int, Index]]:
        """Return the input and the cell behind each argument of the scalar op."""
        return [(k, broadcast_index(out_index, s)) for k, s in enumerate(self.shapes)]

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every argument."""
        places = self.sources(out_index)
        values = [cell(self.inputs[k], index) for k, index in places]
        for (k, index), local in zip(places, self.op.local):
            yield FlowRow(k, index, out_index, computed(local, values))

    def count(self) -> int | None:
        """Return one row per argument and output cell."""
        return math.prod(shape_of(self.node)) * len(self.inputs)


class Traced(Elementwise):
    """map and zip that ran on a learner's own pieces: pictured as they really ran.

    The same loop runs once more, on cells that hold their own number in place of their
    value, so that it tells by itself which cells it reads.
    """

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        self.numbering = Numbering(self.shapes)
        backend = node.history.ctx.f.backend
        numbered = [array + 1.0 for array in self.numbering.arrays()]  # 0: not written
        self.read = (
            [backend.map(SCALARS["id"], *numbered)]
            if self.op.kind == "map"
            else [backend.zip(ScalarOp("", "zip", f), *numbered) for f in ARGUMENTS]
        )

    def sources(self, out_index: Index) -> list[tuple[int, Index]]:
        """Return the cells that the loop read; none where it wrote nothing."""
        numbers = [float(array[out_index]) - 1 for array in self.read]
        known = range(self.numbering.total)
        if not all(number in known for number in numbers):
            return []
        return [self.numbering.cell(int(number)) for number in numbers]

    def count(self) -> int | None:
        """Return None: a loop may leave cells out."""
        return None


ARGUMENTS = (first, second)


def _plugged(node: Any) -> bool:
    """Say whether an op ran on a learner's pieces, which only simple loops do."""
    backend = getattr(getattr(node.history.ctx, "f", None), "backend", None)
    if getattr(backend, "name", "") != "simple":
        return False
    source = getattr(backend, "_source", broadcast_index)
    loop = getattr(backend, "_zip_loop", None)
    return source is not broadcast_index or loop is not None


# ------------------------------- reduce, views, joins -------------------------------


class Reduced:
    """sum and mean: every cell of the strip feeds the cell it is folded into."""

    def __init__(self, node: Any) -> None:
        from gradlab.tensors.f import as_dims

        self.node, history = node, node.history
        self.shape = shape_of(history.inputs[0])
        self.dims = as_dims(history.options.get("dim"), len(self.shape))
        n = math.prod(self.shape[d] for d in self.dims)
        self.local = 1.0 / n if history.fn.__name__ == "Mean" and n else 1.0

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every cell along the reduced dims."""
        ranges = [range(size) for size in self.shape]
        kept = len(out_index) == len(self.shape)
        own = iter(out_index)
        for d, size in enumerate(self.shape):
            folded = d in self.dims
            i = next(own) if kept or not folded else 0
            ranges[d] = range(size) if folded else range(i, i + 1)
        for in_index in itertools.product(*ranges):
            yield FlowRow(0, in_index, out_index, self.local)

    def count(self) -> int | None:
        """Return one row per input cell."""
        return math.prod(self.shape)


class Moved:
    """Views, indexing and joins: forward runs on numbered cells and shows the way."""

    def __init__(self, node: Any) -> None:
        self.node, history = node, node.history
        self.numbering = Numbering([shape_of(x) for x in history.inputs])
        total, arrays = self.numbering.total, self.numbering.arrays()
        self.moved, again = (
            history.fn.forward(Context(), *(a + k for a in arrays), **history.options)
            for k in (0, total)
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

    def count(self) -> int | None:
        """Return one row per output cell that came from an input."""
        return int(self.came.sum())


class Numbering:
    """The cells of several tensors, numbered through in reading order."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.shapes = shapes
        ends = list(itertools.accumulate((math.prod(s) for s in shapes), initial=0))
        self.starts, self.total = ends[:-1], ends[-1]

    def arrays(self) -> list[Any]:
        """Return an array of numbers for each tensor."""
        import numpy as np

        return [
            np.arange(start, start + math.prod(shape)).reshape(shape)
            for start, shape in zip(self.starts, self.shapes)
        ]

    def cell(self, number: int) -> tuple[int, Index]:
        """Return which tensor and which of its cells has this number."""
        k = bisect_right(self.starts, number) - 1
        return k, to_index(number - self.starts[k], self.shapes[k])


# ------------------------------- all other Functions -------------------------------


class Asked:
    """Any other Function: backward of one output cell at a time, 1 there and else 0.

    Rows with local 0 are left out, and inputs that need no gradient have none.
    """

    def __init__(self, node: Any) -> None:
        self.node = node

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

    def count(self) -> int | None:
        """Return None: it takes running backward."""
        return None
