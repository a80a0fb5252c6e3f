"""Grids of numbers side by side, the cells that differ marked."""

from __future__ import annotations

from html import escape
from typing import Any

from gradlab.exercises.card import Part
from gradlab.exercises.probes import TensorSpec
from gradlab.exercises.values import digits_for, is_array, show_numbers

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 60, 10, 12


def as_array(value: Any) -> Any:
    """Return the numbers of a tensor or an array; None for anything else."""
    import numpy as np

    if isinstance(value, TensorSpec):
        return np.asarray(value.array)
    return value if is_array(value) else None


def fits(value: Any) -> bool:
    """Say whether a value can be shown as a grid: one or two dims, not too many."""
    import numpy as np

    array = as_array(value)
    if array is None or array.dtype.kind not in "biuf":
        return False
    if array.ndim not in (1, 2) or not 0 < array.size <= MOST_CELLS:
        return False
    rows, columns = np.atleast_2d(array).shape
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS


def grid(value: Any, right: Any = None) -> Part:
    """Return a grid; with the right numbers given, the cells that differ are marked."""
    import numpy as np

    array = np.atleast_2d(as_array(value))
    other = as_array(right)
    known = other is not None and other.shape == as_array(value).shape
    truth = np.atleast_2d(other) if known else array
    off = ~np.isclose(array.astype(float), truth.astype(float), equal_nan=True)
    digits = max((digits_for(*pair) for pair in zip(array[off], truth[off])), default=4)
    rows = "".join(
        "<tr>" + "".join(_cell(*each, digits) for each in zip(*row)) + "</tr>"
        for row in zip(array.tolist(), off.tolist())
    )
    return Part(f'<table class="gl-grid">{rows}</table>', show_numbers(array.tolist()))


def _cell(number: float, off: bool, digits: int) -> str:
    text = escape(show_numbers(number, digits if off else 4))
    return f'<td class="gl-off"><b>{text}</b></td>' if off else f"<td>{text}</td>"


def named_grids(values: list[tuple[str, Any]], right: Any = None) -> Part:
    """Return several grids in one row, each under its name and shape; yours marked."""
    cells = []
    for name, value in values:
        shape = as_array(value).shape
        marked = grid(value, right if name.startswith("yours") else None)
        title = f"<span>{escape(name)} {shape}</span>"
        cells.append(f'<div class="gl-named">{title}{marked.html}</div>')
    text = "\n".join(
        f"  {name} {as_array(value).shape}: {show_numbers(as_array(value).tolist())}"
        for name, value in values
    )
    return Part(f'<div class="gl-grids">{"".join(cells)}</div>', text)
