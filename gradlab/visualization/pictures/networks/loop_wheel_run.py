"""Rounds of training on a copy of a model: the numbers that loop_wheel draws."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from gradlab.visualization.own_code import plain
from gradlab.visualization.text import cell_name, clean, shorten
from gradlab.visualization.training_history import (
    as_array,
    as_number,
    named_arrays,
)
from gradlab.visualization.values import as_cell


class Round(NamedTuple):
    """The numbers of one round of training.

    Parameters
    ----------
    output : the first output of the model
    outputs : how many outputs there are
    loss : the loss of all outputs
    held : the gradient of the watched number before `backward`; None if there is none
    grad : its gradient after `backward`
    before, after : the watched number before and after the step
    """

    output: float
    outputs: int
    loss: float
    held: float | None
    grad: float
    before: float
    after: float

    @property
    def fresh(self) -> float:
        """What this round's `backward` alone gave."""
        return self.grad - (self.held or 0.0)


class Watched(NamedTuple):
    """One number of the model: a cell of a parameter."""

    name: str
    place: tuple[int, ...]

    def __str__(self) -> str:
        return cell_name(shorten(self.name, 110), self.place)


@dataclass
class Trainer:
    """A model with all that trains it.

    Parameters
    ----------
    model, optimizer : whose parameters step
    x, y : samples and what is right for them
    loss : takes the outputs and y, gives one number
    zero : whether gradients are forgotten at the end of a round
    """

    model: Any
    optimizer: Any
    x: Any
    y: Any
    loss: Callable[[Any, Any], Any]
    zero: bool = True

    def run(self, rounds: int, watch: Any = None) -> tuple[Watched, list[Round]]:
        """Train a copy, and return the watched number with what happened to it."""
        with _same_random_numbers():
            other = copy.copy(self)
            pair = copy.deepcopy((self.model, self.optimizer))
            other.model, other.optimizer = pair
            other.optimizer.zero_grad()
            watched = other.watched(watch)
            return watched, [other.round(watched) for _ in range(rounds)]

    def round(self, watched: Watched) -> Round:
        """Run one round of training."""
        held, before = self.gradient(watched), self.value(watched)
        out = self.model(self.x)
        loss = self.lost(out)
        loss.backward()
        grad = self.gradient(watched) or 0.0
        self.optimizer.step()
        if self.zero:
            self.optimizer.zero_grad()
        outputs, after = as_array(out).ravel(), self.value(watched)
        said = float(outputs[0]), outputs.size, as_number(loss, "loss")
        return Round(*said, held, grad, before, after)

    def lost(self, out: Any) -> Any:
        """Return the loss of some outputs.

        Raises
        ------
        TypeError
            If it is no tensor, so that nothing could go backward from it.
        """
        loss = self.loss(out, self.y)
        if not hasattr(loss, "backward"):
            raise TypeError(
                "The loss function returns a tensor of one element, made of the "
                f"outputs, so that loss.backward() can run; got {plain(loss)}."
            )
        return loss

    def value(self, watched: Watched) -> float:
        """Return the watched number."""
        return float(named_arrays(self.model)[watched.name][watched.place])

    def gradient(self, watched: Watched) -> float | None:
        """Return its gradient, if it has one."""
        grads = named_arrays(self.model, gradients=True)
        grad = grads[watched.name]
        return None if grad is None else float(grad[watched.place])

    def watched(self, watch: Any) -> Watched:
        """Return the number to watch: by default one with a large first gradient."""
        pair = isinstance(watch, tuple) and len(watch) == 2
        name, cell = watch if pair else (watch, None)
        values = named_arrays(self.model)
        if not values:
            raise ValueError("This model has no parameters, so no round changes it.")
        if name is None:
            name = next(iter(values))
        if not isinstance(name, str) or name not in values:
            raise ValueError(
                f"There is no parameter {plain(name)}: watch one of "
                f"{', '.join(list(values)[:6])}, or one cell, as "
                f'watch=("{next(iter(values))}", (0, 0)).'
            )
        if cell is None:
            return Watched(name, self._steepest(name))
        index = as_cell(cell)
        _check(index, values[name].shape, name)
        return Watched(name, index)

    def _steepest(self, name: str) -> tuple[int, ...]:
        """Return the cell of a parameter with the largest gradient now."""
        import numpy as np

        model = copy.deepcopy(self.model)
        self.lost(model(self.x)).backward()
        grad = named_arrays(model, gradients=True)[name]
        if grad is None or not grad.size:
            raise ValueError(
                f"The loss gives {plain(name)} no gradient: watch another parameter, "
                "or use it in forward."
            )
        place = int(np.abs(np.nan_to_num(grad)).argmax())
        return tuple(int(i) for i in np.unravel_index(place, grad.shape))


def _check(index: tuple[int, ...], shape: tuple[int, ...], name: str) -> None:
    fits = len(index) == len(shape)
    if not fits or not all(0 <= i < size for i, size in zip(index, shape)):
        raise IndexError(f"{name} has shape {shape}: it has no cell {index}.")


@contextmanager
def _same_random_numbers() -> Iterator[None]:
    """Put gradlab's random numbers back, so that a picture changes no training."""
    from gradlab.tensors.randomness import generator

    bits = generator().bit_generator
    state = bits.state
    try:
        yield
    finally:
        bits.state = state


def read_trainer(
    model: Any, data: Any, optimizer: Any, loss: Any = None, *, zero: bool = True
) -> Trainer:
    """Return a trainer, or say which of its parts is missing.

    Raises
    ------
    TypeError
        If a part is of the wrong kind.
    ValueError
        If there are no samples.
    """
    named_arrays(model)
    if not (hasattr(optimizer, "step") and hasattr(optimizer, "zero_grad")):
        raise TypeError(
            "An optimizer has step() and zero_grad(), as SGD(model.parameters(), "
            f"lr=0.1); got {plain(optimizer)}."
        )
    if loss is not None and not callable(loss):
        raise TypeError(
            f"loss is a function of the outputs and y, or None; got {plain(loss)}."
        )
    if not isinstance(data, tuple) or len(data) != 2 or not all(map(_listed, data)):
        raise TypeError(
            "data is a data set such as datasets.xor(50), or a pair of tensors (x, y); "
            f"got {clean(plain(data))}."
        )
    if not len(data[1]):
        raise ValueError("The data holds no samples: a round needs at least one.")
    return Trainer(model, optimizer, *data, loss or two_classes, zero)


def _listed(part: Any) -> bool:
    """Say whether x or y holds a row per sample: a lone number has none."""
    return bool(getattr(part, "shape", hasattr(part, "__len__")))


def two_classes(out: Any, y: Any) -> Any:
    """Return the loss for logits of shape (n, 1) or (n,), and n labels 0 or 1."""
    from gradlab.tensors.losses import bce_with_logits

    return bce_with_logits(out.view(-1), y)
