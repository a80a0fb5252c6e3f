"""A lesson run from top to bottom: whether it passes, and its pictures speak."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gradlab.authoring.draft import Draft, Finding
from gradlab.authoring.prose import says_numbers
from gradlab.grading.metadata import is_grade
from gradlab.workspace.execution import execute_alone
from gradlab.workspace.runner import CELL_SECONDS
from gradlab.workspace.verdicts import words as in_words

FEWEST = 3  # words of a picture


def ran_findings(
    draft: Draft, progress: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[Finding]:
    """Run the notebook; yield cells with trouble, solutions that fail, mute pictures.

    A picture is an output with an <svg> or an <img> in it; what it says is its plain
    text, which readers of a screen and of a mail get in its place. Cards of checks
    hold pictures too, but say what the check found.
    """
    result = execute_alone(draft.notebook, timeout=CELL_SECONDS, progress=progress)
    for verdict in result.verdicts:
        if not verdict.passed:
            yield Finding(verdict.exercise, f"run: {in_words(verdict)}")
    troubles = (*result.troubles, *result.unchecked(draft.notebook))
    for trouble in dict.fromkeys(troubles):
        yield Finding(trouble.cell, f"run: {trouble.words}")
    for cell in result.notebook["cells"]:
        if not is_grade(cell):
            yield from _mute(cell)


def _mute(cell: Any) -> Iterator[Finding]:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        html = data.get("text/html", "")
        if not any(f"<{tag}" in html for tag in ("svg", "img")):
            continue
        said = data.get("text/plain", "")
        if len(said.split()) < FEWEST or said.startswith("<"):
            yield Finding(cell["id"], f"its picture says no more than {said!r}")
        else:
            yield from says_numbers(cell["id"], said)
