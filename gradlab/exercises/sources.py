"""The source of a function: read, and renamed as a learner would have written it."""

from __future__ import annotations

import ast
import inspect
import io
import textwrap
import tokenize
from collections.abc import Callable
from typing import Any


def source_named(fn: Callable[..., Any], name: str) -> str:
    """Return the source of `fn`, with `fn` called `name` wherever it stands.

    Raises
    ------
    ValueError
        If `fn` is a lambda or its source cannot be read.
    """
    old = getattr(fn, "__name__", "")
    try:
        source = textwrap.dedent(inspect.getsource(fn))
    except (OSError, TypeError) as error:
        raise ValueError(f"the source of {fn!r} cannot be read") from error
    if not source.lstrip().startswith((f"def {old}", f"class {old}", "@")):
        raise ValueError(f"{fn!r} is no `def`: write it as a function of its own")
    return _renamed(source, old, name)


def _renamed(source: str, old: str, new: str) -> str:
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
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return all(_says_nothing(statement) for statement in node.body)
    return False


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
    """Return the source of a function that somebody defined, or "" if it is gone."""
    try:
        return inspect.getsource(fn)
    except (OSError, TypeError):
        return ""
