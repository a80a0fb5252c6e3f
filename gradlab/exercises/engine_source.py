"""A learner's definition as a piece to keep: its source, and what it stands on."""

from __future__ import annotations

import ast
import builtins
import symtable
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from types import FunctionType, ModuleType
from typing import Any

import gradlab
from gradlab.exercises.engine_file import Piece
from gradlab.exercises.memory import memory
from gradlab.exercises.sources import globals_of, renamed, source_named
from gradlab.exercises.values import PLAIN, safe_repr


class CannotKeepError(ValueError):
    """Something that a definition needs cannot be written down; says what."""


def kept_name(fn: Any) -> str:
    """Return the name of a piece in the file: there are Functions of both kinds.

    Examples
    --------
    >>> from gradlab import Function, ScalarFunction
    >>> class Mul(ScalarFunction): ...
    >>> class Sum(Function): ...
    >>> kept_name(Mul), kept_name(Sum)
    ('ScalarMul', 'Sum')
    """
    scalar = is_scalar_function(fn) and not fn.__name__.startswith("Scalar")
    return f"Scalar{fn.__name__}" if scalar else str(fn.__name__)


def is_scalar_function(fn: Any) -> bool:
    """Say whether something is a ScalarFunction."""
    from gradlab.scalar_function import ScalarFunction

    return isinstance(fn, type) and issubclass(fn, ScalarFunction)


def pieces_for(fn: Any) -> list[Piece]:
    """Return what is to be kept for a definition: what it stands on, and itself last.

    Raises
    ------
    CannotKeepError
        If its source is gone, or it uses something that cannot be written down.
    """
    return _Gatherer().of(fn)


@dataclass
class _Gatherer:
    """Collects a definition and the learner's own ones that it uses."""

    seen: set[int] = field(default_factory=set)

    def of(self, fn: Any) -> list[Piece]:
        if id(fn) in self.seen:
            return []
        self.seen.add(id(fn))
        name, own = kept_name(fn), globals_of(fn)
        try:
            source = source_named(fn, name)
        except ValueError:
            raise CannotKeepError(
                f"the source of {fn.__name__} is not to be found; run its cell again"
            ) from None
        before: list[Piece] = []
        imports, constants = [], []
        for used in free_names(source):
            if used not in own or used == name or own[used] is fn:
                continue
            value = own[used]
            if _is_own(value, own):
                before += self.of(value)
                source = renamed(source, used, kept_name(value))
            elif _is_plain(value):
                constants.append(f"{used} = {value!r}\n")
            else:
                imports.append(import_of(used, value, fn.__name__))
        note = f"{_origin(fn)} {datetime.now():%Y-%m-%d}"
        text = "".join(constants) + source
        return [*before, Piece(name, note, text, tuple(imports))]


def _origin(fn: Any) -> str:
    passed = memory.passed.get(fn.__name__)
    return f"exercise {passed.exercise}," if passed and passed.exercise else "kept"


def _is_own(value: Any, own: dict[str, Any]) -> bool:
    """Say whether a function or class was defined beside the one that uses it."""
    kept = isinstance(value, (FunctionType, type))
    return kept and globals_of(value) is own


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return type(value) in PLAIN


def free_names(source: str) -> Iterator[str]:
    r"""Yield the names that a definition looks up outside of itself, each once.

    Examples
    --------
    >>> sorted(free_names("def f(x):\n    import math\n    return math.pi * x * G"))
    ['G']
    """
    seen: set[str] = set()
    stack = [symtable.symtable(source, "<piece>", "exec")]
    while stack:
        table = stack.pop()
        stack += table.get_children()
        for symbol in table.get_symbols():
            name = symbol.get_name()
            outside = symbol.is_global() or table.get_type() == "module"
            if outside and symbol.is_referenced() and name not in seen:
                seen.add(name)
                if not hasattr(builtins, name):
                    yield name


def import_of(name: str, value: Any, user: str) -> str:
    """Return the line that imports a value under a name.

    Raises
    ------
    CannotKeepError
        If nobody can import it.
    """
    if isinstance(value, ModuleType):
        plain = value.__name__ == name
        return f"import {value.__name__}" + ("" if plain else f" as {name}")
    home = getattr(value, "__module__", None)
    real = getattr(value, "__name__", name)
    if real in gradlab.__all__ and getattr(gradlab, real) is value:
        home = "gradlab"
    homes = [home.lstrip("_"), home] if isinstance(home, str) else []  # _functools
    for home in homes:
        found = getattr(sys.modules.get(home), real, None)
        if found is value and home != "__main__":
            break
    else:
        raise CannotKeepError(
            f"{user} uses `{name}`, which is {safe_repr(value)} in this notebook. "
            "Give it as an argument, or write it inside"
        )
    return ast.unparse(
        ast.ImportFrom(home, [ast.alias(real, None if real == name else name)], 0)
    )
