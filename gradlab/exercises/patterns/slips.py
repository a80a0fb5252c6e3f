"""Slips that every exercise knows: nothing returned, nothing saved, always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradlab.exercises.comparison import same
from gradlab.exercises.probes import Raises, WayBack
from gradlab.exercises.probing import LONELY, Result
from gradlab.exercises.values import is_array, is_class_name, show

FEWEST_CALLS = 3
Slip = tuple[str, str]


def slip_in(results: Sequence[Result]) -> Slip | None:
    """Return the slip behind all that is wrong, its name and its sentence, if one is.

    Examples
    --------
    >>> from gradlab.exercises.comparison import Complaint
    >>> from gradlab.exercises.probes import Outcome, Probe, Value, call
    >>> def gave(value, right):
    ...     outcome, wrong = Outcome("returned", value), Complaint("value", "")
    ...     return Result(Probe("2", call(2)), call(2), Value(right), outcome, wrong)
    >>> slip_in([gave(None, 4), gave(None, 9), gave(None, 5)])[0]
    'nothing returned'
    >>> slip_in([gave(1, 4), gave(1, 9), gave(1, 5)])
    ('always the same', 'Every call gave 1, whatever went in.')
    """
    wrong = [result for result in results if not result.passed]
    return next(_slips(results, wrong), None) if wrong else None


def _slips(results: Sequence[Result], wrong: Sequence[Result]) -> Iterator[Slip]:
    if all(_gave_none(result) or _rightly_refused(result) for result in results):
        said = "Every call that should give a value gave None: no `return` handed one "
        yield "nothing returned", said + "back."
    elif all("forward returned None" in _error(result) for result in results):
        said = "Your forward gave None: no `return` in it handed a value back."
        yield "forward returned nothing", said
    elif all(map(_backward_gave_none, wrong)):
        said = "Your backward gave None, which counts as no gradient: nothing arrives. "
        yield "backward returned nothing", said + "No `return` handed one back."
    elif all(map(_found_nothing_saved, wrong)):
        said = "Your backward asked `ctx.saved_values` for what forward did not save: "
        yield "nothing saved", said + "nothing was in it."
    elif all(map(_refused_what_is_right, results)):
        said = "Your code refuses every call: each ran into its `raise`, also where "
        yield "refuses all", said + "a value was asked for."
    elif _always_the_same(results):
        value = show(results[0].outcome.value)
        yield "always the same", f"Every call gave {value}, whatever went in."


def _gave_none(result: Result) -> bool:
    return result.outcome.status == "returned" and result.outcome.value is None


def _rightly_refused(result: Result) -> bool:
    refused = result.outcome.status == "raised" and isinstance(result.expected, Raises)
    return refused and result.complaint in (None, LONELY)


def _error(result: Result) -> str:
    error = result.outcome.error
    return error.message if result.outcome.status == "raised" and error else ""


def _backward_gave_none(result: Result) -> bool:
    value = result.outcome.value
    if isinstance(value, WayBack):
        return value.gradients == (None,) and is_class_name(result.call.target)
    return "backward returned None" in _error(result)


def _found_nothing_saved(result: Result) -> bool:
    error = result.outcome.error
    if result.outcome.status != "raised" or error is None or not error.lines:
        return False
    if "got 0)" in error.message:  # too few values to unpack
        return bool(re.search(r"= *ctx\.saved_(values|tensors) *$", error.lines[-1][1]))
    first = re.search(r"ctx\.saved_(values|tensors)\[0\]", error.lines[-1][1])
    return first is not None and error.type == "IndexError"


def _refused_what_is_right(result: Result) -> bool:
    error = result.outcome.error
    return bool(error and error.lines and error.lines[-1][1].startswith("raise "))


def _always_the_same(results: Sequence[Result]) -> bool:
    """Say whether many different answers were asked for, and one was given."""
    first, *others = (result.outcome.value for result in results)
    if len(results) < FEWEST_CALLS or isinstance(first, WayBack) or is_array(first):
        return False
    back = all(result.outcome.status == "returned" for result in results)
    asked = {repr(result.expected) for result in results}
    return back and len(asked) >= FEWEST_CALLS and all(same(first, v) for v in others)
