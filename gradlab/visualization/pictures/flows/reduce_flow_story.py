"""The frames of a reduce picture and the numbers in each, without any drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.indexing import Index, Shape
from gradlab.operators import SCALARS, ScalarOp
from gradlab.visualization.flow import FlowTable
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.flow_rules import Asked, Rule
from gradlab.visualization.flow_rules.reduced import Reduced
from gradlab.visualization.pictures.parts.cells import chosen_cell
from gradlab.visualization.pictures.parts.words import filled
from gradlab.visualization.text import factor, number, size_names

EVERY = 4  # up to here every output cell has its own frames
SWEPT = 6  # of a longer strip only the first two cells are swept
FOLDS = {"Sum": "add", "Mean": "add", "Prod": "mul", "Max": "maximum", "Min": "minimum"}


class Moment(NamedTuple):
    """One frame.

    `name` is "start", "ask", "sweep", "fold", "done", "turn", "back" or "end"; `cell`
    is an output cell, `n` how many cells of its strip have been folded.
    """

    name: str
    cell: Index = ()
    n: int = 0


class Own(Reduced):
    """A learner's reduce: its strips by its dims, its locals by asking backward."""

    def __init__(self, node: Any, dims: Sequence[int]) -> None:
        Rule.__init__(self, node)  # the options of a learner's op may name no dim
        self.shape, self.dims = self.shapes[0], tuple(dims)

    def locals(self, out_index: Index) -> list[float]:
        """Return what backward says for each cell of a strip."""
        rows = {row.in_index: row.local for row in Asked(self.node).rows(out_index)}
        return [rows.get(index, 0.0) for index in self.strip(out_index)]


def rule_of(flow: FlowTable, dim: Any) -> Reduced:
    """Return the strips of a reduce.

    Raises
    ------
    ValueError
        If it is no reduce along whole dims.
    """
    if isinstance(flow.rule, Reduced):
        return flow.rule
    from gradlab.tensors.f import as_dims

    shape = shape_of(flow.inputs[0])
    given = flow.node.history.options.get("dim", dim)
    dims = _inferred(shape, flow.shape) if given is None else as_dims(given, len(shape))
    kept = tuple(1 if d in dims else n for d, n in enumerate(shape))
    dropped = tuple(n for d, n in enumerate(shape) if d not in dims)
    if not isinstance(flow.rule, Asked) or flow.shape not in (kept, dropped):
        raise ValueError(
            f"reduce_flow draws an op that folds whole dims into one cell each; "
            f"{flow.name} makes shape {size_names(flow.shape)} of "
            f"{size_names(shape)}. flow_table shows which cell feeds which."
        )
    return Own(flow.node, dims)


def _inferred(shape: Shape, out: Shape) -> tuple[int, ...]:
    """Return the dims in which two shapes differ; all of them for one number."""
    if len(shape) == len(out):
        return tuple(d for d, (n, m) in enumerate(zip(shape, out)) if n != m)
    if not out:
        return tuple(range(len(shape)))
    single = [d for d in range(len(shape)) if shape[:d] + shape[d + 1 :] == out]
    return tuple(single[:1])


class Story:
    """What happens in a reduce, frame by frame.

    Attributes
    ----------
    rule : which cells are folded into which
    cells : the output cells that are drawn; `told` get frames of their own
    fold : the op that adds one more cell, where there is one
    """

    def __init__(
        self,
        flow: FlowTable,
        rule: Reduced,
        cells: Sequence[Index],
        *,
        whole: bool,
        d_out: Any = None,
        chosen: Sequence[int] | None = None,
    ) -> None:
        self.flow, self.rule, self.d_out = flow, rule, d_out
        self.x, self.cells = flow.inputs[0], list(cells)
        fold = FOLDS.get(flow.name) if not isinstance(rule, Own) else None
        self.fold: ScalarOp | None = SCALARS[fold] if fold else None
        self.told = self._told(whole, chosen)
        self.moments = list(self._moments())

    def _told(self, whole: bool, chosen: Sequence[int] | None) -> list[Index]:
        if chosen is not None:
            return [chosen_cell(chosen, self.cells, self.flow.shape)]
        if whole and len(self.cells) <= EVERY:
            return self.cells
        return [self.cells[0], self.cells[-1]]

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        for k, index in enumerate(self.told):
            if k == 0:
                yield Moment("ask", index)
                yield from (Moment("sweep", index, n) for n in self._swept(index))
            yield Moment("fold", index)
        yield Moment("done")
        if self.d_out is not None:
            yield Moment("turn")
            yield from (Moment("back", index) for index in self.told)
            yield Moment("end")

    def _swept(self, index: Index) -> list[int]:
        """Return after how many cells a frame stops to show the value so far.

        The whole strip has a frame of its own; only a mean has more to do there.
        """
        if self.fold is None:
            return []
        n = len(self.strip(index))
        counts = list(range(max(n, 1))) if n <= SWEPT else [0, 1, 2]
        return [*counts, n] if self.flow.name == "Mean" and n else counts

    # ----------------------------------- numbers -----------------------------------

    def strip(self, index: Index) -> list[Index]:
        """Return the cells that are folded into an output cell."""
        return list(self.rule.strip(index))

    def values(self, index: Index) -> list[float]:
        """Return the numbers of a strip."""
        return [cell(self.x, i) for i in self.strip(index)]

    def locals(self, index: Index) -> dict[Index, float]:
        """Return how an output cell follows each cell of its strip."""
        return dict(zip(self.strip(index), self.rule.locals(index)))

    def d(self, index: Index) -> float:
        """Return the number of d_out in a cell."""
        return cell(self.d_out, index)

    def running(self, index: Index, n: int) -> float:
        """Return the value after n cells, counted from the start value."""
        fold = self.fold
        if fold is None or fold.start is None:
            return cell(self.flow.node, index)
        value = fold.start
        for x in self.values(index)[:n]:
            value = fold.fn(value, x)
        return value

    def step(self, index: Index, n: int) -> str:
        """Return how the value after n cells came about: "1 + 2 = 3"."""
        if self.fold is None or n == 0:
            return number(self.running(index, n))
        before, x = self.running(index, n - 1), self.values(index)[n - 1]
        put = number if "(" in self.fold.formula else factor
        formula = filled(self.fold.formula, number(before), put(x))
        return f"{formula} = {number(self.running(index, n))}"
