"""Exercise, Prediction and Lesson: what an author writes, and nothing more.

>>> from gradlab.exercises.probes import Probe, call
>>> def double(x):
...     return x + x
>>> def squares(x):
...     return x * x
>>> exercise = Exercise(
...     id="99.E1",
...     name="double",
...     title="Twice a number",
...     task="Write double(x): twice x.",
...     truth=double,
...     points=2,
...     probes=(Probe("a number", call(3)), Probe("zero", call(0))),
...     rules=(WrongRule("squares", squares, "Your code squares: {x} gave {got}."),),
...     hints=Hints("Try 3.", "Twice is once more.", "Thrice is x + x + x."),
... )
>>> exercise.label, [exercise.points_of(probe) for probe in exercise.probes]
('E1', [1.0, 1.0])
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gradlab.exercises.probes import Call, Probe
from gradlab.exercises.sources import source_named

Fn = Callable[..., Any]


@dataclass(frozen=True)
class WrongRule:
    """A wrong rule that learners really follow, as code.

    It is named on the card only if it gives every result that the learner's code gave.
    `sentence` says what the code did, never what to type. It may hold the target's
    parameters by name, and {got}, {expected} and {call}, filled from the visible probe
    called `at` (default: the first that fails); {len_a} is the length of a tuple or
    list {a}, and after a way back {out} is the result, {grad_x} the gradient of {x}.
    `raising` is a pattern that is in every error the code raises, for a sentence that
    is not true of every error of its kind.
    `borrowed` says that code with these results had its work done by another
    function: the card then says `sentence`, and nothing is earned.
    """

    name: str
    fn: Fn
    sentence: str
    at: str = ""
    raising: str = ""
    borrowed: bool = False


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer that no rule covers, and the words that its card must hold."""

    fn: Fn
    sentence: str

    @property
    def name(self) -> str:
        """The function's name, in words."""
        return self.fn.__name__.replace("_", " ")


@dataclass(frozen=True)
class Variant:
    """Another right way, shown on the passed card with its code."""

    fn: Fn
    says: str = ""


@dataclass(frozen=True)
class Hints:
    """The ladder: each rung is the learner's click, and none spells the solution.

    symptom : what to look at; concept : the idea behind it; neighbour : a worked
    example of another problem that the same idea solves. Lines that start with four
    spaces are shown as code.
    """

    symptom: str
    concept: str
    neighbour: str

    def __iter__(self) -> Any:
        return iter((self.symptom, self.concept, self.neighbour))


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise: what is asked, what is right, and what learners do wrong.

    Parameters
    ----------
    id, name : "07.E2" and the function (or class) that the learner writes.
    title, task : a few words; one sentence.
    truth : the right function, or its name in gradlab ("broadcast_index"); expected
        values are computed from it at check time.
    probes : in the order in which they run, simplest first.
    points, hidden_points : all of them, and how many of these the hidden probes hold.
    errors : what an error that must be raised should name ("both shapes and the dim").
    raises : (pattern, sentence) pairs: the first whose pattern is found in an error,
        as "TypeError: its message", is said in place of the probe's sentence.
    borrowed : names that would do the learner's job: "gradlab.broadcast_index",
        "numpy.broadcast_shapes"; packages that are not installed do no harm.
    own_work : what to write instead ("Write the comparison yourself.").
    picture : (function, call) -> Picture of what that function does on that call; a
        third parameter, if there is one, gets the name of the wrong rule found, or "",
        and one called `truth` the right function (see `gradients.own_gradient`).
    show : the call that the passed card draws; default: the last visible probe's.
    ways : what the other right ways have in common, on the passed card.
    next : the label of the exercise to go on with ("E4"); empty: the lesson's end.
    """

    id: str
    name: str
    title: str
    task: str
    truth: Fn | str
    probes: tuple[Probe, ...]
    points: float
    hidden_points: float = 0.0
    minutes: int = 10
    core: bool = True
    rules: tuple[WrongRule, ...] = ()
    hints: Hints | None = None
    variants: tuple[Variant, ...] = ()
    wrong_answers: tuple[WrongAnswer, ...] = ()
    errors: str = ""
    raises: tuple[tuple[str, str], ...] = ()
    borrowed: tuple[str, ...] = ()
    own_work: str = "Write it yourself."
    picture: Callable[..., Any] | None = None
    show: Call | None = None
    ways: str = ""
    next: str = ""

    def __post_init__(self) -> None:
        names = [probe.name for probe in self.probes]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{self.id}: two probes are called {name!r}")
        for rule in self.rules:
            if rule.at and rule.at not in names:
                raise ValueError(f"{self.id}: no probe is called {rule.at!r}")
        if self.hidden_points > 0 and not self.hidden:
            raise ValueError(f"{self.id}: hidden points, but no hidden probe")

    @property
    def label(self) -> str:
        """The part of the id that learners see: "E2"."""
        return self.id.partition(".")[2]

    @property
    def visible(self) -> tuple[Probe, ...]:
        """The probes that a learner's check runs."""
        return tuple(probe for probe in self.probes if not probe.hidden)

    @property
    def hidden(self) -> tuple[Probe, ...]:
        """The probes that run at grading only."""
        return tuple(probe for probe in self.probes if probe.hidden)

    @cached_property
    def truth_fn(self) -> Fn:
        """The right function itself."""
        return self.truth if callable(self.truth) else find_in_gradlab(self.truth)

    @property
    def wrong(self) -> tuple[WrongRule | WrongAnswer, ...]:
        """Every wrong answer; every wrong rule is one."""
        return self.rules + self.wrong_answers

    def points_of(self, probe: Probe) -> float:
        """Return the points of one probe: its own, or an equal part of the rest."""
        if probe.points is not None:
            return probe.points
        group = self.hidden if probe.hidden else self.visible
        pot = self.hidden_points if probe.hidden else self.points - self.hidden_points
        given = sum(each.points for each in group if each.points is not None)
        return (pot - given) / sum(each.points is None for each in group)

    def source_of(self, fn: Fn) -> str:
        """Return the source of `fn` as a learner would write it: called `name`."""
        return source_named(fn, self.name)


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """A question before the code: asked, then revealed; never graded.

    Parameters
    ----------
    id, question : "07.P2"; one sentence, with the example in it.
    answer : the answer, or a function that computes it; one that raises means "error".
    reveal : the sentence after the answer, whatever the learner said.
    wrong : wrong answers that learners give (as they would write them) and, for each,
        what it assumed.
    picture : () -> Picture, shown with the answer.
    """

    id: str
    question: str
    answer: Any
    reveal: str = ""
    wrong: Mapping[Any, str] = field(default_factory=dict)
    picture: Callable[[], Any] | None = None

    @property
    def label(self) -> str:
        """The part of the id that learners see: "P2"."""
        return self.id.partition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson's exercises and predictions; the checks file calls it LESSON."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    predictions: tuple[Prediction, ...] = ()

    def exercise(self, label: str) -> Exercise:
        """Return the exercise "E2" (KeyError if there is none)."""
        return {each.label: each for each in self.exercises}[label]

    def prediction(self, label: str) -> Prediction:
        """Return the prediction "P2" (KeyError if there is none)."""
        return {each.label: each for each in self.predictions}[label]


def find_in_gradlab(name: str) -> Any:
    """Return what gradlab calls `name`: "broadcast_index" or "operators.add"."""
    module, _, attribute = f"gradlab.{name}".rpartition(".")
    return getattr(importlib.import_module(module), attribute)
