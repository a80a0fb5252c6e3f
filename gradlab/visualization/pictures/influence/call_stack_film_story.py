"""The frames of a call stack film and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator

from gradlab.visualization.pictures.influence.call_stack_film_trace import (
    EVENTS,
    STOP,
    Event,
    Trace,
)
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import shorten, width

FIRST, LAST = 25, 13  # of a long film these frames are drawn
ENDED = ("return", "raise")


class Story:
    """Which events of a run get a frame, and what is said in it.

    Attributes
    ----------
    shown : the events that get a frame, by their place; a frame stands before them,
        and one after
    """

    def __init__(self, run: Trace) -> None:
        self.run = run
        self.shown = self._shown()
        self.steps = len(self.shown) + 2
        called = run.calls[0].text if run.calls else f"{run.name}()"
        self.called = call_text(called, 420, 19, bold=True)

    def _shown(self) -> list[int]:
        """Return which events get a frame, by their place."""
        every = range(len(self.run.events))
        if len(every) <= FIRST + LAST:
            return list(every)
        if self.run.cut:
            return list(every[: FIRST + LAST])
        return [*every[:FIRST], *every[-LAST:]]

    @property
    def left_out(self) -> int:
        """Return how many events get no frame."""
        return self.run.total - len(self.shown)

    def event(self, step: int) -> Event | None:
        """Return what a frame is about; None for the first and the last."""
        return (
            self.run.events[self.shown[step - 1]]
            if 0 < step <= len(self.shown)
            else None
        )

    def done(self, step: int) -> int:
        """Return how many events have happened in a frame."""
        last = min(step, len(self.shown))
        return self.shown[last - 1] + 1 if last else 0

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        event = self.event(step)
        if event is None:
            return f"What happens in {self.called}?" if not step else self._ending()
        skipped = self.shown[step - 1] - self.shown[step - 2] - 1 if step > 1 else 0
        later = f"{skipped:,} events later: " if skipped else ""
        return f"{later}{self._happening(event)}"

    def _happening(self, event: Event) -> str:
        call = call_text(self.run.calls[event.call].text, 460, 19, bold=True)
        return {
            "enter": f"{call} begins",
            "print": f"{call} prints a line",
            "return": f"{call} returns {event.text}",
            "raise": f"{call} is ended by an exception",
        }[event.kind]

    def _caller(self, event: Event) -> str:
        """Say who called, or who gets what is returned; "" for the outermost call."""
        parent = self.run.calls[event.call].parent
        if parent is None or event.kind in ("print", "raise"):
            return ""
        name = call_text(self.run.calls[parent].text, 420, 16)
        if event.kind == "enter":
            return f"Called by {name}."
        return f"{event.text} goes back to {name}."

    def _ending(self) -> str:
        run = self.run
        if run.stopped:
            return f"Stopped after {STOP:,} events: it goes on and on"
        if run.error:
            return f"An exception ends it. {run.error}"
        if not run.calls:
            return f"No line of {self.called} ran: its result was known already"
        last = run.events[-1]
        done = not run.cut and last.kind == "return" and last.call == 0
        value = f": it returned {last.text}" if done else ""
        return f"All calls are closed{value}"

    def foot(self, step: int) -> list[Line]:
        """Return the lines below a frame."""
        event = self.event(step)
        lines: list[Line] = []
        if event and event.kind == "print":
            text = shorten(event.text or "(an empty line)", 600, 16)
            lines.append((f"Printed: {text}", "ink"))
        if event and event.kind == "raise":
            lines.append((event.text, "wrong-ink"))
        if event and self._caller(event):
            lines.append((self._caller(event), "ink"))
        if event:
            lines.append((self._stack(step), "soft"))
        elif step:
            lines += [(line, "soft") for line in self._summary()]
        return lines

    def _stack(self, step: int) -> str:
        events = self.run.events[: self.shown[step - 1] + 1]
        closed = {event.call for event in events if event.kind in ENDED}
        calls = [e.call for e in events if e.kind == "enter" and e.call not in closed]
        if not calls:
            return "No call is open any more."
        return f"Open now: {_calls(len(calls))}."

    def _summary(self) -> Iterator[str]:
        run = self.run
        if run.stopped:
            yield "The film shows how it begins."
            return
        if run.calls and not run.cut:
            lines = "1 line" if run.lines == 1 else f"{run.lines or 'no'} lines"
            yield (
                f"{_calls(len(run.calls))}, at most {run.depth:,} open at once; "
                f"{lines} printed. {self._bases()}"
            )
        if run.total > EVENTS:
            yield (
                f"The film shows the first {len(self.shown):,} events; "
                f"there were more than {EVENTS:,}."
            )
        elif self.left_out:
            yield f"{self.left_out:,} of {run.total:,} events get no frame here."

    def _bases(self) -> str:
        """Say how often the recursion came to its end."""
        parents = {call.parent for call in self.run.calls}
        bases = [call for call in self.run.calls if call.number not in parents]
        if len(self.run.calls) < 2:
            return "It called itself no further."
        if len(bases) > 1:
            return f"{len(bases):,} calls were base cases: they called no further."
        ends = {e.call: e for e in self.run.events if e.kind in ENDED}
        end = ends.get(bases[0].number)
        how = f" and returned {end.text}" if end and end.kind == "return" else ""
        base = call_text(bases[0].text, 300, 16)
        return f"The base case is {base}: it called no further{how}."


def call_text(call: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a call as it is written, cut inside its brackets where it is long.

    Examples
    --------
    >>> call_text("f(x=[1, 2, 3, 4])", 80, 14), call_text("f(x=1)", 80, 14)
    ('f(x=[1, …)', 'f(x=1)')
    """
    if width(call, size, bold=bold) <= room:
        return call
    return f"{shorten(call, room - width(')', size, bold=bold), size, bold=bold)})"


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count:,} calls"
