"""Find the wrong rule that the learner's code followed.

A rule is named only if it gives every result that the learner's code gave, and if it is
wrong somewhere. So the sentence is a fact about this code, not a guess. Where none of
the exercise's rules fits, a general pattern may: a slip, a formula.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from gradlab.exercises.arguments import named_arguments
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.comparison import judge, same
from gradlab.exercises.exercise import Exercise, WrongRule
from gradlab.exercises.probes import Outcome, WayBack
from gradlab.exercises.probing import Result, run_probes
from gradlab.exercises.values import show, show_call

RULE_SECONDS = 2.0
REFUSALS = {"ValueError", "AssertionError"}  # an assert refuses as a raise does


@dataclass(frozen=True)
class Diagnosis:
    """The wrong rule that gives every result of the learner, and its sentence.

    `rule` is the exercise's own, and `case` the one that its sentence quotes; None: a
    general pattern, which any code can have. `drawn` is what the picture calls it.
    """

    name: str
    sentence: str
    rule: WrongRule | None = None
    case: Result | None = None
    drawn: str = ""

    @property
    def borrowed(self) -> bool:
        """Whether another function did the work."""
        return self.rule is not None and self.rule.borrowed


def diagnose(exercise: Exercise, results: Sequence[Result]) -> Diagnosis | None:
    """Return the wrong rule behind the results of all visible probes, if one fits."""
    if all(result.passed for result in results):
        return None
    return rule_behind(exercise, results) or _pattern_behind(exercise, results)


def rule_behind(exercise: Exercise, results: Sequence[Result]) -> Diagnosis | None:
    """Return the exercise's own rule that gives all results, if one does."""
    for rule in exercise.rules:
        outcomes = _if_it_agrees(exercise, rule, results)
        if outcomes is not None:
            case = _case(rule, results, outcomes)
            if case is not None:
                said = fill(exercise, rule, case)
                return Diagnosis(rule.name, said, rule, case, rule.name)
    return None


def _pattern_behind(exercise: Exercise, results: Sequence[Result]) -> Diagnosis | None:
    from gradlab.exercises.patterns.found import find_pattern  # loads NumPy

    found = None
    with contextlib.suppress(Exception):  # a sentence more is never worth the verdict
        found = find_pattern(exercise, results)
    return Diagnosis(found.name, found.sentence, drawn=found.drawn) if found else None


def _if_it_agrees(
    exercise: Exercise, rule: WrongRule, results: Sequence[Result]
) -> list[Outcome] | None:
    outcomes = []
    for outcome, result in zip(outcomes_of(exercise, rule, results), results):
        if not agree(outcome, result.outcome) or not _says(rule, result.outcome):
            return None
        outcomes.append(outcome)
    return outcomes


def _says(rule: WrongRule, outcome: Outcome) -> bool:
    """Say whether an error, if there is one, holds what the rule's errors hold."""
    error = outcome.error
    return error is None or re.search(rule.raising, error.message) is not None


def outcomes_of(
    exercise: Exercise, rule: WrongRule, results: Sequence[Result]
) -> Iterator[Outcome]:
    """Yield what the rule makes of the same calls."""
    caller = LocalCaller({exercise.name: rule.fn}, RULE_SECONDS)
    for result in results:
        yield caller.run(replace(result.call, measure=frozenset()))


def agree(one: Outcome, other: Outcome) -> bool:
    """Say whether two outcomes are the same: status, value, kind of error, changes."""
    if one.status != other.status or bool(one.changes) != bool(other.changes):
        return False
    if one.status == "returned":
        return same(one.value, other.value)
    if one.status == "raised" and one.error is not None and other.error is not None:
        kinds = {one.error.type, other.error.type}
        related = one.error.type in other.error.bases
        return related or other.error.type in one.error.bases or kinds <= REFUSALS
    return False


def _case(
    rule: WrongRule, results: Sequence[Result], outcomes: Sequence[Outcome]
) -> Result | None:
    """Return the case to quote: the rule's own, else the first on which it fails."""
    wrong = [
        replace(result, outcome=outcome)
        for result, outcome in zip(results, outcomes)
        if judge(result.expected, outcome, result.probe.compare) is not None
    ]
    named = [result for result in wrong if result.probe.name == rule.at]
    return next(iter(named or wrong), None)


def fill(exercise: Exercise, rule: WrongRule, case: Result) -> str:
    """Return the rule's sentence with the case at hand put in."""
    names = named_arguments(case.call, exercise.truth_fn)
    words = {name: show(value) for name, value in names.items()}
    got = case.outcome
    words["got"] = show(got.value) if got.status == "returned" else "an error"
    words["expected"] = show(getattr(case.expected, "value", "an error"))
    words["call"] = show_call(case.call)
    words |= _parts_in_words(case)
    sized = {**names, "got": got.value}
    words |= {
        f"len_{name}": str(len(value))
        for name, value in sized.items()
        if isinstance(value, (tuple, list))
    }
    return rule.sentence.format_map(_Words(words))


def _parts_in_words(case: Result) -> dict[str, str]:
    """Return {out}, and {grad_x} for each input x, of a case with a way back."""
    value = case.outcome.value
    if not isinstance(value, WayBack):
        return {}
    grads = {f"grad_{n}": show(g) for n, g in zip(value.names, value.gradients)}
    return {"out": show(value.out), **grads}


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


# -------------------- for tests of a lesson --------------------


def results_of_rules(exercise: Exercise) -> Mapping[str, list[Outcome]]:
    """Return, for the truth and each wrong rule, the outcomes of the visible probes."""
    truth = LocalCaller({exercise.name: exercise.truth_fn}, seconds=30.0)
    results = run_probes(exercise, truth)
    table = {"the right answer": [result.outcome for result in results]}
    for rule in exercise.rules:
        table[rule.name] = list(outcomes_of(exercise, rule, results))
    return table


def confusions(exercise: Exercise) -> list[tuple[str, str]]:
    """Return the pairs (rule or right answer) that the visible probes cannot part."""
    return [
        (one, other)
        for (one, ones), (other, others) in combinations(
            results_of_rules(exercise).items(), 2
        )
        if all(map(agree, ones, others))
    ]
