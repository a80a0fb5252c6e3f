"""Curves of losses: how they are read, where they lie, and where their names stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.visualization.axes import TICK, Axes, Range, span_of
from gradlab.visualization.own_code import plain
from gradlab.visualization.scene import Arrow, Box, Item, Text
from gradlab.visualization.text import clean, number, shorten
from gradlab.visualization.training_history import History, as_number

MOST = 5  # trainings in one picture: as many as there are kinds of lines
DRAWN = 400  # points of one curve
NAME, APART = 14.0, 21.0  # the size of names at the ends of curves, and their distance
Points = list[tuple[int, float]]


@dataclass(frozen=True)
class Curve:
    """The losses of one training, each with its epoch.

    Parameters
    ----------
    name : what the training is called; "" where there is only one
    points : (epoch, loss) in order, thinned out where there are very many
    count : how many losses there were
    """

    name: str
    points: Points
    count: int

    @property
    def known(self) -> Points:
        """The points whose loss is a finite number."""
        return [(e, v) for e, v in self.points if math.isfinite(v)]

    @property
    def broken(self) -> tuple[int, float] | None:
        """The first point whose loss is NaN or infinite, if any."""
        return next(((e, v) for e, v in self.points if not math.isfinite(v)), None)

    def until(self, epoch: float) -> Curve:
        """Return the curve up to an epoch."""
        return Curve(self.name, [p for p in self.points if p[0] <= epoch], self.count)


def read_curves(losses: Any) -> list[Curve]:
    """Return curves from the losses of one training, or of several by name.

    Raises
    ------
    TypeError
        If they are no losses.
    ValueError
        If there are too many trainings to tell their lines apart.
    """
    if not isinstance(losses, dict):
        return [_curve("", losses)]
    if not 1 <= len(losses) <= MOST:
        raise ValueError(
            f"loss_curve draws 1 to {MOST} trainings at once; got {len(losses)}. Give "
            "the ones to compare."
        )
    return [_curve(shorten(clean(n), 150, NAME), each) for n, each in losses.items()]


def _curve(name: str, losses: Any) -> Curve:
    if isinstance(losses, History):
        kept = [(k.epoch, k.loss) for k in losses.kept]
        return Curve(name, kept, losses.count)
    if isinstance(losses, str) or not isinstance(losses, Iterable):
        raise TypeError(
            "loss_curve takes a list of losses, a History, or a dict {name: losses}; "
            f"got {plain(losses)}."
        )
    values = [as_number(loss, f"loss {k}") for k, loss in enumerate(losses)]
    return Curve(name, _thinned(values), len(values))


def _thinned(values: Sequence[float]) -> Points:
    """Return evenly spread points; the last and the first broken one stay."""
    every = -(-len(values) // DRAWN) or 1
    broken = next((k for k, v in enumerate(values) if not math.isfinite(v)), None)
    last = len(values) - 1
    return [
        (k, v) for k, v in enumerate(values) if k % every == 0 or k in (last, broken)
    ]


def loss_axes(curves: Sequence[Curve], *, log: bool = False, label: str = "") -> Axes:
    """Return axes on which all curves fit."""
    epochs = [epoch for curve in curves for epoch, _ in curve.points] or [0]
    first, last = min(epochs), max(epochs)
    values = [v for curve in curves for _, v in curve.known]
    span = _powers([v for v in values if v > 0]) if log else _heights(values)
    return Axes(
        (first, max(last, first + 1)),
        span,
        w=520.0,
        h=270.0,
        x_label="epoch",
        y_label=label,
        log=log,
        whole=True,
    )


def _heights(values: Sequence[float]) -> Range:
    low, high = span_of(values)
    # A loss that is never negative gets no axis below zero.
    return (0.0 if low < 0 <= min(values, default=-1.0) else low, high)


def _powers(values: Sequence[float]) -> Range:
    """Return the powers of ten around some numbers."""
    low, high = (min(values), max(values)) if values else (0.1, 1.0)
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    last = max(last, first + 1)
    return (max(float(f"1e{first}"), 5e-324), min(float(f"1e{min(last, 308)}"), 1e308))


def tick_words(axes: Axes) -> str:
    """Return the numbers along both axes, for the table of a picture.

    Examples
    --------
    >>> tick_words(Axes((0, 2), (0, 1), w=200, x_label="epoch", y_label="loss"))
    'Marks: epoch 0, 2; loss 0, 0.2, 0.4, 0.6, 0.8, 1'
    """
    x, y = (", ".join(map(number, marks)) for marks in (axes.x_marks, axes.y_marks))
    return f"Marks: {axes.x_label or 'across'} {x}; {axes.y_label or 'up'} {y}"


def drawn_points(curve: Curve, axes: Axes) -> Points:
    """Return the points of a curve that its axes can show; others become gaps."""
    hidden = axes.log
    return [(e, math.nan if hidden and v <= 0 else v) for e, v in curve.points]


def ends(curves: Sequence[Curve], axes: Axes) -> Iterator[Item]:
    """Yield a dot at the end of each curve, and its name beside it, spread apart."""
    placed = [(axes.at(*_end(c, axes)), n, c) for n, c in enumerate(curves) if c.points]
    placed.sort(key=lambda place: (place[0][1], place[1]))
    heights = spread([y for (_, y), _, _ in placed], axes.y + axes.h)
    for ((x, y), _, curve), height in zip(placed, heights):
        if _seen(curve, axes):
            yield Box(x - 4, y - 4, 8, 8, look="port")
        left = axes.x + axes.w + 14
        if abs(height - y) > 2 or left - x > 20:
            yield Arrow(((x + 6, y), (left - 3, height)), "muted", head=False)
        ink = "wrong-ink" if curve.broken else "ink"
        yield Text(left, height, end_words(curve), NAME, ink, "start")


def _seen(curve: Curve, axes: Axes) -> Points:
    return [(e, v) for e, v in drawn_points(curve, axes) if math.isfinite(v)]


def _end(curve: Curve, axes: Axes) -> tuple[float, float]:
    seen = _seen(curve, axes)
    return seen[-1] if seen else (axes.x_range[1], axes.y_range[1])


def end_words(curve: Curve) -> str:
    """Return what stands at the end of a curve: its name and its last loss."""
    epoch, value = curve.broken or curve.points[-1]
    last = f"{number(value)} at epoch {epoch}" if curve.broken else number(value)
    return f"{curve.name}: {last}" if curve.name else last


def spread(places: Sequence[float], high: float) -> list[float]:
    """Return sorted places moved apart, so that lines of text fit between them.

    Examples
    --------
    >>> spread([10, 12, 90], 100)
    [10, 31.0, 90]
    """
    moved: list[float] = []
    for y in places:
        moved.append(max(y, moved[-1] + APART) if moved else y)
    for k in range(len(moved) - 1, -1, -1):
        limit = moved[k + 1] - APART if k + 1 < len(moved) else high
        moved[k] = min(moved[k], limit)
    return moved


def side_room(curves: Sequence[Curve]) -> float:
    """Return how much room the names beside the axes take."""
    texts = [Text(0, 0, end_words(c), NAME) for c in curves if c.points]
    return max((t.width for t in texts), default=0.0) + 20 + TICK
