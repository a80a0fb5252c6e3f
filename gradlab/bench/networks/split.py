"""The split data set, 50 points, and an epoch of a small network in batches of 10."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.bench.networks.layers import Weights, in_gradlab, in_torch, weights
from gradlab.bench.sides import given_to

POINTS, BATCH, RATE = 50, 10, 0.05
Epoch = Callable[[], Any]


def data() -> tuple[Array, Array]:
    """Return points in the unit square, and 1 for those left or right of its middle."""
    x = np.random.default_rng(0).random((POINTS, 2))
    return x, np.where((x[:, :1] < 0.2) | (x[:, :1] > 0.8), 1.0, 0.0)


def epoch(library: str, hidden: int) -> Epoch:
    """Return a function that trains for one epoch and returns the loss of its end."""
    start = weights((2, hidden, hidden, 1), "float64")
    make = {"gradlab": _gradlab, "torch": _torch, "minitorch": _minitorch}[library]
    return make(start)


def _batches(library: str) -> list[tuple[Any, Any]]:
    x, y = data()
    cuts = [slice(k, k + BATCH) for k in range(0, POINTS, BATCH)]
    return [given_to(library, (x[cut], y[cut])) for cut in cuts]


def _trained(model: Any, sgd: Any, batches: list[tuple[Any, Any]]) -> Epoch:
    """Return the epoch; the three libraries are close enough to share its lines."""

    def train() -> Any:
        for x, y in batches:
            sgd.zero_grad()
            out = model(x).sigmoid()
            probability = out * y + (1.0 - out) * (1.0 - y)
            loss = -probability.log().mean()
            loss.backward()
            sgd.step()
        return loss.item()

    return train


def _gradlab(start: Weights) -> Epoch:
    model, _ = in_gradlab(start)
    sgd = importlib.import_module("gradlab.optim").SGD(model.parameters(), lr=RATE)
    return _trained(model, sgd, _batches("gradlab"))


def _torch(start: Weights) -> Epoch:
    model, torch = in_torch(start)
    sgd = torch.optim.SGD(model.parameters(), lr=RATE)
    return _trained(model, sgd, _batches("torch"))


def _minitorch(start: Weights) -> Epoch:
    """Use MiniTorch's compiled FastOps, through the names its course gives."""
    minitorch: Any = importlib.import_module("minitorch")
    backend = minitorch.TensorBackend(minitorch.FastOps)

    def made(array: Array) -> Any:
        return minitorch.tensor(array.tolist(), backend=backend)

    own = [
        (minitorch.Parameter(made(w)), minitorch.Parameter(made(b))) for w, b in start
    ]
    sgd = minitorch.SGD([each for layer in own for each in layer], RATE)

    def model(x: Any) -> Any:
        for k, (matrix, bias) in enumerate(own):
            x = x @ matrix.value + bias.value
            x = x.relu() if k < len(own) - 1 else x
        return x

    x, y = data()
    cuts = [slice(k, k + BATCH) for k in range(0, POINTS, BATCH)]
    return _trained(model, sgd, [(made(x[cut]), made(y[cut])) for cut in cuts])
