"""`gradlab check 07`: the saved file of a lesson, checked in a fresh process."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gradlab.exercises.verdict import Verdict
from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.execution import Progress, Result, Trouble, execute
from gradlab.workspace.files import shown
from gradlab.workspace.lessons import known_label, lesson_named, split_name
from gradlab.workspace.merge import merge
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.place import state_dir

CELL_SECONDS = 30


@dataclass(frozen=True)
class Checked:
    """What a check of a whole file found: verdicts, checks without one, the rest."""

    file: Path
    verdicts: tuple[Verdict, ...]
    unchecked: tuple[Trouble, ...]
    troubles: tuple[Trouble, ...]

    @property
    def passed(self) -> bool:
        """Whether every exercise that was asked for passed."""
        all_passed = all(verdict.passed for verdict in self.verdicts)
        return all_passed and bool(self.verdicts) and not self.unchecked


def check_file(
    lesson: str,
    lessons: Path,
    workspace: Path,
    file: Path | None = None,
    *,
    exercise: str | None = None,
    timeout: int = CELL_SECONDS,
    progress: Progress = lambda done, of: None,
) -> Checked:
    """Run the saved file from top to bottom in a fresh kernel; return its verdicts.

    The lesson's own cells are taken from the lesson, so that a check cell that was
    deleted or changed counts all the same. Nothing is written.

    Parameters
    ----------
    lesson, exercise : "07" and "E2", or "07.E2" alone; "07" alone for all of it. Or
        a file whose name begins with its lesson's number.
    lessons : the folder of the lessons as they are made.
    workspace, file : the learner's file, or by default that lesson's in the workspace.

    Raises
    ------
    WorkspaceError
        For an unknown lesson or exercise, or a file that is missing or damaged.
    """
    if lesson.endswith(".ipynb"):
        file, lesson = file or Path(lesson), _number_in(lesson)
    number, label = split_name(lesson, exercise)
    source = lesson_named(number, lessons)
    fresh = release(notebooks.read(source))
    only = f"{number}.{known_label(label, number, fresh)}" if label else ""
    file = file or workspace / source.name
    notebook, _ = merge(_read(file, number, workspace), fresh)
    result = _run(notebook, file.resolve().parent, timeout, progress)
    return _checked(file, result, notebook, only)


def _run(notebook: Notebook, folder: Path, timeout: int, progress: Progress) -> Result:
    with tempfile.TemporaryDirectory(prefix="gradlab-check-") as scratch:
        workspace = Path(scratch)
        state_dir(workspace).mkdir()
        return execute(notebook, folder, workspace, timeout=timeout, progress=progress)


def _checked(file: Path, result: Result, notebook: Notebook, only: str) -> Checked:
    """Return what a run found, of all exercises or of `only` one, such as "07.E2"."""
    verdicts = (each for each in result.verdicts if only in ("", each.exercise))
    missing = result.unchecked(notebook)
    unchecked = tuple(each for each in missing if only in ("", each.exercise))
    told = {each.cell for each in unchecked} | {
        each.exercise.replace(".", "-")
        for each in result.verdicts
        if each.state == "not run"  # and the verdict says why
    }
    troubles = tuple(each for each in result.troubles if each.cell not in told)
    return Checked(file, tuple(verdicts), unchecked, troubles)


def _number_in(name: str) -> str:
    found = re.match(r"\d\d(?=_)", Path(name).name)
    if found is None:
        raise WorkspaceError(
            f"Of which lesson is {shown(Path(name))}? Say: "
            f"gradlab check 07 --file {Path(name).name}"
        )
    return found.group()


def _read(file: Path, lesson: str, workspace: Path) -> Notebook:
    try:
        return notebooks.read(file)
    except DamagedNotebookError as error:
        way_out = f"To put it aside and start the lesson afresh: gradlab reset {lesson}"
        if not file.exists():
            way_out = f"`gradlab lab` makes it; or: gradlab check {lesson} --file FILE"
        elif file.parent != workspace:
            way_out = "Is it the right file?"
        raise WorkspaceError(f"{error} {way_out}") from None
