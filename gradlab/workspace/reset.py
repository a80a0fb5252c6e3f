"""Start a lesson, or one exercise of it, afresh; what was there goes to a backup."""

from __future__ import annotations

from pathlib import Path

from gradlab.grading.metadata import is_solution
from gradlab.grading.release import release
from gradlab.workspace import notebooks, trust
from gradlab.workspace.backups import back_up
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.merge import merge
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.refresh import lesson_named

RELOAD = "If it is open in JupyterLab: File > Reload Notebook from Disk."


def reset(lesson: str, exercise: str | None, lessons: Path, workspace: Path) -> str:
    """Restore a lesson, or the answer cell of one exercise; return what was done.

    Parameters
    ----------
    lesson, exercise : "07"; "E2", or None for the whole lesson.
    lessons : the folder of the lessons as they are made.

    Raises
    ------
    WorkspaceError
        For an unknown lesson or exercise, or a file that cannot be read or written.
    """
    source = lesson_named(lesson, lessons)
    fresh = release(notebooks.read(source))
    target = workspace / source.name
    if exercise is None:
        return _reset_all(target, fresh, workspace)
    answer = _answer_id(source.name[:2], exercise, fresh)
    return _reset_one(target, answer, fresh, workspace)


def _reset_all(target: Path, fresh: Notebook, workspace: Path) -> str:
    if not target.exists():
        notebooks.write(target, fresh)
        return f"{target.name}: new, in {shown(workspace)}."
    backup = back_up(target, workspace)
    notebooks.write(target, fresh)
    return f"{target.name} starts afresh. Yours is in {shown(backup)}. {RELOAD}"


def _reset_one(target: Path, answer: str, fresh: Notebook, workspace: Path) -> str:
    try:
        old = notebooks.read(target)
    except DamagedNotebookError as error:
        whole = f"gradlab reset {target.name[:2]}"
        raise WorkspaceError(f"{error} To start the lesson afresh: {whole}") from None
    names = (answer, f"{answer}-check")
    renewed = {cell["id"]: cell for cell in fresh["cells"] if cell["id"] in names}
    cells = [renewed.get(cell.get("id"), cell) for cell in old["cells"]]
    merged, _ = merge(old | {"cells": cells}, fresh)
    backup = back_up(target, workspace)
    trust.write(target, merged, before=old)
    label = answer.partition("-")[2]
    return f"{label} starts afresh. Yours is in {shown(backup)}. {RELOAD}"


def _answer_id(lesson: str, exercise: str, fresh: Notebook) -> str:
    """Return the id of the answer cell meant by "E2", "e2" or "07.E2"."""
    label = exercise.strip().rpartition(".")[2].upper()
    answers = [cell["id"] for cell in fresh["cells"] if is_solution(cell)]
    if f"{lesson}-{label}" in answers:
        return f"{lesson}-{label}"
    there = ", ".join(id.partition("-")[2] for id in answers) or "none"
    raise WorkspaceError(
        f"Lesson {lesson} has no exercise {exercise!r}. Its exercises: {there}."
    )
