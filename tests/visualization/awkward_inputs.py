"""What awkward pictures are made of: inputs, and small functions that draw them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import gradlab.visualization as viz
from gradlab import Function, Scalar, Tensor, nn, tensor
from gradlab.optim import SGD
from gradlab.tensors.randomness import manual_seed
from gradlab.visualization.picture import Picture

from .flow_examples import HOSTILE as MARKUP

Make = Callable[[], Any]
TAGS = "</text><script>alert('x')</script>&\"'"
CLASS = TAGS + "\u202e"  # a class may be called this
NAN, INF = math.nan, math.inf
MANY = np.linspace(-3.0, 3.0, 10_000)
DEEP = 3000
CELLS: dict[str, Any] = {
    "0-d": 2.5,
    "size 0": np.zeros((0, 3)),
    "NaN": [[1.0, NAN], [-2.0, 3.0]],
    "inf": [[1.0, INF], [-INF, 3.0]],
    "1e-300": [[1e-300, -1e-300], [2e-300, 1.0]],
    "1e300": [[1e300, -1e300], [3e300, 1.0]],
    "5-d": np.arange(48.0).reshape(2, 3, 2, 2, 2) / 8 - 2,
    "10,000 cells": MANY.reshape(100, 100),
}
SHAPES: dict[str, Any] = {
    "0-d": (),
    "size 0": (0, 3),
    "5-d": (2, 3, 2, 2, 2),
    "10,000 cells": (100, 100),
}
NUMBERS = {"NaN": NAN, "inf": INF, "1e-300": 1e-300, "1e300": 1e300}


@dataclass(frozen=True)
class Case:
    """What to call; and what its refusal says, or "" where it must draw."""

    make: Make
    says: str = ""

    def picture(self) -> Picture:
        """Return the picture, also of an explorer."""
        made = self.make()
        return made if isinstance(made, Picture) else made.picture


def ones(x: Any) -> Any:
    return np.ones(np.shape(x))


def leaf(x: Any, name: str = "x") -> Tensor:
    return tensor(x, requires_grad=True, name=name)


def summed(x: Any) -> Tensor:
    w = leaf(x, "w")
    return (w * w + 1.0).sum()


def squares(x: Tensor) -> Tensor:
    return x * x


def points(x: Any) -> tuple[Any, Any]:
    """Return some numbers as points of the plane, with labels."""
    pairs = np.resize(np.ravel(x), (np.size(x) // 2, 2)) if np.size(x) > 1 else x
    return pairs, np.arange(len(pairs)) % 2 if np.ndim(pairs) else 1.0


class Mul(Function):
    """A product with a backward that forgets to sum back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Any:
        x, y = ctx.saved_values
        return d_out * y, d_out * x


def wheel(x: Any, **options: Any) -> Picture:
    data = points(x)
    if np.ndim(data[0]):
        data = tensor(data[0]), tensor(data[1])
    model = nn.Linear(2, 1)
    for k, weights in enumerate(model.parameters()):
        weights.update_(np.full(weights.shape, 0.5 - k))
    return viz.loop_wheel(model, data, SGD(model.parameters(), lr=0.1), **options)


def ledger(x: Any) -> Picture:
    w = leaf(x, "w")
    return viz.path_ledger((w * w + 1.0).sum(), w)


def recorded(x: Any) -> Picture:
    history = viz.History()
    for loss in np.ravel(x):
        history.record(loss=float(loss))
    return viz.loss_curve(history)


def same(x: Any) -> Any:
    print(x)
    return x


def own_index(out_index: Any, shape: Any) -> Any:
    return tuple(0 if n == 1 else i for i, n in zip(out_index[::-1], shape[::-1]))


def quarter(x: Any) -> Any:
    return x * 0.25


def plane(x: Any, y: Any) -> Any:
    return x * 0.5 + y * 0.25


def called(fn: Any, name: str = CLASS) -> Any:
    """Return the same function under another name."""
    made = type(fn)(fn.__code__, fn.__globals__, closure=fn.__closure__)
    made.__name__ = made.__qualname__ = name
    return made


def odd() -> Tensor:
    """Return a result of tensors, a module and a Function that are all called so."""
    manual_seed(0)
    hostile = type(CLASS, (nn.Linear,), {})(2, 1)
    x = leaf([[1.0, 2.0]], MARKUP)
    y = type(CLASS, (Mul,), {}).apply(hostile(x), leaf([[3.0]], MARKUP))
    y.name = MARKUP
    return y.sum()


def odd_ledger() -> Picture:
    x = Scalar(1.0, MARKUP)
    y = x * x
    y.name = CLASS
    return viz.path_ledger(y + Scalar(2.0, "&<b>"), x)


def says_markup(x: Any) -> Any:
    print(TAGS, x)
    return says_markup(TAGS) if x != TAGS else x


def deep(x: Any, times: int = DEEP) -> Any:
    """Return a result at the end of a long chain of ops."""
    for _ in range(times):
        x = x * 0.999
    return x


def deep_scalar() -> Scalar:
    return deep(Scalar(1.0, "x")) + Scalar(2.0, "y")


def deep_tensor() -> Tensor:
    return deep(leaf([1.0, 2.0])).sum()


def deep_ledger() -> Picture:
    x = Scalar(1.0, "x")
    return viz.path_ledger(deep(x), x)


def down(n: int) -> int:
    return 0 if n == 0 else down(n - 1)
