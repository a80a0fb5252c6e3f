"""What a model says all over a square: regions, the line between them, and points."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from gradlab.visualization.axes import Axes, Range
from gradlab.visualization.own_code import plain
from gradlab.visualization.scene import Arrow, Box, Item
from gradlab.visualization.text import number, size_names
from gradlab.visualization.training_history import as_array

SIDE = 300.0  # of the square
ACROSS = 20  # the model is asked at 20 x 20 places
STRIPS = 60  # level strips that a region is painted in
DRAWN = 200  # points


@dataclass(frozen=True)
class Points:
    """The data: (count, 2) places, and whether each is a one."""

    places: Any
    ones: Any

    @cached_property
    def ranges(self) -> tuple[Range, Range]:
        """The unit square, or more where the points need it."""
        low, high = [0.0, 0.0], [1.0, 1.0]
        if len(self.places):
            low = [min(0.0, float(v)) for v in self.places.min(0)]
            high = [max(1.0, float(v)) for v in self.places.max(0)]
        return (low[0], high[0]), (low[1], high[1])

    @property
    def drawn(self) -> range:
        """The numbers of the points that are drawn: all, or every so many."""
        return range(0, len(self.places), -(-len(self.places) // DRAWN) or 1)


def read_points(data: Any) -> Points:
    """Return the points of a data set, or of a pair (x, y).

    Raises
    ------
    TypeError
        If it is no data set.
    ValueError
        If the points have no two finite coordinates, or a label is neither 0 nor 1.
    """
    import numpy as np

    x, y = _pair(data)
    if x.ndim != 2 or x.shape[1] != 2 or y.size != len(x):
        raise ValueError(
            "boundary_film draws points with two coordinates: x of shape (n, 2) and y "
            f"with n labels; got x of shape {x.shape} and y of shape {y.shape}."
        )
    lost = [k for k, place in enumerate(x) if not np.isfinite(place).all()]
    if lost:
        place = size_names(map(number, x[lost[0]]))
        raise ValueError(
            f"Point {lost[0]} is at {place}; a point that is drawn has two finite "
            "coordinates. Leave it out, or repair it."
        )
    _check_labels(y.ravel())
    return Points(x, y.ravel() > 0.5)


def _check_labels(labels: Any) -> None:
    odd = next((k for k, label in enumerate(labels) if label not in (0, 1)), None)
    if odd is not None:
        raise ValueError(
            f"Label {odd} is {number(labels[odd])}; boundary_film draws two classes, "
            "with the labels 0 and 1."
        )


def _pair(data: Any) -> tuple[Any, Any]:
    pair = (getattr(data, "X", None), getattr(data, "y", None))  # MiniTorch's Graph
    if pair[0] is None and isinstance(data, (tuple, list)) and len(data) == 2:
        pair = (data[0], data[1])
    if pair[0] is None:
        raise TypeError(
            "data is a data set such as datasets.xor(50), or a pair (x, y); got "
            f"{plain(data)}."
        )
    return as_array(pair[0]), as_array(pair[1])


@dataclass(frozen=True)
class Answers:
    """What a model says at the grid and at the points, above or below the boundary.

    Parameters
    ----------
    grid : (ACROSS, ACROSS) outputs, from the bottom row up
    at_points : an output per point
    boundary : outputs above it stand for a one
    """

    grid: Any
    at_points: Any
    boundary: float
    points: Points

    @cached_property
    def wrong(self) -> list[int]:
        """The numbers of the points that the model is wrong about."""
        said = self.at_points > self.boundary  # NaN is above nothing
        missing = self.at_points != self.at_points
        return [int(k) for k in ((said != self.points.ones) | missing).nonzero()[0]]

    @property
    def accuracy(self) -> float:
        """The share of points that the model is right about; NaN without points."""
        count = len(self.points.places)
        return 1 - len(self.wrong) / count if count else float("nan")

    @property
    def broken(self) -> bool:
        """Whether the model says NaN somewhere."""
        return bool((self.grid != self.grid).any())

    @property
    def look_like_probabilities(self) -> bool:
        """Whether all outputs lie between 0 and 1, though the boundary is at 0."""
        low, high = self.grid.min(), self.grid.max()
        return bool(self.boundary == 0 and low >= 0 and high <= 1)


def ask_model(model: Any, points: Points, boundary: float) -> Answers:
    """Return what a model says; its mode is put back afterwards, nothing is recorded.

    Raises
    ------
    ValueError
        If the model gives not one output per point.
    """
    import numpy as np

    (left, right), (low, high) = points.ranges
    xs, ys = np.linspace(left, right, ACROSS), np.linspace(low, high, ACROSS)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    out = _outputs(model, np.concatenate([grid, points.places]))
    cells = ACROSS * ACROSS
    return Answers(out[:cells].reshape(ACROSS, -1), out[cells:], boundary, points)


def _outputs(model: Any, places: Any) -> Any:
    from gradlab.autodiff import no_grad

    with no_grad(), _in_use(model):
        out = as_array(model(_as_input(model, places)))
    if out is None or out.size != len(places):
        got = "None" if out is None else f"an output of shape {out.shape}"
        raise ValueError(
            f"The model gave {got} for {len(places)} points. To draw a boundary, it "
            "has to give one number per point."
        )
    return out.reshape(-1)


@contextmanager
def _in_use(model: Any) -> Iterator[None]:
    """Let dropout and the like rest, then put each module back into its mode."""
    modes = list(_modes(model))
    if modes:
        model.eval()
    try:
        yield
    finally:
        for module, mode in modes:
            module.training = mode


def _modes(model: Any) -> Iterator[tuple[Any, bool]]:
    """Yield a module and all below it, each once, with their modes."""
    pending, seen = [model], set()
    while pending:
        module = pending.pop()
        if id(module) in seen or not hasattr(module, "eval"):
            continue
        seen.add(id(module))
        yield module, module.training
        below = module.modules()  # gradlab's come with their names, MiniTorch's without
        pending += [each[1] if isinstance(each, tuple) else each for each in below]


def _as_input(model: Any, places: Any) -> Any:
    """Return places as the kind of tensor that a model takes."""
    from gradlab.tensors.creation import tensor

    minitorch = sys.modules.get("gradlab.minitorch")
    if minitorch and isinstance(model, minitorch.Module):
        return minitorch.tensor(places.tolist())
    return tensor(places)


# ------------------------------------ drawing ------------------------------------


def square(points: Points) -> Axes:
    """Return the axes of the square."""
    across, up = points.ranges
    return Axes(across, up, w=SIDE, h=SIDE, x_label="x", y_label="y")


def region(answers: Answers, axes: Axes) -> Iterator[Item]:
    """Yield strips that paint where the model says one."""
    import numpy as np

    margin = np.nan_to_num(answers.grid - answers.boundary, nan=-1.0)
    high = SIDE / STRIPS
    for k in range(STRIPS):
        up = (STRIPS - k - 0.5) / STRIPS * (ACROSS - 1)
        row, share = min(int(up), ACROSS - 2), up - min(int(up), ACROSS - 2)
        with np.errstate(invalid="ignore"):
            level = (1 - share) * margin[row] + share * margin[row + 1]
        for start, end in _runs([float(v) for v in level]):
            x = axes.x + start / (ACROSS - 1) * SIDE
            wide = (end - start) / (ACROSS - 1) * SIDE
            more = 0.6 if k + 1 < STRIPS else 0.0  # no seam to the next strip
            yield Box(x, axes.y + k * high, wide, high + more, look="region")


def _runs(level: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Yield where numbers on a line, joined by straight pieces, are above 0.

    Examples
    --------
    >>> list(_runs([1, -1, -1, 2, 2]))
    [(0.0, 0.5), (2.3333333333333335, 4.0)]
    """
    start = 0.0 if level[0] > 0 else None
    for k, (one, two) in enumerate(pairwise(level)):
        if (one > 0) == (two > 0):
            continue
        gap = abs(one) + abs(two)
        cut = k + (abs(one) / gap if gap < float("inf") else 0.5)
        if start is None:
            start = cut
        else:
            yield start, cut
            start = None
    if start is not None:
        yield start, float(len(level) - 1)


def line_between(answers: Answers, axes: Axes) -> Iterator[Item]:
    """Yield the line where the model's output crosses the boundary."""
    import numpy as np
    from contourpy import contour_generator

    (left, right), (low, high) = answers.points.ranges
    xs, ys = np.linspace(left, right, ACROSS), np.linspace(low, high, ACROSS)
    known = np.clip(np.ma.masked_invalid(answers.grid), -1e150, 1e150)
    found: Any = contour_generator(xs, ys, known).lines(answers.boundary)
    for line in found:
        way = tuple(axes.at(float(x), float(y)) for x, y in line)
        if len(way) > 1:
            yield Arrow(way, "forward", head=False)


def marks(points: Points, wrong: Sequence[int], axes: Axes) -> Iterator[Item]:
    """Yield a circle for each one, a square for each zero, and rings round wrong ones.

    Examples
    --------
    >>> import numpy as np
    >>> points = Points(np.array([[0.5, 0.5]]), np.array([True]))
    >>> [box.look for box in marks(points, [0], square(points))]
    ['leaf', 'ring']
    """
    ringed = set(wrong)
    for k in points.drawn:
        x, y = axes.at(*map(float, points.places[k]))
        yield mark(x, y, bool(points.ones[k]))
        if k in ringed:
            yield Box(x - 8, y - 8, 16, 16, look="ring")


def mark(x: float, y: float, one: bool) -> Box:
    """Return the mark of a point: round for a one, square for a zero."""
    half = 4.5 if one else 4.0
    look = "leaf" if one else "constant"
    return Box(x - half, y - half, 2 * half, 2 * half, look=look)
