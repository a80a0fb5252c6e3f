"""What is right on calls that no probe makes: is a mutant equal, or was it missed.

A call of the reference has numbers of its own, and often another shape, another
option, another sign. It counts where the solution and every right variant agree on it:
they were written in different ways, so what they agree on is what the task asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.comparison import judge
from gradlab.exercises.diagnosis import agree
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.probes import (
    Call,
    Formula,
    Outcome,
    Probe,
    Raises,
    ScalarSpec,
    TensorSpec,
    Value,
)
from gradlab.exercises.probing import run_probes, seed_of
from gradlab.exercises.values import show_call

SEEDS = 20
SECONDS = 1.0


@dataclass(frozen=True)
class Case:
    """A call, and what the solution makes of it."""

    probe: Probe
    call: Call
    right: Outcome

    def fits(self, outcome: Outcome) -> bool:
        """Say whether another outcome is as right."""
        return _alike(self.probe, self.right, outcome)


@dataclass(frozen=True)
class Reference:
    """The reference of one exercise; `solution` is what its answer cell defines."""

    exercise: Exercise
    solution: Mapping[str, Any]

    def difference(self, names: Mapping[str, Any]) -> str | None:
        """Return a call on which these names are not right, or None."""
        exercise = self.exercise
        caller = LocalCaller(names, SECONDS)
        fresh = [each for each in exercise.probes if callable(each.make)]
        fresh = [each for each in fresh if not _measures(exercise, each)]
        for seed in range(SEEDS):
            for result in run_probes(exercise, caller, fresh, secret=seed):
                if not result.passed:
                    return show_call(result.call)
        for case in self.cases:
            if not case.fits(caller.run(case.call)):
                return show_call(case.call)
        return None

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Calls like the probes', stirred, on which all right ways agree."""
        return tuple(self._agreed())

    def _agreed(self) -> Iterator[Case]:
        exercise = self.exercise
        solution = LocalCaller(self.solution, SECONDS)
        others = [
            LocalCaller({exercise.name: each.fn}, SECONDS) for each in exercise.variants
        ]
        refused = {
            expect.error
            for each in exercise.probes
            if isinstance(expect := each.expect, Raises)
        }
        for probe, call in _stirred_calls(exercise):
            right = solution.run(call)
            if not _counts(right, refused or _refusals(exercise)):
                continue
            if all(_alike(probe, right, other.run(call)) for other in others):
                yield Case(probe, call, right)


def _refusals(exercise: Exercise) -> set[str]:
    return {"ValueError"} if exercise.errors else set()


def _counts(outcome: Outcome, refused: set[str]) -> bool:
    """Say whether a task asks for it: for a value, or for this error."""
    if outcome.status == "raised" and outcome.error is not None:
        return bool(refused & set(outcome.error.bases))
    return outcome.status == "returned"


def _alike(probe: Probe, right: Outcome, other: Outcome) -> bool:
    if right.status == "returned":
        return judge(Value(right.value), other, probe.compare) is None
    return agree(right, other)


def _measures(exercise: Exercise, probe: Probe) -> bool:
    rng = np.random.default_rng(seed_of(exercise, probe))
    return bool(probe.call(rng).measure)


# -------------------- stirred calls --------------------


def _stirred_calls(exercise: Exercise) -> Iterator[tuple[Probe, Call]]:
    for probe in exercise.probes:
        for seed in range(SEEDS):
            rng = np.random.default_rng([seed, seed_of(exercise, probe)])
            call = probe.call(rng).on(exercise.name)
            if call.measure:
                break
            yield probe, stirred_call(call, rng)


def stirred_call(call: Call, rng: np.random.Generator) -> Call:
    """Return a call of the same kind with other numbers in it.

    Examples
    --------
    >>> from gradlab.exercises.probes import call
    >>> stirred_call(call((4, 3), 2.0), np.random.default_rng(0)).args != ((4, 3), 2.0)
    True
    """
    return replace(
        call,
        args=tuple(stirred(each, rng) for each in call.args),
        kwargs={name: stirred(each, rng) for name, each in call.kwargs.items()},
        d_out=None if call.d_out is None else stirred(call.d_out, rng),
    )


def stirred(value: Any, rng: np.random.Generator) -> Any:
    """Return a value of the same kind: other numbers, now and then another length."""
    match value:
        case bool():
            return bool(rng.random() < 0.5)
        case int():
            return max(value + int(rng.integers(-1, 3)), min(value, 0))
        case float():
            return float(rng.choice([rng.normal(), value, -value, 0.0, 1.0]))
        case tuple() | list():
            return _stirred_items(value, rng)
        case dict():
            return {name: stirred(each, rng) for name, each in value.items()}
        case np.ndarray():
            return _stirred_array(value, rng)
        case TensorSpec(array):
            numbers = _stirred_array(np.asarray(array, dtype=float), rng)
            return replace(value, array=numbers)
        case ScalarSpec(number):
            return replace(value, value=stirred(float(number), rng))
        case Formula(at=at):
            others = {name: stirred(float(each), rng) for name, each in at.items()}
            return replace(value, at=others)
    return value


def _stirred_items(value: Any, rng: np.random.Generator) -> Any:
    items = [stirred(each, rng) for each in value]
    if rng.random() < 0.2 and all(isinstance(each, int) for each in items):
        items = items[1:] if rng.random() < 0.5 else [*items, 1]
    return type(value)(items)


def _stirred_array(array: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    if array.dtype.kind != "f":
        return np.array(rng.permutation(array.ravel()).reshape(array.shape))
    numbers = rng.normal(size=array.shape).astype(array.dtype)
    return np.where(rng.random(array.shape) < 0.1, 0.0, numbers)
