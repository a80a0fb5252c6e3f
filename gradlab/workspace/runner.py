"""`gradlab run`: lessons run headless; one line for each exercise, and an exit code."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gradlab.grading.metadata import ReleaseError, is_grade
from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.execution import Result, execute
from gradlab.workspace.files import shown
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.place import state_dir
from gradlab.workspace.verdicts import NOT_DONE, Verdict

CELL_SECONDS = 120

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Line:
    """One line of a run's report, and whether it is as it should be."""

    text: str
    is_good: bool


def find_notebooks(paths: list[Path]) -> list[Path]:
    """Return the notebooks named, and those in the folders named, in order.

    Raises
    ------
    WorkspaceError
        If a path does not exist, or a folder holds no notebook.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise WorkspaceError(f"There is no file or folder {shown(path)}.")
        here = sorted(path.glob("*.ipynb")) if path.is_dir() else [path]
        if not here:
            raise WorkspaceError(f"There is no notebook in {shown(path)}.")
        found += here
    return found


def run(
    paths: list[Path],
    *,
    student: bool = False,
    timeout: int = CELL_SECONDS,
    watch: Watch = lambda name, done, of: None,
) -> Iterator[Line]:
    """Run notebooks, each in a fresh kernel and a workspace of its own; yield lines.

    Parameters
    ----------
    student : run what learners get: then every exercise must be "not done yet".
    timeout : seconds for each cell.
    watch : told the notebook's name, and how many of its cells are done.
    """
    for path in find_notebooks(paths):
        try:
            notebook = notebooks.read(path)
            ready = release(notebook) if student else notebook
        except (WorkspaceError, ReleaseError) as error:
            yield Line(f"{path.name}: {error}", is_good=False)
            continue
        yield from _run_one(path.name, ready, student, timeout, watch)


def _run_one(
    name: str, notebook: Notebook, student: bool, timeout: int, watch: Watch
) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="gradlab-run-") as folder:
        workspace = Path(folder)
        state_dir(workspace).mkdir()
        result = execute(
            notebook,
            workspace,
            workspace,
            timeout=timeout,
            progress=lambda done, of: watch(name, done, of),
        )
    yield from _lines(name, notebook, result, student)


def _lines(
    name: str, notebook: Notebook, result: Result, student: bool
) -> Iterator[Line]:
    for verdict in result.verdicts:
        yield Line(f"{verdict.exercise}  {verdict.words}", _fits(verdict, student))
    for trouble in result.troubles:
        yield Line(f"{name}, {trouble}", is_good=False)
    for id in missing_checks(notebook, result):
        yield Line(f"{name}, cell {id}: the check gave no verdict", is_good=False)
    if not result.verdicts and not result.troubles:
        yield Line(f"{name}  ran without an error (no exercises in it)", is_good=True)


def missing_checks(notebook: Notebook, result: Result) -> list[str]:
    """Return the ids of the check cells whose exercise got no verdict."""
    known = {verdict.exercise.replace(".", "-") for verdict in result.verdicts}
    checks = [cell["id"] for cell in notebook["cells"] if is_grade(cell)]
    return [id for id in checks if id.removesuffix("-check") not in known]


def _fits(verdict: Verdict, student: bool) -> bool:
    return verdict.state == NOT_DONE if student else verdict.passed
