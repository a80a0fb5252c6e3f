"""loss_curve: the losses of one training, or of several, as curves over the epochs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from gradlab.visualization.axes import Axes
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.loss_curve_plan import (
    Curve,
    drawn_points,
    end_words,
    ends,
    loss_axes,
    read_curves,
    side_room,
    tick_words,
)
from gradlab.visualization.scene import Bounds, Item, Scene
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import clean, number, table_text

ROWS = 40  # of the table
PARTS = (0.0, 1 / 3, 2 / 3, 1.0)  # how much of a single curve the frames show


class LossCurve(Picture):
    """One curve that grows from frame to frame, or one more curve in each frame."""

    def __init__(self, curves: Sequence[Curve], axes: Axes) -> None:
        self.curves, self.axes = list(curves), axes
        self.several = len(curves) > 1 or bool(curves[0].name)
        self.stops = self._stops()
        self.steps = len(curves) if self.several else len(self.stops)
        names = ", ".join(c.name for c in curves)
        self.title = f"The {self.what} of {names}" if names else f"The {self.what}"
        self.title += " over the epochs"

    @property
    def what(self) -> str:
        """What the curves show, such as the loss."""
        return self.axes.y_label

    def _stops(self) -> list[int]:
        points = self.curves[0].points
        last = len(points) - 1
        places = sorted({round(part * last) for part in PARTS}) if points else []
        return [points[k][0] for k in places] or [0]

    def shown(self, step: int) -> list[Curve]:
        """Return the curves of a frame, as far as they are drawn in it."""
        if self.several:
            return self.curves[: step + 1]
        return [self.curves[0].until(self.stops[step])]

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the axes with the curves of a frame."""
        return sheet(
            self.heading(step),
            self._body(self.shown(step)),
            self._lines(step),
            around=self._around,
        )

    def _body(self, curves: Sequence[Curve]) -> Iterator[Item]:
        yield from self.axes.frame()
        for n, curve in enumerate(curves, start=1):
            yield from self.axes.curve(drawn_points(curve, self.axes), f"curve-{n}")
        yield from ends(curves, self.axes)

    @cached_property
    def _around(self) -> Bounds:
        room = side_room([c for k in range(self.steps) for c in self.shown(k)])
        bounds = self.axes.bounds()
        return bounds._replace(right=self.axes.x + self.axes.w + room)

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        curve = self.shown(step)[-1]
        if not curve.points:
            return f"No {self.what} was recorded yet"
        epoch, last = curve.points[-1]
        of = f" of {curve.name}" if curve.name else ""
        return f"Epoch {epoch}: the {self.what}{of} is {number(last)}"

    def _lines(self, step: int) -> list[Line]:
        said = [self._line(curve) for curve in self.shown(step)]
        return [(line, ink) for line, ink in said if line]

    def _line(self, curve: Curve) -> Line:
        if curve.broken:
            epoch, value = curve.broken
            return (
                f"{_named(curve, '')}{number(value)} at epoch {epoch}: the curve ends "
                "there. Try a smaller learning rate.",
                "wrong-ink",
            )
        if len(curve.points) < 2:
            return "", "ink"
        start, low = curve.points[0][1], min(curve.points, key=lambda p: p[1])
        line = (
            f"{_named(curve)}from {number(start)} to {number(curve.points[-1][1])}; "
            f"lowest {number(low[1])}, at epoch {low[0]}."
        )
        return line + self._left_out(curve), "ink"

    def _left_out(self, curve: Curve) -> str:
        said = ""
        below = sum(v <= 0 for _, v in curve.points) if self.axes.log else 0
        if below:
            said = f" {below} at 0 or below, which a log axis cannot show."
        if len(curve.points) < curve.count and curve in self.curves:
            said += f" {len(curve.points)} of {curve.count} epochs are drawn."
        return said

    def alt(self, step: int = -1) -> str:
        """Return where each curve of a frame starts and ends."""
        step = self.at(step)
        said = [line for line, _ in self._lines(step)]
        names = [end_words(c) for c in self.shown(step) if c.points]
        ends = f" At the end of the line: {'; '.join(names)}." if names else ""
        return f"{' '.join([f'{self.heading(step)}.', *said])}{ends}"

    def table(self) -> str:
        """Return the losses epoch by epoch, thinned out, and the marks of the axes."""
        losses = [dict(curve.points) for curve in self.curves]
        epochs = sorted({epoch for each in losses for epoch in each})
        every = -(-len(epochs) // ROWS) or 1
        kept = sorted({*epochs[::every], *self.stops, *epochs[-1:]} & set(epochs))
        head = ["epoch", *(c.name or self.what for c in self.curves)]
        rows = [
            [str(e), *(number(each[e]) if e in each else "" for each in losses)]
            for e in kept
        ]
        return f"{table_text(head, rows)}\n{tick_words(self.axes)}"

    def ask(self, step: int) -> str:
        """Return what to ask before a frame."""
        if self.several:
            name = self.curves[step].name
            where = "above the others or below" if step else "higher than it starts"
            return f"{'Next' if step else 'First'} is {name}. Will it end {where}?"
        if step == 0:
            return f"Where does the {self.what} of an untrained model start?"
        return "Where will the curve go from here, and where is it in the next frame?"


def _named(curve: Curve, unnamed: str = "It went ") -> str:
    return f"{curve.name}: " if curve.name else unnamed


def loss_curve(losses: Any, *, log: bool = False, label: str = "loss") -> LossCurve:
    """Return the losses of one training, or of up to five, as curves.

    Parameters
    ----------
    losses : a list of losses, a `History`, or several of these as {name: losses}
    log : whether the axis of the losses runs in powers of ten
    label : what the curves show, where it is not the loss

    Raises
    ------
    TypeError
        If these are no losses.
    ValueError
        If there are more than five trainings.

    Examples
    --------
    >>> picture = loss_curve({"lr 0.1": [0.7, 0.5, 0.4], "lr 1": [0.7, 0.9, 3.0]})
    >>> picture.steps, picture.alt(0).split(". ")[1]
    (2, 'lr 0.1: from 0.7 to 0.4; lowest 0.4, at epoch 2')
    """
    curves = read_curves(losses)
    return LossCurve(curves, loss_axes(curves, log=bool(log), label=clean(label)))
