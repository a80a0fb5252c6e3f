"""The verdicts that checks leave in a notebook's outputs, and their words here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from gradlab.exercises.verdict import Verdict
from gradlab.workspace.notebooks import Cell

NOT_DONE = "not done"
IN_WORDS = {
    NOT_DONE: "not done yet",
    "unknown": "not defined",
    "broken": "check broken",
}


def verdicts_in(cell: Cell) -> Iterator[Verdict]:
    """Yield the verdicts among the outputs of a cell that has run."""
    for output in cell.get("outputs", []):
        facts = output.get("metadata", {}).get("gradlab")
        if isinstance(facts, dict) and "exercise" in facts:
            with suppress(TypeError, ValueError):  # not by a check of ours
                yield Verdict.from_facts(facts)


def state(verdict: Verdict) -> str:
    """Return its state in a word or two: "passed", "wrong", "not done yet"."""
    return IN_WORDS.get(verdict.state, plain(verdict.state))


def words(verdict: Verdict) -> str:
    """Return it in one line: "passed", "not done yet", "wrong: 3 of 5 pass. ..."."""
    said = plain(verdict.summary)
    if verdict.passed or verdict.state == NOT_DONE or not said:
        return state(verdict)
    says_it = said.lower().startswith(verdict.state)
    return said if says_it else f"{state(verdict)}: {said}"


def score(verdict: Verdict) -> str:
    """Return the points of the visible probes, and how many the hidden ones hold."""
    hidden = verdict.hidden_points
    visible = f"{verdict.points:.3g} of {verdict.max_points - hidden:g}"
    return f"{visible}, {hidden:g} hidden" if hidden else visible


def plain(text: str) -> str:
    """Return text as one line that a terminal shows as it is."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
