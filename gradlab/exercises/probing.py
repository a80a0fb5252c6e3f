"""Run an exercise's probes on somebody's code, and judge each."""

from __future__ import annotations

import builtins
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gradlab.exercises.callers import Caller, LocalCaller
from gradlab.exercises.comparison import Complaint, judge
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.probes import (
    Call,
    ErrorInfo,
    Expected,
    Outcome,
    Probe,
    Property,
    Raises,
    Value,
    WayBack,
)

MOST_TIMEOUTS = 3
LONELY = Complaint("lonely", "counts only beside a right value")


class CheckBrokenError(RuntimeError):
    """The check itself failed: a probe, or the right answer, does not run."""


@dataclass(frozen=True)
class Result:
    """One probe, its call, what was expected, what came, and what is wrong with it."""

    probe: Probe
    call: Call
    expected: Expected
    outcome: Outcome
    complaint: Complaint | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return self.complaint is None


def seed_of(exercise: Exercise, probe: Probe) -> int:
    """Return the seed that gives a visible probe the same numbers every time."""
    return zlib.crc32(f"{exercise.id} {probe.name}".encode())


def run_probes(
    exercise: Exercise,
    caller: Caller,
    probes: Iterable[Probe] | None = None,
    *,
    secret: int | None = None,
) -> list[Result]:
    """Return one result for each probe, in order; `secret` varies the random ones.

    After Ctrl-C, and after three calls that did not come back, the rest is not run.
    """
    results: list[Result] = []
    for probe in exercise.visible if probes is None else probes:
        call = _call_of(exercise, probe, secret)
        expected = expectation(exercise, probe, call)
        over = _is_over(results)
        outcome = Outcome("not run") if over else caller.run(call)
        complaint = _complaint(probe, expected, outcome)
        results.append(Result(probe, call, expected, outcome, complaint))
    return _only_beside_values(results)


def _call_of(exercise: Exercise, probe: Probe, secret: int | None) -> Call:
    import numpy as np

    seed = seed_of(exercise, probe)
    rng = np.random.default_rng(seed if secret is None else [secret, seed])
    return probe.call(rng).on(exercise.name)


def _is_over(results: Sequence[Result]) -> bool:
    stati = [result.outcome.status for result in results]
    return "interrupted" in stati or stati.count("timeout") >= MOST_TIMEOUTS


def _complaint(probe: Probe, expected: Expected, outcome: Outcome) -> Complaint | None:
    found = judge(expected, outcome, probe.compare)
    if found is None and probe.also is not None:
        said = probe.also(outcome)
        return Complaint("property", said) if said else None
    return found


def _only_beside_values(results: list[Result]) -> list[Result]:
    """Let "must raise" count only where at least one value was right."""
    wants_value = [not isinstance(result.expected, Raises) for result in results]
    if not any(wants_value) or any(
        result.passed for result, value in zip(results, wants_value) if value
    ):
        return results
    return [replace(each, complaint=each.complaint or LONELY) for each in results]


# -------------------- what is right --------------------


def expectation(exercise: Exercise, probe: Probe, call: Call) -> Expected:
    """Return what the probe expects of this call; by default what the truth does.

    Raises
    ------
    CheckBrokenError
        If the truth does not give an answer.
    """
    match probe.expect:
        case None:
            return _truth(exercise, call)
        case Value() | Raises() | Property():
            return probe.expect
        case function:
            return function(call)


def _truth(exercise: Exercise, call: Call) -> Expected:
    plain = replace(call, measure=frozenset())
    caller = LocalCaller({call.target: exercise.truth_fn}, seconds=60.0)
    outcome = caller.run(plain)
    if outcome.status == "returned":
        value = outcome.value
        if isinstance(value, WayBack) and len(value.names) != len(value.gradients):
            raise CheckBrokenError(f"{exercise.id}: d_out does not fit the result")
        return Value(value)
    if outcome.status == "raised" and outcome.error is not None:
        return Raises(_builtin_name(outcome.error), exercise.errors)
    if outcome.status == "interrupted":
        raise KeyboardInterrupt
    raise CheckBrokenError(f"the right answer of {exercise.id}: {outcome.status}")


def _builtin_name(error: ErrorInfo) -> str:
    return next((base for base in error.bases if hasattr(builtins, base)), error.type)


def earned(exercise: Exercise, results: Sequence[Result]) -> float:
    """Return the points of the probes that passed, between 0 and all.

    Values that another function computed earn nothing.
    """
    own = [each for each in results if not each.outcome.facts.get("borrowed")]
    points = sum(exercise.points_of(each.probe) for each in own if each.passed)
    return round(float(min(max(points, 0.0), exercise.points)), 6)
