"""call_stack_film: a recursive function, call by call, as boxes that open and close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.influence import call_stack_film_nest as nest
from gradlab.visualization.pictures.influence.call_stack_film_story import Story
from gradlab.visualization.pictures.influence.call_stack_film_trace import (
    Trace,
    trace,
)
from gradlab.visualization.scene import Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet, words_below
from gradlab.visualization.text import mono_width, shorten, table_text

SOURCE = 16  # so many lines of the function are shown
CODE_ROOM = 440.0  # and so much of each
BOX_ROOM = (260.0, 560.0)  # the outermost box is at least and at most so wide
CODE_LINE = 20.0
WORDS = 320.0  # the words below the source have at least so much room


class CallStackFilm(Picture):
    """What happens in a call, one event per frame."""

    def __init__(self, run: Trace) -> None:
        self.run, self.story = run, Story(run)
        self.steps = self.story.steps
        self.title = f"The calls of {self.story.called}"

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, source with words below it, and boxes."""
        body = [*self._source(step), *self._boxes(step)]
        bad = step == self.steps - 1 and (self.run.error or self.run.stopped)
        ink = "wrong-ink" if bad else "ink"
        head, foot = self.story.heading(step), self.story.foot(step)
        if self.run.source:
            body += words_below(foot, self._panel, self._panel.width)
            foot = []
        return sheet(head, body, foot, ink=ink, around=self._room)

    def _state(self, step: int) -> nest.Open | None:
        """Return the calls as far as they are known in a frame, fit to be drawn."""
        done = self.story.done(step)
        call = nest.state(self.run, self.run.events[:done])
        return nest.fitted(call, self._now(step)) if call else None

    def _now(self, step: int) -> int:
        event = self.story.event(step)
        return event.call if event else -1

    @cached_property
    def _states(self) -> list[nest.Open | None]:
        return [self._state(step) for step in range(self.steps)]

    @cached_property
    def _wide(self) -> float:
        """How wide the outermost box is, in every frame."""
        least, most = BOX_ROOM
        wide = (nest.needed(call) for call in self._states if call)
        return min(most, max(wide, default=0.0)) if self.run.calls else least

    @cached_property
    def _panel(self) -> Bounds:
        """The room of the source; nothing where it is not known."""
        source = self.run.source
        lines = (mono_width(nest.cut(line, CODE_ROOM), nest.CODE) for line in source)
        wide = max(WORDS, max(lines) + 24) if source else 0.0
        return Bounds(0, 0, wide, CODE_LINE * min(SOURCE, len(source)) + 16)

    @property
    def _left(self) -> float:
        """Where the boxes begin, beside the source."""
        return self._panel.width + 28 if self.run.source else 0.0

    @cached_property
    def _room(self) -> Bounds:
        """The room that source and boxes take in any frame."""
        high = [nest.height(call) for call in self._states if call]
        wide = max(BOX_ROOM[0], self._wide)
        low = max([self._panel.bottom, *high, 60.0])
        return Bounds(0, 0, self._left + wide, low)

    def _boxes(self, step: int) -> Iterator[Item]:
        call = self._states[step]
        if call:
            yield from nest.drawn(call, self._left, 0, self._wide, self._now(step))
        else:
            box = Box(self._left, 0, max(BOX_ROOM[0], self._wide), 40, look="ghost")
            words = shorten("no call is open yet", box.w - 20, 14)
            yield box
            yield Text(*box.center, words, 14, "ghost-ink")

    def _source(self, step: int) -> Iterator[Item]:
        """Yield the lines of the function; the one that runs has a box."""
        source = self.run.source
        if not source:
            return
        event = self.story.event(step)
        line = event.line if event else 0
        first = max(0, min(line - SOURCE // 2, len(source) - SOURCE))
        shown = source[first : first + SOURCE]
        wide = self._panel.width
        yield Box(0, 0, wide, self._panel.height, look="card")
        for n, text in enumerate(shown):
            y = 8 + (n + 0.5) * CODE_LINE
            if first + n + 1 == line:
                yield Box(5, y - 10, wide - 10, CODE_LINE, look="forward")
            words = nest.cut(text, CODE_ROOM)
            yield Text(12, y, words, nest.CODE, "ink", "start", mono=True)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        step = self.at(step)
        said = [self.story.heading(step), *(line for line, _ in self.story.foot(step))]
        left_out = [
            row for row in _rows(self._states[step]) if row.startswith(nest.DOTS)
        ]
        ended = [text if text.endswith((".", "?")) else f"{text}." for text in said]
        return " ".join([*ended, *left_out])

    def table(self) -> str:
        """Return every event that is kept, and the source."""
        calls = self.run.calls
        rows = [
            [f"{n:,}", calls[event.call].text, event.kind, event.text]
            for n, event in enumerate(self.run.events, start=1)
        ]
        parts = [table_text(["event", "call", "what", "text"], rows)]
        return "\n\n".join([*parts, "\n".join(self.run.source)]).rstrip()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        event = self.story.event(step)
        if step and event is None:
            return "How many calls were there, and how many were open at once?"
        if event is None:
            return "How many calls will there be, and what comes back?"
        return {
            "enter": "Is this a base case, or is there one more call?",
            "print": "Which line is printed next, and by which call?",
        }.get(event.kind, "Which call closes next, and what does it hand back?")


def _rows(call: nest.Open | None) -> Iterator[str]:
    for part in call.body if call else ():
        if isinstance(part, str):
            yield part
        else:
            yield from _rows(part)


def call_stack_film(fn: Callable[..., Any], *args: Any) -> CallStackFilm:
    """Return the film of a recursive function: its calls open, print, return, close.

    The function runs once, now. What it prints goes into the film; an exception is
    shown as what ended it.

    Parameters
    ----------
    fn : a function written in Python
    args : its arguments

    Raises
    ------
    TypeError
        If `fn` is no function written in Python.

    Examples
    --------
    >>> def greater_than_three(x):
    ...     if x < 3:
    ...         return greater_than_three(x + 1)
    ...     print("Hit base case. x=" + str(x))
    ...     return x
    >>> print(call_stack_film(greater_than_three, 1).alt())
    All calls are closed: it returned 3. 3 calls, at most 3 open at once; 1 line \
printed. The base case is greater_than_three(x=3): it called no further and returned 3.
    """
    return CallStackFilm(trace(fn, args))
