"""The pattern behind a learner's results: one rule that gives them all, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gradlab.exercises.exercise import Exercise
from gradlab.exercises.patterns.cells import cell_by_cell
from gradlab.exercises.patterns.parts import OWN_RESULT, Part, parts_of
from gradlab.exercises.patterns.places import as_formula
from gradlab.exercises.patterns.relations import (
    as_factor,
    as_move,
    as_number,
    as_step,
)
from gradlab.exercises.patterns.signs import sign_by_sign
from gradlab.exercises.patterns.slips import slip_in
from gradlab.exercises.probing import Result

# What a part is; the ways that tell most come first.
WAYS = (
    as_number,
    as_factor,
    as_formula,
    as_step,
    as_move,
    sign_by_sign,
    cell_by_cell,
)


@dataclass(frozen=True)
class Pattern:
    """What all results have in common: a name for tools, a sentence for learners.

    `drawn` is what a picture of the one wrong gradient calls it.
    """

    name: str
    sentence: str
    drawn: str = ""


def find_pattern(exercise: Exercise, results: Sequence[Result]) -> Pattern | None:
    """Return the pattern that gives every result, wrong as it is; None if none does.

    Where the result itself is wrong, the gradients behind it are not looked at.
    """
    if any(result.outcome.changes for result in results):
        return None
    slip = slip_in(results)
    if slip is not None:
        return Pattern(*slip)
    wrong = [part for part in parts_of(exercise, results) if not part.is_right]
    if wrong and wrong[0].name == "Your result":
        wrong = wrong[:1]
    found: dict[str, str] = {}
    for part in wrong:
        said = _said(part)
        if said is None:
            return None
        found[part.name] = said
    return Pattern("formula", _sentence(found), _drawn(found)) if found else None


def _said(part: Part) -> str | None:
    with np.errstate(all="ignore"):  # odd numbers make odd formulas, and no noise
        return next((said for way in WAYS if (said := way(part))), None)


def _sentence(found: Mapping[str, str]) -> str:
    """Return what all parts are; parts that are the same share their words."""
    sentences = " ".join(_sentences(found))
    if re.search(rf"gradient of .*`[^`]*\b{OWN_RESULT}\b[^`]*`", sentences):
        sentences += f" Here `{OWN_RESULT}` is your own result."
    return sentences


def _sentences(found: Mapping[str, str]) -> Iterator[str]:
    for said in dict.fromkeys(found.values()):
        first, *others = (name for name, words in found.items() if words == said)
        alike = "".join(f"; so is {name[0].lower()}{name[1:]}" for name in others)
        yield f"{first} is {said}{alike}."


def _drawn(found: Mapping[str, str]) -> str:
    (name, said), *others = found.items()
    is_drawn = not others and "gradient" in name
    return said.replace("`", "") if is_drawn else ""
