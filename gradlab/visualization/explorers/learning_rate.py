"""learning_rate_explorer: sliders over gradient descent on a curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.visualization.explorers.base import Explorer, StaticExplorer, explore
from gradlab.visualization.explorers.learning_rate_path import DescentPath, Fn, verdict
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import number
from gradlab.visualization.training_history import as_number

MOST = 40  # steps
FUNCTIONS: dict[str, Fn] = {
    "one valley: x²": lambda x: x * x,
    "steep valley: 4x²": lambda x: 4.0 * x * x,
    "two valleys: x⁴/4 - x² + x/4": lambda x: x * x * x * x / 4 - x * x + x / 4,
    "waves: x²/4 + sin 4x": lambda x: x * x / 4 + (4.0 * x).sin(),
}


class LearningRateExplorer(Explorer):
    """Sliders for start, learning rate and steps over the way down a curve.

    Attributes
    ----------
    function : the list of curves
    start, rate, count : the sliders
    """

    called = "Learning rate explorer"
    stays = False
    frames = "picture"  # a step is one down the curve

    def __init__(self, widgets: Any, functions: dict[str, Fn], rate: float) -> None:
        self._functions, self._rate = functions, rate
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the list of curves and the three sliders."""
        names = list(self._functions)
        self.function = self.choice("curve", names, names[0])
        high = max(1.2, self._rate)
        self.rate = self.slider("learning rate", self._rate, 0.0, high, by=0.01)
        self.rate.readout_format = ".2f"
        self.start = self.slider("start", 2.5, -3.0, 3.0, by=0.1)
        self.count = self.slider("steps", 12, 1, MOST)
        return [self.row(self.function, self.start), self.row(self.rate, self.count)]

    def drawn(self) -> DescentPath:
        """Return the way down that the sliders say."""
        fn = self._functions[self.function.value]
        return DescentPath(fn, self.start.value, self.rate.value, self.count.value)

    def said(self) -> str:
        """Return what this learning rate does."""
        way = self.picture.way if isinstance(self.picture, DescentPath) else []
        return verdict(way)[0] if way else ""


def learning_rate_explorer(
    fn: Any = None, *, rate: float = 0.1
) -> LearningRateExplorer | StaticExplorer:
    """Return sliders over gradient descent on a curve: learning rate, start, steps.

    Without ipywidgets it is one picture, with a line that says so.

    Parameters
    ----------
    fn : a function of one tensor, to put first in the list of curves
    rate : the learning rate to start with

    Raises
    ------
    TypeError
        If `fn` is no function, or the rate no number.
    ValueError
        If the rate is negative.

    Examples
    --------
    >>> explorer = learning_rate_explorer(rate=1.1)
    >>> explorer.picture.alt().split(". ")[-1]
    'It ends higher than it began: the learning rate is too large.'
    """
    if fn is not None and not callable(fn):
        raise TypeError(
            f"fn is a function of one tensor, such as lambda x: x * x; got {plain(fn)}."
        )
    pace = as_number(rate, "rate")
    if not 0 <= pace < float("inf"):
        raise ValueError(f"A learning rate is a number from 0; got {number(pace)}.")
    functions = {**({"yours": fn} if fn else {}), **FUNCTIONS}
    first = next(iter(functions.values()))
    return explore(
        lambda widgets: LearningRateExplorer(widgets, functions, pace),
        lambda: DescentPath(first, 2.5, pace, 12),
        "follow the losses of a training: viz.loss_curve(losses)",
    )
