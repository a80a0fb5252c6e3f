"""History: what a training was like, epoch by epoch, in bounded memory."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from gradlab.indexing import is_whole
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import clean, number

KEPT = 60  # epochs; beyond this every other one is forgotten
LARGEST_MODEL = 100_000  # numbers; of larger models no copies are kept


class Sizes(NamedTuple):
    """How large the numbers of one gradient are, whatever their signs.

    Parameters
    ----------
    low, median, high : a tenth, half and nine tenths of the finite |grad| that are not
        0 lie below these; NaN where there are none
    zeros : the share of numbers that are exactly 0
    numbers : how many there are
    broken : how many of them are NaN or infinite
    """

    low: float
    median: float
    high: float
    zeros: float
    numbers: int
    broken: int


class Kept(NamedTuple):
    """What is kept of one epoch; None for what was not recorded."""

    epoch: int
    loss: float
    accuracy: float | None = None
    sizes: dict[str, Sizes | None] | None = None
    model: Any = None


class History:
    """The losses of a training, and what else it recorded, epoch by epoch.

    At most 60 epochs are kept, evenly spread, and the last one: a long training takes
    no more memory than a short one.

    Attributes
    ----------
    count : how many epochs were recorded

    Examples
    --------
    >>> history = History()
    >>> for epoch in range(200):
    ...     history.record(1 / (1 + epoch))
    >>> history.count, len(history.kept) <= 61, history.kept[-1].epoch
    (200, True, 199)
    >>> history
    <History: 200 epochs, loss 1 to 0.005>
    """

    def __init__(self) -> None:
        self.count = 0
        self._spread: list[Kept] = []
        self._last: Kept | None = None
        self._every = 1

    @property
    def kept(self) -> list[Kept]:
        """What is kept, in order; the last epoch is always there."""
        last = self._last
        late = last is not None and last is not self._spread[-1]
        return [*self._spread, last] if late and last else list(self._spread)

    def record(
        self, loss: Any, *, accuracy: Any = None, model: Any = None, epoch: Any = None
    ) -> None:
        """Keep what an epoch was like; call it once per epoch, after `backward`.

        Parameters
        ----------
        loss : a number, or a tensor of one element
        accuracy : the share that is right, a number
        model : the model, to keep how large its gradients are, and a copy of it
        epoch : its number; by default they count from 0

        Raises
        ------
        TypeError
            If the loss or the accuracy is no number.
        ValueError
            If epochs do not count up.
        """
        right = None if accuracy is None else as_number(accuracy, "accuracy")
        now = Kept(self._place(epoch), as_number(loss, "loss"), right)
        if model is not None:
            now = now._replace(sizes=sizes_of(model), model=copied(model))
        if self.count % self._every == 0:
            self._spread.append(now)
        self._last = now
        self.count += 1
        if len(self._spread) > KEPT:
            self._spread = self._spread[::2]
            self._every *= 2

    def _place(self, epoch: Any) -> int:
        last = self._last.epoch if self._last else -1
        place = last + 1 if epoch is None else epoch
        if not is_whole(place) or place <= last:
            raise ValueError(
                f"Epochs are whole numbers that count up; after {last} came "
                f"{plain(place)}. Leave epoch out to count from 0, and begin a new "
                "training with a new History()."
            )
        return int(place)

    def __repr__(self) -> str:
        if not self.count:
            return "<History: nothing recorded>"
        first, last = self.kept[0].loss, self.kept[-1].loss
        epochs = f"{self.count} epoch{'s' if self.count > 1 else ''}"
        return f"<History: {epochs}, loss {number(first)} to {number(last)}>"


# --------------------------- reading models and numbers ---------------------------


def as_number(thing: Any, what: str) -> float:
    """Return a number, or the one element of a tensor, as a float.

    Raises
    ------
    TypeError
        If it is neither.

    Examples
    --------
    >>> from gradlab import tensor
    >>> as_number(tensor([0.5]), "loss")
    0.5
    """
    size = math.prod(getattr(thing, "shape", ()))
    try:
        value = thing.item() if hasattr(thing, "item") and size == 1 else thing
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(
            f"{what} is one number, or a tensor of one element; got {plain(thing)}."
        ) from None


def named_arrays(model: Any, *, gradients: bool = False) -> dict[str, Any]:
    """Return the parameters of a model by name as arrays, or their gradients.

    A parameter without a gradient gives None.

    Parameters
    ----------
    model : anything with `named_parameters()`

    Raises
    ------
    TypeError
        If it is no model.
    """
    if not callable(getattr(model, "named_parameters", None)):
        raise TypeError(
            "A model has named_parameters(), as every nn.Module; got "
            f"{plain(model)}, a {type(model).__name__}."
        )
    named: Iterable[tuple[str, Any]] = model.named_parameters()
    held = {clean(name): getattr(p, "value", p) for name, p in named}
    if gradients:
        held = {name: getattr(t, "grad", None) for name, t in held.items()}
    return {name: as_array(t) for name, t in held.items()}


def sizes_of(gradients: Any) -> dict[str, Sizes | None]:
    """Return how large gradients are, by name; None where there is no gradient.

    Parameters
    ----------
    gradients : a model whose parameters have `.grad`, or {name: gradient}

    Raises
    ------
    TypeError
        If it is neither, or holds parameters in place of gradients.

    Examples
    --------
    >>> sizes_of({"w": [[0.0, -2.0, 4.0]]})["w"].median
    3.0
    """
    if isinstance(gradients, dict):
        arrays = {clean(name): _gradient(name, g) for name, g in gradients.items()}
    else:
        arrays = named_arrays(gradients, gradients=True)
    return {name: _sizes(a) for name, a in arrays.items()}


def _gradient(name: object, thing: Any) -> Any:
    if getattr(thing, "requires_grad", False):
        raise TypeError(
            f"{plain(name)} holds a parameter, not its gradient: give its .grad, or "
            "the whole model."
        )
    return as_array(thing)


def copied(model: Any) -> Any:
    """Return a copy of a model to run later; None where it is large or resists."""
    try:
        arrays = named_arrays(model).values()
        if sum(a.size for a in arrays if a is not None) > LARGEST_MODEL:
            return None
        return copy.deepcopy(model)
    except Exception:  # a learner's own class may hold anything
        return None


def as_array(thing: Any) -> Any:
    """Return a tensor, array or nested lists as an array of floats; None stays None.

    Raises
    ------
    TypeError
        If it is none of these.

    Examples
    --------
    >>> as_array([[1, 2]]).shape
    (1, 2)
    """
    import numpy as np

    if thing is None:
        return None
    raw = thing.to_numpy() if hasattr(thing, "to_numpy") else thing
    try:
        return np.asarray(raw, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(
            f"Numbers come as a tensor, an array or nested lists; got {plain(thing)}."
        ) from None


def _sizes(grad: Any) -> Sizes | None:
    import numpy as np

    if grad is None:
        return None
    every = np.abs(grad.ravel())
    finite = np.isfinite(every)
    known = every[finite & (every > 0)]
    marks = np.quantile(known, (0.1, 0.5, 0.9)) if known.size else [math.nan] * 3
    zeros = float(np.mean(every == 0)) if every.size else 0.0
    low, median, high = map(float, marks)
    return Sizes(low, median, high, zeros, every.size, int(np.sum(~finite)))
