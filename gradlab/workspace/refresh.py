"""Put the lessons into a workspace, and bring those there up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gradlab.grading.release import release
from gradlab.workspace import notebooks, trust
from gradlab.workspace.backups import back_up
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.merge import merge


@dataclass(frozen=True)
class Line:
    """What happened to one file, in one line; `went_well` is False if nothing did."""

    text: str
    went_well: bool = True


def lesson_files(lessons: Path) -> list[Path]:
    """Return the lesson notebooks in a folder, in order."""
    return sorted(lessons.glob("[0-9][0-9]_*.ipynb"))


def lesson_named(lesson: str, lessons: Path) -> Path:
    """Return the notebook of lesson "07" (also "7").

    Raises
    ------
    WorkspaceError
        If there is none; lists those that there are.
    """
    files = lesson_files(lessons)
    for file in files:
        if file.name.startswith(f"{lesson.strip().zfill(2)}_"):
            return file
    there = ", ".join(file.stem.replace("_", " ", 1) for file in files) or "none"
    raise WorkspaceError(f"There is no lesson {lesson!r}. Lessons: {there}.")


def refresh(lessons: Path, workspace: Path) -> Iterator[Line]:
    """Bring every lesson in the workspace up to date; yield a line for each change.

    A lesson that is as it should be is not written and not mentioned. One that
    cannot be merged is left exactly as it is.
    """
    for file in lesson_files(lessons):
        try:
            yield from _refresh_one(file, workspace)
        except DamagedNotebookError as error:
            yield Line(f"{error} {_way_out(file)}", went_well=False)
        except WorkspaceError as error:
            yield Line(str(error), went_well=False)


def _refresh_one(lesson: Path, workspace: Path) -> Iterator[Line]:
    new = release(notebooks.read(lesson))
    target = workspace / lesson.name
    if not target.exists():
        notebooks.write(target, new)
        yield Line(f"{target.name}: new, in {shown(workspace)}")
        return
    old = notebooks.read(target)
    merged, report = merge(old, new)
    if merged == old:
        return
    backup = back_up(target, workspace)
    trust.write(target, merged, before=old)
    cells = "1 cell" if report.refreshed == 1 else f"{report.refreshed} cells"
    kept = f"your {report.kept} kept, " if report.kept else ""
    yield Line(f"{target.name}: {cells} refreshed, {kept}backup in {shown(backup)}")


def _way_out(lesson: Path) -> str:
    return (
        "It was left as it is. To put it aside and start this lesson afresh: "
        f"gradlab reset {lesson.name[:2]}"
    )
