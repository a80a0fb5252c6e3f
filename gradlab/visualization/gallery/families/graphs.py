"""Whole computations: graphs, and gradients on their way through them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

import gradlab.visualization as viz
from gradlab import nn
from gradlab.scalar import Scalar
from gradlab.tensors.creation import tensor
from gradlab.visualization.gallery.entry import Entry
from gradlab.visualization.picture import Picture


def first_graph() -> Scalar:
    """Return e = d + c + 3 with d = a + a * b, at a = 1, b = 2, c = 3."""
    a, b, c = Scalar(1, "a"), Scalar(2, "b"), Scalar(3, "c")
    d = a + a * b
    d.name = "d"
    e = d + c + 3
    e.name = "e"
    return e


def chain(length: int) -> Scalar:
    """Return a number made by a chain of products and sums."""
    x, q = Scalar(1.0, "x"), Scalar(0.5, "q")
    for _ in range(length):
        x = x * 0.99 + q
    return x


def model(*sizes: int, blocks: int = 1) -> nn.Module:
    """Return layers of these sizes, in blocks, with weights that never change."""
    several = [nn.Sequential(*_layers(sizes)) for _ in range(blocks)]
    whole = several[0] if blocks == 1 else nn.Sequential(*several)
    for n, weights in enumerate(whole.parameters()):
        cells = np.cos(np.arange(weights.size) + 3 * n).round(1)
        weights.update_(cells.reshape(weights.shape))
    return whole


def _layers(sizes: tuple[int, ...]) -> Iterator[nn.Module]:
    for inputs, outputs in pairwise(sizes):
        yield nn.Linear(inputs, outputs)
        yield nn.ReLU()


def network_graph(of: nn.Module) -> Picture:
    """Return the graph of a network's mean output for two samples of two numbers."""
    x = tensor([[1.0, 2.0], [3.0, -1.0]], name="x")
    return viz.computation_graph(of(x).mean())


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P8",
        "scalar_graph",
        "how a number was made, and who gets how much of its gradient",
        lambda: viz.scalar_graph(Scalar(2, "a") * Scalar(3, "b")),
        lambda: viz.scalar_graph(first_graph()),
        lambda: viz.scalar_graph(chain(200)),
    ),
    Entry(
        "P8",
        "computation_graph",
        "a network as its modules: each a frame around its ops, or one node",
        lambda: network_graph(model(2, 1)),
        lambda: network_graph(model(2, 3, 1)),
        lambda: network_graph(model(2, 2, 2, blocks=6)),
    ),
)
