"""Say a part of what calls gave by how it differs from what is right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradlab.exercises.comparison import TOLERANCE, same
from gradlab.exercises.patterns.parts import Part
from gradlab.exercises.patterns.terms import Array
from gradlab.exercises.values import digits_for, show_numbers

MOST_PARTS = 1000
FEWEST = 3  # numbers that are not 0, before a factor is believed
MOVED: dict[str, Callable[[Array], Array]] = {
    "with its first {line} at the end": lambda a: np.roll(a, -1, axis=0),
    "with its last {line} at the front": lambda a: np.roll(a, 1, axis=0),
    "with its {line}s in the opposite order": lambda a: a[::-1],
    "with rows and columns swapped": lambda a: a.T if a.ndim == 2 else a,
}


def as_factor(part: Part) -> str | None:
    """Say by which whole number a part is out: "2 times the right one".

    That tells more than a formula does: it holds the mistake.
    """
    factor = _factor(part)
    if factor is None or factor == 0:
        return None
    if _is_near(factor, -1):
        return f"the right one with its sign turned round{part.everywhere}"
    if abs(round(factor)) > 1 and _is_near(factor, round(factor)):
        return f"{factor:.0f} times the right one{part.everywhere}"
    parts = round(1 / factor)
    if 1 < parts <= MOST_PARTS and _is_near(1 / factor, parts):
        return f"the right one divided by {parts}{part.everywhere}"
    return None


def _is_near(factor: float, whole: float) -> bool:
    return abs(factor - whole) <= TOLERANCE * abs(whole)


def as_number(part: Part) -> str | None:
    """Say the one number that stands everywhere."""
    if part.yours.size < FEWEST or not is_one_number(part.yours):
        return None
    return f"{part.yours[0] + 0.0:.4g}{part.everywhere}"  # never -0


def is_one_number(numbers: Array) -> bool:
    """Say whether all numbers are the same."""
    return same(numbers, np.full(numbers.shape, numbers[0]))


def as_step(part: Part) -> str | None:
    """Say what is added to every right number, or the odd factor of all."""
    step = part.yours - part.right
    if step.size >= FEWEST and np.isfinite(step).all() and is_one_number(step):
        sign = "plus" if step[0] > 0 else "minus"
        return f"the right one {sign} {abs(step[0]):.4g}{part.everywhere}"
    factor = _factor(part)
    if factor is None:
        return None
    digits = digits_for(factor, 1.0)  # enough to tell it from 1
    shown = show_numbers(factor, digits)
    return f"{shown} times the right one{part.everywhere}"


def as_move(part: Part) -> str | None:
    """Say how rows or cells stand in each other's places."""
    ranks = {row.right.ndim for row in part.rows}
    if len(ranks) > 1 or ranks == {0}:
        return None
    line = "cell" if ranks == {1} else "row"
    for words, move in MOVED.items():
        if all(same(move(row.right), row.yours) for row in part.rows):
            return f"the right one {words.format(line=line)}"
    return None


def _factor(part: Part) -> float | None:
    """Return what every right number is multiplied by, if that is one number."""
    told = part.right != 0
    if told.sum() < FEWEST or len(set(part.right[told])) < 2:
        return None
    factor = float(part.yours[told][0] / part.right[told][0])
    fits = np.isfinite(factor) and same(part.right * factor, part.yours)
    return factor if fits else None
