"""How a tensor shows itself: one line of text, a small table in a notebook."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from gradlab.backends.base import Array

ROWS, COLUMNS, GRIDS = 8, 10, 4  # what a notebook shows; beyond, the middle is left out
EDGE = "…"

_CELL = (
    "padding:2px 8px;text-align:right;border:1px solid "
    "var(--jp-border-color1,currentColor);font-variant-numeric:tabular-nums"
)
_TABLE = "border-collapse:collapse;margin:2px 12px 6px 0;display:inline-table"


def as_text(t: Any) -> str:
    """Return `tensor([...])` with what differs from a plain float64 constant."""
    cells = np.array2string(
        t._array, separator=", ", prefix="tensor(", threshold=200, edgeitems=3
    )
    extra = "".join(f", {note}" for note in _notes(t))
    return f"tensor({cells}{extra})"


def _notes(t: Any) -> Iterator[str]:
    if not t.size or t.size > 200:
        yield f"shape={t.shape}"
    if t.dtype != np.float64:
        yield f"dtype='{t.dtype.name}'"
    if t.name:
        yield f"name={t.name!r}"
    if t.requires_grad:
        yield "requires_grad=True"


def as_html(t: Any) -> str:
    """Return the values as tables, above them shape and strides, below the gradient."""
    parts = [f"<div><b>{escape(_title(t))}</b></div>", _values(t._array)]
    if t.grad is not None:
        parts += ["<div>its gradient so far, <code>.grad</code></div>"]
        parts += [_values(t.grad._array)]
    return f'<div style="overflow-x:auto">{"".join(parts)}</div>'


def _title(t: Any) -> str:
    name = f"{t.name}: " if t.name else ""
    kind = f"tensor of shape {t.shape}, strides {t.strides}"
    dtype = "" if t.dtype == np.float64 else f", {t.dtype.name}"
    made = f", made by {t.history.fn.__name__}" if t.history else ""
    needs = ", requires_grad" if t.is_leaf and t.requires_grad else ""
    return f"{name}{kind}{dtype}{made}{needs}"


def _values(array: Array) -> str:
    """Return one table, or for rank 3 and more one per pair of last dims."""
    if not array.size:
        return "<div>no cells</div>"
    if array.ndim <= 2:
        return _table(np.atleast_2d(array))
    grids = array.reshape(-1, *array.shape[-2:])
    tables = [_labelled(array, k, grids[k]) for k in range(min(GRIDS, len(grids)))]
    more = len(grids) - GRIDS
    return "".join(tables) + (f"<div>… and {more} more</div>" if more > 0 else "")


def _labelled(array: Array, ordinal: int, grid: Array) -> str:
    index = np.unravel_index(ordinal, array.shape[:-2])
    label = ", ".join(str(int(i)) for i in index)
    caption = f'<caption style="caption-side:top">[{label}, :, :]</caption>'
    return _table(grid, caption)


def _table(grid: Array, caption: str = "") -> str:
    rows = "".join(
        f"<tr>{''.join(_cell(grid, i, j) for j in _shown(grid.shape[1], COLUMNS))}</tr>"
        for i in _shown(grid.shape[0], ROWS)
    )
    return f'<table style="{_TABLE}">{caption}{rows}</table>'


def _shown(size: int, most: int) -> list[int | None]:
    """Return the places to show, None where some are left out."""
    if size <= most:
        return list(range(size))
    half = most // 2
    return [*range(half), None, *range(size - half, size)]


def _cell(grid: Array, i: int | None, j: int | None) -> str:
    text = EDGE if i is None or j is None else _number(float(grid[i, j]))
    return f'<td style="{_CELL}">{text}</td>'


def _number(value: float) -> str:
    return f"{value:.5g}" if math.isfinite(value) else str(value)
