"""The verdicts that checks leave in a notebook's outputs, as a program reads them.

A check's output carries, in its metadata under `gradlab`, the keys exercise, state,
passed, points, max_points, hidden_points and first_line: the same facts that its card
shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gradlab.workspace.notebooks import Cell

NOT_DONE = "not done"


@dataclass(frozen=True)
class Verdict:
    """What one check said; `sentence` is what a learner should read first."""

    exercise: str
    state: str
    passed: bool
    points: float
    max_points: float
    sentence: str
    hidden_points: float = 0.0

    @property
    def score(self) -> str:
        """The points of the visible probes, and how many the hidden ones hold."""
        score = f"{self.points:.3g} of {self.max_points - self.hidden_points:g}"
        return (
            f"{score}, {self.hidden_points:g} hidden" if self.hidden_points else score
        )

    @property
    def words(self) -> str:
        """The verdict in one line: "passed", "not done yet", "wrong: 3 of 5 pass."."""
        if self.passed:
            return "passed"
        if self.state == NOT_DONE:
            return "not done yet"
        says_it = self.sentence.lower().startswith(self.state)
        return self.sentence if says_it else f"{self.state}: {self.sentence}"


def verdicts_in(cell: Cell) -> Iterator[Verdict]:
    """Yield the verdicts among the outputs of a cell that has run."""
    for output in cell.get("outputs", []):
        facts = output.get("metadata", {}).get("gradlab")
        if isinstance(facts, dict) and "exercise" in facts:
            yield _read(facts, str(output.get("data", {}).get("text/plain", "")))


def _read(facts: dict[str, Any], card: str) -> Verdict:
    return Verdict(
        exercise=str(facts["exercise"]),
        state=str(facts.get("state", "unknown")),
        passed=facts.get("passed") is True,
        points=float(facts.get("points") or 0.0),
        max_points=float(facts.get("max_points") or 0.0),
        sentence=_sentence(str(facts.get("first_line", "")), card),
        hidden_points=float(facts.get("hidden_points") or 0.0),
    )


def _sentence(first_line: str, card: str) -> str:
    """Return a card's first line, the call that it leads to, and the diagnosis.

    Below the first line a card's details are indented; its diagnosis is not, and its
    last line is the footer.
    """
    details = card.split("\n")[1:-1]
    said = [_plain(first_line)]
    if first_line.endswith(":") and details:
        said[0] += " " + _plain(details[0]).removeprefix("call ") + "."
    said += [_plain(line) for line in details if line and not line.startswith(" ")][:1]
    return " ".join(said)


def _plain(text: str) -> str:
    """Return text as one line that a terminal shows as it is."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
