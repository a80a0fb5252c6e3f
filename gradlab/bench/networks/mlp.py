"""784-128-10 with cross-entropy and SGD, a batch of 64: one training step."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.bench.networks.layers import Weights, in_gradlab, in_torch, weights
from gradlab.bench.sides import given_to, gradlab

SIZES, BATCH, RATE = (784, 128, 10), 64, 0.01
Step = Callable[[], Any]


def step(library: str, dtype: str) -> Step:
    """Return a function that runs one training step and returns the loss before it."""
    rng = np.random.default_rng(0)
    x = rng.random((BATCH, SIZES[0])).astype(dtype)
    labels = rng.integers(0, SIZES[-1], BATCH)
    make = {"gradlab": _gradlab, "torch": _torch, "numpy": _numpy}[library]
    return make(x, labels, weights(SIZES, dtype))


def _gradlab(x: Array, labels: Array, start: Weights) -> Step:
    model, _ = in_gradlab(start)
    sgd = importlib.import_module("gradlab.optim").SGD(model.parameters(), lr=RATE)
    (inputs,) = given_to("gradlab", (x,))

    def train() -> Any:
        sgd.zero_grad()
        loss = gradlab.cross_entropy(model(inputs), labels)
        loss.backward()
        sgd.step()
        return loss.item()

    return train


def _torch(x: Array, labels: Array, start: Weights) -> Step:
    model, torch = in_torch(start)
    sgd = torch.optim.SGD(model.parameters(), lr=RATE)
    inputs, targets = torch.from_numpy(x), torch.from_numpy(labels)

    def train() -> Any:
        sgd.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(inputs), targets)
        loss.backward()
        sgd.step()
        return loss.item()

    return train


def _numpy(x: Array, labels: Array, start: Weights) -> Step:
    """Write forward, backward and SGD by hand, as one would for this net alone."""
    (first, b1), (second, b2) = start
    batch = np.arange(BATCH)

    def train() -> Any:
        hidden = np.maximum(x @ first + b1, 0)
        logits = hidden @ second + b2
        logits -= logits.max(1, keepdims=True)
        d_out = np.exp(logits)
        total = d_out.sum(1, keepdims=True)
        loss = (np.log(total[:, 0]) - logits[batch, labels]).mean()
        d_out /= total
        d_out[batch, labels] -= 1
        d_out /= BATCH
        d_hidden = (d_out @ second.T) * (hidden > 0)
        np.subtract(second, RATE * (hidden.T @ d_out), out=second)
        np.subtract(b2, RATE * d_out.sum(0), out=b2)
        np.subtract(first, RATE * (x.T @ d_hidden), out=first)
        np.subtract(b1, RATE * d_hidden.sum(0), out=b1)
        return float(loss)

    return train
