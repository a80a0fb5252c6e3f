"""`check("07.E2")`: find the learner's function, probe it, say what is the case."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import gradlab
from gradlab.exercises import feedback, notebook
from gradlab.exercises.borrowed import is_alias
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.card import Card, inline, prose, stamp, when
from gradlab.exercises.diagnosis import Diagnosis, diagnose, rule_behind
from gradlab.exercises.display import show_or_print
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.lessons import NoSuchExerciseError, find_exercise
from gradlab.exercises.memory import Checked, Passed, memory
from gradlab.exercises.probing import Result, earned, run_probes
from gradlab.exercises.progress import last_passed, new_notes, record_check
from gradlab.exercises.sources import is_stub, source_of_live
from gradlab.exercises.verdict import Verdict

FAILED = {  # a complaint's kind -> the state that tests and tools read
    "raised": "raised",
    "timeout": "too slow",
    "changed": "changed input",
    "type": "wrong type",
    "asked": "asked",
    "exited": "exited",
}
JUDGED = ("passed", "wrong", *FAILED.values())
UNTOUCHED = ("same code", "unknown", "not run", "broken")  # no new code was looked at


def check(id: str) -> Verdict:
    """Check your answer to an exercise, such as ``check("07.E2")``.

    The answer is found by its name among what you have defined; the card says what
    happened. It is help, not a grade: at grading hidden probes run as well.

    Examples
    --------
    >>> found = check("07.E2")
    `broadcast_index` is not defined in this kernel. Run the cell above; ...
    >>> found.state, found.passed, found.points, found.max_points
    ('unknown', False, 0.0, 5)
    """
    verdict = check_in(notebook.names_around(1), id)
    return show_or_print(verdict)


def check_in(
    namespace: Mapping[str, Any],
    id: str,
    *,
    sources: Mapping[str, str] | None = None,
    remember: bool = True,
) -> Verdict:
    """Return the verdict on the answer in `namespace`; never raises.

    Parameters
    ----------
    namespace : the learner's names.
    id : the exercise, such as "07.E2".
    sources : the source that defined each name, where Python cannot find it by itself.
    remember : keep what passed for `yours`, the progress file, and the next check.
    """
    try:
        exercise = find_exercise(id)
    except NoSuchExerciseError as error:
        return _verdict(id, "no such exercise", Card("info", str(error)))
    except Exception:
        return _verdict(id, "broken", _broken(id))
    return _Check(exercise, namespace, sources or {}, remember).run()


@dataclass
class _Check:
    """One check of one exercise."""

    exercise: Exercise
    namespace: Mapping[str, Any]
    sources: Mapping[str, str]
    remember: bool

    def run(self) -> Verdict:
        mode = notebook.grading()
        self.remember = self.remember and not mode
        try:
            state, card, results = self.judge(mode)
            self.keep(state, card)
            card = self.finished(card, state)
        except KeyboardInterrupt:
            state, results = "interrupted", []
            card = self.finished(feedback.interrupted(()), state)
        except Exception:
            state, results = "broken", []
            card = self.finished(_broken(self.exercise.id), state)
        return replace(
            _verdict(self.exercise.id, state, card),
            points=self.points(mode, state, results),
            max_points=self.exercise.points,
            hidden_points=0.0 if mode else self.exercise.hidden_points,
            results=tuple(results),
        )

    def points(
        self, mode: notebook.Grading, state: str, results: list[Result]
    ) -> float:
        """Return the points earned; a learner who validates misses no hidden ones."""
        if mode == "validate" and state == "passed":
            return self.exercise.points
        return 0.0 if state == "borrowed" else earned(self.exercise, results)

    def judge(self, mode: notebook.Grading) -> tuple[str, Card, list[Result]]:
        """Return the state, its card, and the results of the probes that ran."""
        exercise, name = self.exercise, self.exercise.name
        unrun = notebook.unrun_cell(name, self.namespace.get(name))
        if unrun is not None:
            return "not run", feedback.not_run(exercise, unrun), []
        if name not in self.namespace:
            return "unknown", feedback.unknown_name(exercise, self.last_passed()), []
        fn = self.namespace[name]
        if not callable(fn):
            return "unknown", feedback.not_a_function(exercise, fn), []
        if is_stub(self.sources.get(name) or source_of_live(fn), name):
            return "not done", feedback.not_done(exercise), []
        alias = is_alias(fn, exercise.borrowed)
        if alias:
            return "borrowed", feedback.borrowed(exercise, alias, ()), []
        last = memory.unchanged(exercise.id, fn) if self.remember else None
        if last is not None:
            return "same code", feedback.same_code(last.body, last.text), []
        return self.probed(fn, mode)

    def probed(self, fn: Any, mode: notebook.Grading) -> tuple[str, Card, list[Result]]:
        """Run the probes: the visible ones in order, or all of them at grading."""
        caller = LocalCaller(self.namespace, borrowed=self.exercise.borrowed)
        if mode == "autograde":
            results = run_all(self.exercise, caller)
        else:
            results = run_probes(self.exercise, caller)
        visible = [each for each in results if not each.probe.hidden]
        state = state_of(visible)
        found = self.diagnosis(state, visible, mode)
        if found is not None and found.borrowed:
            return "borrowed", feedback.borrowed_rule(self.exercise, found), results
        if mode and state in JUDGED:
            return state, feedback.graded(self.exercise, results), results
        return state, self.card(state, fn, visible, found), results

    def diagnosis(
        self, state: str, visible: list[Result], mode: notebook.Grading
    ) -> Diagnosis | None:
        """Return the wrong rule behind a failure; at grading only for borrowed code."""
        if state not in JUDGED or state == "passed":
            return None
        if not mode:
            return diagnose(self.exercise, visible)
        borrowed = any(rule.borrowed for rule in self.exercise.rules)
        return rule_behind(self.exercise, visible) if borrowed else None

    def card(
        self, state: str, fn: Any, visible: list[Result], found: Diagnosis | None
    ) -> Card:
        """Return the card for what the visible probes found."""
        match state:
            case "not done":
                return feedback.not_done(self.exercise, visible[0].outcome)
            case "interrupted":
                return feedback.interrupted(visible)
            case "borrowed":
                name = min(borrowed_in(visible))
                return feedback.borrowed(self.exercise, name, visible)
            case "passed":
                return feedback.passed(self.exercise, fn, visible)
        return feedback.failing(self.exercise, fn, visible, found)

    def last_passed(self) -> str:
        moment = last_passed(self.exercise.id)
        return when(moment) if moment else ""

    def finished(self, card: Card, state: str) -> Card:
        """Return the card with its footer, its marks for tools, and news to tell."""
        notes = tuple(prose(note) for note in new_notes()) if self.remember else ()
        footer = stamp(notebook.cell_of(self.namespace.get(self.exercise.name)))
        data = {"exercise": self.exercise.id, "state": state}
        return replace(card, parts=card.parts + notes, footer=footer, data=data)

    def keep(self, state: str, card: Card) -> None:
        """Remember what passed, what was checked last, and write the progress down."""
        if not self.remember or state in UNTOUCHED:
            return
        fn = self.namespace.get(self.exercise.name)  # its own code may have deleted it
        if state == "passed":
            passed = Passed(fn, datetime.now(), self.exercise.id)
            memory.passed[self.exercise.name] = passed
        if state not in ("passed", "not done", "interrupted", "too slow"):
            ground = memory.ground_of(fn)
            line = f"<p><b>{inline(card.first_line)}</b></p>"
            memory.checked[self.exercise.id] = Checked(
                fn, ground, line + card.body(), card.text()
            )
        if state not in ("not done", "interrupted"):
            record_check(self.exercise.id, passed=state == "passed", state=state)


def run_all(exercise: Exercise, caller: LocalCaller) -> list[Result]:
    """Run every probe, hidden ones too, in a random order with random numbers."""
    probes = list(exercise.probes)
    secrets.SystemRandom().shuffle(probes)
    results = run_probes(exercise, caller, probes, secret=secrets.randbits(64))
    return sorted(results, key=lambda each: exercise.probes.index(each.probe))


def borrowed_in(results: list[Result]) -> set[str]:
    """Return the names of the functions that did the learner's job."""
    return {name for each in results for name in each.outcome.facts.get("borrowed", ())}


def state_of(visible: list[Result]) -> str:
    """Return the state that the results of the visible probes amount to."""
    stati = {each.outcome.status for each in visible}
    if "interrupted" in stati:
        return "interrupted"
    if stati == {"not done"}:
        return "not done"
    if all(each.passed for each in visible):
        return "borrowed" if borrowed_in(visible) else "passed"
    complaint = feedback.first_failure(visible).complaint
    return FAILED.get(complaint.kind if complaint else "", "wrong")


def _broken(id: str) -> Card:
    return feedback.broken(id, gradlab.__version__, traceback.format_exc(limit=-8))


def _verdict(id: str, state: str, card: Card) -> Verdict:
    return Verdict(
        card.html(),
        card.text(),
        exercise=id,
        state=state,
        first_line=card.first_line,
        call=card.told.call,
        sentence=card.told.sentence,
        rule=card.told.rule,
        graded=bool(notebook.grading()),
    )
