"""A lesson as its author keeps it: the notebook, and what its checks say."""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gradlab.exercises.exercise import Exercise, Lesson
from gradlab.exercises.lessons import load, notebooks_in
from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.notebooks import Cell, Notebook

FOLDER = "GRADLAB_LESSONS"


@dataclass(frozen=True)
class Finding:
    """Something that an author should mend: in which cell or exercise, and what."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


@dataclass(frozen=True)
class Draft:
    """A notebook in solution form; `lesson` is None where its checks do not load."""

    path: Path
    notebook: Notebook
    lesson: Lesson | None
    trouble: str = ""

    @property
    def id(self) -> str:
        """The lesson's number: "07"."""
        return self.path.name[:2]

    @property
    def cells(self) -> list[Cell]:
        """All cells, in order."""
        cells: list[Cell] = self.notebook["cells"]
        return cells

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of its checks; none where these do not load."""
        return self.lesson.exercises if self.lesson else ()

    @cached_property
    def by_id(self) -> dict[str, Cell]:
        """Each cell by its id."""
        return {cell.get("id", ""): cell for cell in self.cells}

    def answer(self, exercise: Exercise) -> str:
        """Return the source of an exercise's answer cell, or "" if there is none."""
        cell = self.by_id.get(cell_id(exercise.id))
        return str(cell["source"]) if cell else ""

    @cached_property
    def imports(self) -> str:
        """The lines of the notebook that import something, as one source."""
        found: dict[str, None] = {}
        for cell in self.cells:
            if cell["cell_type"] == "code":
                found |= dict.fromkeys(_imports_in(cell["source"]))
        return "\n".join(found)

    def typed(self, exercise: Exercise, source: str) -> dict[str, Any]:
        """Return the names of a kernel in which an answer was typed."""
        file = f"<{exercise.id}>"
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        names: dict[str, Any] = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for code in (self.imports, source):
                exec(compile(code, file, "exec"), names)  # noqa: S102 - authors' code
        return names


def _imports_in(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield ast.unparse(node)


def cell_id(id: str) -> str:
    """Return the id of an exercise's or question's cell.

    Examples
    --------
    >>> cell_id("07.E2")
    '07-E2'
    """
    return id.replace(".", "-")


def find_drafts(paths: list[Path]) -> list[Path]:
    """Return the lesson notebooks named, and those in the folders named, in order.

    Raises
    ------
    WorkspaceError
        If a path does not exist, is no lesson, or holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise WorkspaceError(f"There is no file or folder {shown(path)}.")
        here = notebooks_in(path) if path.is_dir() else [path]
        if not here:
            raise WorkspaceError(f"There is no lesson in {shown(path)}.")
        for each in here:
            if each not in notebooks_in(each.parent):
                raise WorkspaceError(
                    f"{shown(each)} is no lesson: it is to be called as "
                    "07_broadcasting.ipynb is, two digits first."
                )
        found += here
    return found


def read_draft(path: Path) -> Draft:
    """Return the lesson in `path`, with its checks from where lessons are.

    Raises
    ------
    DamagedNotebookError
        If it cannot be read as a notebook.
    """
    notebook = notebooks.read(path)
    try:
        return Draft(path, notebook, load(path.name[:2]))
    except Exception as error:  # whatever an unfinished file of checks may raise
        return Draft(path, notebook, None, f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Draft]:
    """Read the lesson in `path`; until the end, lessons are where it lies."""
    with lessons_in(path.parent):
        yield read_draft(path)


@contextlib.contextmanager
def lessons_in(folder: Path) -> Iterator[None]:
    """Let `folder` be where lessons are, in this process and in those it starts."""
    before = os.environ.get(FOLDER)
    os.environ[FOLDER] = os.fspath(folder.resolve())
    _forget()
    try:
        yield
    finally:
        _forget()
        if before is None:
            del os.environ[FOLDER]
        else:
            os.environ[FOLDER] = before


def _forget() -> None:
    """Forget the checks that were loaded: another folder may have the same numbers."""
    load.cache_clear()
    for name in [each for each in sys.modules if each.startswith("gradlab_lesson_")]:
        del sys.modules[name]
