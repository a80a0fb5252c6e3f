"""`gradlab check 07`: the saved file of a lesson, checked in a fresh process."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.execution import Progress, Trouble, execute
from gradlab.workspace.merge import merge
from gradlab.workspace.place import state_dir
from gradlab.workspace.refresh import lesson_named
from gradlab.workspace.runner import missing_checks
from gradlab.workspace.verdicts import Verdict

CELL_SECONDS = 30


@dataclass(frozen=True)
class Checked:
    """What a check of a whole file found."""

    file: Path
    verdicts: tuple[Verdict, ...]
    unchecked: tuple[str, ...]
    troubles: tuple[Trouble, ...]

    @property
    def passed(self) -> bool:
        """Whether every exercise of the lesson passed."""
        all_passed = all(verdict.passed for verdict in self.verdicts)
        return all_passed and bool(self.verdicts) and not self.unchecked


def check_file(
    lesson: str,
    lessons: Path,
    workspace: Path,
    file: Path | None = None,
    *,
    timeout: int = CELL_SECONDS,
    progress: Progress = lambda done, of: None,
) -> Checked:
    """Run the saved file from top to bottom in a fresh kernel; return its verdicts.

    The lesson's own cells are taken from the lesson, so that a check cell that was
    deleted or changed counts all the same. Nothing is written.

    Parameters
    ----------
    lesson, lessons : "07", and the folder of the lessons as they are made.
    workspace, file : the learner's file, or by default that lesson's in the workspace.

    Raises
    ------
    WorkspaceError
        For an unknown lesson, or a file that is missing or damaged.
    """
    source = lesson_named(lesson, lessons)
    file = file or workspace / source.name
    notebook, _ = merge(_read(file, source), release(notebooks.read(source)))
    with tempfile.TemporaryDirectory(prefix="gradlab-check-") as scratch:
        state_dir(Path(scratch)).mkdir()
        folder = file.resolve().parent
        result = execute(
            notebook, folder, Path(scratch), timeout=timeout, progress=progress
        )
    unchecked = tuple(missing_checks(notebook, result))
    return Checked(file, result.verdicts, unchecked, result.troubles)


def _read(file: Path, source: Path) -> notebooks.Notebook:
    lesson = source.name[:2]
    try:
        return notebooks.read(file)
    except DamagedNotebookError as error:
        afresh = f"To put it aside and start the lesson afresh: gradlab reset {lesson}"
        start = (
            f"Start with `gradlab lab`, or name the file: gradlab check {lesson} FILE"
        )
        raise WorkspaceError(f"{error} {afresh if file.exists() else start}") from None
