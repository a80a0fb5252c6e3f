"""Optimizers: what to do with a gradient, one step at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors.tensor import Tensor


class Optimizer:
    """Parameters that step together: subclass, write `_update`.

    A parameter without a gradient stays as it is. Steps write in place, by the same
    door as `update_`: what was computed from the old values cannot run backward.
    """

    def __init__(self, parameters: Iterable[Tensor], lr: float) -> None:
        name = type(self).__name__
        self.parameters = _checked(parameters, name)
        self.lr = _between(lr, 0.0, math.inf, f"{name}: lr")
        # One array per parameter to compute a step in: nothing is allocated later.
        self._room = [np.empty_like(p._array) for p in self.parameters]

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters."""
        for p in self.parameters:
            p.grad = None

    def step(self) -> None:
        """Move every parameter that has a gradient."""
        for k, p in enumerate(self.parameters):
            if p.grad is not None:
                cells = p._array
                np.subtract(cells, self._step_of(k, p.grad._array), out=cells)
                p._written()

    def _step_of(self, k: int, grad: Array) -> Array:
        """Return what to subtract from parameter k."""
        raise NotImplementedError


class SGD(Optimizer):
    """Gradient descent: p -= lr * v, where v = momentum * v + grad.

    Parameters
    ----------
    parameters : as from `model.parameters()`
    lr : how far to go, a number from 0
    momentum : the share of the last step that is kept, from 0 to 1; 0 is plain descent

    Raises
    ------
    ValueError
        If there are no parameters, or a number is out of range.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([3.0], requires_grad=True)
    >>> optimizer = SGD([x], lr=0.5)
    >>> (x * x).sum().backward()
    >>> optimizer.step()
    >>> x.tolist()
    [0.0]
    """

    def __init__(
        self, parameters: Iterable[Tensor], lr: float, momentum: float = 0.0
    ) -> None:
        super().__init__(parameters, lr)
        self.momentum = _between(momentum, 0.0, 1.0, "SGD: momentum")
        self._velocity: list[Array | None] = [None] * len(self.parameters)

    def _step_of(self, k: int, grad: Array) -> Array:
        velocity = self._followed(k, grad) if self.momentum else grad
        return np.multiply(velocity, self.lr, out=self._room[k])

    def _followed(self, k: int, grad: Array) -> Array:
        velocity = self._velocity[k]
        if velocity is None:
            velocity = self._velocity[k] = grad.copy()
        else:
            velocity *= self.momentum
            velocity += grad
        return velocity


class Adam(Optimizer):
    """Steps of about lr in every cell, whatever the size of its gradient.

    With m and v the running means of grad and grad², each divided by what it lacks
    at the start: p -= lr * m / (sqrt(v) + eps). (Kingma and Ba, 2015.)

    Parameters
    ----------
    parameters : as from `model.parameters()`
    lr : about how far to go, a number from 0
    betas : how much of m and of v is kept in each step, from 0 to below 1
    eps : keeps the division finite

    Raises
    ------
    ValueError
        If there are no parameters, or a number is out of range.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([3.0], requires_grad=True)
    >>> optimizer = Adam([x], lr=0.5)
    >>> (x * x).sum().backward()
    >>> optimizer.step()
    >>> round(x.item(), 6)
    2.5
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        super().__init__(parameters, lr)
        if not isinstance(betas, (tuple, list)) or len(betas) != 2:
            raise TypeError(f"Adam: betas are two numbers; got {betas!r}.")
        first, second = betas
        self.betas = (
            _between(first, 0.0, 1.0, "Adam: the first beta"),
            _between(second, 0.0, 1.0, "Adam: the second beta"),
        )
        if 1.0 in self.betas:
            raise ValueError(f"Adam: betas stay below 1; got {betas}.")
        self.eps = _between(eps, 0.0, math.inf, "Adam: eps")
        self._means = [(np.zeros_like(r), np.zeros_like(r)) for r in self._room]
        self._steps = [0] * len(self.parameters)

    def _step_of(self, k: int, grad: Array) -> Array:
        self._steps[k] += 1
        (keep_m, keep_v), (m, v), room = self.betas, self._means[k], self._room[k]
        m *= keep_m
        m += np.multiply(grad, 1 - keep_m, out=room)
        v *= keep_v
        v += np.multiply(np.multiply(grad, grad, out=room), 1 - keep_v, out=room)
        lack_m = 1 - keep_m ** self._steps[k]
        lack_v = math.sqrt(1 - keep_v ** self._steps[k])
        np.divide(np.sqrt(v, out=room), lack_v, out=room)
        room += self.eps
        np.divide(m, room, out=room)
        return np.multiply(room, self.lr / lack_m, out=room)


# ------------------------------- reading the arguments -------------------------------


def _checked(parameters: Any, name: str) -> list[Tensor]:
    """Return the parameters, each once, or say what is there in their place."""
    if isinstance(parameters, Tensor) or not hasattr(parameters, "__iter__"):
        raise TypeError(
            f"{name} takes parameters, as {name}(model.parameters(), lr=0.1); got a "
            f"{type(parameters).__name__}."
        )
    given = list({id(p): p for p in parameters}.values())
    if not given:
        raise ValueError(
            f"{name} got no parameters; does the model have any? (A generator can be "
            "read only once.)"
        )
    for k, p in enumerate(given):
        if not isinstance(p, Tensor):
            raise TypeError(
                f"{name}: parameter {k} is a {type(p).__name__}, no tensor."
            )
        if not p.is_leaf:
            raise ValueError(
                f"{name}: parameter {k} (shape {p.shape}) was computed; only leaves "
                "get a gradient, so give the tensors it was computed from."
            )
    return given


def _between(value: Any, low: float, high: float, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.number)):
        raise TypeError(f"{what} is a number; got {value!r}.")
    if not low <= value <= high:
        limit = f"from {low:g}" + ("" if math.isinf(high) else f" to {high:g}")
        raise ValueError(f"{what} is a number {limit}; got {value!r}.")
    return float(value)
