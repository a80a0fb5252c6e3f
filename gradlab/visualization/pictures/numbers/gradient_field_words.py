"""What each frame of a gradient field says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gradlab.visualization.pictures.numbers.gradient_field_path import Stop
from gradlab.visualization.pictures.numbers.gradient_field_plan import Plane
from gradlab.visualization.pictures.numbers.slope_lens_plan import marks
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import factor, number, table_text

HEAD = ("step", "x", "y", "f", "|grad|")


class Moment(NamedTuple):
    """What one frame is about: "levels", "arrow", "field", "step", "end"."""

    name: str
    step: int = 0


class Telling:
    """A way down in words.

    Parameters
    ----------
    plane, stops : where it leads, and over which stops
    rate, asked : how long its steps are, and how many were asked for
    """

    def __init__(
        self, plane: Plane, stops: Sequence[Stop], rate: float, asked: int
    ) -> None:
        self.plane, self.stops = plane, stops
        self.rate, self.asked = rate, asked

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        start, stop = self.stops[0], self.stops[moment.step]
        if moment.name == "step":
            return f"After step {stop.step}: f = {number(stop.value)} at {stop.place}."
        way = "uphill" if start.length else "flat"
        return {
            "levels": "Level lines: along each of them f keeps its value.",
            "arrow": f"At {start.place} the gradient is {start.gradient}: {way}.",
            "field": "Gradients point uphill, longer where it is steeper.",
            "end": self._ending(),
        }[moment.name]

    def _ending(self) -> str:
        start, last = self.stops[0], self.stops[-1]
        if last.step == 0:
            return f"No step downhill: f stays {number(start.value)}."
        down = "Downhill" if last.value < start.value else "Not downhill"
        return f"{down}: from f = {number(start.value)} to {number(last.value)}."

    def lines(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        made: Callable[[Moment], list[Line]] = {
            "levels": self._levels_said,
            "arrow": self._arrow_said,
            "step": self._step_said,
            "end": self._end_said,
        }.get(moment.name, self._scale_said)
        return made(moment)

    def _levels_said(self, moment: Moment) -> list[Line]:
        start = self.stops[0]
        lines: list[Line] = [
            (f"The dot: f at {start.place} is {number(start.value)}.", "ink")
        ]
        if not self.plane.levels:
            lines.append(("f has no level lines to draw here.", "soft"))
        return lines

    def _arrow_said(self, moment: Moment) -> list[Line]:
        start = self.stops[0]
        how = (f"How we know the gradient: {self.plane.f.how}.", "soft")
        if start.length == 0:
            return [
                ("Its length is 0: the place is flat, no way leads uphill.", "ink"),
                how,
            ]
        length = f"Its length, |grad| = {number(start.length)}, is the steepest slope."
        return [(length, "ink"), *self._scale_said(moment), how]

    def _scale_said(self, moment: Moment) -> list[Line]:
        if self.plane.even:
            which = "Each" if moment.name == "field" else "It"
            said = f"{which} stands at a right angle to the level line there."
            return [(said, "ink")]
        said = "x and y are drawn to different scales: right angles look bent."
        return [(said, "soft")]

    def _step_said(self, moment: Moment) -> list[Line]:
        before, stop = self.stops[moment.step - 1], self.stops[moment.step]
        move = f"({number(stop.x - before.x)}, {number(stop.y - before.y)})"
        product = f"{factor(-self.rate)}·{before.gradient}"
        lines: list[Line] = [
            (f"It moved by -rate·gradient = {product} = {move}.", "ink")
        ]
        if stop.value > before.value:
            rose = f"f rose from {number(before.value)}: this step was too long."
            lines.append((rose, "wrong-ink"))
        if not self.plane.holds(stop):
            lines.append(("That is outside the picture.", "soft"))
        return lines

    def _end_said(self, moment: Moment) -> list[Line]:
        last = self.stops[-1]
        taken = f"{last.step} step{'s' * (last.step != 1)}"
        said = f"It ends at {last.place}, after {taken} of rate {number(self.rate)}."
        lines: list[Line] = [(said, "ink")]
        if last.length == 0:
            lines.append(("The gradient there is 0: no step leads on.", "ink"))
        elif last.step < self.asked:
            lost = "The next step leads where f or its gradient is not finite."
            lines.append((lost, "wrong-ink"))
        else:
            lines.append((f"|grad| there is {number(last.length)}.", "ink"))
        if not all(map(self.plane.holds, self.stops)):
            lines.append(("The path leaves the picture.", "wrong-ink"))
        return lines

    def alt(self, moment: Moment, around: Sequence[Stop]) -> str:
        """Return a frame in words; `around` are the places of the field."""
        said = [self.heading(moment), *(line for line, _ in self.lines(moment))]
        if moment.name == "levels" and self.plane.levels:
            said.append(f"Levels: {', '.join(map(number, self.plane.levels))}.")
        if moment.name == "field":
            said += [f"At {stop.place} it is {stop.gradient}." for stop in around[:4]]
        return " ".join(said)

    def table(self) -> str:
        """Return every stop of the path, the levels, and the numbers on the axes."""
        return "\n".join(
            [
                table_text(HEAD, [numbers(stop) for stop in self.stops]),
                f"Levels: {', '.join(map(number, self.plane.levels)) or 'none'}.",
                f"Numbers along the axes: {marks(self.plane.axes)}.",
            ]
        )


def numbers(stop: Stop) -> list[str]:
    """Return a stop as a row of the table."""
    values = (stop.step, stop.x, stop.y, stop.value, stop.length)
    return [number(value) for value in values]
