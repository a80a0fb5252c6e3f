"""`gradlab doctor`: what is here, what is missing, and how to get it."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import gradlab
from gradlab.exercises.lessons import notebooks_in
from gradlab.workspace import place
from gradlab.workspace.browser import name_of_browser
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import shown
from gradlab.workspace.state import running

NEEDED_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was found, and what to do if it is not well."""

    what: str
    found: str
    advice: str = ""
    is_needed: bool = True

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.advice


def examine(lessons: Path, asked: Path | None = None) -> Iterator[Finding]:
    """Yield a finding for everything that gradlab stands on."""
    yield _python()
    yield Finding("gradlab", f"{gradlab.__version__} in {_folder_of_gradlab()}")
    for name in _requirements():
        yield _package(name)
    yield _lessons(lessons)
    yield _backend()
    yield _cache()
    yield _workspace(asked)
    yield _browser()


def _python() -> Finding:
    found = f"{platform.python_version()} at {shown(Path(sys.executable))}"
    old = sys.version_info < NEEDED_PYTHON
    return Finding("Python", found, "Install Python 3.11 or newer." if old else "")


def _folder_of_gradlab() -> str:
    return shown(Path(gradlab.__file__).parent)


def _requirements() -> list[str]:
    """Return the names of the packages that gradlab says it needs."""
    try:
        lines = requires("gradlab") or []
    except PackageNotFoundError:
        return []
    needed = [line for line in lines if "extra ==" not in line]
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed]


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        get = f"{shown(Path(sys.executable))} -m pip install {name}"
        return Finding(name, "missing", f"Get it with: {get}")


def _lessons(lessons: Path) -> Finding:
    files = notebooks_in(lessons)
    if files:
        return Finding("lessons", f"{len(files)} in {shown(lessons)}")
    return Finding("lessons", f"none in {shown(lessons)}", "Install gradlab again.")


def _backend() -> Finding:
    try:
        from gradlab.backends import default_backend

        name = default_backend().name
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        return Finding("backend", f"none works ({words})", "Install gradlab again.")
    slow = "Numba is missing; NumPy does its work. Get it with: pip install numba"
    return Finding("backend", name, "" if name == "numba" else slow, is_needed=False)


def _cache() -> Finding:
    try:
        from gradlab.backends.numba import cache_dir
    except ImportError:
        return Finding("kernel cache", "not in use")
    folder = cache_dir()
    if not folder.name.startswith("gradlab-kernels-"):
        return Finding("kernel cache", f"{shown(folder)}, writable")
    advice = "Name a folder that lasts in the variable GRADLAB_CACHE."
    return Finding(
        "kernel cache", "cannot be written: slow starts", advice, is_needed=False
    )


def _workspace(asked: Path | None) -> Finding:
    try:
        folder = place.find_workspace(asked)
    except WorkspaceError as error:
        return Finding("workspace", "none", str(error))
    if not folder.is_dir():
        return Finding("workspace", f"{shown(folder)}; `gradlab lab` will make it")
    if not os.access(folder, os.W_OK):
        advice = "Name a folder that you can write to: gradlab lab DIR"
        return Finding("workspace", f"{shown(folder)} cannot be written", advice)
    server = running(folder)
    now = f", JupyterLab runs on port {server.port}" if server else ""
    lessons = len(notebooks_in(folder))
    return Finding("workspace", f"{shown(folder)}, {_lessons_there(lessons)}{now}")


def _lessons_there(number: int) -> str:
    return "1 lesson" if number == 1 else f"{number or 'no'} lessons"


def _browser() -> Finding:
    if name := name_of_browser():
        return Finding("browser", name)
    advice = "`gradlab lab` prints an address: open that in any browser here."
    return Finding("browser", "none found", advice, is_needed=False)
