"""Where a learner goes on: the lesson last worked on, at the first step still open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradlab.exercises.lessons import notebooks_in
from gradlab.exercises.progress_file import Data, ProgressFile
from gradlab.grading.metadata import is_grade
from gradlab.workspace import notebooks
from gradlab.workspace.errors import DamagedNotebookError
from gradlab.workspace.notebooks import Cell, Notebook
from gradlab.workspace.place import state_dir


@dataclass(frozen=True)
class Step:
    """One thing to do in a lesson: its id ("07.E2"), and if it is done."""

    id: str
    is_exercise: bool
    is_done: bool


def where_to_go_on(workspace: Path) -> tuple[str, str]:
    """Return a notebook's file name and the id of a cell in it; each may be empty.

    The notebook is the one last worked on, or the first; the cell is its first
    question or exercise that is open behind the last one passed, or the first open.
    """
    files = notebooks_in(workspace)
    data = ProgressFile(state_dir(workspace)).read()
    lesson = _last_lesson(data)
    for file in files:
        if file.name.startswith(f"{lesson}_"):
            return file.name, _open_cell(file, data)
    return (files[0].name if files else "", "")


def _last_lesson(data: Data) -> str:
    """Return the number of the lesson with the latest check or answer."""
    moments = [(each.get("checked"), id) for id, each in data["exercises"].items()]
    moments += [(each.get("when"), id) for id, each in data["predictions"].items()]
    dated = [(when, id) for when, id in moments if isinstance(when, str)]
    return max(dated, default=("", "none"))[1].partition(".")[0]


def _open_cell(file: Path, data: Data) -> str:
    try:
        notebook = notebooks.read(file)
    except DamagedNotebookError:
        return ""
    steps = [step for cell in notebook["cells"] for step in _steps(cell, data)]
    passed = [place for place, step in enumerate(steps) if _is_passed(step)]
    behind = steps[passed[-1] + 1 :] if passed else steps
    first = _first_open(behind) or _first_open(steps)
    return _cell_of(first, notebook) if first else ""


def _steps(cell: Cell, data: Data) -> list[Step]:
    id = str(cell.get("id", "")).removesuffix("-check").replace("-", ".", 1)
    if is_grade(cell):
        entry: dict[str, Any] = data["exercises"].get(id, {})
        return [Step(id, is_exercise=True, is_done="passed" in entry)]
    if "predict" in cell["metadata"].get("tags", []):
        return [Step(id, is_exercise=False, is_done=id in data["predictions"])]
    return []


def _is_passed(step: Step) -> bool:
    return step.is_exercise and step.is_done


def _first_open(steps: list[Step]) -> Step | None:
    """Return the first exercise to do, or a question still open before it."""
    ahead = [step for step in steps if not step.is_done]
    return ahead[0] if any(step.is_exercise for step in ahead) else None


def _cell_of(step: Step, notebook: Notebook) -> str:
    """Return the cell that tells what to do; without one, the cell to do it in."""
    id = step.id.replace(".", "-", 1)
    ids = {cell.get("id") for cell in notebook["cells"]}
    return next((each for each in (f"{id}-text", id) if each in ids), "")
