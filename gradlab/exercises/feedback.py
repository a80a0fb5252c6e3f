"""From results to a card: one function for each thing that a card can say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gradlab.exercises.borrowed import in_words
from gradlab.exercises.card import Card, Part, Told, Tone, code, fold, prose, table
from gradlab.exercises.diagnosis import Diagnosis
from gradlab.exercises.drawing import Drawing
from gradlab.exercises.error_words import of_a_function
from gradlab.exercises.exercise import Exercise, Fn
from gradlab.exercises.facts import facts, shortened
from gradlab.exercises.hints import ladder
from gradlab.exercises.notebook import Unrun
from gradlab.exercises.panels import (
    count,
    number,
    probe_list,
    verdict_on,
    ways,
    what_it_printed,
)
from gradlab.exercises.probes import Call, Outcome
from gradlab.exercises.probing import Result, earned
from gradlab.exercises.values import is_class_name, is_function_class, show_call

NUMBERS = ("value", "shape", "way back")
SILENT = ("type", "asked", "exited")  # no value to say more of
SPEAKING = ("error", "no error", "property", "lonely", "not done", "way back")
ONE = "First that fails:"


# -------------------- before anything ran --------------------


def not_done(exercise: Exercise, outcome: Outcome | None = None) -> Card:
    """Return the card of an untouched stub: nothing counted, nothing red.

    With an outcome: of code that still runs into the stub's NotImplementedError.
    """
    probes = len(exercise.visible)
    waits = "probe waits" if probes == 1 else "probes wait"
    line = f"{exercise.label} not done yet. {probes} {waits}."
    parts = [prose(exercise.task)]
    where = _line_of(outcome, ", line") if outcome is not None else ""
    if where:
        said = "Your code still runs into `raise NotImplementedError`"
        parts.append(prose(f"{said}{where}."))
    return Card("wait", line, tuple(parts))


def unknown_name(exercise: Exercise, last_passed: str) -> Card:
    """Return the card for a name that the kernel does not know."""
    line = (
        f"`{exercise.name}` is not defined in this kernel. Run the cell above; after a "
        "restart every cell must be run again."
    )
    return Card(
        "info", line + (f" (Last passed: {last_passed}.)" if last_passed else "")
    )


def not_run(exercise: Exercise, unrun: Unrun) -> Card:
    """Return the card for an answer cell that Python could not run."""
    where = f" in line {unrun.line}" if unrun.line else ""
    said = f": {unrun.message.rstrip('.')}" if unrun.message else ""
    line = (
        f"The cell above (cell {unrun.cell}) did not run: {unrun.error}{where}{said}."
    )
    how = (
        "Mend it, run the cell above (Shift+Enter), then this one. Until then the "
        f"kernel does not know what you wrote for `{exercise.name}`."
    )
    return Card("look", line, (prose(how),))


def not_a_function(exercise: Exercise, value: Any) -> Card:
    """Return the card for a name that stands for something else."""
    kind = type(value).__name__
    line = (
        f"`{exercise.name}` is not a function here but of type {kind}. Run the cell "
        "above; perhaps a later cell uses the name again."
    )
    return Card("info", line)


def same_code(old_body: str, old_text: str) -> Card:
    """Return the card for code that was checked before, the old verdict greyed."""
    line = (
        "This is the same code as at your last check. Run the cell above "
        "(Shift+Enter), then this one."
    )
    old = Part(f'<div class="gl-old" style="opacity: 0.62">{old_body}</div>', old_text)
    return Card("info", line, (old,))


def interrupted(results: Sequence[Result]) -> Card:
    """Return the card after Ctrl-C."""
    return Card("info", "Stopped by you.", (probe_list(results),) if results else ())


def broken(exercise_id: str, version: str, details: str) -> Card:
    """Return the card for a check that failed itself."""
    line = "gradlab's check failed, not your code: please report "
    line += f"{exercise_id}, {version}."
    return Card("off", line, (fold("Details for the report", code(details)),))


# -------------------- something is not right --------------------


def failing(
    exercise: Exercise, fn: Fn, results: Sequence[Result], found: Diagnosis | None
) -> Card:
    """Return the card for code that fails a probe; `found` is the rule behind it.

    It shows the case that the rule's sentence quotes, so that both tell of one call;
    but what stopped the code (an error, the time limit) is shown where it first did.
    A general pattern says what the code did; why that is wrong, the exercise says.
    """
    first = first_failure(results)
    line = _failing_line(first, results)
    said, drawn = _said(exercise, first, found), found.drawn if found else ""
    case = (found and found.case) or first
    if line.endswith(ONE) and case.probe is not first.probe:
        line, first = line.removesuffix(ONE) + "One that fails:", case
    came_back = all(each.outcome.status != "timeout" for each in results)
    drawing = Drawing(exercise, case.call, drawn) if came_back else None
    parts = (
        *facts(first, exercise),
        *([prose(said, "gl-say")] if said else []),
        *(drawing.beside_the_truth(fn) if drawing else ()),
        *what_it_printed(first.outcome),
        probe_list(results),
        *ladder(exercise.hints),
    )
    told = Told(show_call(first.call), said, found.name if found else "")
    return Card("look", line, parts, told=told)


def first_failure(results: Sequence[Result]) -> Result:
    """Return the first result that fails by itself."""
    failed = [each for each in results if each.complaint is not None]
    alone = [
        each for each in failed if each.complaint and each.complaint.kind != "lonely"
    ]
    return (alone or failed)[0]


def passing(results: Sequence[Result]) -> str:
    """Return "3 of 5 pass."."""
    return f"{sum(each.passed for each in results)} of {len(results)} pass."


def _failing_line(first: Result, results: Sequence[Result]) -> str:
    assert first.complaint is not None
    call, outcome = show_call(first.call), first.outcome
    match first.complaint.kind:
        case "raised":
            return _raised_line(first.call, outcome)
        case "timeout":
            where = _line_of(outcome, " in line")
            return (
                f"Too slow: `{call}` did not come back in time and was stopped{where}."
            )
        case "changed":
            name = outcome.changes[0].name
            return f"You changed {name}; the caller still needs it."
        case "type":
            return first.complaint.sentence + "."
        case "asked":
            return (
                f"`{call}` called input(). A check cannot type: use the arguments "
                "instead."
            )
        case "exited":
            return (
                f"`{call}` tried to leave Python. A function returns a value instead."
            )
    return f"{passing(results)} {ONE}"


def _raised_line(made: Call, outcome: Outcome) -> str:
    error, call = outcome.error, show_call(made)
    who = "Your code" if is_class_name(made.target) else "Your function"
    if error is None:
        return f"Your function raised an error at `{call}`."
    if made.verb == "vjp" and not error.lines:
        way = "The way back from your result"
        who = "The engine" if is_class_name(made.target) else way
    where = _line_of(outcome, ", line")
    message = shortened(error.message).rstrip(".")
    said = f": {message}" if message else ""
    end = "" if said.endswith("…") else "."
    return f"{who} raised {error.type} at `{call}`{where}{said}{end}"


def _line_of(outcome: Outcome, words: str) -> str:
    """Return ", line 4" of the learner's code, if it is known."""
    line = outcome.error.line if outcome.error else None
    return f"{words} {line}" if line else ""


def _said(exercise: Exercise, first: Result, found: Diagnosis | None) -> str:
    """Return the rule's own sentence; a formula's beside what the probe says."""
    if found is None:
        return _complained(exercise, first)
    is_of_numbers = first.complaint is not None and first.complaint.kind in NUMBERS
    more = first.probe.says if found.rule is None and is_of_numbers else ""
    return f"{found.sentence} {more}".strip()


def _complained(exercise: Exercise, first: Result) -> str:
    """Return what the complaint and the probe have to say, where no rule fits."""
    complaint = first.complaint
    assert complaint is not None
    of_the_value = "" if complaint.kind in SILENT else first.probe.says
    sentence = _of_the_error(exercise, first) or of_the_value
    if complaint.kind in SPEAKING or "differ;" in complaint.sentence:
        said = complaint.sentence.rstrip(".")
        sentence = f"{said[:1].upper()}{said[1:]}. {sentence}".strip()
    return sentence


def _of_the_error(exercise: Exercise, first: Result) -> str:
    """Return what the exercise has to say of an error that the code raised, or ""."""
    error = first.outcome.error
    if first.outcome.status != "raised" or error is None:
        return ""
    told = f"{error.type}: {error.message}"
    own = (said for kind, said in exercise.raises if re.search(kind, told))
    known = is_function_class(exercise.truth_fn)
    return next(own, of_a_function(error, exercise.truth_fn) if known else "")


def borrowed(exercise: Exercise, name: str, results: Sequence[Result]) -> Card:
    """Return the card for right values that another function computed."""
    line = f"Right values, but {in_words(name)} did the work. {exercise.own_work}"
    parts = (probe_list(results),) if results else ()
    return Card("look", line, (*parts, *ladder(exercise.hints)))


def borrowed_rule(exercise: Exercise, found: Diagnosis) -> Card:
    """Return the card for borrowed code that a rule recognised by its results."""
    line = f"{found.sentence} {exercise.own_work}"
    told = Told(show_call(found.case.call) if found.case else "", rule=found.name)
    return Card("look", line, ladder(exercise.hints), told=told)


# -------------------- everything is right --------------------


def passed(exercise: Exercise, fn: Fn, results: Sequence[Result]) -> Card:
    """Return the card for code that passes every visible probe."""
    n = len(results)
    line = f"{exercise.label} passed: {n} of {n}."
    if exercise.hidden:
        line += f" Hidden at grading: {count(exercise.hidden_points, 'point')} more."
    shown = exercise.show or exercise.visible[-1].make
    call = shown if isinstance(shown, Call) else results[-1].call
    drawing = Drawing(exercise, call.on(exercise.name))
    parts = (
        *drawing.alone(fn),
        *ways(exercise, fn),
        probe_list(results),
        *what_it_printed(results[0].outcome),
    )
    onward = (prose(f"Next: {exercise.next}."),) if exercise.next else ()
    return Card("right", line, parts + onward)


def graded(exercise: Exercise, results: Sequence[Result]) -> Card:
    """Return the card at grading: every probe by name, its points, its verdict.

    Of a hidden probe only the author's sentence is told, never a value or an error.
    """
    points = earned(exercise, results)
    line = f"{exercise.label}: {number(points)} of {count(exercise.points, 'point')}."
    rows = []
    for each in results:
        worth = exercise.points_of(each.probe)
        got = worth if each.passed else 0.0
        word = "passed" if each.passed else verdict_on(each)
        if each.probe.hidden:
            word = _hidden_word(each)
        rows.append((each.probe.name, f"{number(got)} of {number(worth)}: {word}"))
    tone: Tone = "right" if points >= exercise.points else "look"
    return Card(tone, line, (table(rows),))


def _hidden_word(result: Result) -> str:
    """Return what may be told of a hidden probe: the author's words, or "too slow"."""
    if result.passed:
        return "passed (hidden)."
    if result.outcome.status in ("timeout", "not run"):
        return f"{verdict_on(result)} (hidden): the time limit was reached."
    return f"not passed (hidden). {result.probe.says}".rstrip()
