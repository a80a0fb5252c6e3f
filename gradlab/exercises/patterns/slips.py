"""Slips that every exercise knows: nothing returned, nothing saved, always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gradlab.exercises.comparison import same
from gradlab.exercises.patterns.parts import rightly_refused
from gradlab.exercises.probes import Opaque, TensorSpec, WayBack
from gradlab.exercises.probing import Result
from gradlab.exercises.values import is_array, is_class_name, show

FEWEST_CALLS = 3
TAKEN = r"= *ctx\.saved_(?:values|tensors)(\[0\])? *(?:#.*)?$"
WITHOUT_A_RETURN = "without a `return`, or the `return` handed back a None."
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
    ('always the same', 'Each of the 3 calls gave 1, whatever went in.')
    """
    wrong = [each for each in results if not each.passed and not rightly_refused(each)]
    return next(_slips(results, wrong), None) if wrong else None


def _slips(results: Sequence[Result], wrong: Sequence[Result]) -> Iterator[Slip]:
    ways = [result for result in results if result.call.verb == "vjp"]
    if _returned_nothing(results, wrong):
        said = "Every call that should give a value gave None: it came to its end "
        yield "nothing returned", said + WITHOUT_A_RETURN
    elif all("forward returned None" in _error(result) for result in results):
        said = "Your forward gave None: it came to its end "
        yield "forward returned nothing", said + WITHOUT_A_RETURN
    elif all(map(_backward_gave_none, wrong)):
        where = "" if all(map(_backward_gave_none, ways)) else " in some of the calls"
        said = f"Your backward gave None{where}: it came to its end "
        yield "backward returned nothing", said + WITHOUT_A_RETURN
    elif taken := _takes_what_is_not_saved(wrong):
        yield "not saved", taken
    elif all(map(_ran_into_its_raise, results)):
        said = "Your code refuses every call: each ran into its `raise`, also where "
        yield "refuses all", said + "a value was asked for."
    elif _always_the_same(results):
        value = show(results[0].outcome.value)
        said = f"Each of the {len(results)} calls gave {value}, whatever went in."
        yield "always the same", said


def _returned_nothing(results: Sequence[Result], wrong: Sequence[Result]) -> bool:
    asked = all(getattr(each.expected, "value", None) is not None for each in wrong)
    return asked and all(_gave_none(e) or rightly_refused(e) for e in results)


def _gave_none(result: Result) -> bool:
    value = result.outcome.value
    value = value.out if isinstance(value, WayBack) else value
    returned = result.outcome.status == "returned" and result.call.result is None
    return returned and value is None


def _error(result: Result) -> str:
    error = result.outcome.error
    return error.message if result.outcome.status == "raised" and error else ""


def _backward_gave_none(result: Result) -> bool:
    value = result.outcome.value
    if isinstance(value, WayBack):
        return value.gradients == (None,) and is_class_name(result.call.target)
    return "backward returned None" in _error(result)


def _takes_what_is_not_saved(wrong: Sequence[Result]) -> str | None:
    """Say how many values backward takes out of ctx, if there are fewer of them."""
    numbers = {_taken_and_saved(result) for result in wrong}
    found = numbers.pop()
    if numbers or found is None:
        return None
    taken = "1 value" if found[0] == "1" else f"{found[0]} values"
    there = {"0": "there is none", "1": "there is 1"}.get(found[1])
    return (
        f"Your backward takes {taken} out of `ctx.saved_values`, and "
        f"{there or f'there are {found[1]}'}: it holds what the last "
        "`ctx.save_for_backward` was given."
    )


def _taken_and_saved(result: Result) -> tuple[str, str] | None:
    error = result.outcome.error
    if result.outcome.status != "raised" or error is None or not error.lines:
        return None
    line = re.search(TAKEN, error.lines[-1][1])
    if line and line[1]:
        is_empty = error.message == "tuple index out of range"
        return ("1", "0") if is_empty else None
    found = re.search(r"expected (\d+), got (\d+)", error.message)
    return (found[1], found[2]) if line and found else None


def _ran_into_its_raise(result: Result) -> bool:
    error = result.outcome.error if result.outcome.status == "raised" else None
    return bool(error and error.lines and error.lines[-1][1].startswith("raise "))


def _always_the_same(results: Sequence[Result]) -> bool:
    """Say whether many different answers were asked for, and one was given.

    Only of what can be seen and compared whole: numbers in tensors have formulas, a
    generator hides what it holds, an argument may have been left as it came.
    """
    first, *others = (result.outcome.value for result in results)
    hidden = isinstance(first, (WayBack, TensorSpec, Opaque)) or is_array(first)
    if hidden or len(results) < FEWEST_CALLS or results[0].call.result is not None:
        return False
    back = all(result.outcome.status == "returned" for result in results)
    asked = {repr(result.expected) for result in results}
    return back and len(asked) >= FEWEST_CALLS and all(same(first, v) for v in others)
