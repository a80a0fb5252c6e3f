"""Regions between BEGIN and END marks: cut out, or replaced by a stub."""

from __future__ import annotations

import re

from gradlab.grading.metadata import ReleaseError

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"


def replace_regions(source: str, what: str, stub: tuple[str, ...]) -> str:
    r"""Return `source` with each region's lines replaced by `stub`, indented alike.

    Raises
    ------
    ReleaseError
        If a region does not end, or an end or a second begin stands alone.

    Examples
    --------
    >>> code = "def f():\n    ### BEGIN SOLUTION\n    return 2\n    ### END SOLUTION"
    >>> print(replace_regions(code, SOLUTION, ("# YOUR CODE HERE",)))
    def f():
        # YOUR CODE HERE
    """
    begin, end = f"BEGIN {what}", f"END {what}"
    kept: list[str] = []
    inside = False
    for line in source.split("\n"):
        if begin in line or end in line:
            if (begin in line) is inside:
                raise ReleaseError(_misplaced(begin if inside else end, line))
            if not inside:
                kept += [_indent(line) + text for text in stub]
            inside = not inside
        elif not inside:
            kept.append(line)
    if inside:
        raise ReleaseError(f"'### {begin}' has no '### {end}' below it.")
    return "\n".join(kept)


def has_region(source: str, what: str) -> bool:
    """Say whether a mark of this kind stands in `source`."""
    return f"BEGIN {what}" in source or f"END {what}" in source


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _misplaced(mark: str, line: str) -> str:
    where = f"at {re.sub(r'^ +', '', line)!r}"
    if mark.startswith("BEGIN"):
        return f"'### {mark}' stands inside another one, {where}."
    return f"'### {mark}' comes before its BEGIN, {where}."
