"""A formula that a learner typed, read without running any of it.

Python's own parser gives the tree, and only the few kinds of nodes listed here are
taken over into one of ours. Nothing is looked up, called or evaluated on the way, and
the values are then worked out by gradlab's Scalars.
"""

from __future__ import annotations

import ast
import keyword
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradlab import scalar_functions
from gradlab.scalar import Scalar
from gradlab.scalar_function import ScalarFunction
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import clean, number

LONGEST = 200  # characters
DEEPEST = 20  # brackets inside brackets
MOST_OPS = 40
MOST_NAMES = 6
LONGEST_NAME = 20
LARGEST_EXPONENT = 1000.0
TAKEN = "numbers, names, + - * / **, brackets, and functions such as sin(x)"
_CHARACTERS = re.compile(r"[\w\s.+\-*/(),]*")
_HINTS = {
    "^": "write ** for a power, as in x ** 2",
    "²": "write ** for a power, as in x ** 2",
    "³": "write ** for a power, as in x ** 3",
    "·": "write * for a product",
    "×": "write * for a product",
    "÷": "write / for a quotient",
    "−": "write - for minus",
    "√": "write sqrt(x) for a root",
    "=": "write the right side alone, as in x * y",
}
FUNCTIONS: dict[str, type[ScalarFunction]] = {
    made.scalar: made
    for made in vars(scalar_functions).values()
    if isinstance(made, type) and issubclass(made, ScalarFunction) and made.scalar
}
_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
    ast.USub: "neg",
}


@dataclass(frozen=True)
class Number:
    """A number as it was typed."""

    value: float


@dataclass(frozen=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True)
class Apply:
    """A function of SCALARS and what it is applied to."""

    function: str
    inputs: tuple[Part, ...]


Part = Number | Name | Apply


@dataclass(frozen=True)
class Expression:
    """A formula that was read: its text, its tree, and its variables in order."""

    text: str
    tree: Part
    names: tuple[str, ...]

    def at(self, values: Mapping[str, float]) -> Scalar:
        """Return the value as a Scalar that remembers how it was made.

        Raises
        ------
        ValueError
            If a variable has no value, or a function is not defined at its numbers.
        """
        missing = [name for name in self.names if name not in values]
        if missing:
            raise ValueError(f"{missing[0]} has no value: give it one.")
        leaves = {name: Scalar(values[name], name) for name in self.names}
        return _value(self.tree, leaves)


def parse(text: str) -> Expression:
    """Return a typed formula as a small tree.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If it is no formula, or too large to draw; says where and what to write.

    Examples
    --------
    >>> parse("x * y + sin(x)").names
    ('x', 'y')
    >>> parse("x * y").at({"x": 2, "y": 3})
    Scalar(6)
    >>> parse("__import__('os')")
    Traceback (most recent call last):
    ValueError: “'” at character 12 is not part of a formula: it takes numbers, ...
    """
    if not isinstance(text, str):
        raise TypeError(f'A formula is text, such as "x * y"; got {plain(text)}.')
    _check_text(text)
    text = " ".join(text.split())
    tree = _Reader(text).part(_parsed(text))
    ops, names = _counted(tree)
    if ops > MOST_OPS:
        raise ValueError(f"That is {ops} operations; up to {MOST_OPS} are drawn here.")
    if len(names) > MOST_NAMES:
        raise ValueError(
            f"That is {len(names)} variables; there is room for {MOST_NAMES}."
        )
    return Expression(text, tree, names)


def _check_text(text: str) -> None:
    """Refuse what is no formula before Python's parser sees it."""
    if not text.strip():
        raise ValueError("Type a formula, such as x * y + sin(x).")
    if len(text) > LONGEST:
        raise ValueError(f"That is {len(text):,} characters; up to {LONGEST} are read.")
    kept = _CHARACTERS.match(text)
    end = kept.end() if kept else 0
    odd = next((k for k, c in enumerate(text) if c in _HINTS), len(text))
    if (where := min(end, odd)) < len(text):
        raise ValueError(_refused(text[where], where, _HINTS.get(text[where], "")))
    for word in re.finditer(r"\w+", text):
        if keyword.iskeyword(word.group()):
            said = "Python keeps this word for itself; take another name"
            raise ValueError(_refused(word.group(), word.start(), said))
    _check_brackets(text)


def _check_brackets(text: str) -> None:
    opened: list[int] = []
    for where, character in enumerate(text):
        if character == "(":
            opened.append(where)
        elif character == ")" and not opened:
            raise ValueError(f"The “)” at character {where + 1} closes nothing.")
        elif character == ")":
            opened.pop()
        if len(opened) > DEEPEST:
            raise ValueError(
                f"Brackets go {DEEPEST} deep here; character {where + 1} goes deeper."
            )
    if opened:
        raise ValueError(f"The “(” at character {opened[-1] + 1} is not closed.")


def _refused(piece: str, where: int, hint: str = "") -> str:
    piece = clean(piece if len(piece) <= 24 else piece[:23] + "…")
    if not piece.isprintable():
        piece = " ".join(f"U+{ord(character):04X}" for character in piece)
    said = hint or f"it takes {TAKEN}"
    return f"“{piece}” at character {where + 1} is not part of a formula: {said}."


def tree_of(text: str) -> ast.expr:
    """Return Python's tree of a text, without its warnings; parsing runs nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


def _parsed(text: str) -> ast.expr:
    try:
        return tree_of(text)
    except SyntaxError as error:
        raise ValueError(_stopped(text, error.offset or len(text))) from None
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise ValueError(
            "This formula is too involved to read. Make it shorter."
        ) from None


def _stopped(text: str, where: int) -> str:
    """Say where a text stops being a formula; `where` counts from 1."""
    if where >= len(text) and text[-1] in "+-*/":
        return f"Something is missing after the “{text[-1]}” at the end."
    where = min(where, len(text))
    return (
        f"This stops being a formula at character {where}, near “{text[where - 1]}”. "
        "Write every sign, as in 2 * x + sin(y)."
    )


class _Reader:
    """Takes over the nodes that a formula may hold, and refuses all others."""

    def __init__(self, text: str) -> None:
        self.text = text

    def part(self, node: ast.expr) -> Part:
        """Return one node of Python's tree as one of ours."""
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd):
            return self.part(node.operand)
        if isinstance(node, ast.UnaryOp) and type(node.op) in _SIGNS:
            return self._apply(node.op, node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            return self._apply(node.op, node.left, node.right)
        raise self._refusal(node)

    def _apply(self, sign: ast.AST, *inputs: ast.expr) -> Apply:
        return Apply(_SIGNS[type(sign)], tuple(map(self.part, inputs)))

    def _number(self, node: ast.Constant) -> Number:
        if type(node.value) not in (int, float):
            raise self._refusal(node)
        try:
            value = float(node.value)  # type: ignore[arg-type]
        except OverflowError:
            value = math.inf
        if math.isinf(value):
            raise self._refusal(node, "the number is too large; 1e308 is the largest")
        return Number(value)

    def _name(self, node: ast.Name) -> Part:
        if node.id == "pi":
            return Number(math.pi)
        if node.id in FUNCTIONS:
            raise self._refusal(node, f"a function has brackets, as in {node.id}(x)")
        if len(node.id) > LONGEST_NAME:
            said = f"names have up to {LONGEST_NAME} characters here"
            raise self._refusal(node, said)
        return Name(node.id)

    def _call(self, node: ast.Call) -> Apply:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function not in FUNCTIONS:
            raise self._refusal(node, f"the functions are {', '.join(FUNCTIONS)}")
        count = 2 if FUNCTIONS[function].kind == "zip" else 1
        if len(node.args) != count or node.keywords:
            form = f"{function}(x, y)" if count == 2 else f"{function}(x)"
            raise self._refusal(node, f"write it as {form}")
        return Apply(function, tuple(map(self.part, node.args)))

    def _refusal(self, node: ast.expr, hint: str = "") -> ValueError:
        piece = ast.get_source_segment(self.text, node) or self.text
        before = self.text.encode()[: node.col_offset]  # Python counts bytes
        return ValueError(_refused(piece, len(before.decode()), hint))


def _parts(tree: Part) -> Iterator[Part]:
    yield tree
    for part in tree.inputs if isinstance(tree, Apply) else ():
        yield from _parts(part)


def _counted(tree: Part) -> tuple[int, tuple[str, ...]]:
    """Return how many operations a tree has, and its variables in order."""
    parts = list(_parts(tree))
    names = [part.name for part in parts if isinstance(part, Name)]
    return sum(isinstance(p, Apply) for p in parts), tuple(dict.fromkeys(names))


def _value(part: Part, leaves: Mapping[str, Scalar]) -> Scalar:
    if isinstance(part, Number):
        return Scalar(part.value, requires_grad=False)
    if isinstance(part, Name):
        return leaves[part.name]
    inputs = [_value(each, leaves) for each in part.inputs]
    if part.function == "pow" and abs(inputs[1].data) > LARGEST_EXPONENT:
        raise ValueError(
            f"The exponent {number(inputs[1])} is too large; exponents up to "
            f"{number(LARGEST_EXPONENT)} are worked out here."
        )
    result: Scalar = FUNCTIONS[part.function].apply(*inputs)
    return result
