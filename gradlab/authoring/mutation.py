"""Whether checks notice small changes to a solution, and say what these do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from gradlab.authoring.draft import Draft, Finding, opened
from gradlab.authoring.mutants import Mutant, mutants_of
from gradlab.authoring.reference import Reference
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.checking import state_of
from gradlab.exercises.diagnosis import diagnose
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.feedback import first_failure
from gradlab.exercises.probing import run_probes

PROCESSES = 2
CHUNK = 12  # mutants that a process takes at a time
SECONDS = 0.5  # for each call, or as long as this many solutions:
SOLUTIONS = 10  # a mutant that takes longer is caught
SECRET = 1  # the random numbers of the hidden probes are the same every time
CAUGHT = 0.97
NAMED = 0.60
MOST_SHOWN = 3
BARE = ("value", "shape", "way back", "error", "no error")

End = Literal["equal", "missed", "named", "general", "told", "bare", "hidden"]
NAMING: tuple[End, ...] = ("named", "general")


@dataclass(frozen=True)
class Fate:
    """What became of one mutant.

    "equal": it does what the solution does; "missed": it does not, and passed;
    caught are "named" by a wrong rule of the exercise, or by a "general" one that is
    found for any code (a slip, a formula); "told" by the complaint itself (an error
    raised, a wrong type, a demand not met), "bare" with no more than right and wrong
    values, "hidden" by a probe that learners do not see. The sentence of a probe is no
    name: it says the same whatever the code did.
    """

    exercise: str
    mutant: Mutant
    end: End
    said: str = ""


@dataclass(frozen=True)
class Tally:
    """How many mutants there were, and what became of them."""

    fates: tuple[Fate, ...]

    def count(self, *ends: End) -> int:
        """Return how many ended in one of these ways."""
        found = Counter(each.end for each in self.fates)
        return sum(found[end] for end in ends)

    @property
    def mutants(self) -> int:
        """All of them."""
        return len(self.fates)

    @property
    def caught(self) -> int:
        """Those that a probe noticed."""
        return self.count(*NAMING, "told", "bare", "hidden")

    @property
    def share_caught(self) -> float:
        """Of those that do not do what the solution does."""
        return self.caught / max(self.mutants - self.count("equal"), 1)

    @property
    def share_named(self) -> float:
        """Those that a wrong rule names, its own or a general one, of all caught."""
        return self.count(*NAMING) / max(self.caught, 1)

    def findings(self) -> Iterator[Finding]:
        """Yield what falls short: too few caught, too few named."""
        if self.share_caught < CAUGHT:
            yield from self.missed()
        if self.caught and self.share_named < NAMED:
            lesson = self.fates[0].exercise.partition(".")[0]
            named = f"{self.count(*NAMING)} of {self.caught} mutants caught are named"
            share = f"{self.share_named:.0%}, and at least {NAMED:.0%} are to be"
            yield Finding(f"lesson {lesson}", f"{named} by a wrong rule: {share}")
            bare = self._in("bare", "hidden")
            for exercise in dict.fromkeys(each.exercise for each in bare):
                some = [str(each.mutant) for each in bare if each.exercise == exercise]
                yield Finding(exercise, _nameless(some))

    def missed(self) -> Iterator[Finding]:
        """Yield each mutant that passed, with a call that would tell."""
        for fate in self._in("missed"):
            words = f"no probe notices {fate.mutant}; {fate.said} would"
            yield Finding(fate.exercise, words)

    def _in(self, *ends: End) -> list[Fate]:
        return [each for each in self.fates if each.end in ends]


def _nameless(mutants: list[str]) -> str:
    shown = "; ".join(mutants[:MOST_SHOWN])
    more = len(mutants) - MOST_SHOWN
    return f"no rule names {shown}" + (f"; and {more} more" if more > 0 else "")


def mutate(draft: Draft) -> Tally:
    """Return what became of the mutants of a lesson's solutions, in two processes."""
    with _pool() as pool:
        jobs = [
            pool.submit(fates_in, draft.path, exercise.label, start)
            for exercise in draft.exercises
            for start in range(0, len(mutants(draft, exercise)), CHUNK)
        ]
        return Tally(tuple(fate for job in jobs for fate in job.result()))


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))


def mutants(draft: Draft, exercise: Exercise) -> list[Mutant]:
    """Return the mutants of an exercise; none while its solution does not run."""
    try:
        draft.typed(exercise, draft.answer(exercise))
        return mutants_of(draft.answer(exercise))
    except Exception:  # whatever unfinished code may raise; other findings say so
        return []


def fates_in(path: Path, label: str, start: int) -> list[Fate]:
    """Return the fates of a few of the mutants of the exercise with this label."""
    with opened(path) as draft:
        assert draft.lesson is not None
        trial = Trial(draft, draft.lesson.exercise(label))
        some = mutants(draft, trial.exercise)[start : start + CHUNK]
        return [trial.fate(mutant) for mutant in some]


class Trial:
    """One exercise, and its reference once it is needed."""

    def __init__(self, draft: Draft, exercise: Exercise) -> None:
        self.draft, self.exercise = draft, exercise
        solution = draft.typed(exercise, draft.answer(exercise))
        self.reference = Reference(exercise, solution)
        self.seconds = SECONDS
        started = perf_counter()
        self._visible(solution)
        self._hidden(solution)
        self.seconds = max(SECONDS, SOLUTIONS * (perf_counter() - started))

    def fate(self, mutant: Mutant) -> Fate:
        """Return what becomes of one mutant."""
        try:
            names = self.draft.typed(self.exercise, mutant.source)
        except Exception as error:
            return Fate(self.exercise.id, mutant, "told", type(error).__name__)
        end, said = self._visible(names) or self._hidden(names) or self._unseen(names)
        return Fate(self.exercise.id, mutant, end, said)

    def _caller(self, names: dict[str, Any]) -> LocalCaller:
        return LocalCaller(names, self.seconds, self.exercise.borrowed)

    def _visible(self, names: dict[str, Any]) -> tuple[End, str] | None:
        results = run_probes(self.exercise, self._caller(names))
        state = state_of(results)
        if state == "passed":
            return None
        found = diagnose(self.exercise, results)
        if found is not None:
            return ("named" if found.rule else "general"), found.name
        complaint = first_failure(results).complaint
        kind = complaint.kind if complaint else state
        return ("bare" if kind in BARE else "told"), kind

    def _hidden(self, names: dict[str, Any]) -> tuple[End, str] | None:
        hidden = self.exercise.hidden
        results = run_probes(self.exercise, self._caller(names), hidden, secret=SECRET)
        failed = [each for each in results if not each.passed]
        return ("hidden", failed[0].probe.name) if failed else None

    def _unseen(self, names: dict[str, Any]) -> tuple[End, str]:
        call = self.reference.difference(names)
        return ("equal", "") if call is None else ("missed", call)
