"""The facts of a failing call: what was called, what was expected, what came."""

from __future__ import annotations

from typing import Any

from gradlab.exercises.arguments import named_arguments
from gradlab.exercises.card import Part, code, shapes, table
from gradlab.exercises.comparison import Parts, parts_that_differ, unwrap
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.numbers import fits, named_grids
from gradlab.exercises.probes import Formula, Raises, Value, WayBack
from gradlab.exercises.probing import Result
from gradlab.exercises.shapes import ShapeDiff, shape_diff
from gradlab.exercises.values import as_tensor, shape_of, show, show_call

LONGEST_MESSAGE = 150
WORDS = {
    "timeout": "stopped at the time limit",
    "asked": "called input()",
    "exited": "called exit",
    "killed": "the process ended",
}


def facts(first: Result, exercise: Exercise) -> list[Part]:
    """Return the failing call in a table, its numbers as grids, its shapes lined up."""
    outcome = first.outcome
    parts = [table(_change_rows(first) if outcome.changes else _rows(first))]
    grids = [] if outcome.changes else _grids(first, exercise)
    if grids:
        parts.append(named_grids(grids, _expected_value(first)))
    if outcome.error is not None and outcome.error.lines:
        lines = "\n".join(f"line {n}:  {text}" for n, text in outcome.error.lines)
        parts.append(code(lines))
    diff = shape_rows(first, exercise)
    return [*parts, shapes(diff)] if diff is not None else parts


def _expected_value(first: Result) -> Any:
    """Return what was expected; of a way back the part that is looked at."""
    parts = _parts(first)
    return parts[1] if parts else getattr(first.expected, "value", None)


def _value(first: Result) -> Any:
    parts = _parts(first)
    return parts[2] if parts else first.outcome.value


def _parts(first: Result) -> Parts | None:
    """Return what is not right of a way back: its name, the right one, and yours."""
    expected, got = getattr(first.expected, "value", None), first.outcome.value
    if isinstance(expected, WayBack) and isinstance(got, WayBack):
        return parts_that_differ(expected, got, first.probe.compare)
    return None


def _of(first: Result) -> str:
    """Return " gradient of x" where a card's "expected" means only that."""
    parts = _parts(first)
    return f" {parts[0]}" if parts else ""


def _is_right(first: Result) -> bool:
    """Whether the value is right, and something else is asked of the call."""
    asked = first.complaint is not None and first.complaint.kind == "property"
    return asked and isinstance(first.expected, Value)


def _change_rows(first: Result) -> list[tuple[str, str]]:
    change = first.outcome.changes[0]
    return [
        ("call", show_call(first.call)),
        ("before", f"{change.name} = {show(change.before)}"),
        ("after", f"{change.name} = {show(change.after)}"),
    ]


def _rows(first: Result) -> list[tuple[str, str]]:
    """Return call, expected and yours, but not what the grids show.

    Where both would read the same (two large tensors, a right value at a wrong price)
    neither is shown: the sentence below says what is wrong.
    """
    given = [(show(v), str(v)) for v in first.call.args if isinstance(v, Formula)]
    rows = [("call", show_call(first.call)), *given]
    expected, yours = unwrap(first.expected), yours_text(first)
    if _parts(first):
        expected, yours = show(_expected_value(first)), show(_value(first))
    if expected == yours or _is_right(first):
        return rows
    if not fits(_expected_value(first)):
        rows.append((f"expected{_of(first)}", expected))
    if not fits(_value(first)):
        rows.append((f"yours{_of(first)}", yours))
    return [row for row in rows if row[1]]


def _grids(first: Result, exercise: Exercise) -> list[tuple[str, Any]]:
    """Return the tensors of the call, by name, then expected and yours."""
    named = named_arguments(first.call, exercise.truth_fn).items()
    values = [
        (name, value)
        for place, (name, value) in enumerate(named)
        if place != first.call.result
    ]
    if first.call.d_out is not None:
        values.append(("d_out", as_tensor(first.call.d_out)))
    if not _is_right(first):
        values.append((f"expected{_of(first)}", _expected_value(first)))
        values.append((f"yours{_of(first)}", _value(first)))
    return [(name, value) for name, value in values if fits(value)]


def yours_text(first: Result) -> str:
    """Return what came of the learner's call, in a few words."""
    outcome, error = first.outcome, first.outcome.error
    if outcome.status == "returned":
        return show(outcome.value)
    if outcome.status not in ("raised", "not done") or error is None:
        return WORDS.get(outcome.status, outcome.status)
    if not error.message or _is_on_the_first_line(first, error.message):
        return error.type
    return f"{error.type}: {error.message}"


def _is_on_the_first_line(first: Result, message: str) -> bool:
    raised = first.complaint is not None and first.complaint.kind == "raised"
    return raised and shortened(message) == message


def shortened(message: str) -> str:
    """Return the first line; of a long one the first sentence, or its beginning."""
    line = message.strip().partition("\n")[0]
    if len(line) > LONGEST_MESSAGE:
        line = line.partition(". ")[0]
    if len(line) > LONGEST_MESSAGE:
        line = line[:LONGEST_MESSAGE].rpartition(" ")[0] + " …"
    return line


def shape_rows(first: Result, exercise: Exercise) -> ShapeDiff | None:
    """Return the shapes of arguments, expected and yours, if shapes are the matter."""
    if first.outcome.status != "returned" or first.outcome.changes:
        return None
    expected, value = _expected_value(first), _value(first)
    right, yours = shape_of(expected), shape_of(value)
    if yours is None or right == yours:
        return None
    if isinstance(expected, tuple) and not isinstance(value, (tuple, list)):
        return None  # a shape or an index, and an array that has a shape of its own
    named = named_arguments(first.call, exercise.truth_fn).items()
    arguments = [(name, shape_of(value)) for name, value in named]
    rows = [(name, shape) for name, shape in arguments if shape is not None]
    if right is not None:
        last = [(f"expected{_of(first)}", right), (f"yours{_of(first)}", yours)]
        return shape_diff([*rows, *last])
    if isinstance(first.expected, Raises):
        return shape_diff([*rows, ("yours", yours)], compare=0)
    return None
