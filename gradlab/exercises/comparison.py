"""Is this what was expected? If not, what exactly is different, in one sentence."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

from gradlab.exercises.probes import (
    Compare,
    Expected,
    Opaque,
    Outcome,
    Property,
    Raises,
    ScalarSpec,
    TensorSpec,
    Value,
    WayBack,
)
from gradlab.exercises.values import digits_for, is_array, show, show_numbers

TOLERANCE = 1e-6
LONGEST_PRINT = 40
Parts = tuple[str, Any, Any]
KIND_WORDS = {
    "TensorSpec": "tensor",
    "ScalarSpec": "Scalar",
    "ndarray": "NumPy array",
    "NoneType": "None",
}


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an outcome: its kind ("type", "value", ...) and a sentence."""

    kind: str
    sentence: str


# -------------------- an outcome against what was expected --------------------


def judge(expected: Expected, outcome: Outcome, how: Compare) -> Complaint | None:
    """Return what is wrong with an outcome, or None."""
    if outcome.status not in ("returned", "raised"):
        return _unfinished(outcome)
    if isinstance(expected, Raises):
        return _judge_error(expected, outcome)
    if outcome.status == "raised":
        error = outcome.error
        name, message = (error.type, error.message) if error else ("an error", "")
        return Complaint("raised", f"raised {name}" + (message and f": {message}"))
    if outcome.changes:
        change = outcome.changes[0]
        return Complaint(
            "changed",
            f"You changed {change.name}; the caller still needs it. "
            f"It was {show(change.before)}, now it is {show(change.after)}.",
        )
    if isinstance(expected, Property):
        said = expected.demand(outcome)
        return Complaint("property", said) if said else None
    found = compare(expected.value, outcome.value, how)
    if found is not None and found.kind == "type" and outcome.value is None:
        wanted = _return_word(expected.value)
        return Complaint(
            "type", f"Your function {_came_back(outcome)}; return {wanted}"
        )
    return found


def _came_back(outcome: Outcome) -> str:
    """Return "returned None", with what was printed instead of returned."""
    printed = outcome.printed.replace("`", "'").rstrip().rpartition("\n")[2]
    if printed[:1].isspace():  # the end of something printed on several lines
        printed = " ".join(outcome.printed.replace("`", "'").split())
    if outcome.value is not None or not printed:
        return f"returned {show(outcome.value)}"
    short = (
        printed if len(printed) <= LONGEST_PRINT else printed[:LONGEST_PRINT] + "..."
    )
    return f"printed `{short}` and returned None"


SENTENCES = {
    "timeout": "it did not come back in time and was stopped",
    "killed": "the process ended, or memory ran out",
    "exited": "it tried to leave Python: a function returns a value, it does not exit",
    "asked": "it called input(): a check cannot type, so use the arguments instead",
    "not done": "it raised NotImplementedError: this part is not done yet",
    "missing": "it is not defined",
    "interrupted": "stopped by you",
    "not run": "not run: too many calls before it did not come back",
}


def _unfinished(outcome: Outcome) -> Complaint:
    return Complaint(outcome.status, SENTENCES[outcome.status])


def _judge_error(expected: Raises, outcome: Outcome) -> Complaint | None:
    if outcome.status == "raised" and outcome.error is not None:
        if expected.error in outcome.error.bases:
            return None
        said = f"Your function raised {outcome.error.type}; {expected}"
        return Complaint("error", said)
    return Complaint("no error", f"Your function {_came_back(outcome)}; {expected}")


# -------------------- a value against the right one --------------------


def same(one: Any, other: Any) -> bool:
    """Say whether two plain values are the same: type, shape, and every number.

    Examples
    --------
    >>> same((1, 2), (1, 2)), same((1, 2), [1, 2]), same(float("nan"), float("nan"))
    (True, False, True)
    """
    return compare(one, other) is None


def compare(expected: Any, got: Any, how: Compare = "same") -> Complaint | None:
    """Return how `got` differs from `expected`, or None.

    Examples
    --------
    >>> compare((3, 4), [3, 4]).sentence
    '[3, 4] is a list; return a tuple'
    >>> compare((3, 4), (3, 1)).kind
    'value'
    """
    if callable(how) and (got is not None or expected is None):
        said = how(expected, got)
        return Complaint("value", said) if said else None
    if isinstance(expected, WayBack) and isinstance(got, WayBack):
        return _way_back_complaint(expected, got, how)
    if how == "numbers":
        expected, got = _as_numbers(expected), _as_numbers(got)
    return _type_complaint(expected, got) or _value_complaint(expected, got)


def parts_that_differ(expected: WayBack, got: WayBack, how: Compare) -> Parts | None:
    """Return what differs first: "result" or "gradient of x", right, and yours."""
    if compare(expected.out, got.out, how) is not None:
        return "result", expected.out, got.out
    for k, (right, yours) in enumerate(zip(expected.gradients, got.gradients)):
        if compare(right, yours, how) is not None:
            return f"gradient of {got.names[k]}", right, yours
    return None


def _way_back_complaint(
    expected: WayBack, got: WayBack, how: Compare
) -> Complaint | None:
    parts = parts_that_differ(expected, got, how)
    if parts is None:
        return None
    name, right, yours = parts
    found = compare(right, yours, how)
    assert found is not None
    if name == "result":
        said = f"The result itself is not right: {found.sentence}"
        return found if found.kind == "type" else Complaint("way back", said)
    said = found.sentence if yours is not None else "it is None, nothing arrived there"
    return Complaint("way back", f"The {name} is not right: {said}")


def _as_numbers(value: Any) -> Any:
    import numpy as np

    raw = getattr(value, "array", getattr(value, "value", value))
    try:
        return np.asarray(raw, dtype=float)
    except (TypeError, ValueError):
        return value


def _type_complaint(expected: Any, got: Any) -> Complaint | None:
    if _kind(expected) == _kind(got):
        return _inner_type_complaint(expected, got)
    if type(expected) is float and type(got) is int:
        return None
    wanted = _return_word(expected)
    if got is None:
        return Complaint("type", f"Your function returned None; return {wanted}")
    text, kind = show(got), _a(_word(got))
    if text == kind:  # a generator, a function: there is nothing more to show
        said = f"Your function returned {kind}"
    elif text[:1].islower():
        said = f"Your function returned {text}, {kind}"
    else:
        said = f"{text} is {kind}"
    return Complaint("type", f"{said}; return {wanted}")


def _inner_type_complaint(expected: Any, got: Any) -> Complaint | None:
    if not isinstance(expected, (tuple, list)) or len(expected) != len(got):
        return None
    for k, (right, yours) in enumerate(zip(expected, got)):
        if _type_complaint(right, yours) is not None:
            where = f" of {show(got)}" if len(show(got)) < 60 else ""
            kind = "None" if yours is None else f"{show(yours)}, {_a(_word(yours))}"
            said = f"Item {k}{where} is {kind}; it must be {_return_word(right)}"
            return Complaint("type", said)
    return None


def _kind(value: Any) -> str:
    return f"Opaque {value.type}" if isinstance(value, Opaque) else type(value).__name__


def _word(value: Any) -> str:
    name = value.type if isinstance(value, Opaque) else type(value).__name__
    return KIND_WORDS.get(name, name)


def _return_word(value: Any) -> str:
    if isinstance(value, bool):
        return "True or False"
    return "None" if value is None else _a(_word(value))


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _value_complaint(expected: Any, got: Any) -> Complaint | None:
    if isinstance(expected, TensorSpec) or is_array(expected):
        return _array_complaint(expected, got)
    if _equal(expected, got):
        return None
    return Complaint("value", f"expected {show(expected)}, yours {show(got)}")


def _equal(expected: Any, got: Any) -> bool:
    if isinstance(expected, TensorSpec) or is_array(expected):
        return same(expected, got)
    if isinstance(expected, ScalarSpec):
        return _close(expected.value, got.value)
    if isinstance(expected, (tuple, list)):
        return len(expected) == len(got) and all(map(_equal, expected, got))
    if isinstance(expected, dict):
        return expected.keys() == got.keys() and all(
            same(expected[key], got[key]) for key in expected
        )
    if isinstance(expected, float):
        return _close(expected, got)
    return bool(expected == got)


def _close(expected: float, got: float) -> bool:
    if abs(got) > sys.float_info.max:  # a whole number that no float can hold
        return expected == got
    if math.isnan(expected) or math.isinf(expected):
        return expected == got or (math.isnan(expected) and math.isnan(got))
    return abs(expected - got) <= TOLERANCE * max(1.0, abs(expected))


def _array_complaint(expected: Any, got: Any) -> Complaint | None:
    import numpy as np

    right = np.asarray(getattr(expected, "array", expected), dtype=float)
    yours = np.asarray(getattr(got, "array", got), dtype=float)
    if right.shape != yours.shape:
        return Complaint("shape", f"expected shape {right.shape}, yours {yours.shape}")
    scale = np.maximum(1.0, np.abs(np.where(np.isfinite(right), right, 1.0)))
    with np.errstate(invalid="ignore"):
        near = np.abs(right - yours) <= TOLERANCE * scale
    wrong = ~(near | (right == yours) | (np.isnan(right) & np.isnan(yours)))
    if not wrong.any():
        return None
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    one, other = float(right[where]), float(yours[where])
    digits = digits_for(one, other)
    said = f"expected {show_numbers(one, digits)}, yours {show_numbers(other, digits)}"
    if right.size > 1:
        differ = f"{int(wrong.sum())} of {right.size} numbers differ"
        said = f"{differ}; first at index {where}: {said}"
    return Complaint("value", said)


def unwrap(expected: Expected) -> Any:
    """Return what the card shows as expected: the value, or the error's type."""
    match expected:
        case Value(value):
            return show(value)
        case Raises(error):
            return error
    return expected.says
