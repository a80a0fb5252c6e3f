"""Put the lessons into a workspace, and bring those there up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gradlab.exercises.lessons import notebooks_in
from gradlab.grading.release import release
from gradlab.workspace import notebooks, trust
from gradlab.workspace.backups import back_up
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.merge import merge


def refresh(lessons: Path, workspace: Path) -> Iterator[str]:
    """Bring every lesson in the workspace up to date; yield a line for each change.

    A lesson that is as it should be is not written and not mentioned. One that
    cannot be merged is left exactly as it is.
    """
    for file in notebooks_in(lessons):
        try:
            yield from _refresh_one(file, workspace)
        except DamagedNotebookError as error:
            yield f"{error} {_way_out(file)}"
        except WorkspaceError as error:
            yield str(error)


def _refresh_one(lesson: Path, workspace: Path) -> Iterator[str]:
    new = release(notebooks.read(lesson))
    target = workspace / lesson.name
    if not target.exists():
        notebooks.write(target, new)
        yield f"{target.name}: new, in {shown(workspace)}"
        return
    old = notebooks.read(target)
    merged, report = merge(old, new)
    if merged == old:
        return
    backup = back_up(target, workspace)
    trust.write(target, merged, before=old)
    cells = "1 cell" if report.refreshed == 1 else f"{report.refreshed} cells"
    kept = f"your {report.kept} kept, " if report.kept else ""
    yield f"{target.name}: {cells} refreshed, {kept}backup in {shown(backup)}"


def _way_out(lesson: Path) -> str:
    return (
        "It was left as it is. To put it aside and start this lesson afresh: "
        f"gradlab reset {lesson.name[:2]}"
    )
