"""`gradlab run`: lessons run headless; one line for each exercise, and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gradlab.exercises.verdict import Verdict
from gradlab.grading.markers import SOLUTION, has_region
from gradlab.grading.metadata import ReleaseError
from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.execution import Result, execute_alone
from gradlab.workspace.files import shown
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.verdicts import NOT_DONE, words

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
            ready = _released(notebook) if student else notebook
        except (WorkspaceError, ReleaseError) as error:
            yield Line(f"{path.name}: {error}", is_good=False)
            continue
        yield from _run_one(path.name, ready, student, timeout, watch)


def _released(notebook: Notebook) -> Notebook:
    try:
        return release(notebook)
    except ReleaseError:
        if any(has_region(cell["source"], SOLUTION) for cell in notebook["cells"]):
            raise
        raise WorkspaceError(
            "this is a learner's file: no solutions are marked in it. --student makes "
            "the learners' copy of an author's lesson. Leave it out to run this file "
            "as it is; `gradlab check` checks your own answers."
        ) from None


def _run_one(
    name: str, notebook: Notebook, student: bool, timeout: int, watch: Watch
) -> Iterator[Line]:
    result = execute_alone(
        notebook, timeout=timeout, progress=lambda done, of: watch(name, done, of)
    )
    yield from report(name, notebook, result, student=student)


def report(
    name: str, notebook: Notebook, result: Result, *, student: bool
) -> Iterator[Line]:
    """Yield a line for each verdict of a run, each trouble, each verdict missing."""
    for verdict in result.verdicts:
        yield Line(f"{verdict.exercise}  {words(verdict)}", _fits(verdict, student))
    unchecked = list(result.unchecked(notebook))
    for trouble in dict.fromkeys((*result.troubles, *unchecked)):
        yield Line(f"{name}, {trouble}", is_good=False)
    if not result.verdicts and not result.troubles:
        yield Line(f"{name}  ran without an error (no exercises in it)", is_good=True)


def _fits(verdict: Verdict, student: bool) -> bool:
    return verdict.state == NOT_DONE if student else verdict.passed
