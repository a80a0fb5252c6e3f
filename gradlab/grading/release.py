"""The release of a lesson: what learners get, made from what authors write.

Each pass takes the copied cells and does one thing; `release` runs them in order.
Released files work in nbgrader, JupyterHub and plain Jupyter alike.
"""

from __future__ import annotations

import copy
import hashlib
from typing import Any, TypeVar

from gradlab.grading.markers import (
    HIDDEN_TESTS,
    SOLUTION,
    has_region,
    replace_regions,
)
from gradlab.grading.metadata import (
    Cell,
    ReleaseError,
    checksum,
    has_role,
    is_grade,
    is_locked,
    is_solution,
    name_of,
    validate,
)

AUTHOR = "author"
CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
TEXT_STUB = ("YOUR ANSWER HERE",)

Notebook = TypeVar("Notebook", bound=dict[str, Any])


def release(notebook: Notebook) -> Notebook:
    """Return the learners' copy of a lesson notebook; the notebook itself is kept.

    Releasing a released notebook changes nothing.

    Parameters
    ----------
    notebook : an nbformat 4 notebook whose sources are strings (NotebookNode or dict).

    Raises
    ------
    ReleaseError
        If a cell would give its solution away, or its metadata cannot be graded.
    """
    released = copy.deepcopy(notebook)
    cells: list[Cell] = released["cells"]
    remove_author_cells(cells)
    for each_pass in (strip_solutions, strip_hidden_tests, clear_outputs):
        each_pass(cells)
    validate(cells)
    for each_pass in (write_checksums, lock, remember_sources):
        each_pass(cells)
    for leftover in ("widgets", "celltoolbar"):
        released["metadata"].pop(leftover, None)
    return released


def remove_author_cells(cells: list[Cell]) -> None:
    """Remove the cells that speak to authors only (tag `author`)."""
    cells[:] = [c for c in cells if AUTHOR not in c["metadata"].get("tags", [])]


def strip_solutions(cells: list[Cell]) -> None:
    """Put the stub in the place of every solution."""
    for cell in cells:
        if has_region(cell["source"], SOLUTION):
            _must_be(is_solution(cell), cell, "a solution", "an answer cell")
            stub = CODE_STUB if cell["cell_type"] == "code" else TEXT_STUB
            cell["source"] = _without(cell, SOLUTION, stub)
        elif is_solution(cell) and not _is_stub(cell):
            raise ReleaseError(
                f"Cell {name_of(cell)} is an answer cell without ### BEGIN SOLUTION "
                "and ### END SOLUTION: all of it would be given away."
            )


def strip_hidden_tests(cells: list[Cell]) -> None:
    """Cut out every hidden test."""
    for cell in cells:
        if has_region(cell["source"], HIDDEN_TESTS):
            _must_be(is_grade(cell), cell, "a hidden test", "a graded cell")
            cell["source"] = _without(cell, HIDDEN_TESTS, ())


def clear_outputs(cells: list[Cell]) -> None:
    """Remove outputs, counts and the traces of a run."""
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            for trace in ("execution", "collapsed", "scrolled"):
                cell["metadata"].pop(trace, None)


def write_checksums(cells: list[Cell]) -> None:
    """Write nbgrader's checksum and cell type into every cell that it knows."""
    for cell in cells:
        if is_solution(cell) or is_locked(cell):
            cell["metadata"]["nbgrader"] |= {
                "checksum": checksum(cell),
                "cell_type": cell["cell_type"],
            }


def lock(cells: list[Cell]) -> None:
    """Keep answer cells from being deleted, and the lesson's own from any change."""
    for cell in cells:
        if has_role(cell):
            cell["metadata"]["deletable"] = False
        if is_locked(cell):
            cell["metadata"]["editable"] = False


def remember_sources(cells: list[Cell]) -> None:
    """Note in every cell which one it is and how it read: a merge needs both."""
    for cell in cells:
        note = {"cell": cell["id"], "released": fingerprint(cell["source"])}
        cell["metadata"]["gradlab"] = cell["metadata"].get("gradlab", {}) | note


def fingerprint(source: str) -> str:
    """Return the md5 of a cell's source."""
    return hashlib.md5(source.encode(), usedforsecurity=False).hexdigest()


def _is_stub(cell: Cell) -> bool:
    stub = CODE_STUB if cell["cell_type"] == "code" else TEXT_STUB
    lines = [line.strip() for line in cell["source"].split("\n")]
    return all(line in lines for line in stub)


def _must_be(right: bool, cell: Cell, what: str, kind: str) -> None:
    if not right:
        raise ReleaseError(
            f"Cell {name_of(cell)} holds {what}, but nbgrader's metadata does not "
            f"make it {kind}: it would stay in learners' notebooks."
        )


def _without(cell: Cell, what: str, stub: tuple[str, ...]) -> str:
    try:
        return replace_regions(cell["source"], what, stub)
    except ReleaseError as error:
        raise ReleaseError(f"Cell {name_of(cell)}: {error}") from None
