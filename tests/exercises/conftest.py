"""A toy lesson, a fresh memory and a workspace of its own for every test."""

import linecache
from itertools import count
from pathlib import Path

import pytest

from gradlab.exercises.checking import check_in
from gradlab.exercises.lessons import load
from gradlab.exercises.memory import memory
from gradlab.exercises.progress_file import files

TOY = Path(__file__).parent / "toy"
_cells = count(1)


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADLAB_LESSONS", str(TOY))
    monkeypatch.setenv("GRADLAB_WORKSPACE", str(tmp_path))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    for kept in (memory.passed, memory.checked, memory.said, files):
        kept.clear()
    load.cache_clear()
    yield tmp_path
    load.cache_clear()


def typed(source, names=None):
    """Run a cell's source as a kernel would; return the names that it leaves."""
    names = {} if names is None else names
    file = f"<cell {next(_cells)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    exec(compile(source, file, "exec"), names)  # noqa: S102
    return names


def verdict_on(source, id="99.E1", **more):
    """Check what a learner typed into an empty kernel."""
    return check_in(typed(source), id, **more)


def answer(body, header="def longer(a, b):"):
    """Return an answer cell with this body."""
    lines = "\n".join("    " + line for line in body.splitlines())
    return f"{header}\n{lines}\n"


RIGHT = answer(
    "if not a and not b:\n"
    "    raise ValueError('both')\n"
    "return a if len(a) > len(b) else b"
)
