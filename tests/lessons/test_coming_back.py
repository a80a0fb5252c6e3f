"""A learner who comes back: what a stopping place says is enough for all below it."""

import ast
import builtins
import json
import re
from contextlib import suppress
from itertools import combinations
from symtable import symtable

import pytest

from gradlab.exercises.lessons import find_exercise, known_lessons, notebook_path

ALL_ABOVE = "choose Run > Run All Above Selected Cell"
FIRST_ONLY = "run the first code cell"
CHECK = r"\bcheck\('(.+?)'\)"


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
    """Return a scratch cell without its #, and without the lines that are no code."""
    source = re.sub(r"^# Try it here: ?", "", source, flags=re.M)
    lines = [line.removeprefix("# ") for line in source.splitlines()]
    for count in range(len(lines), 0, -1):
        for kept in combinations(lines, count):
            with suppress(SyntaxError):
                return ast.unparse(ast.parse("\n".join(kept)))
    return ""


def names(source):
    """Return the names that a cell reads from the kernel, and those it leaves there."""
    read, left = set(), set()
    for step in steps(Plain().visit(ast.parse(source)).body):
        text = ast.unparse(step)
        table = symtable(text, "cell", "exec")
        found = table.get_symbols()
        inner = {name for scope in table.get_children() for name in reads(scope)}
        inner -= {getattr(step, "name", None)}  # a function may call itself
        inner |= {find_exercise(id).name for id in re.findall(CHECK, text)}
        read |= ({s.get_name() for s in found if s.is_referenced()} | inner) - left
        left |= {s.get_name() for s in found if s.is_assigned() or s.is_imported()}
    return read - set(dir(builtins)), left


def reads(scope):
    """Yield the globals that a function reads, and those that functions in it read."""
    for symbol in scope.get_symbols():
        if symbol.is_referenced() and symbol.is_global():
            yield symbol.get_name()
    for inner in scope.get_children():
        yield from reads(inner)


def steps(statements):
    """Yield what runs, in order: of an `if` or a loop its head, then what is in it."""
    for node in statements:
        inside = []
        if not hasattr(node, "decorator_list"):  # a def or a class is one step
            for owner in (node, *getattr(node, "handlers", ())):
                for block in ("body", "orelse", "finalbody"):
                    if getattr(owner, block, None):
                        inside += getattr(owner, block)
                        setattr(owner, block, [ast.Pass()])
        yield node
        yield from steps(inside)


class Plain(ast.NodeTransformer):
    """Write in other words what a symbol table does not tell as it is."""

    def visit(self, node):
        match self.generic_visit(node):
            case ast.AugAssign(x, op, y):  # there, x += y does not read x
                return ast.Assign([x], ast.BinOp(x, op, y), lineno=node.lineno)
            case ast.ListComp(x, loops) | ast.SetComp(x, loops):
                return ast.GeneratorExp(x, loops)  # or 3.12 tells its names
            case ast.DictComp(x, y, loops):
                return ast.GeneratorExp(ast.Tuple([x, y]), loops)
        return node


def code_of(cells):
    """Yield id, whether it is a scratch cell, what it reads and what it leaves."""
    for id, kind, source in cells:
        if kind == "code":
            scratch = id.endswith("-scratch")
            yield id, scratch, *names(tried(source) if scratch else source)


def lacking(ran, below):
    """Return the names read below that neither the cells run nor those below leave."""
    missing = set()
    there = {name for _, scratch, _, left in ran if not scratch for name in left}
    for _, scratch, read, left in below:
        missing |= read - there
        there |= set() if scratch else left
    return missing


def stopping_place_holds(cells):
    at = next(at for at, (id, *_) in enumerate(cells) if id.endswith("-stop"))
    above, below = list(code_of(cells[:at])), list(code_of(cells[at:]))
    assert not lacking(above, below)
    missing = lacking(above[:1], below)
    said = [phrase for phrase in (ALL_ABOVE, FIRST_ONLY) if phrase in cells[at][2]]
    assert said == [ALL_ABOVE if missing else FIRST_ONLY], missing


@pytest.mark.parametrize("lesson", known_lessons())
def test_the_stopping_place_says_which_cells_to_run(lesson):
    stopping_place_holds(cells_of(lesson))


@pytest.mark.parametrize(("lesson", "name"), [("04", "Mul"), ("09", "Add")])
def test_a_stopping_place_that_asks_for_too_little_is_found(lesson, name):
    cells = [(*c, text.replace(ALL_ABOVE, FIRST_ONLY)) for *c, text in cells_of(lesson)]
    with pytest.raises(AssertionError, match=f"'{name}'"):
        stopping_place_holds(cells)


@pytest.mark.parametrize("lesson", known_lessons())
def test_trying_a_function_takes_nothing_from_the_cells_below(lesson):
    last = {}
    for id, scratch, read, left in code_of(cells_of(lesson)):
        if not scratch:
            taken = {name: last[name] for name in read & last.keys()}
            assert not taken, (id, taken)
        for name in left:
            last.pop(name, None)
            if scratch:
                last[name] = id


CASES = {  # a cell -> the names it reads, the names it leaves
    "def f(a):\n    t = a\n    return t\nprint(t)": ("t", "f"),
    "x = 1\nx = x + 1": ("", "x"),
    "x = x + 1": ("x", "x"),
    "x += 1": ("x", "x"),
    "if True:\n    import numpy as np\n    def f(): return k": ("k", "np f"),
    "for x in xs:\n    y = x\n    f(y)": ("xs f", "x y"),
    "def f(n): return f(n - 1)": ("", "f"),
    "y = [i for i in {k: j for j in xs}]": ("k xs", "y"),
    'check("07.E2")': ("check broadcast_index", ""),
}


@pytest.mark.parametrize("source", CASES)
def test_names(source):
    assert names(source) == tuple(set(each.split()) for each in CASES[source])


def test_a_scratch_cell_is_tried_whole_but_for_its_words():
    code = "for x in ys:\n    f(\n        x)"
    scratch = "# Try it here:\n# Each alone:\n" + re.sub("^", "# ", code, flags=re.M)
    assert tried(scratch) == "for x in ys:\n    f(x)"
    assert tried("# Try it here: f(1)") == "f(1)"
