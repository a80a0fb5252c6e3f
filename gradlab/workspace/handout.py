"""`gradlab handout 07`: a whole lesson as files whose pictures need nothing to run."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

from gradlab.grading.markers import SOLUTION, has_region
from gradlab.grading.release import (
    release,
    remove_author_cells,
    strip_hidden_tests,
)
from gradlab.visualization.theme import Theme
from gradlab.workspace import notebooks
from gradlab.workspace.errors import DamagedNotebookError, WorkspaceError
from gradlab.workspace.execution import Progress, execute_alone
from gradlab.workspace.files import reason, shown, write_whole
from gradlab.workspace.handout_page import page
from gradlab.workspace.handout_static import static
from gradlab.workspace.lessons import lesson_named, split_name
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.runner import CELL_SECONDS, report

MARK = "handout"
SUFFIXES = (".html", ".ipynb")


@dataclass(frozen=True)
class Wish:
    """What a hand-out is to hold: solutions or none, and pictures in which colours."""

    solutions: bool = False
    theme: Theme = "light"


def write_handout(
    lesson: str,
    lessons: Path,
    out: Path,
    wish: Wish = Wish(),
    *,
    timeout: int = CELL_SECONDS,
    progress: Progress = lambda done, of: None,
) -> tuple[Path, Path]:
    """Run a lesson in a fresh kernel and write it as a page and as a notebook.

    Parameters
    ----------
    lesson : "07"
    lessons : the folder of the lessons as they are made
    out : a folder, made if it is not there, or a file whose name ends in .html or
        .ipynb; the other form gets the same name
    timeout : seconds for each cell
    progress : called with the number of cells done, and of all

    Returns
    -------
    The page's path and the notebook's. Neither is written unless the whole lesson ran.

    Raises
    ------
    WorkspaceError
        For an unknown lesson, a place that cannot be written, or a run that went wrong.
    ReleaseError
        If the lesson cannot be released.
    """
    source = lesson_named(_number(lesson), lessons)
    on_screen, to_open = _places(out, source.stem, wish)
    notebook = _prepared(notebooks.read(source), wish)
    ran = _run(source.name, notebook, wish, timeout, progress)
    still = static(ran, wish.theme)
    still["metadata"]["gradlab"] = {MARK: source.stem}
    html = page(still, wish.theme)
    _make(on_screen.parent)
    notebooks.write(to_open, still)
    write_whole(on_screen, html.encode())
    return on_screen, to_open


def _number(lesson: str) -> str:
    number, label = split_name(lesson)
    if label:
        raise WorkspaceError(
            f"A hand-out is of a whole lesson: gradlab handout {number}"
        )
    return number


# -------------------- where --------------------


def _places(out: Path, lesson: str, wish: Wish) -> tuple[Path, Path]:
    """Return where the page and the notebook go.

    Raises
    ------
    WorkspaceError
        If a file, or a notebook that is no hand-out, stands there.
    """
    out = out.expanduser()
    if out.is_dir() or not out.suffix:
        out = out / f"handout-{lesson}{'-solved' if wish.solutions else ''}.html"
    elif out.suffix not in SUFFIXES:
        raise WorkspaceError(
            f"{shown(out)} is neither a folder nor a hand-out: name a file that ends "
            "in .html or .ipynb (both are written, under that name), or a folder."
        )
    if out.parent.exists() and not out.parent.is_dir():
        raise WorkspaceError(f"{shown(out.parent)} is a file, not a folder.")
    on_screen, to_open = (out.with_suffix(suffix) for suffix in SUFFIXES)
    if to_open.exists() and not _is_handout(to_open):
        raise WorkspaceError(
            f"{shown(to_open)} is there, and it is no hand-out: somebody's work may be "
            "in it. Give another name with --out."
        )
    return on_screen, to_open


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"Cannot make {shown(folder)}: {reason(error)}.") from None


def _is_handout(path: Path) -> bool:
    try:
        own = notebooks.read(path)["metadata"].get("gradlab")
    except DamagedNotebookError:
        return False
    return isinstance(own, dict) and MARK in own


# -------------------- what --------------------


def _prepared(notebook: Notebook, wish: Wish) -> Notebook:
    return solved(notebook) if wish.solutions else release(notebook)


def solved(notebook: Notebook) -> Notebook:
    """Return a lesson with its solutions, without what is for authors and graders."""
    ready = copy.deepcopy(notebook)
    remove_author_cells(ready["cells"])
    strip_hidden_tests(ready["cells"])
    for cell in ready["cells"]:
        lines = cell["source"].split("\n")
        cell["source"] = "\n".join(x for x in lines if not has_region(x, SOLUTION))
    return ready


def _run(
    name: str, notebook: Notebook, wish: Wish, timeout: int, progress: Progress
) -> Notebook:
    result = execute_alone(notebook, timeout=timeout, progress=progress)
    lines = report(name, notebook, result, student=not wish.solutions)
    wrong = [f"  {line.text}" for line in lines if not line.is_good]
    if wrong:
        said = "\n".join(wrong)
        raise WorkspaceError(f"No hand-out was written: the run went wrong.\n{said}")
    return result.notebook
