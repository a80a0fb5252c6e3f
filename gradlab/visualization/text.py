"""Words and numbers in pictures: how they are written and how wide they are.

Nothing here measures a real font. Widths are those of DejaVu Sans, one of the widest
common screen fonts, so a box that fits them fits the reader's font as well.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import SupportsFloat

# Advance widths of DejaVu Sans from " " to "~", in hundredths of the font size.
_REGULAR = bytes.fromhex(
    "20282e54405f4e1b2727325420242022404040404040404040402222545454356444"
    "45464d3f3a4d4b1d1d4238564b4f3c4f453f3d494463453d452722275432323d3f37"
    "3f3e233f3f1c1c3a1c613f3d3f3f2934273f3b523b3b3440224054"
)
_SYMBOLS = dict(
    zip("·²³½∂→←−×≤≥≠∞", (32, 40, 40, 97, 52, 84, 84, 84, 84, 84, 84, 84, 84))
)
_WIDE = 100  # any other character: as wide as the font is high
_BOLD = 1.14
# What XML cannot hold, and marks that would turn the order of a line around.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def clean(text: object) -> str:
    """Return text that XML can hold: control characters become a visible mark.

    Examples
    --------
    >>> clean("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return _HOSTILE.sub("\ufffd", str(text))


def escape(text: object) -> str:
    """Return text safe inside XML and HTML, in elements and in attributes.

    Examples
    --------
    >>> escape('<b a="1">')
    '&lt;b a=&quot;1&quot;&gt;'
    """
    return html.escape(clean(text))


@lru_cache(maxsize=8192)
def width(text: str, size: float = 14, *, bold: bool = False) -> float:
    """Return how wide a line of text may get, in the unit of `size`.

    Examples
    --------
    >>> width("(3, 1)", 10)
    27.0
    """
    total = 0
    for character in text:
        place = ord(character) - 32
        inside = 0 <= place < len(_REGULAR)
        total += _REGULAR[place] if inside else _SYMBOLS.get(character, _WIDE)
    return round(total * size * (_BOLD if bold else 1) / 100, 2)


def mono_width(text: str, size: float = 14) -> float:
    """Return how wide a line of code is; every character takes the same room.

    Examples
    --------
    >>> mono_width("x = 1", 10)
    31.0
    """
    return round(len(text) * size * 0.62, 2)


def shorten(text: str, room: float, size: float = 14, *, bold: bool = False) -> str:
    """Return the text, cut with "…" where it is wider than `room`.

    Examples
    --------
    >>> shorten("a_very_long_name", 50, 10)
    'a_very_…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text + "…"


def wrap(text: str, room: float, size: float = 14, *, bold: bool = False) -> list[str]:
    """Return the text as lines no wider than `room`; a word too long is cut.

    Examples
    --------
    >>> wrap("two short lines", 70, 10)
    ['two short', 'lines']
    """
    lines: list[str] = []
    line, used = "", 0.0
    space = width(" ", size, bold=bold)
    for word in clean(text).split():
        wide = width(word, size, bold=bold)
        if line and used + space + wide > room:
            lines.append(line)
            line, used = word, wide
        else:
            used += (space if line else 0) + wide
            line = f"{line} {word}" if line else word
    lines.append(line)
    return [shorten(line, room, size, bold=bold) for line in lines]


def number(value: SupportsFloat) -> str:
    """Return a number as every picture prints it: three significant digits.

    Whole numbers below a million are printed whole. Zero is "0", whatever its sign.

    Examples
    --------
    >>> [number(v) for v in (2.0, -0.0, 1 / 3, 1234.5, float("nan"), float("-inf"))]
    ['2', '0', '0.333', '1.23e3', 'NaN', '-inf']
    """
    x = float(value)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    if x == int(x) and abs(x) < 1e6:
        return str(int(x))
    digits, _, power = f"{x:.3g}".partition("e")
    return f"{digits}e{int(power)}" if power else digits


def counted(n: int, noun: str) -> str:
    """Return how many of something there are.

    Examples
    --------
    >>> counted(1, "cell"), counted(2000, "cell")
    ('1 cell', '2,000 cells')
    """
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def factor(value: SupportsFloat) -> str:
    """Return a number as it stands inside a formula: a negative one in brackets.

    Examples
    --------
    >>> factor(-2.0), factor(0.5)
    ('(-2)', '0.5')
    """
    text = number(value)
    return f"({text})" if text.startswith("-") else text


def size_names(names: Iterable[object]) -> str:
    """Return a tuple written as Python writes it, so (3,) keeps its comma.

    Examples
    --------
    >>> size_names([3]), size_names([3, 1]), size_names([])
    ('(3,)', '(3, 1)', '()')
    """
    parts = [clean(name) for name in names]
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def cell_name(name: str, index: Iterable[object]) -> str:
    """Return how a cell is written in code: a[2, 0], or just the name for rank 0.

    Examples
    --------
    >>> cell_name("a", (2, 0)), cell_name("a", ())
    ('a[2,0]', 'a')
    """
    inside = ",".join(clean(i) for i in index)
    return f"{name}[{inside}]" if inside else name


def table_text(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a plain-text table with columns lined up on the right.

    Examples
    --------
    >>> print(table_text(["dim", "a"], [["-1", "10"]]))
    dim   a
     -1  10
    """
    lines = [list(head), *(list(row) for row in rows)]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    line: Callable[[list[str]], str] = lambda row: "  ".join(  # noqa: E731
        text.rjust(w) for text, w in zip(row, wide)
    )
    return "\n".join(map(line, lines))
