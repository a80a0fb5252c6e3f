"""Say a part as formulas for where an argument is positive, 0, or negative."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gradlab.exercises.patterns.parts import OWN_RESULT, Part
from gradlab.exercises.patterns.places import Places, all_places
from gradlab.exercises.patterns.relations import is_one_number

FEWEST = 3  # places, before a formula for some signs is believed
MOST_SIGNS = 1
WORDS = (("positive", 1.0), ("0", 0.0), ("negative", -1.0))


def sign_by_sign(part: Part) -> str | None:
    """Say formulas for the signs of an argument at which something is wrong."""
    places = all_places(part)
    if places is None:
        return None
    for name, values in places.given.items():
        if name in ("d_out", OWN_RESULT) or np.isnan(values).any():
            continue
        found = _by_sign(places, name)
        if found and all(
            n >= FEWEST for at in found.values() for n in [sum(at.values())]
        ):
            return _in_words(name, found)
    return None


def _by_sign(places: Places, name: str) -> Mapping[str, Mapping[str, int]]:
    """Return for each formula the signs where it is, and at how many places.

    Nothing, if for some sign there is no formula.
    """
    found: dict[str, dict[str, int]] = {}
    for word, sign in WORDS:
        some = places.where(np.sign(places.given[name]) == sign)
        if some.is_right:
            continue
        formula = _formula(some)
        if formula is None:
            return {}
        found.setdefault(formula, {})[word] = len(some.yours)
    return found


def _formula(some: Places) -> str | None:
    if is_one_number(some.yours):
        return f"{some.yours[0] + 0.0:.4g}"  # never -0
    return some.formula(MOST_SIGNS)


def _in_words(name: str, found: Mapping[str, Mapping[str, int]]) -> str:
    said = (f"`{each}` where {name} is {' or '.join(at)}" for each, at in found.items())
    return ", and ".join(said)
