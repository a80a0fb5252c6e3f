"""The pattern behind a learner's results: one rule that gives them all, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradlab.exercises.exercise import Exercise
from gradlab.exercises.patterns.formulas import (
    said_as_formula,
    said_cell_by_cell,
    said_sign_by_sign,
)
from gradlab.exercises.patterns.parts import Part, parts_of
from gradlab.exercises.patterns.relations import (
    said_as_factor,
    said_as_move,
    said_as_step,
)
from gradlab.exercises.patterns.slips import slip_in
from gradlab.exercises.probing import Result

WAYS = (  # to say a part, those that tell most first
    said_as_factor,
    said_as_formula,
    said_as_step,
    said_as_move,
    said_sign_by_sign,
    said_cell_by_cell,
)


@dataclass(frozen=True)
class Pattern:
    """What all results have in common: a name for tools, a sentence for learners."""

    name: str
    sentence: str


def find_pattern(exercise: Exercise, results: Sequence[Result]) -> Pattern | None:
    """Return the pattern that gives every result, wrong as it is; None if none does."""
    slip = slip_in(results)
    if slip is not None:
        return Pattern(*slip)
    wrong = [part for part in parts_of(exercise, results) if not part.is_right]
    said = [_said(part) for part in wrong]
    if not said or None in said:
        return None
    return Pattern("formula", " ".join(filter(None, said)))


def _said(part: Part) -> str | None:
    return next((said for way in WAYS if (said := way(part))), None)
