"""boundary_film: what a model says all over the square, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradlab.visualization.axes import Axes, span_of
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.boundary_film_plan import (
    SIDE,
    Answers,
    Points,
    ask_model,
    line_between,
    marks,
    read_points,
    region,
    square,
)
from gradlab.visualization.pictures.networks.grad_histogram import spaced
from gradlab.visualization.pictures.networks.loss_curve_plan import tick_words
from gradlab.visualization.scene import Bounds, Box, Item, Scene
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import counted, number, table_text
from gradlab.visualization.training_history import History, as_number

EPOCHS = 11  # frames, beside the one with the points alone


@dataclass(frozen=True)
class Moment:
    """One epoch: what the model said in it; loss and epoch where they are known."""

    answers: Answers
    epoch: int | None = None
    loss: float | None = None


class BoundaryFilm(Picture):
    """Points first, then the regions of a model, with its loss and accuracy beside."""

    def __init__(
        self,
        points: Points,
        moments: Sequence[Moment],
        losses: Sequence[tuple[int, float]] = (),
    ) -> None:
        self.points, self.moments, self.losses = points, list(moments), list(losses)
        self.steps = 1 + len(self.moments)
        self.axes = square(points)
        self.charts = self._charts() if losses else ()
        self.title = f"Where the model says one: {counted(len(points.places), 'point')}"
        self.chances = all(m.answers.look_like_probabilities for m in self.moments)

    def _charts(self) -> tuple[Axes, Axes]:
        first, last = self.losses[0][0], self.losses[-1][0]
        low, high = span_of([loss for _, loss in self.losses])
        across = (first, max(last, first + 1))
        loss = (min(0.0, low) if low > 0 else low, high)
        top = Axes(
            across, loss, SIDE + 84.0, w=240.0, h=108.0, y_label="loss", whole=True
        )
        below = replace(
            top, y_range=(0.0, 1.0), y=192.0, x_label="epoch", y_label="accuracy"
        )
        return top, below

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the square, painted from frame 1 on, and the curves so far."""
        return sheet(
            self.heading(step),
            self._body(step),
            self._lines(step),
            around=Bounds.around(item.bounds() for item in self._empty()),
        )

    def _empty(self) -> Iterator[Item]:
        for axes in (self.axes, *self.charts):
            yield from axes.frame()

    def _body(self, step: int) -> Iterator[Item]:
        answers = self.moments[step - 1].answers if step else None
        if answers:
            yield from region(answers, self.axes)
        yield from self._empty()
        if answers:
            yield from line_between(answers, self.axes)
        yield from marks(self.points, answers.wrong if answers else (), self.axes)
        if step and self.charts:
            yield from self._curves(step)

    def _curves(self, step: int) -> Iterator[Item]:
        now = self.moments[step - 1].epoch or 0
        losses = [p for p in self.losses if p[0] <= now]
        shares = [(m.epoch or 0, m.answers.accuracy) for m in self.moments[:step]]
        for axes, points in zip(self.charts, (losses, shares)):
            yield from axes.curve(points, "curve-1")
            if math.isfinite(points[-1][1]):
                x, y = axes.at(*points[-1])
                yield Box(x - 4, y - 4, 8, 8, look="port")

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        count = len(self.points.places)
        ones = int(self.points.ones.sum())
        if not step:
            both = f"{counted(ones, 'one')} and {counted(count - ones, 'zero')}"
            return f"{counted(count, 'point')}: {both}"
        moment = self.moments[step - 1]
        right = (
            f"{count - len(moment.answers.wrong)} of {counted(count, 'point')} right"
        )
        return right if moment.epoch is None else f"Epoch {moment.epoch}: {right}"

    def _lines(self, step: int) -> list[Line]:
        lines = [*self._told(self.moments[step - 1])] if step else []
        drawn, count = len(self.points.drawn), len(self.points.places)
        if drawn < count:
            lines.append((f"{drawn} of the {count:,} points are drawn.", "soft"))
        legend = "Circles: ones. Squares: zeros."
        if step:
            legend += " Tinted: the model says one. Ringed: wrong."
        return [*lines, (legend, "soft")]

    def _told(self, moment: Moment) -> Iterator[Line]:
        answers = moment.answers
        loss = "" if moment.loss is None else f"Loss {number(moment.loss)}, a"
        share = number(_share(answers))
        yield (
            f"{loss or 'A'}ccuracy {number(answers.accuracy)}, {len(answers.wrong)} "
            f"wrong. It says one on {share}% of the square.",
            "ink",
        )
        if answers.broken:
            yield "The model gives NaN: no region is drawn there.", "wrong-ink"
        elif self.chances:
            yield (
                "All outputs lie between 0 and 1. If these are probabilities, give "
                "boundary=0.5.",
                "wrong-ink",
            )

    def alt(self, step: int = -1) -> str:
        """Return how many points are right, and what is drawn besides."""
        step = self.at(step)
        return " ".join([f"{self.heading(step)}.", *(w for w, _ in self._lines(step))])

    def table(self) -> str:
        """Return the epochs in numbers, and the marks of the axes."""
        head = ["epoch", "loss", "accuracy", "wrong", "one on"]
        rows = [
            [
                "" if m.epoch is None else str(m.epoch),
                "" if m.loss is None else number(m.loss),
                number(m.answers.accuracy),
                str(len(m.answers.wrong)),
                f"{number(_share(m.answers))}%",
            ]
            for m in self.moments
        ]
        said = [tick_words(axes) for axes in (self.axes, *self.charts)]
        return "\n".join([table_text(head, rows), *said])

    def ask(self, step: int) -> str:
        """Return what to ask before a frame."""
        if step == 0:
            return "Two classes of points: can one straight line part them?"
        if step == 1:
            return "Where would you draw the boundary? Where will the model?"
        return "Which points will change sides next?"


def _share(answers: Answers) -> float:
    return round(100 * float((answers.grid > answers.boundary).mean()), 1)


def boundary_film(
    model: Any, data: Any, *, history: Any = None, boundary: float = 0.0
) -> BoundaryFilm:
    """Return where a model says one, over the unit square, with the points in it.

    With a history whose `record` was given the model, it is a film of the training.

    Parameters
    ----------
    model : takes points of shape (n, 2), gives n numbers; it stays as it is
    data : a data set such as `datasets.xor(50)`, or a pair (x, y)
    history : a `History` of its training
    boundary : outputs above it stand for a one: 0 for logits, 0.5 for probabilities

    Raises
    ------
    TypeError
        If it is no data set, model or history, or the boundary is no number.
    ValueError
        If the points have no two coordinates, a label is neither 0 nor 1, or the model
        gives not one number each.

    Examples
    --------
    >>> from gradlab import datasets
    >>> picture = boundary_film(lambda x: 0.5 - x[:, 0], datasets.simple(40, seed=1))
    >>> picture.alt().split(". ")[0]
    '40 of 40 points right'
    """
    points = read_points(data)
    boundary = as_number(boundary, "boundary")
    if not math.isfinite(boundary):
        raise ValueError(f"boundary is a finite number; got {number(boundary)}.")
    if history is not None and not isinstance(history, History):
        raise TypeError(f"history is a viz.History(); got {plain(history)}.")
    kept = history.kept if history else []
    seen = spaced([k for k in kept if k.model is not None], EPOCHS)
    moments = [
        Moment(ask_model(k.model, points, boundary), k.epoch, k.loss) for k in seen
    ]
    if not moments:
        moments = [_only(model, points, boundary, kept)]
    return BoundaryFilm(points, moments, [(k.epoch, k.loss) for k in kept])


def _only(model: Any, points: Points, boundary: float, kept: Sequence[Any]) -> Moment:
    """Return the model as it is now, the end of a history where there is one."""
    if not callable(model):
        raise TypeError(
            f"model is a module, or a function of points (n, 2); got {plain(model)}."
        )
    answers = ask_model(model, points, boundary)
    return Moment(answers, kept[-1].epoch, kept[-1].loss) if kept else Moment(answers)
