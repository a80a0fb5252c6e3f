"""Small trainings for the examples of the gallery: quick, and the same each time."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from gradlab import nn
from gradlab.datasets import Dataset
from gradlab.optim import SGD
from gradlab.tensors.losses import bce_with_logits
from gradlab.tensors.randomness import manual_seed
from gradlab.visualization.training_history import History


class Trained(NamedTuple):
    """A model with its data, its optimizer and what its training was like."""

    model: nn.Module
    data: Dataset
    optimizer: SGD
    history: History


def network(*sizes: int, between: type[nn.Module] = nn.Tanh) -> nn.Sequential:
    """Return linear layers with a function between them, from a fixed seed."""
    manual_seed(0)
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), between()]
    return nn.Sequential(*layers[:-1])


def trained(model: nn.Module, data: Dataset, epochs: int, lr: float = 1.0) -> Trained:
    """Return a model after some epochs on all data at once."""
    optimizer, history = SGD(model.parameters(), lr=lr), History()
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = bce_with_logits(model(data.x).view(-1), data.y)
        loss.backward()
        history.record(loss, model=model)
        optimizer.step()
    return Trained(model, data, optimizer, history)


def falling(rate: float, epochs: int) -> list[float]:
    """Return the losses of gradient descent on x², from 1; they may run away."""
    return [min((1 - 2 * rate) ** (2 * k), math.inf) for k in range(epochs)]
