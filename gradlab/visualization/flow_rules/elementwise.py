"""map and zip: `broadcast_index` says where from, SCALARS how strongly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from gradlab.indexing import Index, broadcast_index
from gradlab.operators import SCALARS, ScalarOp, first, second
from gradlab.visualization.flow_nodes import FlowRow, cell, shape_of
from gradlab.visualization.flow_rules.base import Rule
from gradlab.visualization.flow_rules.moved import Numbering
from gradlab.visualization.values import computed


class Elementwise(Rule):
    """Every argument of a scalar op gives a row, with its local derivative there."""

    def __init__(self, node: Any) -> None:
        super().__init__(node)
        self.op: ScalarOp = SCALARS[node.history.fn.scalar]

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

    def most(self) -> int:
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
        if not all(n.is_integer() and 0 <= n < self.numbering.total for n in numbers):
            return []
        return [self.numbering.cell(int(number)) for number in numbers]

    def count(self) -> int | None:
        """Return None: a loop may leave cells out."""
        return None


ARGUMENTS = (first, second)


def is_scalar_op(history: Any) -> bool:
    """Say whether a row of SCALARS tells all about a map or zip: no option, no more."""
    op = SCALARS.get(history.fn.scalar)
    arguments = len(history.inputs)
    return op is not None and len(op.local) == arguments and not history.options


def is_plugged(node: Any) -> bool:
    """Say whether an op ran on a learner's pieces, which only simple loops do."""
    backend = getattr(getattr(node.history.ctx, "f", None), "backend", None)
    if getattr(backend, "name", "") != "simple":
        return False
    source = getattr(backend, "_source", broadcast_index)
    loop = getattr(backend, "_zip_loop", None)
    return source is not broadcast_index or loop is not None
