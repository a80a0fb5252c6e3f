"""The ladder of hints: three rungs, each inside the one before."""

from __future__ import annotations

from gradlab.exercises.card import Part, fold, prose
from gradlab.exercises.exercise import Hints

RUNGS = ("Hint 1: where to look", "Hint 2: the idea", "Hint 3: a neighbour, worked out")


def ladder(hints: Hints | None) -> tuple[Part, ...]:
    """Return the hints as nested folds; the second opens only inside the first.

    Examples
    --------
    >>> (part,) = ladder(Hints("Look at 3.", "Twice is x + x.", "Thrice is 3 * x."))
    >>> part.html.count("<details"), part.html.index("Look") < part.html.index("Twice")
    (3, True)
    """
    if hints is None:
        return ()
    inner: tuple[Part, ...] = ()
    for title, text in reversed(list(zip(RUNGS, hints))):
        inner = (fold(title, prose(text), *inner, kind="gl-hint"),)
    return inner
