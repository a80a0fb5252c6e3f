"""Run Calls in this process, and never raise for what the learner's code does."""

from __future__ import annotations

import builtins
import contextlib
import io
import linecache
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from types import TracebackType
from typing import Any, Protocol

from gradlab.exercises.arguments import named_arguments
from gradlab.exercises.borrowed import Watch
from gradlab.exercises.comparison import same
from gradlab.exercises.limits import (
    Place,
    StoppedByLearner,
    TimeLimitReached,
    run_limited,
)
from gradlab.exercises.measuring import measured, note_peak
from gradlab.exercises.probes import (
    Call,
    Change,
    ErrorInfo,
    Outcome,
    Status,
)
from gradlab.exercises.sources import globals_of
from gradlab.exercises.values import freeze, make_live
from gradlab.exercises.verbs import VERBS

LONGEST_PRINT = 4000
SECONDS = 5.0  # for each call
MOST_LINES = 8  # of the learner's own code, under an error
AFTER_A_TIMEOUT = 1.0  # seconds for each later call, so that nobody waits a minute


class Caller(Protocol):
    """Whatever can run a Call: in this process, or in a box at the end of a pipe."""

    def run(self, call: Call) -> Outcome:
        """Return what came of the call; an error in it is an Outcome too."""


@dataclass
class LocalCaller:
    """Runs calls on what `namespace` holds; each may take `seconds`.

    Examples
    --------
    >>> from gradlab.exercises.probes import call
    >>> caller = LocalCaller({"half": lambda x: x / 2})
    >>> caller.run(call(3).on("half")).value
    1.5
    >>> caller.run(call("a").on("half")).status
    'raised'
    """

    namespace: Mapping[str, Any]
    seconds: float = field(default_factory=lambda: SECONDS)
    borrowed: tuple[str, ...] = ()

    def run(self, call: Call) -> Outcome:
        """Return what came of the call; the learner's arguments are copies.

        Memory that other threads of a kernel take meanwhile is measured with it, so a
        call that seems to take much runs again, and the least counts.
        """
        outcome = self._once(call)
        for _ in range(2):
            if outcome.status != "returned" or _peak(outcome) <= NOISE:
                break
            outcome = min(outcome, self._once(call), key=_peak)
        return outcome

    def _once(self, call: Call) -> Outcome:
        if call.target not in self.namespace:
            return Outcome("missing")
        target = self.namespace[call.target]
        args = [make_live(each) for each in call.args]
        kwargs = {name: make_live(each) for name, each in call.kwargs.items()}
        before = freeze([*args, *kwargs.values()])
        names = () if call.measure else self.borrowed  # watching would cost 3x the time
        run = _Run(call, target, args, kwargs, Watch(names, self.namespace))
        from gradlab.tensors.plugging import unplugged  # loads NumPy: only when needed

        with (
            unplugged(),
            refused_input() as asked,
            captured() as printed,
            run.watched(),
        ):
            status, value, error = self._guarded(run)
        if status == "timeout":
            self.seconds = min(self.seconds, AFTER_A_TIMEOUT)
        after = freeze([*args, *kwargs.values()])
        return Outcome(
            "asked" if asked else status,
            value,
            error,
            printed.text(),
            tuple(after),
            tuple(_changes(call, target, before, after)),
            {**run.facts, "borrowed": tuple(sorted(run.watch.found))},
        )

    def _guarded(self, run: _Run) -> tuple[Status, Any, ErrorInfo | None]:
        try:
            return "returned", run_limited(run, self.seconds), None
        except TimeLimitReached as error:
            return "timeout", None, _where_stopped(error, run.target)
        except (StoppedByLearner, KeyboardInterrupt):
            return "interrupted", None, None
        except (SystemExit, GeneratorExit) as error:
            return "exited", None, describe(error, run.target)
        except BaseException as error:
            status: Status = "raised"
            if isinstance(error, NotImplementedError):
                status = "not done"
            return status, None, describe(error, run.target)


NOISE = 4096  # bytes


def _peak(outcome: Outcome) -> float:
    """Return the memory a call took; infinite for one that did not return."""
    return outcome.facts.get("peak_bytes", 0) if outcome.status == "returned" else inf


@dataclass
class _Run:
    """One call, ready to go: calling it gives the frozen value."""

    call: Call
    target: Any
    args: list[Any]
    kwargs: dict[str, Any]
    watch: Watch
    facts: dict[str, Any] = field(default_factory=dict)

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Watch and measure; outside the time limit, so that it is always undone."""
        with self.watch, measured(self.call.measure, self.facts):
            yield

    def __call__(self) -> Any:
        value = VERBS[self.call.verb](self)
        note_peak(self.facts)  # before the copies that checking makes
        position = self.call.result
        return freeze(value if position is None else self.args[position])


def _changes(call: Call, target: Any, before: Any, after: Any) -> Iterator[Change]:
    keys: list[int | str] = [*range(len(call.args)), *call.kwargs]
    names = list(named_arguments(call, target)) + [str(key) for key in keys]
    for key, name, old, new in zip(keys, names, before, after):
        if key in call.may_change:
            continue
        if not same(old, new):
            yield Change(name, old, new)
        elif _needs(old) != _needs(new):
            yield Change(f"{name}.requires_grad", _needs(old), _needs(new))


def _needs(value: Any) -> bool | None:
    """Return whether a value needs a gradient; None for what cannot."""
    return getattr(value, "requires_grad", None)


# -------------------- around a call --------------------


class Printed(io.StringIO):
    """Keeps what was printed, up to a length, and counts the rest."""

    dropped = 0

    def write(self, text: str) -> int:
        """Keep `text`, or as much of it as fits."""
        room = max(LONGEST_PRINT - self.tell(), 0)
        self.dropped += max(len(text) - room, 0)
        super().write(text[:room])
        return len(text)

    def text(self) -> str:
        """Return what was kept, and say how much was not."""
        more = f"\n... and {self.dropped:,} more characters" if self.dropped else ""
        return self.getvalue() + more


@contextlib.contextmanager
def captured() -> Iterator[Printed]:
    """Catch what is printed, on stdout and stderr alike (warnings too)."""
    printed = Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        yield printed


@contextlib.contextmanager
def refused_input() -> Iterator[list[str]]:
    """Refuse `input()` and reading from stdin; yield a list that fills if asked."""
    asked: list[str] = []

    def refuse(*args: Any) -> Any:
        asked.append(str(args[0]) if args else "")
        raise EOFError("a check cannot type: take the values from the arguments")

    class NoKeyboard(io.TextIOBase):
        read = readline = readlines = refuse

    builtin, stdin = builtins.input, sys.stdin
    builtins.input, sys.stdin = refuse, NoKeyboard()
    try:
        yield asked
    finally:
        builtins.input, sys.stdin = builtin, stdin


# -------------------- errors in words --------------------


def describe(error: BaseException, target: Any) -> ErrorInfo:
    """Return an exception in words, with the lines of the learner's own code."""
    bases = tuple(base.__name__ for base in type(error).__mro__)
    lines = own_lines(error.__traceback__, target)
    return ErrorInfo(type(error).__name__, message_of(error)[:500], bases, lines)


def _where_stopped(error: TimeLimitReached, target: Any) -> ErrorInfo:
    """Return the time limit in words, with the lines where the first blow fell."""
    lines = _own(error.places, target)
    return ErrorInfo("TimeLimitReached", "", ("TimeLimitReached",), lines)


def message_of(error: BaseException) -> str:
    """Return str(error), or "" where the learner's own __str__ fails or never ends."""
    try:
        return run_limited(lambda: str(error), AFTER_A_TIMEOUT)
    except BaseException:
        return ""


def own_lines(
    traceback: TracebackType | None, target: Any
) -> tuple[tuple[int, str], ...]:
    """Return (line, text) of the frames that run the learner's own code, outer first.

    Own code is code that shares the globals of `target`.
    """
    places: list[Place] = []
    while traceback is not None:
        frame = traceback.tb_frame
        place = frame.f_globals, frame.f_code.co_filename, traceback.tb_lineno
        places.append(place)
        traceback = traceback.tb_next
    return _own(places, target)


def _own(places: Iterable[Place], target: Any) -> tuple[tuple[int, str], ...]:
    home = globals_of(target)
    own = [(file, number) for names, file, number in places if names is home]
    return tuple(
        (n, linecache.getline(file, n).strip()) for file, n in own[-MOST_LINES:]
    )
