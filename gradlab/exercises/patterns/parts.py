"""The numbers of an exercise's calls, part by part: the result, each gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.exercises.arguments import named_arguments
from gradlab.exercises.comparison import same
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.probes import ScalarSpec, TensorSpec, Value, WayBack
from gradlab.exercises.probing import Result
from gradlab.exercises.values import as_tensor, is_array

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Row:
    """What one call gave for a part, what is right, and what it was given."""

    yours: Array
    right: Array
    given: Mapping[str, Array]


@dataclass(frozen=True)
class Part:
    """One thing that calls give, a row for each: "Your result", "Your gradient of x".

    A gradient knows d_out, and the learner's own result as "out".
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
    def names(self) -> tuple[str, ...]:
        """What every call was given."""
        first, *others = (row.given for row in self.rows)
        return tuple(n for n in first if all(n in given for given in others))


def parts_of(exercise: Exercise, results: Sequence[Result]) -> list[Part]:
    """Return the parts, the result first; none if some call did not give numbers."""
    found: dict[str, list[Row]] = {}
    for result in results:
        rows = _rows(exercise, result)
        if not rows or None in rows.values():
            return []
        for name, row in rows.items():
            if row is not None:
                found.setdefault(name, []).append(row)
    return [Part(name, tuple(rows)) for name, rows in found.items()]


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
    rows = {"Your result": _row(yours.out, right.out, given)}
    d_out = {"d_out": numbers(as_tensor(result.call.d_out))}
    given = _without_none(d_out | given | {"out": numbers(yours.out)})
    if len(yours.gradients) != len(right.gradients):
        return {}
    for name, own, true in zip(yours.names, yours.gradients, right.gradients):
        rows[f"Your gradient of {name}"] = _row(own, true, given)
    return rows


def _row(yours: Any, right: Any, given: Mapping[str, Array]) -> Row | None:
    own, true = numbers(yours), numbers(right)
    if own is None or true is None or own.shape != true.shape:
        return None
    return Row(own, true, given)


def _are_items(value: Any) -> bool:
    """Say whether a value is several tensors or arrays."""
    items = value if isinstance(value, (tuple, list)) else ()
    return bool(items) and all(isinstance(each, TensorSpec) for each in items)


def _given(exercise: Exercise, result: Result) -> dict[str, Array]:
    named = named_arguments(result.call, exercise.truth_fn)
    return _without_none({name: numbers(value) for name, value in named.items()})


def _without_none(arrays: Mapping[str, Array | None]) -> dict[str, Array]:
    return {name: each for name, each in arrays.items() if each is not None}


def numbers(value: Any) -> Array | None:
    """Return the numbers of a plain value; None for what is not made of numbers."""
    match value:
        case bool():
            return None
        case int() | float():
            return np.array(float(value))
        case TensorSpec(array):
            return np.asarray(array, dtype=float)
        case ScalarSpec(number):
            return np.array(float(number))
    known = is_array(value) and value.dtype.kind in "fiu"
    return np.asarray(value, dtype=float) if known else None
