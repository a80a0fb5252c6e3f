"""Say a part of what calls gave by how it differs from what is right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradlab.exercises.comparison import same
from gradlab.exercises.patterns.parts import Array, Part

FEWEST = 3  # numbers that are not 0, before a factor is believed
MOVED: dict[str, Callable[[Array], Array]] = {
    "with its first {line} at the end": lambda a: np.roll(a, -1, axis=0),
    "with its last {line} at the front": lambda a: np.roll(a, 1, axis=0),
    "with its {line}s in the opposite order": lambda a: a[::-1],
    "with rows and columns swapped": lambda a: a.T,
}


def said_as_factor(part: Part) -> str | None:
    """Return in a sentence by which whole number a part is out, if it is by one.

    That tells more than a formula does: "2 times the right one" holds the mistake.
    """
    factor = _factor(part)
    if factor == -1:
        said = "the right one with its sign turned round"
    elif factor and _is_whole(factor):
        said = f"{factor:.0f} times the right one"
    elif factor and _is_whole(1 / factor):
        said = f"the right one divided by {1 / factor:.0f}"
    else:
        return None
    return f"{part.name} is {said}, at each place."


def _is_whole(number: float) -> bool:
    return same(float(round(number)), number)


def said_as_step(part: Part) -> str | None:
    """Return in a sentence what is added to every right number, or the odd factor."""
    yours, right = part.yours, part.right
    step = yours - right
    if step.size >= FEWEST and same(step, np.full(step.shape, step[0])):
        sign = "plus" if step[0] > 0 else "minus"
        said = f"the right one {sign} {abs(step[0]):.4g}"
        return f"{part.name} is {said}, at each place."
    factor = _factor(part)
    if factor is None:
        return None
    return f"{part.name} is {factor:.4g} times the right one, at each place."


def said_as_move(part: Part) -> str | None:
    """Return in a sentence how rows or cells stand in each other's places."""
    if not all(row.right.ndim for row in part.rows):
        return None
    line = "row" if part.rows[0].right.ndim > 1 else "cell"
    for words, move in MOVED.items():
        if all(same(move(row.right), row.yours) for row in part.rows):
            return f"{part.name} is the right one {words.format(line=line)}."
    return None


def _factor(part: Part) -> float | None:
    """Return what every right number is multiplied by, if that is one number."""
    told = part.right != 0
    if told.sum() < FEWEST or len(set(part.right[told])) < 2:
        return None
    factor = float(part.yours[told][0] / part.right[told][0])
    fits = np.isfinite(factor) and same(part.right * factor, part.yours)
    return factor if fits else None
