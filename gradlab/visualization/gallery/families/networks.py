"""Training a network: products of matrices, losses, loops, boundaries, gradients."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab import nn
from gradlab.datasets import Dataset, simple, xor
from gradlab.optim import SGD
from gradlab.visualization.gallery.entry import Entry
from gradlab.visualization.gallery.trainings import (
    Trained,
    falling,
    network,
    trained,
)
from gradlab.visualization.picture import Picture


def _untrained(count: int) -> tuple[nn.Module, Dataset, SGD]:
    model, data, optimizer, _ = trained(network(2, 4, 1), xor(count, seed=1), 0, 0.5)
    return model, data, optimizer


def _film(run: Trained) -> Picture:
    return viz.boundary_film(run.model, run.data, history=run.history)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P19",
        "matmul_cube",
        "a matrix product as a cube of products, added up in three directions",
        lambda: viz.matmul_cube([[1, 2]], [[3], [4]], [[2]]),
        lambda: viz.matmul_cube(
            [[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 10], [11, 12]], [[1, 2], [3, 4]]
        ),
        lambda: viz.matmul_cube((40, 50), (50, 60), [[1] * 60] * 40),
        best=-2,
    ),
    Entry(
        "P20",
        "loss_ladder",
        "from logits to a loss, stage by stage, and the gradient back",
        lambda: viz.loss_ladder([1000, 0], 0),
        lambda: viz.loss_ladder(
            [[1.01, 1.2], [12.5, 0.02], [0.23, 1.35]],
            [0, 0, 1],
            names=["image 1", "image 2", "image 3"],
            classes=["cat", "dog"],
        ),
        lambda: viz.loss_ladder(
            [[(7 * i + j * j) % 11 / 2 for j in range(10)] for i in range(64)],
            [i % 10 for i in range(64)],
        ),
    ),
    Entry(
        "P21",
        "loop_wheel",
        "a round of training: forward, loss, backward, step, zero_grad",
        lambda: viz.loop_wheel(*_untrained(1), rounds=1),
        lambda: viz.loop_wheel(*_untrained(20)),
        lambda: viz.loop_wheel(*_untrained(500), zero=False, rounds=4),
    ),
    Entry(
        "P22",
        "boundary_film",
        "where a model says one, and about which points it is wrong, epoch by epoch",
        lambda: viz.boundary_film(lambda x: 0.5 - x[:, 0], simple(3, seed=1)),
        lambda: _film(trained(network(2, 8, 1), xor(60, seed=1), 300)),
        lambda: _film(
            trained(network(2, 24, 1, between=nn.ReLU), xor(500, seed=1), 200, 0.5)
        ),
    ),
    Entry(
        "P22",
        "loss_curve",
        "how the loss falls, or does not, in one training or several",
        lambda: viz.loss_curve([0.7, 0.4, 0.3]),
        lambda: viz.loss_curve(
            {f"rate {rate}": falling(rate, 20) for rate in (0.01, 0.1, 1.05)}, log=True
        ),
        lambda: viz.loss_curve([*falling(1.001, 2000), float("nan")]),
    ),
    Entry(
        "P23",
        "grad_histogram",
        "how large the gradients of each layer are: vanishing, fine, exploding",
        lambda: viz.grad_histogram({"w": [0.5, -0.25, 0.0], "b": [0.125]}),
        lambda: viz.grad_histogram(
            trained(
                network(2, 8, 8, 8, 1, between=nn.Sigmoid), xor(60, seed=1), 30
            ).history
        ),
        lambda: viz.grad_histogram(
            trained(network(2, *[6] * 19, 1, between=nn.Sigmoid), xor(60, seed=1), 1)[0]
        ),
    ),
)
