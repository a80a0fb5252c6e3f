"""`Verdict`: what a check found, as learners see it and as programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradlab.exercises.display import Shown

if TYPE_CHECKING:
    from gradlab.exercises.probing import Result


@dataclass(frozen=True, repr=False)
class Verdict(Shown):
    """What a check found: the state, the points of the probes that ran, the card.

    `state` is "not done", "unknown", "not run", "same code", "raised", "too slow",
    "changed input", "wrong type", "asked", "exited", "wrong", "borrowed", "passed",
    "interrupted", "broken" or "no such exercise". `call` is the failing call that the
    card quotes, `sentence` what the card says about it, `rule` the name of the wrong
    rule behind it; each is "" where there is none.
    """

    exercise: str = ""
    state: str = ""
    first_line: str = ""
    call: str = ""
    sentence: str = ""
    rule: str = ""
    points: float = 0.0
    max_points: float = 0.0
    hidden_points: float = 0.0
    results: tuple[Result, ...] = ()
    graded: bool = False

    @property
    def passed(self) -> bool:
        """Whether every visible probe passed, by the learner's own code."""
        return self.state == "passed"

    def __repr__(self) -> str:
        return self.plain

    @property
    def plain(self) -> str:
        """The card as text; at grading, the points as one number and nothing else."""
        return repr(float(self.points)) if self.graded else self.text

    @property
    def summary(self) -> str:
        """The verdict in one line: the first line, the call it leads to, the sentence.

        Examples
        --------
        >>> line = "3 of 5 pass. First that fails:"
        >>> Verdict("", "", first_line=line, call="f(2)", sentence="It adds.").summary
        '3 of 5 pass. First that fails: f(2). It adds.'
        """
        leads_on = self.first_line.endswith(":") and self.call
        call = f"{self.call}." if leads_on else ""
        words = (each for each in (self.first_line, call, self.sentence) if each)
        return " ".join(" ".join(words).split())

    @property
    def facts(self) -> dict[str, Any]:
        """The verdict as programs read it: kept in the output's metadata."""
        return {
            "exercise": self.exercise,
            "state": self.state,
            "passed": self.passed,
            "points": float(self.points),
            "max_points": float(self.max_points),
            "hidden_points": float(self.hidden_points),
            "first_line": self.first_line,
            "call": self.call,
            "sentence": self.sentence,
            "rule": self.rule,
            "summary": self.summary,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any], text: str = "") -> Verdict:
        """Return the verdict that an output's metadata holds; `text` is its card.

        Examples
        --------
        >>> facts = Verdict("", "", exercise="07.E2", state="passed", points=3).facts
        >>> again = Verdict.from_facts(facts)
        >>> again.exercise, again.passed, again.points
        ('07.E2', True, 3.0)
        """
        words = ("exercise", "state", "first_line", "call", "sentence", "rule")
        numbers = ("points", "max_points", "hidden_points")
        told: dict[str, Any] = {name: str(facts.get(name) or "") for name in words}
        told |= {name: float(facts.get(name) or 0.0) for name in numbers}
        return cls("", text, **told)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        shown = {"text/html": self.html, "text/plain": self.plain}
        return shown, {"gradlab": self.facts}
