"""The kernel text of a learner's function, if what it does can be compiled.

Only what gives the same numbers compiled: arithmetic, comparisons, `if`, loops over
ranges, functions of math and own functions of the same sort. Anything that does more
than compute, such as print, stays plain Python.
"""

from __future__ import annotations

import ast
import builtins
import math
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

from gradlab.backends.numba.sources import bare, tree_of
from gradlab.backends.numba.templates import HEADER, LOOPS, SCALAR
from gradlab.operators import ScalarFn

_ALLOWED = (
    *(ast.Return, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.If, ast.Pass),
    *(ast.For, ast.While, ast.Break, ast.Continue),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call),
    *(ast.Name, ast.Constant, ast.Attribute),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
)
_BUILTINS = (abs, min, max, float, range)
_NUMBERS = (bool, int, float)
_MATHEMATICS = {id(f): name for name, f in vars(math).items() if callable(f)}


class NotCompilableError(Exception):
    """Why a function stays plain Python, as the end of a sentence."""


@dataclass
class Learned:
    """What a function is made of, as it is now.

    Parameters
    ----------
    lines : `name = value` for the numbers and functions of math that it uses
    trees : its helpers, then the function itself as `fn`
    used : (function, name, value) of all that they take from outside
    """

    lines: dict[str, str] = field(default_factory=dict)
    trees: dict[str, ast.FunctionDef] = field(default_factory=dict)
    used: list[tuple[FunctionType, str, Any]] = field(default_factory=list)

    def is_current(self) -> bool:
        """Say whether everything the function uses is still what it was."""
        return all(_outside(fn, name) is value for fn, name, value in self.used)

    def text(self, name: str, kind: str) -> str:
        """Return the whole source file of the kernel."""
        when = "The function is a learner's own: plain Python at first, then this."
        header = HEADER.format(name=f"{name}_{kind}", dtype="float64", when=when)
        lines = "".join(f"{line}\n" for line in self.lines.values())
        trees = self.trees.values()
        scalars = [SCALAR.format(flags="", source=ast.unparse(tree)) for tree in trees]
        loop = LOOPS["in_order" if kind == "reduce" else kind]
        return f"{header}{lines}\n{''.join(scalars)}\n\n{loop}"


def learned(fn: ScalarFn) -> Learned:
    """Return what a function is made of.

    Raises
    ------
    NotCompilableError
        If it does something that only plain Python can do.
    """
    found = Learned()
    _learn(fn, "fn", found)
    return found


def _learn(fn: Any, name: str, found: Learned) -> None:
    """Add a function, after all that it uses."""
    if not isinstance(fn, FunctionType):
        raise NotCompilableError("it is not a function written in Python")
    tree = _source(fn, name)
    nodes = [node for statement in tree.body for node in ast.walk(statement)]
    for node in nodes:
        _check(node)
    own = {argument.arg for argument in tree.args.args}
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for used in sorted({node.id for node in names} - own):
        value = _outside(fn, used)
        found.used.append((fn, used, value))
        _learn_name(used, value, found)
    _put(found.trees, name, tree, ast.unparse)


def _source(fn: FunctionType, name: str) -> ast.FunctionDef:
    try:
        tree = bare(tree_of(fn), name)
    except (OSError, TypeError, SyntaxError) as error:
        raise NotCompilableError("its source cannot be read") from error
    plain = not (tree.args.vararg or tree.args.kwarg or tree.args.kwonlyargs)
    if not plain or fn.__defaults__:
        raise NotCompilableError("its arguments are not just numbers")
    return tree


def _check(node: ast.AST) -> None:
    if isinstance(node, ast.Constant) and not isinstance(node.value, _NUMBERS):
        raise NotCompilableError(f"it uses {node.value!r}, which is no number")
    is_of_math = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    if not isinstance(node, _ALLOWED) or (
        isinstance(node, ast.Attribute) and not is_of_math
    ):
        raise NotCompilableError(f"it does more than compute: `{_shown(node)}`")


def _shown(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0]


def _learn_name(name: str, value: Any, found: Learned) -> None:
    """Add what a name from outside stands for."""
    if isinstance(value, _NUMBERS):
        _put(found.lines, name, f"{name} = {value!r}", str)
    elif value is math:
        _put(found.lines, name, f"{name} = math", str)
    elif id(value) in _MATHEMATICS:
        _put(found.lines, name, f"{name} = math.{_MATHEMATICS[id(value)]}", str)
    elif isinstance(value, FunctionType):
        _learn(value, name, found)
    elif value not in _BUILTINS:
        what = value.__name__ if isinstance(value, ModuleType) else name
        raise NotCompilableError(f"it uses {what}")


def _put(place: dict[str, Any], name: str, thing: Any, text: Any) -> None:
    if text(place.setdefault(name, thing)) != text(thing):
        raise NotCompilableError(f"two things that it uses are both called {name}")


def _outside(fn: FunctionType, name: str) -> Any:
    """Return what a name means in a function that does not set it."""
    cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or ()))
    if name in cells:
        return cells[name].cell_contents
    return fn.__globals__.get(name, getattr(builtins, name, None))
