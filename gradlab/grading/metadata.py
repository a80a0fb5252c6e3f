"""nbgrader's cell metadata (schema 3): reading, checksum, validation."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

SCHEMA = 3
KINDS = ("grade", "locked", "solution")
KEYS = {*KINDS, "schema_version", "task", "grade_id", "points", "checksum", "cell_type"}

Cell = dict[str, Any]


class ReleaseError(ValueError):
    """A lesson that cannot be released; says which cell, what is wrong, what to do."""


def name_of(cell: Cell) -> str:
    """Return what a person calls this cell: its id, else how it begins."""
    return str(cell.get("id") or repr(str(cell["source"])[:40]))


def nbgrader_of(cell: Cell) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell; empty if it has none."""
    found = cell.get("metadata", {}).get("nbgrader", {})
    return found if isinstance(found, dict) else {}


def is_solution(cell: Cell) -> bool:
    """Say whether learners write their answer here."""
    return bool(nbgrader_of(cell).get("solution", False))


def is_grade(cell: Cell) -> bool:
    """Say whether this cell earns points."""
    return bool(nbgrader_of(cell).get("grade", False))


def is_locked(cell: Cell) -> bool:
    """Say whether the source is the lesson's alone: a graded cell's always is."""
    if is_solution(cell):
        return False
    return is_grade(cell) or bool(nbgrader_of(cell).get("locked", False))


def checksum(cell: Cell) -> str:
    """Return nbgrader's md5 of a cell's source, type and role.

    Examples
    --------
    >>> meta = {"nbgrader": {"grade": True, "grade_id": "07-E2-check", "points": 5}}
    >>> cell = {"cell_type": "code", "source": 'check("07.E2")', "metadata": meta}
    >>> checksum(cell)
    '01690f39659d8d886f3b197562dee161'
    """
    meta = nbgrader_of(cell)
    roles = is_grade(cell), is_solution(cell), is_locked(cell)
    parts = [cell["source"], cell["cell_type"], *map(str, roles), meta["grade_id"]]
    if is_grade(cell):
        parts.append(str(float(meta["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def validate(cells: Iterable[Cell]) -> None:
    """Check ids and nbgrader metadata of all cells.

    Raises
    ------
    ReleaseError
        For the first cell that nbgrader or a later merge would refuse.
    """
    cells = list(cells)
    for cell in cells:
        _validate_cell(cell)
    _only_once("cell id", [cell.get("id", "") for cell in cells])
    _only_once("grade_id", [nbgrader_of(c)["grade_id"] for c in cells if has_role(c)])


def has_role(cell: Cell) -> bool:
    """Say whether nbgrader knows this cell: graded, answered, locked or a task."""
    return any(nbgrader_of(cell).get(kind) for kind in (*KINDS, "task"))


def _only_once(what: str, names: list[str]) -> None:
    for name, times in Counter(names).items():
        if not name:
            raise ReleaseError(f"A cell has no {what}. Give every cell one of its own.")
        if times > 1:
            raise ReleaseError(f"{times} cells have the {what} {name!r}: rename one.")


def _validate_cell(cell: Cell) -> None:
    meta = cell.get("metadata", {}).get("nbgrader")
    if meta is None:
        return
    for complaint in _complaints(cell, meta):
        raise ReleaseError(f"Cell {name_of(cell)}: {complaint}")


def _complaints(cell: Cell, meta: Any) -> Iterable[str]:
    if not isinstance(meta, dict):
        yield "its nbgrader metadata is not a table of keys and values."
        return
    yield from _about_keys(meta)
    if has_role(cell):
        yield from _about_names(meta)
    if meta["grade"]:
        yield from _about_points(meta)
    yield from _about_roles(cell, meta)


def _about_keys(meta: dict[str, Any]) -> Iterable[str]:
    if meta.get("schema_version") != SCHEMA:
        got = meta.get("schema_version", "none")
        yield f"nbgrader schema_version is {got}; this release knows {SCHEMA}."
    for kind in KINDS:
        if not isinstance(meta.get(kind), bool):
            yield f"nbgrader's {kind!r} must be true or false."
    for key in sorted(set(meta) - KEYS):
        yield f"nbgrader does not know the key {key!r}; put it under 'gradlab'."


def _about_names(meta: dict[str, Any]) -> Iterable[str]:
    grade_id = meta.get("grade_id")
    if not isinstance(grade_id, str) or not re.fullmatch(r"[\w-]+", grade_id, re.A):
        yield f"grade_id is {grade_id!r}; use letters, digits, - and _."


def _about_points(meta: dict[str, Any]) -> Iterable[str]:
    points: Any = meta.get("points")
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    if not (is_number and points >= 0):
        yield f"a graded cell needs its points, 0 or more; it has {points!r}."


def _about_roles(cell: Cell, meta: dict[str, Any]) -> Iterable[str]:
    grade, solution = meta["grade"], meta["solution"]
    text = cell["cell_type"] == "markdown"
    if meta.get("task"):
        if not text:
            yield "a task cell must be a markdown cell."
    elif text and grade != solution:
        yield "a markdown cell is graded and answered, or neither."
    elif grade and not solution and not meta["locked"]:
        yield "a check cell must be locked, so that a merge can renew it."
