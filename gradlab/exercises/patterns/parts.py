"""The numbers of an exercise's calls, part by part: the result, each gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.exercises.arguments import named_arguments
from gradlab.exercises.comparison import same
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.patterns.terms import Array
from gradlab.exercises.probes import Raises, TensorSpec, Value, WayBack
from gradlab.exercises.probing import LONELY, Result
from gradlab.exercises.values import as_tensor, is_array

OWN_RESULT = "out"  # what a formula calls the learner's own result


@dataclass(frozen=True)
class Row:
    """What one call gave for a part, what is right, and what it was given."""

    yours: Array
    right: Array
    given: Mapping[str, Array]


@dataclass(frozen=True)
class Part:
    """One thing that calls give, a row for each: "Your result", "Your gradient of x".

    A gradient knows d_out, and the learner's own result.
    """

    name: str
    rows: tuple[Row, ...]

    @property
    def yours(self) -> Array:
        """The numbers of every call, one after the other."""
        return np.concatenate([row.yours.ravel() for row in self.rows])

    @property
    def right(self) -> Array:
        """The right numbers of every call, one after the other."""
        return np.concatenate([row.right.ravel() for row in self.rows])

    @property
    def is_right(self) -> bool:
        """Whether all its numbers are."""
        return all(same(row.right, row.yours) for row in self.rows)

    @property
    def everywhere(self) -> str:
        """Where something is said of all its numbers."""
        one_number = all(row.yours.size == 1 for row in self.rows)
        return " each time" if one_number else " in every cell"

    @property
    def names(self) -> tuple[str, ...]:
        """What every call was given."""
        first, *others = (row.given for row in self.rows)
        return tuple(n for n in first if all(n in given for given in others))


def parts_of(exercise: Exercise, results: Sequence[Result]) -> list[Part]:
    """Return the parts, the result first; none if some call did not give numbers.

    Calls that were to be refused, and were, are left out.
    """
    found: dict[str, list[Row]] = {}
    for result in results:
        if rightly_refused(result):
            continue
        rows = {} if callable(result.probe.compare) else _rows(exercise, result)
        if not rows or None in rows.values():
            return []
        for name, row in rows.items():
            if row is not None:
                found.setdefault(name, []).append(row)
    return [Part(name, tuple(rows)) for name, rows in found.items()]


def rightly_refused(result: Result) -> bool:
    """Whether a call raised what it was to raise."""
    refused = result.outcome.status == "raised" and isinstance(result.expected, Raises)
    return refused and result.complaint in (None, LONELY)


def _rows(exercise: Exercise, result: Result) -> dict[str, Row | None]:
    """Return the parts of one call; None for one without numbers to compare."""
    if not isinstance(result.expected, Value) or result.outcome.status != "returned":
        return {}
    yours = result.outcome.value
    right = yours if result.passed else result.expected.value
    given = _given(exercise, result)
    if isinstance(right, WayBack) and isinstance(yours, WayBack):
        return _rows_of_way(result, yours, right, given)
    if _are_items(right) and _are_items(yours) and len(right) == len(yours):
        pairs = enumerate(zip(yours, right))
        return {f"Item {k} of your result": _row(*two, given) for k, two in pairs}
    return {"Your result": _row(yours, right, given)}


def _rows_of_way(
    result: Result, yours: WayBack, right: WayBack, given: dict[str, Array]
) -> dict[str, Row | None]:
    """Return the result and the gradients; none if the learner has other names."""
    rows = {"Your result": _row(yours.out, right.out, given)}
    d_out = {"d_out": numbers(as_tensor(result.call.d_out))}
    own = {} if OWN_RESULT in given else {OWN_RESULT: numbers(yours.out)}
    given = _without_none(d_out | given | own)
    pairs = list(zip(yours.gradients, right.gradients))
    if yours.names != right.names or len(pairs) != len(right.names):
        return {}
    for name, (one, other) in zip(right.names, pairs):
        rows[f"Your gradient of {name}"] = _row(one, other, given)
    return rows


def _row(yours: Any, right: Any, given: Mapping[str, Array]) -> Row | None:
    own, true = numbers(yours), numbers(right)
    if own is None or true is None or own.shape != true.shape:
        return None
    return Row(own, true, given)


def _are_items(value: Any) -> bool:
    """Say whether a value is several tensors or arrays."""
    items = value if isinstance(value, (tuple, list)) else ()
    return bool(items) and all(isinstance(i, TensorSpec) or is_array(i) for i in items)


def _given(exercise: Exercise, result: Result) -> dict[str, Array]:
    named = named_arguments(result.call, exercise.truth_fn)
    return _without_none({name: numbers(value) for name, value in named.items()})


def _without_none(arrays: Mapping[str, Array | None]) -> dict[str, Array]:
    return {name: each for name, each in arrays.items() if each is not None}


def numbers(value: Any) -> Array | None:
    """Return the numbers of a plain value; None for what is not made of numbers.

    A list of numbers is one; a tuple is a shape or an index, and has no formula.
    """
    held = getattr(value, "array", getattr(value, "value", value))
    items = held if isinstance(held, list) else [held]
    if not all(is_array(i) or type(i) in (int, float) for i in items):
        return None
    try:
        array = np.asarray(held)
        return array.astype(float) if array.dtype.kind in "fiu" else None
    except (ValueError, OverflowError):
        return None
