"""Say a few wrong cells of small tensors as formulas of single cells."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gradlab.exercises.patterns.parts import Part
from gradlab.exercises.patterns.places import MOST_NAMES, Places
from gradlab.exercises.patterns.terms import Array

MOST_WRONG = 3
Index = tuple[int, ...]


def cell_by_cell(part: Part) -> str | None:
    """Say a formula of single cells for each of a few wrong ones."""
    cells = _cells_given(part)
    if len(cells) <= len(part.names):  # single numbers were tried already
        return None
    wrong = dict(_wrong_cells(part, cells))
    if len(wrong) > MOST_WRONG:
        return None
    said = []
    for index, places in wrong.items():
        found = places.formula()
        if found is None:
            return None
        said.append(f"`{found}`{_at(index) if index else part.everywhere}")
    return ", ".join(said) or None


def _at(index: Index) -> str:
    """Return where a cell is, as a lesson writes it: in cell 2, in cell (0, 2)."""
    return f" in cell {index[0] if len(index) == 1 else index}"


def _wrong_cells(part: Part, cells: dict[str, Array]) -> Iterator[tuple[Index, Places]]:
    shapes = {row.yours.shape for row in part.rows}
    for index in np.ndindex(shapes.pop()) if len(shapes) == 1 else ():
        yours = np.array([row.yours[index] for row in part.rows])
        right = np.array([row.right[index] for row in part.rows])
        places = Places(yours, right, cells)
        if not places.is_right:
            yield index, places


def _cells_given(part: Part) -> dict[str, Array]:
    """Return each cell of the arguments, call by call; {} where there are too many."""
    found: dict[str, Array] = {}
    for name in part.names:
        arrays = [row.given[name] for row in part.rows]
        shapes = {array.shape for array in arrays}
        if len(shapes) > 1 or len(found) + arrays[0].size > MOST_NAMES:
            continue
        for index in np.ndindex(shapes.pop()):
            where = f"[{', '.join(map(str, index))}]" if index else ""
            found[name + where] = np.array([array[index] for array in arrays])
    return found
