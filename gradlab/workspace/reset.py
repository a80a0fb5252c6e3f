"""Start a lesson, or one exercise of it, afresh; what was there goes to a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gradlab.grading.release import release
from gradlab.workspace import notebooks, trust
from gradlab.workspace.backups import back_up
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.lessons import known_label, lesson_named, split_name
from gradlab.workspace.merge import merge
from gradlab.workspace.notebooks import Notebook

RELOAD = "If it is open in JupyterLab: File > Reload Notebook from Disk."
UNTOUCHED = "is as you got it: there is nothing to reset."


def reset(lesson: str, exercise: str | None, lessons: Path, workspace: Path) -> str:
    """Restore a lesson, or the answer cell of one exercise; return what was done.

    What is as it was given is neither written nor backed up.

    Parameters
    ----------
    lesson, exercise : "07" and "E2", or "07.E2" alone; "07" alone for all of it.
    lessons : the folder of the lessons as they are made.

    Raises
    ------
    WorkspaceError
        For an unknown lesson or exercise, or a file that cannot be read or written.
    """
    number, label = split_name(lesson, exercise)
    source = lesson_named(number, lessons)
    fresh = release(notebooks.read(source))
    target = workspace / source.name
    if not label:
        return _reset_all(target, fresh, workspace)
    return _reset_one(target, known_label(label, number, fresh), fresh, workspace)


def _reset_all(target: Path, fresh: Notebook, workspace: Path) -> str:
    if not target.exists():
        notebooks.write(target, fresh)
        return f"{target.name}: new, in {shown(workspace)}."
    if _seen_in(target) == _seen(fresh):
        return f"{target.name} {UNTOUCHED}"
    backup = back_up(target, workspace)
    notebooks.write(target, fresh)
    return f"{target.name} starts afresh. Yours is in {shown(backup)}. {RELOAD}"


def _reset_one(target: Path, label: str, fresh: Notebook, workspace: Path) -> str:
    number = target.name[:2]
    try:
        old = notebooks.read(target)
    except DamagedNotebookError as error:
        whole = f"gradlab reset {number}"
        raise WorkspaceError(f"{error} To start the lesson afresh: {whole}") from None
    answer = f"{number}-{label}"
    if _source(answer, old) == _source(answer, fresh):
        return f"{label} {UNTOUCHED}"
    names = (answer, f"{answer}-check")
    renewed = {cell["id"]: cell for cell in fresh["cells"] if cell["id"] in names}
    cells = [renewed.get(cell.get("id"), cell) for cell in old["cells"]]
    merged, _ = merge(old | {"cells": cells}, fresh)
    backup = back_up(target, workspace)
    trust.write(target, merged, before=old)
    return f"{label} starts afresh. Yours is in {shown(backup)}. {RELOAD}"


def _source(id: str, notebook: Notebook) -> str | None:
    sources = (cell["source"] for cell in notebook["cells"] if cell.get("id") == id)
    return next(sources, None)


def _seen_in(file: Path) -> list[Any] | None:
    try:
        return _seen(notebooks.read(file))
    except DamagedNotebookError:
        return None


def _seen(notebook: Notebook) -> list[Any]:
    """Return what a person sees of a notebook: the cells' texts and outputs."""
    return [(each["source"], each.get("outputs")) for each in notebook["cells"]]
