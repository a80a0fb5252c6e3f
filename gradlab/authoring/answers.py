"""The right and wrong answers of an exercise: enough, and each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradlab.authoring.draft import Draft, Finding
from gradlab.exercises.checking import check_in
from gradlab.exercises.diagnosis import confusions, diagnose
from gradlab.exercises.exercise import Exercise, WrongAnswer, WrongRule
from gradlab.exercises.verdict import Verdict

RIGHT, WRONG = 2, 3


def answers_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what is missing, what passes and should not, what gets other words."""
    for exercise in draft.exercises:
        yield from _counts(exercise)
        for problem in _problems(draft, exercise):
            yield Finding(exercise.id, problem)


def _counts(exercise: Exercise) -> Iterator[Finding]:
    right, wrong = len(exercise.variants), len(exercise.wrong)
    if right < RIGHT:
        yield Finding(exercise.id, f"{right} right variants; at least {RIGHT}")
    if wrong < WRONG:
        yield Finding(exercise.id, f"{wrong} wrong answers; at least {WRONG}")
    if exercise.hints is None:
        yield Finding(exercise.id, "it has no hints")
    for each in exercise.wrong:
        if not each.sentence.strip():
            yield Finding(exercise.id, f"no sentence for {each.name!r}")


def _problems(draft: Draft, exercise: Exercise) -> Iterator[str]:
    try:
        yield from _solution(draft, exercise)
        for way in exercise.variants:
            verdict = verdict_on(draft, exercise, exercise.source_of(way.fn))
            if verdict.state != "passed":
                yield f"the right variant {way.fn.__name__} does not pass: {verdict}"
        for wrong in exercise.wrong:
            yield from _wrong(draft, exercise, wrong)
        for one, other in confusions(exercise):
            yield f"no visible probe tells {one!r} from {other!r}"
    except Exception as error:  # a file of checks may be half written
        yield f"its checks fail: {type(error).__name__}: {error}"


def _solution(draft: Draft, exercise: Exercise) -> Iterator[str]:
    source = draft.answer(exercise)
    if source:
        verdict = verdict_on(draft, exercise, source)
        if verdict.state != "passed":
            yield f"the solution does not pass: {verdict.summary}"


def _wrong(
    draft: Draft, exercise: Exercise, wrong: WrongRule | WrongAnswer
) -> Iterator[str]:
    verdict = verdict_on(draft, exercise, exercise.source_of(wrong.fn))
    if verdict.passed:
        yield f"the wrong answer {wrong.name!r} passes"
    elif isinstance(wrong, WrongRule):
        found = diagnose(exercise, [r for r in verdict.results if not r.probe.hidden])
        if found is None or found.rule is not wrong:
            got = found.name if found else verdict.state
            yield f"the wrong rule {wrong.name!r} is answered with {got!r}"
        elif re.search(r"\{\w+\}", found.sentence):
            yield f"the sentence of {wrong.name!r} keeps a {{}}: {found.sentence!r}"
    elif wrong.sentence not in verdict.text:
        yield f"the card of {wrong.name!r} does not say {wrong.sentence!r}"


def verdict_on(draft: Draft, exercise: Exercise, source: str) -> Verdict:
    """Return the verdict on an answer, typed below the lesson's imports."""
    sources = {exercise.name: source}
    names = draft.typed(exercise, source)
    return check_in(names, exercise.id, sources=sources, remember=False)
