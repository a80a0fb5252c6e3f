"""The flow table: which input cell feeds which output cell, with which derivative.

Forward reads it from left to right, backward from right to left: the gradient of an
input cell is the sum of local * d_out over its rows. Every picture of numbers that
flow is drawn from it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from gradlab.autodiff import contributions
from gradlab.indexing import Index, indices
from gradlab.visualization.flow_check import disagreement
from gradlab.visualization.flow_nodes import (
    FlowRow,
    cell,
    input_names,
    is_variable,
    shape_of,
    with_all_needed,
)
from gradlab.visualization.flow_rules import Asked, Elementwise, Rule, rule_for
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import cell_name, number, table_text

__all__ = ["Columns", "FlowRow", "FlowTable", "flow_table"]

SHOWN = 24
COUNTED = 200_000  # a table that may be longer is not made just to count its rows


class Columns(NamedTuple):
    """The table by columns, all of one length."""

    input: tuple[int, ...]
    in_index: tuple[Index, ...]
    out_index: tuple[Index, ...]
    local: tuple[float, ...]


def flow_table(node: Any) -> FlowTable:
    """Return which cells of its inputs feed which cell of a Scalar or Tensor.

    Raises
    ------
    TypeError
        If `node` is neither.
    ValueError
        If no function is recorded for it.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> print(flow_table(Scalar(3.0, "x") * Scalar(4.0, "y")))
    Mul: 2 rows
    from   to  local
       x  out      4
       y  out      3
    """
    if not is_variable(node):
        raise TypeError(
            f"flow_table reads a Scalar or a Tensor; got a {type(node).__name__}."
        )
    if not node.history:
        raise ValueError(
            "flow_table found no function behind this: it is a leaf, or no input of "
            "it had requires_grad=True, so nothing was recorded."
        )
    return FlowTable(node, rule_for(node))


class FlowTable:
    """The rows (input, in_index, out_index, local) of one node, made when asked for.

    Attributes
    ----------
    node : the result of the op
    name : the name of its Function
    inputs : what the Function was applied to
    shape : the shape of the result
    names : what pictures and tables call the inputs
    rule : where the rows come from
    """

    def __init__(self, node: Any, rule: Rule) -> None:
        self.node, self.rule = node, rule
        self.name: str = node.history.fn.__name__
        self.inputs: tuple[Any, ...] = node.history.inputs
        self.shape = shape_of(node)
        self.names = input_names(self.inputs)

    def __len__(self) -> int:
        count = self.rule.count()
        return len(self.columns.local) if count is None else count

    @property
    def most(self) -> int:
        """How many rows there can be at most, known without making them."""
        count = self.rule.count()
        return self.rule.most() if count is None else count

    def __iter__(self) -> Iterator[FlowRow]:
        """Yield the rows, output cell by output cell."""
        if "columns" in vars(self):
            yield from map(FlowRow, *self.columns)
            return
        for out_index in indices(self.shape):
            yield from self.rule.rows(out_index)

    @cached_property
    def columns(self) -> Columns:
        """All rows by columns."""
        columns = tuple(zip(*iter(self))) or ((), (), (), ())
        return Columns(*columns)

    @cached_property
    def warning(self) -> str:
        """Where the table cannot be trusted, in a sentence; "" where nothing is wrong.

        A Function that gradlab does not know is held against central differences, a
        known one against the cells of its result.
        """
        return disagreement(self.node, self.rule)

    def rows(
        self,
        input: int | None = None,
        in_index: Index | int | None = None,
        out_index: Index | int | None = None,
        limit: int | None = None,
    ) -> list[FlowRow]:
        """Return the rows of some cells; with out_index, no other cell is looked at.

        Parameters
        ----------
        input : rows of this input only, counted from 0
        in_index : rows that start in this cell
        out_index : rows that end in this cell
        limit : the most rows to return

        Raises
        ------
        IndexError
            If there is no such input or no such cell.
        """
        if input is not None and not 0 <= input < len(self.inputs):
            raise IndexError(
                f"{self.name} has {len(self.inputs)} inputs, counted from 0; there is "
                f"no input {input}."
            )
        source = self if out_index is None else self._ending(out_index)
        start = None if in_index is None else _as_index(in_index)
        chosen = (
            row
            for row in source
            if (input is None or row.input == input)
            and (start is None or row.in_index == start)
        )
        return list(itertools.islice(chosen, limit))

    def _ending(self, out_index: Index | int) -> Iterator[FlowRow]:
        index = _as_index(out_index)
        fits = len(index) == len(self.shape)
        if not fits or not all(0 <= i < n for i, n in zip(index, self.shape)):
            raise IndexError(
                f"There is no output cell {plain(index)}: the result has shape "
                f"{self.shape}."
            )
        return iter(self.rule.rows(index))

    def push(self, d_out: Any = None) -> tuple[Any, ...]:
        """Return, per input, the sum of local * d_out over its rows.

        That is the input's gradient: a float for a Scalar, a tensor of its shape for
        a Tensor, None for a plain value.

        Parameters
        ----------
        d_out : the gradient of the result, of its shape; may be left out for one
            number, where it is 1
        """
        d = self.incoming(d_out)
        if self.most > COUNTED and not isinstance(self.rule, Elementwise):
            return self._backward(d)
        totals: list[dict[Index, float]] = [{} for _ in self.inputs]
        for k, in_index, out_index, local in self:
            own = totals[k]
            own[in_index] = own.get(in_index, 0.0) + local * cell(d, out_index)
        return tuple(
            _filled(x, total) if is_variable(x) else None
            for x, total in zip(self.inputs, totals)
        )

    def _backward(self, d: Any) -> tuple[Any, ...]:
        """Return the gradients by one run of backward: by the law, they are the same.

        Rows of Asked come from it; the tests hold those of every other rule against it.
        """
        asked = isinstance(self.rule, Asked)
        node = self.node if asked else with_all_needed(self.node)
        found = {k: gradient for k, _, gradient in contributions(node, d)}
        return tuple(
            found.get(k, _filled(x, {})) if is_variable(x) else None
            for k, x in enumerate(self.inputs)
        )

    def incoming(self, d_out: Any = None) -> Any:
        """Return d_out as backward takes it, checked: a float or a tensor."""
        if hasattr(self.node, "shape"):
            return self.node.as_d_out(d_out)
        return 1.0 if d_out is None else float(d_out)

    # --------------------------------- in words ---------------------------------

    def __str__(self) -> str:
        """Return the first rows as a plain-text table."""
        lines = [
            (
                cell_name(self.names[row.input], row.in_index),
                cell_name("out", row.out_index),
                number(row.local),
            )
            for row in self.rows(limit=SHOWN)
        ]
        more = ""
        if self.most > SHOWN and self._count() != str(len(lines)):
            more = f"\n… and {self._count(-SHOWN)} more"
        note = f"\n{self.warning}" if self.warning else ""
        head = f"{self.name}: {self._count()} {'row' if len(lines) == 1 else 'rows'}"
        return f"{head}\n{table_text(('from', 'to', 'local'), lines)}{more}{note}"

    def _count(self, added: int = 0) -> str:
        known = self.rule.count() is not None or self.most <= COUNTED
        n = (len(self) if known else self.most) + added
        return f"{n:,}" if known else f"up to {n:,}"

    def __repr__(self) -> str:
        return f"<flow table of {self.name}: {self._count()} rows>"


def _as_index(index: Index | int) -> Index:
    return index if isinstance(index, tuple) else (index,)


def _filled(like: Any, totals: dict[Index, float]) -> Any:
    """Return the sums as a variable of this kind has its gradient."""
    if not hasattr(like, "shape"):
        return totals.get((), 0.0)
    import numpy as np

    array = np.zeros(like.shape, like.dtype)
    for index, total in totals.items():
        array[index] = total
    return like._like(array)
