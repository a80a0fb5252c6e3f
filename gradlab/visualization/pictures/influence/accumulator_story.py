"""The frames of an accumulator picture and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gradlab.visualization.pictures.graphs.graph_words import CELLS, short
from gradlab.visualization.pictures.influence.accumulator_input import Tray
from gradlab.visualization.pictures.influence.influence_words import joined
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import shorten

if TYPE_CHECKING:
    from gradlab.visualization.pictures.influence.accumulator_input import Array

NAME = 150.0  # longer names are cut


def grad_of(tray: Tray) -> str:
    """Return where a leaf keeps its gradient, as it is written: a.grad."""
    name = shorten(tray.name, NAME, 19, bold=True)
    return f"{name}.{tray.attribute}"


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "start", "drop", "done", "again", "zero", "set", "kept"; `n` is
    how many drops have arrived, or for "again" the number of the backward.
    """

    name: str
    n: int = 0


class Story:
    """What arrives at a leaf, frame by frame.

    Parameters
    ----------
    tray : the leaf and its drops
    passes : how often backward runs
    drawn : how many drops are drawn
    note : what to say where cells are left out
    """

    def __init__(self, tray: Tray, passes: int, drawn: int, note: str) -> None:
        self.tray, self.passes, self.drawn, self.note = tray, passes, drawn, note
        self.grad = grad_of(tray)
        self.moments = list(self._moments())

    def _moments(self) -> Iterator[Moment]:
        count = len(self.tray.drops)
        told = range(1, self.drawn + 1)
        yield Moment("start")
        yield from (Moment("drop", n) for n in told)
        if count > self.drawn:
            yield Moment("done", count)
        if self.passes > 1:
            yield from (Moment("again", n) for n in range(2, self.passes + 1))
            yield Moment("zero", count)
        elif count > 1:
            yield from (Moment("set", n) for n in told)
            yield Moment("kept", count)

    @property
    def total(self) -> Array:
        """The whole gradient of one backward."""
        return self.tray.sums[-1]

    def arrived(self, moment: Moment) -> int:
        """Return how many drops have arrived in a frame."""
        every = len(self.tray.drops)
        return every if moment.name in ("again", "zero") else moment.n

    def lost(self, moment: Moment, n: int) -> bool:
        """Say whether drop n, from 0, has been replaced by a later one."""
        return moment.name in ("set", "kept") and n < moment.n - 1

    def held(self, moment: Moment) -> Array | None:
        """Return what the tray holds in a frame."""
        if moment.name == "again":
            return self.tray.times(moment.n)
        if moment.name == "zero":
            return self.total
        if not moment.n:
            return None
        values = [drop.value for drop in self.tray.drops]
        replaced = moment.name in ("set", "kept")
        return (values if replaced else self.tray.sums)[moment.n - 1]

    # ----------------------------------- words -----------------------------------

    @property
    def lucky(self) -> bool:
        """Whether the last drop alone happens to be the right sum."""
        import numpy as np

        last = self.tray.drops[-1].value
        return bool(np.array_equal(last, self.total, equal_nan=True))

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        count = len(self.tray.drops)
        if moment.name == "start":
            what = "number" if not self.tray.shape else "tensor"
            many = f"{count:,} {what}s" if count > 1 else f"One {what}"
            return f"{many} will arrive at {self.tray_name}. What does it keep?"
        if moment.name == "drop":
            return f"Drop {moment.n:,} of {count:,}: += adds it"
        if moment.name == "done":
            return self.sum_text(count)
        if moment.name == "again":
            return f"Backward number {moment.n} without zero_grad: it adds once more"
        if moment.name == "zero":
            return f"With zero_grad before each backward: {self._one()}"
        if moment.name == "set":
            first = "goes in" if moment.n == 1 else "replaces what was there"
            return f"If it were = and not +=: drop {moment.n:,} {first}"
        if self.lucky:
            return "With = the last drop happens to be the sum. Do not count on it."
        return f"With = only the last drop is kept: {self._missing()}"

    @property
    def tray_name(self) -> str:
        """Return what sentences call the leaf."""
        return shorten(self.tray.name, NAME, 19, bold=True)

    def sum_text(self, count: int) -> str:
        """Return the sum of the first drops: "a.grad = 1 + 2 = 3"."""
        total = short(self.tray.sums[count - 1])
        if count == 1:
            return f"{self.grad} = {total}" if self.small else f"{self.grad} is drop 1"
        if self.tray.shape:
            known = f": {total}" if self.small else ""
            return f"{self.grad} is the sum of {count:,} drops{known}"
        addends = joined([float(drop.value) for drop in self.tray.drops[:count]], "+")
        return f"{self.grad} = {addends} = {total}"

    @property
    def small(self) -> bool:
        """Whether values can be written into a sentence."""
        return 0 < int(self.total.size) <= CELLS

    def _one(self) -> str:
        if not self.small:
            return f"{self.grad} is right each time"
        return f"{self.grad} = {short(self.total)}"

    def _missing(self) -> str:
        last, total = self.tray.drops[-1].value, self.total
        return f"{short(last)}, not {short(total)}" if self.small else "not the sum"

    def foot(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        lines: list[Line] = []
        count = len(self.tray.drops)
        if moment.name == "start":
            lines.append((f"Before backward {self.grad} is None.", "ink"))
        elif moment.name == "drop":
            lines.append((f"{self.sum_text(moment.n)}.", "gradient-ink"))
        elif moment.name == "again":
            lines.append((f"{self._times(moment.n)}.", "wrong-ink"))
        elif moment.name in ("set", "kept"):
            known = (
                f"= {short(self._last(moment))}" if self.small else "is that drop alone"
            )
            lines.append((f"{self.grad} {known}.", "wrong-ink"))
        hidden = count - self.drawn
        if hidden:
            more = f"{hidden:,} of {count:,} drops are not drawn; the sum has them all."
            lines.append((more, "soft"))
        return [*lines, (self.note, "soft")] if self.note else lines

    def _times(self, n: int) -> str:
        """Return what several backwards leave in the tray."""
        held = short(self.tray.times(n))
        if not self.tray.shape:
            return f"{self.grad} = {joined([float(self.total)] * n, '+')} = {held}"
        known = f": {held}" if self.small else ""
        return f"{self.grad} is {n} times the gradient{known}"

    def _last(self, moment: Moment) -> Array:
        return self.tray.drops[moment.n - 1].value

    def alt(self, moment: Moment) -> str:
        """Return a frame in words, with its numbers."""
        said = [self.heading(moment)]
        if moment.name in ("drop", "set"):
            drop = self.tray.drops[moment.n - 1]
            known = f": {short(drop.value)}" if self.small else ""
            origin = drop.origin.replace("from", "From", 1)
            said.append(f"{origin}{known}")
        if moment.name == "kept":
            said.append(f"The right sum: {self.sum_text(moment.n)}")
        said += [line for line, _ in self.foot(moment)]
        ended = (text if text.endswith((".", "?")) else f"{text}." for text in said)
        return f"{' '.join(ended)}"
