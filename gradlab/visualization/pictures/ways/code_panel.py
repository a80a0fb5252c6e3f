"""The source of a forward or backward, with the line that runs now."""

from __future__ import annotations

import ast
import contextlib
import inspect
import io
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from gradlab.visualization.scene import Bounds, Box, Item, Text
from gradlab.visualization.text import clean, mono_width

SIZE, HIGH = 13.0, 20.0
LONGEST = 58  # characters of a line; a longer one is cut
MOST = 14  # lines of a function; a longer one is cut


@dataclass(frozen=True)
class Code:
    """The lines of a function, without its docstring.

    Attributes
    ----------
    title : whose they are, such as "Mul.backward"
    lines : (number in the file, text) for each
    """

    title: str
    lines: tuple[tuple[int, str], ...] = ()

    @property
    def last(self) -> int:
        """Return the number of the last line; 0 if the source is not to be had."""
        return self.lines[-1][0] if self.lines else 0

    def line(self, number: int) -> str:
        """Return one line, without its indentation."""
        return dict(self.lines).get(number, "").strip()

    def items(self, x: float, y: float, now: int) -> Iterator[Item]:
        """Yield the lines from (x, y) down, the one that runs now in a frame."""
        yield Text(x, y + HIGH / 2, self.title, 14, "soft", "start", bold=True)
        for k, (line, text) in enumerate(self.lines, start=1):
            top = y + k * HIGH + 4
            runs = line == now
            if runs:
                yield Box(x, top, self.width, HIGH, look="local")
                yield Text(x + 8, top + HIGH / 2, "▸", 12, "local-ink")
            ink = "local-ink" if runs else "soft"
            middle = top + HIGH / 2
            yield Text(x + 18, middle, text, SIZE, ink, "start", mono=True)

    @property
    def width(self) -> float:
        """Return the room across that the lines take."""
        longest = max((mono_width(text, SIZE) for _, text in self.lines), default=0.0)
        return longest + 28

    def bounds(self, x: float, y: float) -> Bounds:
        """Return the room that the panel takes at (x, y)."""
        wide = max(self.width, Text(0, 0, self.title, 14, bold=True).width)
        return Bounds(x, y, x + wide, y + HIGH * (len(self.lines) + 1) + 6)


def code_of(function: Any, name: str) -> Code:
    """Return the source of one method of a Function, without its docstring.

    Examples
    --------
    >>> from gradlab.tensors.functions.reduce import Sum
    >>> code = code_of(Sum, "backward")
    >>> code.title, code.line(code.last)
    ('Sum.backward', 'return spread(d_out, shape, dims)')
    """
    title = f"{function.__name__}.{name}"
    try:
        source, first = inspect.getsourcelines(getattr(function, name))
        tree = ast.parse(textwrap.dedent("".join(source)))
    except (OSError, TypeError, SyntaxError):  # typed at a prompt, or generated
        return Code(title)
    skipped = _not_shown(tree)
    dedented = textwrap.dedent("".join(source)).splitlines()
    lines = [
        (first + n, _cut(text))
        for n, text in enumerate(dedented)
        if n not in skipped and text.strip()
    ]
    return Code(title, tuple(lines[:MOST]))


def _not_shown(tree: ast.Module) -> set[int]:
    """Return the lines, from 0, of the decorators and the docstring."""
    function = tree.body[0]
    if not isinstance(function, ast.FunctionDef):  # a lambda, say
        return set()
    skipped = set(range(function.lineno - 1))
    if ast.get_docstring(function, clean=False) is not None:
        doc = function.body[0]
        skipped |= set(range(doc.lineno - 1, doc.end_lineno or doc.lineno))
    return skipped


def _cut(text: str) -> str:
    text = clean(text.expandtabs(4))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def lines_run(code: CodeType, run: Callable[[], Any]) -> tuple[Any, list[int]]:
    """Return what a call returns, and which lines of one function it ran, in order."""
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
        with contextlib.redirect_stdout(io.StringIO()):  # it printed once already
            return run(), ran
    finally:
        sys.settrace(before)
