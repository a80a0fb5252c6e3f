"""A learner's numbers held against the right ones and against those of wrong rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.pictures.parts.arrays import numbers_of
from gradlab.visualization.pictures.parts.cells import shown
from gradlab.visualization.pictures.parts.grids import TensorGrid, cell_width
from gradlab.visualization.text import clean, number, shorten, size_names

CLOSE = 1e-5  # as a share: float32 and central differences are no closer
LONGEST = 420.0
ROOM = 360.0  # how wide a grid may get
WRITTEN = 12  # numbers of an input that are written out
Wrong = tuple[str, Any]  # what a wrong rule did, and the array that it gives


@dataclass(frozen=True)
class Answer:
    """What a learner's code gave: numbers, or else what it was instead."""

    array: Any = None
    instead: str = ""

    @classmethod
    def of(cls, thing: Any) -> Answer:
        """Return an answer, whatever the thing is."""
        if thing is None:
            return cls(instead="None")
        if isinstance(thing, BaseException):
            return cls(instead=raised(thing))
        found = outcome(numbers_of, thing)
        if isinstance(found, BaseException):
            text = plain(thing)
            hidden = " at 0x" in text  # an address says nothing, and changes
            return cls(instead=f"a {type(thing).__name__}" if hidden else text)
        return cls(array=found)

    def differs(self, right: Any, none_is_0: bool = True) -> list[Index] | None:
        """Return the cells that differ; None where the shape or the kind does."""
        import numpy as np

        if self.array is None:
            absent = none_is_0 and self.instead == "None" and not np.any(right)
            return [] if absent else None
        if self.array.shape != right.shape:
            return None
        wrong = ~near(self.array, right)
        return [tuple(int(i) for i in index) for index in np.argwhere(wrong)]


def raised(error: BaseException, room: float = LONGEST) -> str:
    """Return an error in one short line.

    Examples
    --------
    >>> raised(KeyError("no")), raised(ValueError())
    ("KeyError: 'no'", 'ValueError')
    """
    said = outcome(str, error)
    text = clean(said) if isinstance(said, str) else ""
    text = " ".join(text.split())
    return shorten(f"{plain(error)}: {text}" if text else plain(error), room, 16)


def near(one: Any, two: Any) -> Any:
    """Return cell by cell whether numbers agree; NaN agrees with NaN."""
    import numpy as np

    finite = np.abs(two[np.isfinite(two)])
    least = 1e-9 * float(finite.max(initial=0.0))
    with np.errstate(all="ignore"):
        return np.isclose(one, two, rtol=CLOSE, atol=least, equal_nan=True)


def same(one: Any, two: Any) -> bool:
    """Say whether two arrays agree in shape and in every cell."""
    return bool(one.shape == two.shape and near(one, two).all())


def given_rules(rules: Any, d_out: Any) -> list[Wrong]:
    """Return the arrays of a dict of wrong rules; one that raises gives nothing.

    Raises
    ------
    TypeError
        If it is no dict from sentences to arrays or functions.
    """
    if rules is None:
        return []
    if not isinstance(rules, Mapping):
        raise TypeError(
            "rules is a dict from what somebody did to what they get, such as "
            f'{{"forgot d_out": [2, 4]}}; got {plain(rules)}.'
        )
    read = [(" ".join(clean(s).split()), _made(r, d_out)) for s, r in rules.items()]
    return [(sentence, array) for sentence, array in read if array is not None]


def _made(rule: Any, d_out: Any) -> Any:
    made = rule
    if isinstance(rule, Callable):  # type: ignore[arg-type]
        made = outcome(rule, *([] if d_out is None else [d_out]))
    return Answer.of(made).array


def in_code(array: Any) -> str:
    """Return an array as Python writes lists of numbers; of a large one the shape.

    Examples
    --------
    >>> import numpy as np
    >>> in_code(np.array([[1.0], [0.5]])), in_code(np.zeros((30, 2)))
    ('= [[1], [0.5]]', 'of shape (30, 2)')
    """
    if array.size > WRITTEN:
        return f"of shape {size_names(array.shape)}"
    return f"= {_nested(array)}"


def _nested(array: Any) -> str:
    inside = ", ".join(map(_nested, array)) if array.ndim else number(array)
    return f"[{inside}]" if array.ndim else inside


def fitting(answer: Answer, right: Any, rules: Iterable[Wrong]) -> list[Wrong]:
    """Return the wrong rules that give every number of an answer, each once.

    A rule that gives what is right explains nothing, so it is left out.
    """
    if answer.array is None:
        return []
    found: dict[str, Any] = {}
    for sentence, array in rules:
        if same(array, answer.array) and not same(array, right):
            found.setdefault(sentence, array)
    return list(found.items())


def grid_for(array: Any) -> TensorGrid:
    """Return a grid for an array with cells as wide as its numbers need."""
    draft = TensorGrid(array.shape, room=ROOM)
    texts = [number(array[index]) for index in shown(draft)]
    return replace(draft, cell=(cell_width(texts), 36.0))
