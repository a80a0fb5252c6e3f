"""Running a function and writing down its calls, what they print, what they return."""

from __future__ import annotations

import contextlib
import functools
import inspect
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from dis import opname
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

from gradlab.visualization.own_code import plain
from gradlab.visualization.text import clean

EVENTS = 400  # what comes after these is not kept
STOP = 20_000  # after so many, the function is stopped
LATER = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
LINES = 8  # of what one call prints, so many lines are kept


class Event(NamedTuple):
    """Something that happened, in the order in which it did.

    `kind` is "enter", "print", "return" or "raise"; `call` is the number of the call;
    `line` counts from 1 in the function's source, 0 where it is not known.
    """

    kind: str
    call: int
    text: str
    line: int = 0


@dataclass
class Call:
    """One call: its name and arguments as written, and who called it."""

    number: int
    text: str
    parent: int | None


@dataclass
class Trace:
    """A run, written down.

    Attributes
    ----------
    total : how many events there were, also beyond those that are kept
    stopped : whether it was stopped, as it went on and on
    error : the exception that ended it, in words
    depth : how many calls were open at once at most, among those that are kept
    lines : how many lines were printed
    """

    name: str
    source: list[str]
    first_line: int = 1
    calls: list[Call] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    total: int = 0
    stopped: bool = False
    error: str = ""
    depth: int = 0
    lines: int = 0

    @property
    def cut(self) -> bool:
        """Whether events are missing."""
        return self.stopped or self.total > len(self.events)


class _Stop(BaseException):
    """Ends a function that goes on and on; no `except Exception` holds it."""


def trace(fn: Any, args: tuple[Any, ...]) -> Trace:
    """Return what happens in a call of a Python function.

    Raises
    ------
    TypeError
        If it is not a function written in Python.
    """
    code = _code(fn)
    run = Trace(plain_name(fn), *_source(code))
    _Recorder(run, code).run(fn, args)
    return run


def plain_name(fn: Any) -> str:
    """Return what a function is called."""
    return clean(getattr(fn, "__name__", type(fn).__name__))


def _code(fn: Any) -> CodeType:
    inner = inspect.unwrap(fn) if callable(fn) else fn
    while isinstance(inner, functools.partial):
        inner = inner.func
    inner = getattr(inner, "__func__", inner)
    if isinstance(inner, FunctionType) and inner.__code__.co_flags & LATER:
        raise TypeError(
            f"A call of {plain_name(inner)} runs nothing yet: it is a generator or "
            "async. Film a function that uses it, such as one that makes a list of it."
        )
    if not isinstance(inner, FunctionType):
        raise TypeError(
            "call_stack_film follows a function written in Python with def, and then "
            f"its arguments, as in call_stack_film(f, 3); got {plain(fn)}."
        )
    return inner.__code__


def _source(code: CodeType) -> tuple[list[str], int]:
    try:
        lines, first = inspect.getsourcelines(code)
    except (OSError, TypeError):
        return [], code.co_firstlineno
    indent = len(lines[0]) - len(lines[0].lstrip())
    return [clean(line.rstrip("\n")[indent:].expandtabs(4)) for line in lines], first


def _own_codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code and that of functions defined in it."""
    yield code
    for inner in code.co_consts:
        named = isinstance(inner, CodeType) and not inner.co_name.startswith("<")
        if named and not inner.co_flags & LATER:
            yield from _own_codes(inner)


class _Recorder(io.TextIOBase):
    """Follows the frames of one function, and takes what they print."""

    def __init__(self, run: Trace, code: CodeType) -> None:
        self.trace_of, self.codes = run, set(_own_codes(code))
        self.numbers: dict[FrameType, int] = {}  # the open calls
        self.raised: BaseException | None = None  # the latest one
        self.begun: tuple[int | None, str, int] = (None, "", 0)
        self.printed: dict[int, int] = {}
        self.dropped = 0  # lines that are not kept, as their call prints so many

    def run(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
        before = sys.gettrace()
        with contextlib.redirect_stdout(self):
            sys.settrace(self.follow)
            try:
                fn(*args)
            except _Stop:
                self.trace_of.stopped = True
            except (Exception, SystemExit) as error:
                self.trace_of.error = told(error)
            finally:
                sys.settrace(before)
        with contextlib.suppress(_Stop):
            self.end_line()

    # ----------------------------------- calls -----------------------------------

    def follow(self, frame: FrameType, kind: str, arg: Any) -> Any:
        """Note a call of the function; leave all other code alone."""
        if frame.f_code not in self.codes:
            return None
        frame.f_trace_lines = False
        self.count()
        if self.keeping():
            self.enter(frame)
        return self.inside

    def inside(self, frame: FrameType, kind: str, arg: Any) -> Any:
        """Note how a call ends."""
        if kind == "exception":
            self.raised = arg[1]
        elif kind == "return":
            self.count()
            if frame in self.numbers and self.keeping():
                error = self.raised if arg is None and _thrown(frame) else None
                text = told(error) if error else plain(arg, 60)
                self.note("raise" if error else "return", frame, text)
            self.numbers.pop(frame, None)
        return self.inside

    def enter(self, frame: FrameType) -> None:
        run, number = self.trace_of, len(self.trace_of.calls)
        parent = self.owner(frame.f_back)
        run.calls.append(Call(number, _call_text(frame), parent))
        self.numbers[frame] = number
        run.depth = max(run.depth, len(self.numbers))
        self.note("enter", frame, run.calls[-1].text)

    def owner(self, frame: FrameType | None) -> int | None:
        """Return the number of the innermost open call at or above a frame."""
        while frame is not None and frame not in self.numbers:
            frame = frame.f_back
        return self.numbers[frame] if frame else None

    def count(self, events: int = 1) -> None:
        self.trace_of.total += events
        if self.trace_of.total + self.dropped > STOP:
            raise _Stop

    def keeping(self) -> bool:
        return self.trace_of.total <= EVENTS

    def note(self, kind: str, frame: FrameType, text: str) -> None:
        self.end_line()
        line = (frame.f_lineno or 0) - self.trace_of.first_line + 1
        self.trace_of.events.append(Event(kind, self.numbers[frame], text, line))

    # --------------------------------- what it prints ---------------------------------

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        frame: FrameType | None = sys._getframe(1)
        number = self.owner(frame) or 0
        while frame is not None and self.numbers.get(frame) != number:
            frame = frame.f_back
        line = frame.f_lineno - self.trace_of.first_line + 1 if frame else 0
        *whole, rest = text.split("\n")
        for part in whole:
            self.begin(number, part, line)
            self.end_line(always=True)
        if rest:
            self.begin(number, rest, line)
        return len(text)

    def begin(self, number: int, text: str, line: int) -> None:
        """Go on with the line that is being printed."""
        if self.begun[0] != number:
            self.end_line()
        self.begun = (number, (self.begun[1] + text)[:200], line)

    def end_line(self, *, always: bool = False) -> None:
        """Note a printed line, whole or broken off."""
        (number, text, line), self.begun = self.begun, (None, "", 0)
        if number is None or not (text or always):
            return
        self.printed[number] = self.printed.get(number, 0) + 1
        self.trace_of.lines += 1
        if self.printed[number] > LINES + 1:
            self.dropped += 1
            self.count(0)
            return
        self.count()
        more = self.printed[number] > LINES
        if self.keeping() and self.trace_of.calls:
            words = "… and more lines" if more else clean(text.expandtabs(4))
            self.trace_of.events.append(Event("print", number, words, line))


def _thrown(frame: FrameType) -> bool:
    """Say whether a frame that ends does so by an exception, and not by a return."""
    last = opname[frame.f_code.co_code[frame.f_lasti]]
    return not last.startswith(("RETURN", "YIELD"))


def told(error: BaseException) -> str:
    """Return an exception in words; how deep it was is left out."""
    name = type(error).__name__
    if isinstance(error, RecursionError):
        return f"{name}: more than {sys.getrecursionlimit():,} calls open at once"
    try:
        message = " ".join(clean(str(error)).split())
    except Exception:
        message = ""
    return f"{name}: {message[:80]}" if message else name


def _call_text(frame: FrameType) -> str:
    """Return a call as it could be written: name(x=0)."""
    code, values = frame.f_code, frame.f_locals
    count = code.co_argcount + code.co_kwonlyargcount
    extra = bool(code.co_flags & inspect.CO_VARARGS)
    names = code.co_varnames[: count + extra]
    parts = [f"{name}={plain(values[name])}" for name in names if name in values]
    return f"{clean(code.co_name)}({', '.join(parts)})"
