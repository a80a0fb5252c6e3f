"""Calls as boxes inside each other, with what each of them prints and returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gradlab.visualization.pictures.influence.call_stack_film_trace import Event, Trace
from gradlab.visualization.scene import Box, Item, Text
from gradlab.visualization.text import mono_width, shorten, width

ROW, PAD, INSET = 24.0, 6.0, 11.0
SIZE, CODE = 14.0, 13.0
ROWS = 24  # more rows than this are not drawn
DOTS = "\u2026\u200a"  # begins what is left out; no printed line is taken for it
LEVELS = 8  # and no more boxes inside each other than this


@dataclass
class Open:
    """What is known of one call in a frame of the film."""

    number: int
    text: str
    body: list[Open | str] = field(
        default_factory=list
    )  # in the order in which it came
    end: str = ""  # how it ended, in words
    failed: bool = False

    @property
    def short(self) -> bool:
        """Whether it stands on one line: ended, with nothing inside."""
        return bool(self.end) and not self.body

    def rows(self) -> int:
        """Return how many rows the box takes, all that is inside it included."""
        inner = (part.rows() if isinstance(part, Open) else 1 for part in self.body)
        return 1 + sum(inner) + (bool(self.end) and not self.short)

    def depth(self) -> int:
        """Return how many boxes stand inside one another."""
        inner = (part.depth() for part in self.body if isinstance(part, Open))
        return 1 + max(inner, default=0)


def state(run: Trace, events: Sequence[Event]) -> Open | None:
    """Return the outermost call as it stands after some events."""
    calls: dict[int, Open] = {}
    for event in events:
        if event.kind == "enter":
            call = run.calls[event.call]
            calls[event.call] = Open(event.call, call.text)
            if call.parent is not None:
                calls[call.parent].body.append(calls[event.call])
        elif event.kind == "print":
            calls[event.call].body.append(event.text)
        else:
            word = "returns" if event.kind == "return" else "raises"
            calls[event.call].end = f"{word} {event.text}"
            calls[event.call].failed = event.kind == "raise"
    return calls.get(0)


def fitted(call: Open, now: int) -> Open:
    """Return a call with so much left out that it can be drawn.

    Parameters
    ----------
    now : the number of the call that the frame is about
    """
    for level in range(call.depth() - 1, 0, -1):
        if call.rows() > ROWS:
            call = _without_finished(call, now, level)
    if call.rows() > ROWS:
        call = _with_last_only(call)
    stack = _stack(call)
    return _without_middle(stack) if len(stack) > LEVELS else call


def _without_finished(call: Open, now: int, level: int) -> Open:
    """Write finished calls on one line, from so many levels in; not the one of now."""
    body: list[Open | str] = []
    for part in call.body:
        if isinstance(part, str):
            body.append(part)
        elif level <= 1 and part.end and part.number != now:
            body.append(replace(part, body=[]))
        else:
            body.append(_without_finished(part, now, level - 1))
    return replace(call, body=body)


def _with_last_only(call: Open) -> Open:
    """Keep the last line of every call and what is open in it."""
    body: list[Open | str] = [
        _with_last_only(part) if isinstance(part, Open) else part
        for part in call.body[-2:]
    ]
    more = len(call.body) - len(body)
    first = [f"{DOTS} {more:,} more before"] if more else []
    return replace(call, body=[*first, *body])


def _stack(call: Open) -> list[Open]:
    """Return the call and the last calls inside one another."""
    stack = [call]
    while True:
        inner = [part for part in stack[-1].body if isinstance(part, Open)]
        if not inner:
            return stack
        stack.append(inner[-1])


def _without_middle(stack: Sequence[Open]) -> Open:
    """Put the last calls of a deep stack right into its second one."""
    left_out = len(stack) - LEVELS + 1
    inner = stack[2 + left_out]
    dots = f"{DOTS} {left_out:,} calls inside each other, not drawn"
    return replace(stack[0], body=[replace(stack[1], body=[dots, inner])])


# ---------------------------------- drawing ----------------------------------


def needed(call: Open, level: int = 0) -> float:
    """Return how wide the outermost box has to be for all of its words."""
    texts = [_one_line(call)] if call.short else [call.text, call.end]
    own = [width(text, SIZE, bold=True) for text in texts]
    own += [mono_width(part, CODE) + 8 for part in call.body if isinstance(part, str)]
    inner = [needed(p, level + 1) for p in call.body if isinstance(p, Open)]
    return max([max(own) + 2 * INSET * (level + 1) + 4, *inner])


def height(call: Open) -> float:
    """Return how high the box of a call is."""
    inner = (height(p) + 6 if isinstance(p, Open) else ROW for p in call.body)
    rows = 1 + (bool(call.end) and not call.short)
    return 2 * PAD * (1 - 0.5 * call.short) + ROW * rows + sum(inner)


def _one_line(call: Open) -> str:
    return f"{call.text} {call.end}"


def drawn(call: Open, x: float, y: float, wide: float, now: int) -> Iterator[Item]:
    """Yield the boxes and words of a call and of all inside it."""
    look = "wrong" if call.failed else "cell" if call.end else "forward"
    marks = ("selected",) if call.number == now else ()
    yield Box(x, y, wide, height(call), look=look, marks=marks)
    room = wide - 2 * INSET
    ink = "wrong-ink" if call.failed else "ink"
    if call.short:
        yield _words(_one_line(call), x + INSET, y + PAD / 2, room, ink)
        return
    y += PAD
    yield _words(call.text, x + INSET, y, room, "ink")
    y += ROW
    for part in call.body:
        if isinstance(part, Open):
            yield from drawn(part, x + INSET, y, room, now)
            y += height(part) + 6
        else:
            yield from _printed(part, x + INSET, y, room)
            y += ROW
    if call.end:
        yield _words(call.end, x + INSET, y, room, ink)


def _words(text: str, x: float, y: float, room: float, ink: str) -> Text:
    line = shorten(text, room, SIZE, bold=True)
    return Text(x, y + ROW / 2, line, SIZE, ink, "start", bold=True)


def _printed(text: str, x: float, y: float, room: float) -> Iterator[Item]:
    """Yield a printed line on a strip of paper."""
    line = cut(text, room - 8)
    if text.startswith(DOTS):
        yield Text(x + 4, y + ROW / 2, line, CODE, "soft", "start", mono=True)
        return
    yield Box(x, y + 1, room, ROW - 3, look="card")
    yield Text(x + 4, y + ROW / 2, line, CODE, "ink", "start", mono=True)


def cut(text: str, room: float) -> str:
    """Return a line of code, cut where it is too long.

    Examples
    --------
    >>> cut("print(x)", 45)
    'prin…'
    """
    most = int(room / mono_width("x", CODE))
    return text if len(text) <= most else text[: max(0, most - 1)] + "…"
