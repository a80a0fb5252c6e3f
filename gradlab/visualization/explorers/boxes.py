"""What learners type into the boxes of explorers: shapes, numbers, indices, dims."""

from __future__ import annotations

import ast
import math
import re
from typing import Any

from gradlab.visualization.explorers.broadcasting import parse_shape
from gradlab.visualization.expression import tree_of
from gradlab.visualization.text import clean, shorten, size_names
from gradlab.visualization.values import Values, read

MOST_CELLS = 60  # a learner's function runs on every cell, several times
LONGEST = 1000  # characters
LARGEST = 10**6


def parse_input(text: str, name: str) -> Any:
    """Return what was typed for a tensor: a shape, or numbers; 3 is a number.

    Raises
    ------
    ValueError
        If it is neither, or too large; says how they look.

    Examples
    --------
    >>> parse_input("(2, 3)", "x"), parse_input("[1, 2.5]", "x"), parse_input("3", "x")
    ((2, 3), [1.0, 2.5], 3.0)
    """
    text = clean(text).strip()
    if len(text) > LONGEST:
        raise ValueError(f"{name} is {len(text):,} characters long; keep it short.")
    thing = _literal(text, name) if _is_numbers(text) else parse_shape(text)
    size = read(thing).size
    if size > MOST_CELLS:
        raise ValueError(
            f"{name} has {size:,} cells; up to {MOST_CELLS} are drawn here."
        )
    return thing


def _is_numbers(text: str) -> bool:
    return re.search(r"[\[.-]|inf|nan|\de|^\d+$", text) is not None


def _literal(text: str, name: str) -> Any:
    """Return nested lists of numbers, and nothing but these."""
    try:
        return _numbers(tree_of(text))
    except (SyntaxError, ValueError, OverflowError, MemoryError, RecursionError):
        raise ValueError(
            f"{name} is a shape, such as (2, 3), or numbers, such as [[1, 2], [3, 4]]."
        ) from None


def _numbers(node: ast.expr) -> Any:
    if isinstance(node, ast.List):
        return [_numbers(part) for part in node.elts]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_one(node.operand)
    return _one(node)


def _one(node: ast.expr) -> float:
    if isinstance(node, ast.Name) and node.id in ("inf", "nan"):
        return float(node.id)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]
    raise ValueError("no number")


def typed(thing: Any) -> str:
    """Return an input as a learner would type it.

    Examples
    --------
    >>> typed((2, 3)), typed([[1, 2.5]]), typed("3 1")
    ('(2, 3)', '[[1, 2.5]]', '3 1')
    """
    if isinstance(thing, str):
        return thing
    values = read(thing)
    if values.made_up or values.size > MOST_CELLS:
        return size_names(values.shape)
    return _nested(values, ())


def _nested(values: Values, index: tuple[int, ...]) -> str:
    if len(index) == len(values.shape):
        return _plain(values.get(index))
    size = values.shape[len(index)]
    return f"[{', '.join(_nested(values, (*index, i)) for i in range(size))}]"


def _plain(value: float) -> str:
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def parse_whole(text: str, what: str) -> tuple[int, ...] | None:
    """Return whole numbers that were typed in any form; None where nothing was.

    Parameters
    ----------
    what : how they look, for the error: "an index, such as (1, 2)"

    Raises
    ------
    ValueError
        If these are no whole numbers.

    Examples
    --------
    >>> parse_whole("(1, -2)", "an index"), parse_whole("()", "an index")
    ((1, -2), ())
    >>> parse_whole(" ", "an index") is None
    True
    """
    words = clean(text)[:100].replace(",", " ").strip("()[] \t").split()
    if not text.strip():
        return None
    try:
        numbers = tuple(map(int, words))
    except ValueError:
        said = shorten(" ".join(words), 120)
        raise ValueError(f"“{said}” is not read here: type {what}.") from None
    if any(abs(n) > LARGEST for n in numbers):
        raise ValueError(f"Numbers up to {LARGEST:,} are read here: type {what}.")
    return numbers
