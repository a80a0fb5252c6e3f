"""MiniTorch's optimizers: gradient descent on Parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gradlab.minitorch.module import Parameter
from gradlab.minitorch.scalar import Scalar

__all__ = ["SGD", "Optimizer"]


class Optimizer:
    """Parameters that step together.

    Parameters
    ----------
    parameters : as from `model.parameters()`
    """

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self.parameters = list(parameters)


class SGD(Optimizer):
    """Gradient descent: each value moves by -lr times its gradient.

    Parameters
    ----------
    parameters : as from `model.parameters()`; of tensors or of Scalars
    lr : how far to go

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> p = Parameter(tensor([3.0]))
    >>> (p.value * p.value).sum().backward()
    >>> SGD([p], lr=0.25).step()
    >>> p.value
    [1.50]
    """

    def __init__(self, parameters: Iterable[Parameter], lr: float = 1.0) -> None:
        super().__init__(parameters)
        self.lr = lr

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters."""
        for p in self.parameters:
            if isinstance(p.value, Scalar):
                p.value.derivative = None
            elif hasattr(p.value, "grad"):
                p.value.grad = None

    def step(self) -> None:
        """Move every parameter that has a gradient."""
        for p in self.parameters:
            moved = self._moved(p.value)
            if moved is not None:
                p.update(moved)

    def _moved(self, value: Any) -> Any:
        """Return the value after the step, or None if it has no gradient."""
        if isinstance(value, Scalar):
            d = value.derivative
            return None if d is None else Scalar(value.data - self.lr * d)
        grad = getattr(value, "grad", None)
        return None if grad is None else value.detach() - grad * self.lr
