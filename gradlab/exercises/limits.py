"""Stop code that does not stop by itself: at a time limit, or when Ctrl-C is pressed.

A strike raises an exception inside the learner's code. A bare `except:` around an
endless loop may catch it; therefore a strike also traces the frames it went through,
and raises again at the first line that no `try` of theirs covers. Strikes repeat until
the call has ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import dis
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from types import CodeType, FrameType
from typing import Any, TypeVar

T = TypeVar("T")
AGAIN = 0.02  # seconds between two strikes
Place = tuple[dict[str, Any], str, int]  # the globals, file and line of a frame


class Stopped(BaseException):
    """A call was stopped; `places` is where the first blow fell, outer first."""

    places: tuple[Place, ...] = ()


class TimeLimitReached(Stopped):
    """The time of a call is up."""


class StoppedByLearner(Stopped):
    """Ctrl-C was pressed during a call."""


def run_limited(work: Callable[[], T], seconds: float) -> T:
    """Return work(), stopped after `seconds` or when Ctrl-C is pressed.

    A loop inside one call of C code is stopped when that call returns.

    Raises
    ------
    TimeLimitReached
        If it took longer than `seconds`.
    StoppedByLearner
        If Ctrl-C was pressed.
    """
    in_main = threading.current_thread() is threading.main_thread()
    alarms = in_main and hasattr(signal, "setitimer")
    striker: _Striker = _Alarm(seconds) if alarms else _Watchdog(seconds)
    try:
        try:
            striker.start()
            return work()
        finally:
            _stop(striker)
    except BaseException:
        _stop(striker)
        if striker.reason is None:
            raise
        stopped = striker.reason()
        stopped.places = striker.places
        raise stopped from None


def _stop(striker: _Striker) -> None:
    """Stop the striker, even if a last blow falls while it is being stopped."""
    while striker.running:
        with contextlib.suppress(BaseException):
            striker.stop()


class _Striker:
    """What both ways of striking share: the second blow, by tracing."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.armed = self.running = False
        self.reason: type[Stopped] | None = None
        self.places: tuple[Place, ...] = ()
        self.old_trace = sys.gettrace()

    def start(self) -> None:
        """Start the clock."""

    def stop(self) -> None:
        """Stop the clock and put everything back."""
        self.armed = False
        if self.reason is not None:
            sys.settrace(self.old_trace)

    def trace_from(self, frame: FrameType | None) -> None:
        """Trace this frame and those that called it, up to `run_limited`."""
        self.places = self.places or tuple(_places(frame))
        while frame is not None and frame.f_code is not run_limited.__code__:
            if frame.f_code.co_filename != __file__:
                frame.f_trace = self.trace
            frame = frame.f_back
        sys.settrace(self.trace)

    def trace(self, frame: FrameType, event: str, arg: Any) -> Any:
        """Raise at the first line outside every `try`."""
        # A new frame is not traced: a weak reference's callback loses what is raised.
        if not self.armed or event == "call":
            return None
        # Raising ends the tracing (CPython), so it must not be wasted inside a `try`.
        if event == "line" and self.reason and not _in_a_try(frame):
            raise self.reason
        return self.trace


def _places(frame: FrameType | None) -> list[Place]:
    """Return where this frame is and those that called it, outer first."""
    found: list[Place] = []
    while frame is not None and frame.f_code is not run_limited.__code__:
        found.append((frame.f_globals, frame.f_code.co_filename, frame.f_lineno))
        frame = frame.f_back
    return found[::-1]


def _in_a_try(frame: FrameType | None) -> bool:
    while frame is not None and frame.f_code is not run_limited.__code__:
        if _is_caught(_handlers(frame.f_code), frame.f_lasti):
            return True
        frame = frame.f_back
    return False


def _is_caught(handlers: list[tuple[int, int, int, bool]], place: int) -> bool:
    """Say whether an exception raised at `place` meets an `except` or `finally`."""
    for _ in range(len(handlers) + 1):
        inside = [each for each in handlers if each[0] <= place < each[1]]
        if not inside:
            return False
        _, _, target, only_cleans_up = inside[0]
        if not only_cleans_up:
            return True
        place = target  # cleaning up raises again from there
    return True


@cache
def _handlers(code: CodeType) -> list[tuple[int, int, int, bool]]:
    entries = getattr(dis.Bytecode(code), "exception_entries", ())
    return [(each.start, each.end, each.target, each.lasti) for each in entries]


class _Alarm(_Striker):
    """Strikes the main thread: by SIGALRM, and on SIGINT."""

    def start(self) -> None:
        self.started = time.monotonic()
        self.old_alarm = signal.signal(signal.SIGALRM, self.on_alarm)
        self.old_interrupt = signal.signal(signal.SIGINT, self.on_interrupt)
        self.armed = self.running = True
        self.old_timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)

    def stop(self) -> None:
        super().stop()
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGINT, self.old_interrupt or signal.SIG_DFL)
        signal.signal(signal.SIGALRM, self.old_alarm or signal.SIG_DFL)
        left, every = self.old_timer
        left = left and max(left - (time.monotonic() - self.started), 0.001)
        signal.setitimer(signal.ITIMER_REAL, left, every)
        self.running = False

    def on_alarm(self, number: int, frame: FrameType | None) -> None:
        self.strike(TimeLimitReached, frame)

    def on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.armed:
            signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)
        self.strike(StoppedByLearner, frame)

    def strike(self, reason: type[Stopped], frame: FrameType | None) -> None:
        if self.armed:
            self.reason = self.reason or reason
            self.trace_from(frame)
            raise self.reason


class _Watchdog(_Striker):
    """Strikes from a second thread, by CPython's asynchronous exceptions."""

    def start(self) -> None:
        self.victim = threading.get_ident()
        self.done = threading.Event()
        self.lock = threading.Lock()
        self.old_interval = sys.getswitchinterval()
        self.armed = self.running = True
        threading.Thread(target=self.watch, daemon=True).start()

    def stop(self) -> None:
        with self.lock:
            super().stop()
            self.done.set()
        # A blow that was thrown but has not fallen falls here. (Throwing None instead
        # would leave CPython 3.11 looking for it for ever.)
        for _ in range(100):
            pass
        sys.setswitchinterval(self.old_interval)
        self.running = False

    def watch(self) -> None:
        wait, striker = self.seconds, self

        class Strike(TimeLimitReached):
            def __init__(self) -> None:  # runs in the thread that is struck
                if striker.armed:
                    striker.trace_from(sys._getframe(1))

        while not self.done.wait(wait):
            with self.lock:
                if self.armed:
                    self.reason = TimeLimitReached
                    struck = sys._current_frames().get(self.victim)
                    self.places = self.places or tuple(_places(struck))
                    sys.setswitchinterval(1e-6)
                    self.throw(Strike)
            wait = AGAIN

    def throw(self, error: type[BaseException]) -> None:
        set_async = ctypes.pythonapi.PyThreadState_SetAsyncExc
        set_async(ctypes.c_ulong(self.victim), ctypes.py_object(error))
