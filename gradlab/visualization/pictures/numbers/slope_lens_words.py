"""What each frame of a slope lens says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gradlab.visualization.pictures.numbers.slope_lens_plan import Probe
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import factor, number

HEAD = ("dx", "true dy", "slope·dx", "gap", "gap / gap before")


class Moment(NamedTuple):
    """What one frame is about: "point", "tangent", "dx", "table", "back"."""

    name: str
    probe: Probe | None = None


class Telling:
    """A slope in words.

    Parameters
    ----------
    name, how : what the function is called, and where its slope comes from
    at : x, f(x) and the slope
    probes : what happens at each dx
    d_out : the gradient that comes back to f(x)
    """

    def __init__(
        self,
        name: str,
        how: str,
        at: tuple[float, float, float],
        probes: Sequence[Probe],
        d_out: float,
    ) -> None:
        self.name, self.how = name, how
        self.x, self.y, self.slope = at
        self.probes, self.d_out = probes, d_out

    @property
    def point(self) -> str:
        """Return x and f(x) in words."""
        return f"{self.name} at {number(self.x)} is {number(self.y)}"

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        probe = moment.probe
        if probe:
            return (
                f"dx = {number(probe.dx)}: slope·dx says {number(probe.predicted)}, "
                f"true is {number(probe.true)}."
            )
        return {
            "point": f"{self.point}.",
            "tangent": f"The slope there is {number(self.slope)}: that of the tangent.",
            "table": self._law()[0],
            "back": f"Backward: d_out = {number(self.d_out)} comes to {self.name}(x).",
        }[moment.name]

    def _law(self) -> tuple[str, str]:
        """Return how the gap shrinks, as measured: a heading, and what it means."""
        gaps = [abs(p.gap) for p in self.probes]
        rates = [b / a for a, b in pairwise(gaps) if a and b and math.isfinite(a + b)]
        if not rates:
            return self._few(gaps)
        if rates[-1] > 0.35:
            return (
                "Half the dx does not give a quarter of the gap.",
                "The curve has a corner or a bend too sharp for this dx, or this "
                "slope is not its derivative.",
            )
        if rates[-1] < 0.18:
            return (
                "Half the dx, less than a quarter of the gap.",
                "The curve is nearly straight here: the gap shrinks faster than dx².",
            )
        early = all(0.18 <= rate <= 0.35 for rate in rates)
        return (
            f"Half the dx, {'' if early else 'in the end '}about a quarter of the gap.",
            "The gap shrinks like dx²: beside dx it vanishes. That is what makes this "
            "number the derivative.",
        )

    def _few(self, gaps: Sequence[float]) -> tuple[str, str]:
        """Say what gaps show of which no two can be compared."""
        if not any(gaps):
            return ("No gap at any dx.", "Here the curve is its own tangent.")
        if gaps[-1] == 0:
            near = "Near x the curve is its own tangent, as far as floats can tell."
            return ("No gap once dx is small.", near)
        return ("Too few gaps to compare.", "Choose a smaller dx.")

    def lines(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        name = moment.name
        if name == "tangent":
            how = f"How we know the slope: {self.how}."
            return [(how, "soft"), ("Near x, dy is about slope·dx.", "ink")]
        if moment.probe:
            return [(self._gap_said(moment.probe), "ink")]
        if name == "table":
            return [(self._law()[1], "ink")]
        return [(line, "ink") for line in self._back_said()] * (name == "back")

    def _gap_said(self, probe: Probe) -> str:
        if not math.isfinite(probe.true):
            at = number(self.x + probe.dx)
            return f"{self.name} has no finite value at x + dx = {at}."
        if probe.gap == 0:
            return "The gap is 0, as far as floats can tell."
        share = number(probe.gap / probe.dx)
        return f"The gap is {number(probe.gap)}, gap/dx {share}."

    def _back_said(self) -> list[str]:
        product = f"{number(self.d_out)}·{factor(self.slope)}"
        return [
            f"Forward, a small dx becomes {number(self.slope)} times as large.",
            f"Backward, the same number multiplies d_out: gradient of x = {product} = "
            f"{number(self.d_out * self.slope)}.",
        ]

    def alt(self, moment: Moment) -> str:
        """Return a frame in words, with its numbers."""
        known = moment.name != "point"
        said = self.point + (f", slope {number(self.slope)}" if known else "")
        if p := moment.probe:
            said += f"; dx {number(p.dx)} predicts {number(p.predicted)}"
            said += f", true {number(p.true)}"
        return " ".join([f"{said}.", *(line for line, _ in self.lines(moment))])

    def ask(self, moment: Moment) -> str:
        """Return what to ask a class before a frame."""
        if moment.probe and moment.probe != self.probes[0]:
            return "Half the dx. What becomes of dy, and what becomes of the gap?"
        return {
            "point": f"What is {self.name} at {number(self.x)}?",
            "tangent": f"How steep is {self.name} at {number(self.x)}?",
            "dx": f"x moves by {number(self.probes[0].dx)}. How far does y move?",
            "table": "Look at the gaps in a row. What is their rule?",
            "back": f"{number(self.d_out)} arrives at the result. What arrives at x?",
        }[moment.name]

    def rows(self) -> list[list[str]]:
        """Return the numbers of each dx as a row of the table."""
        rows = []
        for before, p in zip([None, *self.probes], self.probes):
            numbers = [p.dx, p.true, p.predicted, p.gap]
            known = before is not None and before.gap and p.gap
            share = number(p.gap / before.gap) if known and before else "-"
            rows.append([*map(number, numbers), share])
        return rows
