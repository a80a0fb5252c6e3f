"""The source of a function: read, and renamed as a learner would have written it."""

from __future__ import annotations

import ast
import inspect
import io
import linecache
import sys
import textwrap
import tokenize
from collections.abc import Callable
from types import FunctionType
from typing import Any


def source_named(fn: Callable[..., Any], name: str) -> str:
    """Return the source of `fn`, with `fn` called `name` wherever it stands.

    Raises
    ------
    ValueError
        If `fn` is a lambda or its source cannot be read.
    """
    old = getattr(fn, "__name__", "")
    source = textwrap.dedent(source_of_live(fn))
    if not source:
        raise ValueError(f"the source of {fn!r} cannot be read")
    if not source.lstrip().startswith((f"def {old}", f"class {old}", "@")):
        raise ValueError(f"{fn!r} is no `def`: write it as a function of its own")
    return renamed(source, old, name)


def renamed(source: str, old: str, new: str) -> str:
    """Return source with one name in place of another, wherever it stands."""
    lines = source.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for token in reversed(tokens):
        if token.type == tokenize.NAME and token.string == old:
            (row, start), (_, end) = token.start, token.end
            line = lines[row - 1]
            lines[row - 1] = line[:start] + new + line[end:]
    return "".join(lines)


def is_stub(source: str, name: str) -> bool:
    r"""Say whether `name` is still empty: docstring, `pass`, `...` or the stub's raise.

    Examples
    --------
    >>> is_stub("def f(x):\n    raise NotImplementedError()", "f")
    True
    >>> is_stub("def f(x):\n    return x", "f")
    False
    """
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError:
        return False
    for node in reversed(tree.body):
        named = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name
        if named:
            return _is_empty(node)
    return False


def _is_empty(node: ast.stmt) -> bool:
    """Say whether a definition does nothing; of a class, whether no method does."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return all(map(_is_empty, node.body))
    return _says_nothing(node)


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError")):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False


def source_of_live(fn: Any) -> str:
    """Return the source of a function or class that somebody defined, or "".

    Python finds no class that was typed in a notebook; its methods tell where it is.
    """
    methods = [each for each in methods_of(fn) if each.__qualname__.count(".")]
    if isinstance(fn, type) and methods:
        code = methods[0].__code__
        home = sys.modules.get(fn.__module__)
        lines = linecache.getlines(code.co_filename, vars(home) if home else None)
        return _class_around("".join(lines), fn.__name__, code.co_firstlineno)
    try:
        return inspect.getsource(fn)
    except (OSError, TypeError):
        return ""


def _class_around(source: str, name: str, line: int) -> str:
    """Return the source of the class of that name that holds a line."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first <= line <= (node.end_lineno or line):
                lines = source.splitlines(keepends=True)[first - 1 : node.end_lineno]
                return textwrap.dedent("".join(lines))
    return ""


def methods_of(fn: Any) -> list[FunctionType]:
    """Return the functions that a class itself defines; none for anything else."""
    held = vars(fn).values() if isinstance(fn, type) else ()
    bare = (getattr(each, "__func__", each) for each in held)
    return [each for each in bare if isinstance(each, FunctionType)]


def globals_of(fn: Any) -> dict[str, Any]:
    """Return the names that the code of a function or class sees around it."""
    for each in (fn, *methods_of(fn), getattr(fn, "__init__", None)):
        if hasattr(each, "__globals__"):
            found: dict[str, Any] = each.__globals__
            return found
    return {}
