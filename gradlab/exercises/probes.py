"""The words that lessons, feedback and grading share: Probe, Call and Outcome.

A probe makes a `Call`; a caller runs it and hands back an `Outcome`; the probe says
what was expected. Calls and outcomes hold plain values, so that they can cross a pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from gradlab.exercises.specs import Formula as Formula
from gradlab.exercises.specs import GradlabName as GradlabName
from gradlab.exercises.specs import Opaque as Opaque
from gradlab.exercises.specs import ScalarSpec as ScalarSpec
from gradlab.exercises.specs import TensorSpec as TensorSpec
from gradlab.exercises.specs import WayBack as WayBack
from gradlab.exercises.specs import Yours as Yours

if TYPE_CHECKING:
    import numpy as np

Verb = Literal["call", "apply", "vjp", "derivatives", "build_then_call", "iterate"]
Status = Literal[
    "returned",  # the call came back with a value
    "raised",  # an exception left the learner's function
    "not done",  # ... and it was the stub's NotImplementedError
    "missing",  # there is nothing of that name
    "timeout",  # stopped at the time limit
    "killed",  # the process ended, or memory ran out
    "exited",  # sys.exit() and its like
    "asked",  # input() was called
    "interrupted",  # the learner pressed Ctrl-C
    "not run",  # left out after too many time limits
]


@dataclass(frozen=True)
class Call:
    """One call of the learner's function or class; write it with `call(...)`.

    Parameters
    ----------
    args, kwargs : what the learner's code is given; plain values, arrays, `TensorSpec`,
        `ScalarSpec`, `Formula`, `GradlabName`, `Yours`.
    target : the name to call; empty means the exercise's own.
    verb : ``call`` target(*args), or target.apply(*args) of a Function, as ``apply``;
        ``vjp`` call, then backward with `d_out`: the value is a `WayBack`, so
        (output, gradients); ``derivatives`` call, then the derivatives of all named
        Scalars that the arguments were made from, a dict;
        ``build_then_call`` target(*build)(*args); ``iterate`` the items as a list.
    may_change : positions (or keyword names) of arguments that the call may change.
    result : position of the argument that holds the result; None: the returned value.
    measure : facts to take: ``"peak_bytes"`` is the memory taken beyond the start.
    """

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    verb: Verb = "call"
    d_out: Any = None
    build: tuple[Any, ...] = ()
    may_change: frozenset[int | str] = frozenset()
    result: int | None = None
    measure: frozenset[str] = frozenset()

    def writes(self, position: int) -> Call:
        """Return this call with its result read from the argument at `position`."""
        may_change = self.may_change | {position}
        return replace(self, result=position, may_change=may_change)

    def measured(self, *facts: str) -> Call:
        """Return this call with these facts taken: ``"peak_bytes"``."""
        return replace(self, measure=self.measure | set(facts))

    def back(self, d_out: Any) -> Call:
        """Return this call followed by backward with `d_out` (verb ``vjp``).

        A Function or ScalarFunction is applied, a function is called.
        """
        return replace(self, verb="vjp", d_out=d_out)

    def derivatives(self) -> Call:
        """Return this call with the derivatives that it left behind as its value."""
        return replace(self, verb="derivatives")

    def iterated(self) -> Call:
        """Return this call with its result gone through: a list (verb ``iterate``)."""
        return replace(self, verb="iterate")

    def on(self, target: str) -> Call:
        """Return this call of `target`, unless it names one already."""
        return self if self.target else replace(self, target=target)


def call(*args: Any, **kwargs: Any) -> Call:
    """Return the Call of the exercise's function with these arguments.

    Examples
    --------
    >>> call((4, 0), (1, 2)).args
    ((4, 0), (1, 2))
    >>> call(1, 2).writes(1).result
    1
    """
    return Call(args, kwargs)


@dataclass(frozen=True)
class ErrorInfo:
    """An exception in words: type, bases, message, lines of the learner's own code."""

    type: str
    message: str
    bases: tuple[str, ...] = ()
    lines: tuple[tuple[int, str], ...] = ()

    @property
    def line(self) -> int | None:
        """The innermost line of the learner's own code, counted within its cell."""
        return self.lines[-1][0] if self.lines else None


@dataclass(frozen=True)
class Change:
    """An argument that the call changed without leave."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Outcome:
    """What came of one Call. Tensors in it are `TensorSpec`s, odd things `Opaque`."""

    status: Status
    value: Any = None
    error: ErrorInfo | None = None
    printed: str = ""
    inputs: tuple[Any, ...] = ()
    changes: tuple[Change, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Value:
    """The call must give this value."""

    value: Any


@dataclass(frozen=True)
class Raises:
    """The call must raise this exception (or a subclass); `naming` says what it names.

    ``Raises("ValueError", naming="both shapes and the dim")`` reads on the card as
    "raise ValueError naming both shapes and the dim".
    """

    error: str = "ValueError"
    naming: str = ""

    def __str__(self) -> str:
        return f"raise {self.error}" + (f" naming {self.naming}" if self.naming else "")


Demand = Callable[[Outcome], str | None]


@dataclass(frozen=True)
class Property:
    """The outcome must satisfy `demand`: it returns None, or a complaint."""

    demand: Demand
    says: str = ""


Expected = Value | Raises | Property
Compare = Literal["same", "numbers"] | Callable[[Any, Any], str | None]


@dataclass(frozen=True)
class Probe:
    """One question to the learner's code.

    Parameters
    ----------
    name : a few words, shown at grading ("a missing dim on the left").
    make : the Call, or a function of a random generator that makes it.
    expect : what must come of it; or a function of the Call; None: ask the exercise's
        `truth` (a truth that raises means: must raise the same).
    compare : ``"same"`` (type and value), ``"numbers"`` (list, tuple, array and tensor
        alike), or a function (expected, got) -> complaint or None.
    also : a further demand on the outcome, after the value was found right.
    points : its share; None: an equal part of what the exercise's other probes leave.
    hidden : run at grading only.
    says : the sentence to say when it fails (for a hidden probe the only one).
    """

    name: str
    make: Call | Callable[[np.random.Generator], Call]
    expect: Expected | Callable[[Call], Expected] | None = None
    compare: Compare = "same"
    also: Demand | None = None
    points: float | None = None
    hidden: bool = False
    says: str = ""

    def call(self, rng: np.random.Generator) -> Call:
        """Return this probe's Call."""
        return self.make if isinstance(self.make, Call) else self.make(rng)


def cases(*arguments: tuple[Any, ...], hidden: bool = False) -> tuple[Probe, ...]:
    """Return one probe for each tuple of arguments, named after them.

    Examples
    --------
    >>> [probe.name for probe in cases(((4, 3), (3,)), ((2,), ()))]
    ['(4, 3), (3,)', '(2,), ()']
    """
    return tuple(
        Probe(", ".join(map(repr, each)), call(*each), hidden=hidden)
        for each in arguments
    )
