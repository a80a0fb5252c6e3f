"""Per kind of op: which cells of the inputs feed one cell of the result.

Everything here comes from index maps and from the local derivatives in SCALARS, never
from a backward; a Function that gradlab does not know is asked cell by cell instead.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from gradlab.autodiff import Context
from gradlab.indexing import Index, Shape, broadcast_index, indices, to_index
from gradlab.operators import SCALARS, ScalarFn, ScalarOp, first, second


class FlowRow(NamedTuple):
    """One way from an input cell to an output cell.

    Parameters
    ----------
    input : which input, counted from 0
    in_index, out_index : the two cells; () for a Scalar
    local : how much the output cell moves for a small step of the input cell
    """

    input: int
    in_index: Index
    out_index: Index
    local: float


class Rule(Protocol):
    """What the flow table asks about one node."""

    def rows(self, out_index: Index) -> Iterable[FlowRow]:
        """Return the rows that end in one output cell."""

    def count(self) -> int | None:
        """Return how many rows there are; None where that takes counting them."""


def rule_for(node: Any) -> Rule:
    """Return the rule for the function that made a node."""
    fn = node.history.fn
    if not fn.__module__.startswith("gradlab."):
        return Asked(node)
    if fn.kind in ("map", "zip") and fn.scalar in SCALARS:
        return Traced(node) if _plugged(node) else Elementwise(node)
    if fn.kind in ("view", "index", "join"):
        return Moved(node)
    if fn.__name__ in ("Sum", "Mean"):
        return Reduced(node)
    return Asked(node)


# ------------------------- Scalars and tensors alike -------------------------


def shape_of(variable: Any) -> Shape:
    """Return a variable's shape; that of a Scalar is ()."""
    return getattr(variable, "shape", ())


def cell(variable: Any, index: Index) -> float:
    """Return the number in one cell of a Tensor, a Scalar, or a number itself."""
    if hasattr(variable, "get"):
        return float(variable.get(index))
    return float(getattr(variable, "data", variable))


def is_variable(thing: object) -> bool:
    """Return whether something can stand in a graph: a Scalar or a Tensor."""
    return hasattr(thing, "requires_grad")


def input_names(inputs: Sequence[Any]) -> list[str]:
    """Return what pictures call the inputs: their own names, else free letters.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> input_names([Scalar(3, "price"), Scalar(2)]), input_names([Scalar(1, "y"), 2.0])
    (['price', 'a'], ['y', 'a'])
    """
    own = [getattr(x, "name", None) for x in inputs]
    many = (f"a{k}" for k in itertools.count(1))
    free = (n for n in itertools.chain("abcdef"[: len(own)], many) if n not in own)
    known: dict[int, str] = {}
    for x, name in zip(inputs, own):
        if id(x) not in known:
            known[id(x)] = name or next(free)
    return [known[id(x)] for x in inputs]


def ieee(fn: ScalarFn, values: Sequence[float]) -> float:
    """Return fn of some numbers, with inf and nan where Python would raise."""
    try:
        return float(fn(*values))
    except (ArithmeticError, ValueError):
        import numpy as np

    try:
        with np.errstate(all="ignore"):
            return float(fn(*map(np.float64, values)))
    except OverflowError:  # the math module raises even here: exp(1000)
        return math.inf
    except (ArithmeticError, ValueError):
        return math.nan


# ---------------------------------- map and zip ----------------------------------


class Elementwise:
    """map and zip: `broadcast_index` says where from, SCALARS how strongly."""

    def __init__(self, node: Any) -> None:
        self.node = node
        self.op: ScalarOp = SCALARS[node.history.fn.scalar]
        self.inputs = node.history.inputs
        self.shapes = [shape_of(x) for x in self.inputs]

    def sources(self, out_index: Index) -> list[tuple[int, Index]]:
        """Return the input and the cell behind each argument of the scalar op."""
        return [(k, broadcast_index(out_index, s)) for k, s in enumerate(self.shapes)]

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield a row for every argument."""
        places = self.sources(out_index)
        values = [cell(self.inputs[k], index) for k, index in places]
        for (k, index), local in zip(places, self.op.local):
            yield FlowRow(k, index, out_index, ieee(local, values))

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
        backend = node.history.ctx.f._backend
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
    backend = getattr(getattr(node.history.ctx, "f", None), "_backend", None)
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
        arrays = self.numbering.arrays()
        self.moved = history.fn.forward(Context(), *arrays, **history.options)

    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the one cell that came here."""
        k, in_index = self.numbering.cell(int(self.moved[out_index]))
        yield FlowRow(k, in_index, out_index, 1.0)

    def count(self) -> int | None:
        """Return one row per output cell."""
        return math.prod(shape_of(self.node))


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
        for k, source, d in self.node.chain_rule(one_hot(self.node, out_index)):
            for in_index in indices(shape_of(source)):
                local = cell(d, in_index)
                if local != 0:
                    yield FlowRow(k, in_index, out_index, local)

    def count(self) -> int | None:
        """Return None: it takes running backward."""
        return None


def one_hot(node: Any, index: Index, value: float = 1.0) -> Any:
    """Return a d_out that is `value` in one cell and 0 in all others."""
    if not hasattr(node, "shape"):
        return value
    import numpy as np

    array = np.zeros(node.shape, node.dtype)
    array[index] = value
    return node._like(array)
