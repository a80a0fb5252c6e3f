"""A learner who comes back: what a stopping place says is enough for all below it."""

import ast
import builtins
import json
import re

import pytest

from gradlab.exercises.lessons import known_lessons, notebook_path

ALL_ABOVE = "choose Run > Run All Above Selected Cell"
FIRST_ONLY = "run the first code cell"


def cells_of(lesson):
    """Return the cells that learners get: id, kind and source."""
    path = notebook_path(lesson)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        (cell["id"], cell["cell_type"], "".join(cell["source"]))
        for cell in cells
        if "author" not in cell["metadata"].get("tags", [])
    ]


def tried(source):
    """Return a scratch cell as it is once a learner has taken its # away."""
    source = re.sub(r"^# Try it here: ?", "", source, flags=re.M)
    lines = [line.removeprefix("# ") for line in source.splitlines()]
    return "\n".join(line for line in lines if compiles(line))


def compiles(line):
    try:
        ast.parse(line)
    except SyntaxError:
        return False
    return True


def names(source):
    """Return the names that a cell reads from the kernel, and those it leaves there."""
    tree = ast.parse(source)
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    inner = {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}
    inner |= {n.id for n in found if isinstance(n.ctx, ast.Store)}
    left = {alias for n in tree.body for alias in bound(n)}
    read = {n.id for n in found if isinstance(n.ctx, ast.Load)}
    return read - inner - left - set(dir(builtins)), left


def bound(statement):
    """Yield the names that a statement at the left edge binds."""
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from ((a.asname or a.name).split(".")[0] for a in statement.names)
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def code_of(lesson):
    """Yield id, whether it is a scratch cell, what it reads and what it leaves."""
    for id, kind, source in cells_of(lesson):
        if kind == "code":
            scratch = id.endswith("-scratch")
            yield id, scratch, *names(tried(source) if scratch else source)


@pytest.mark.parametrize("lesson", known_lessons())
def test_the_stopping_place_says_which_cells_to_run(lesson):
    texts = {id: source for id, _, source in cells_of(lesson)}
    below = [id for id, *_ in cells_of(lesson)]
    below = set(below[below.index(f"{lesson}-stop") :])
    cells = list(code_of(lesson))
    there, missing = set(cells[0][3]), set()
    for id, _, read, left in cells:
        if id in below:
            missing |= read - there
            there |= left
    asked = ALL_ABOVE if missing else FIRST_ONLY
    assert asked in texts[f"{lesson}-stop"], missing


@pytest.mark.parametrize("lesson", known_lessons())
def test_trying_a_function_takes_nothing_from_the_cells_below(lesson):
    last = {}
    for id, scratch, read, left in code_of(lesson):
        if not scratch:
            taken = {name: last[name] for name in read & last.keys()}
            assert not taken, (id, taken)
        for name in left:
            last.pop(name, None)
            if scratch:
                last[name] = id
