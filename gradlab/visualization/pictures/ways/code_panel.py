"""The source of a forward or backward, with the line that runs now."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from types import CodeType, FrameType
from typing import Any

from gradlab.visualization.own_code import outcome
from gradlab.visualization.scene import Bounds, Box, Item, Text
from gradlab.visualization.text import clean, mono_width

SIZE, HIGH = 13.0, 20.0
LONGEST = 52  # characters of a line; a longer one is cut
MOST = 14  # lines of a function; a longer one is cut
SHORT = 8  # a longer function is shown without the lines that do not run
Line = tuple[int, str]  # its number in the file, its text


@dataclass(frozen=True)
class Code:
    """The lines of a function, without its docstring and its annotations.

    Attributes
    ----------
    title : whose they are, such as "Mul.backward"
    lines : (number in the file, text) for each; "…" for lines left out
    spans : first and last line of each statement, without those inside it
    """

    title: str
    lines: tuple[Line, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def last(self) -> int:
        """Return the number of the last line; 0 if the source is not to be had."""
        return self.lines[-1][0] if self.lines else 0

    def line(self, number: int) -> str:
        """Return one line, without its indentation."""
        return dict(self.lines).get(number, "").strip()

    def running(self, ran: Collection[int]) -> Code:
        """Return a long function without the statements that did not run."""
        if len(self.lines) <= SHORT or not ran:
            return self
        idle = [span for span in self.spans if not any(_in(n, span) for n in ran)]
        lines: list[Line] = []
        for n, text in self.lines:
            left_out = any(_in(n, span) for span in idle)
            dots = text[: len(text) - len(text.lstrip())] + "…"
            if not left_out:
                lines.append((n, text))
            elif lines[-1][1].strip() != "…":
                lines.append((n, dots))
        return replace(self, lines=tuple(lines))

    def items(
        self, x: float, y: float, now: int, *, wrong: bool = False
    ) -> Iterator[Item]:
        """Yield the lines from (x, y) down, the one that runs now in a frame."""
        yield Text(x, y + HIGH / 2, self.title, 14, "soft", "start", bold=True)
        look = "wrong" if wrong else "local"
        for k, (line, text) in enumerate(self.lines[:MOST], start=1):
            top = y + k * HIGH + 4
            runs = line == now
            if runs:
                yield Box(x, top, self.width, HIGH, look=look)
                yield Text(x + 8, top + HIGH / 2, "▸", 12, f"{look}-ink")
            ink = f"{look}-ink" if runs else "soft"
            middle = top + HIGH / 2
            yield Text(x + 18, middle, text, SIZE, ink, "start", mono=True)

    @property
    def width(self) -> float:
        """Return the room across that the lines take."""
        texts = (text for _, text in self.lines[:MOST])
        longest = max((mono_width(text, SIZE) for text in texts), default=0.0)
        return longest + 28

    def bounds(self, x: float, y: float) -> Bounds:
        """Return the room that the panel takes at (x, y)."""
        wide = max(self.width, Text(0, 0, self.title, 14, bold=True).width)
        high = HIGH * (len(self.lines[:MOST]) + 1) + 6
        return Bounds(x, y, x + wide, y + high)


def _in(number: int, span: tuple[int, int]) -> bool:
    return span[0] <= number <= span[1]


# --------------------------------- reading code ---------------------------------


def code_of(function: Any, name: str) -> Code:
    """Return the source of one method of a Function, without its docstring.

    Examples
    --------
    >>> from gradlab.tensors.functions.reduce import Sum
    >>> code = code_of(Sum, "backward")
    >>> code.title, code.lines[0][1], code.line(code.last)
    ('Sum.backward', 'def backward(ctx, d_out):', 'return spread(d_out, shape, dims)')
    """
    title = f"{function.__name__}.{name}"
    try:
        source, first = inspect.getsourcelines(getattr(function, name))
        dedented = textwrap.dedent("".join(source))
        tree = ast.parse(dedented)
    except (OSError, TypeError, SyntaxError):  # typed at a prompt, or generated
        return Code(title)
    own = tree.body[0]
    texts = dict(enumerate(dedented.splitlines(), start=1))
    if not isinstance(own, ast.FunctionDef):  # a lambda, say
        return Code(title, tuple(_lines(texts, first)))
    spans = tuple((a + first - 1, b + first - 1) for a, b in _spans(own))
    shown = {n: text for n, text in texts.items() if n not in _not_shown(own)}
    shown[own.lineno] = _signature(own)
    return Code(title, tuple(_lines(shown, first)), spans)


def _lines(texts: dict[int, str], first: int) -> Iterator[Line]:
    for n, text in sorted(texts.items()):
        if text.strip():
            yield first + n - 1, _cut(text)


def _signature(function: ast.FunctionDef) -> str:
    """Return the first line of a function without annotations."""
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return f"def {function.name}({ast.unparse(function.args)}):"


def _not_shown(function: ast.FunctionDef) -> set[int]:
    """Return the lines of the decorators, of the signature and of the docstring."""
    body = function.body
    skipped = set(range(1, body[0].lineno)) - _comments(function)
    if ast.get_docstring(function, clean=False) is not None:
        skipped |= set(range(body[0].lineno, (body[0].end_lineno or 0) + 1))
    return skipped


def _comments(function: ast.FunctionDef) -> set[int]:
    """Return the lines between the signature and the first statement."""
    nodes = ast.walk(function.args)
    arguments = [a.end_lineno or 0 for a in nodes if isinstance(a, (ast.arg, ast.expr))]
    returns = function.returns.end_lineno or 0 if function.returns else 0
    head = max([function.lineno, returns, *arguments])
    return set(range(head + 1, function.body[0].lineno))


def _spans(function: ast.FunctionDef) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each statement, of an if or for its head only."""
    for node in ast.walk(function):
        if isinstance(node, ast.stmt) and node is not function:
            inside = getattr(node, "body", None)
            end = inside[0].lineno - 1 if inside else node.end_lineno
            yield node.lineno, max(node.lineno, end or 0)


def _cut(text: str) -> str:
    text = clean(text.expandtabs(4))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lines_run(code: CodeType, run: Callable[[], Any]) -> tuple[Any, list[int]]:
    """Return what a call returns or raises, and which lines of a function it ran."""
    ran: list[int] = []

    def local(frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            ran.append(frame.f_lineno)
        return local

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        return local if frame.f_code is code else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return outcome(run), ran
    finally:
        sys.settrace(before)
