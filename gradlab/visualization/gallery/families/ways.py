"""Gradients on their whole way: paths, films of a computation, one chosen cell."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab.scalar import Scalar
from gradlab.tensors.creation import tensor
from gradlab.tensors.tensor import Tensor
from gradlab.visualization.gallery.entry import Entry
from gradlab.visualization.gallery.samples import network
from gradlab.visualization.picture import Picture


def recitation() -> tuple[Scalar, Scalar]:
    """Return y = x * z with z = x * w, at x = 2, w = 3, and x."""
    x, w = Scalar(2.0, "x"), Scalar(3.0, "w")
    z = x * w
    z.name = "z"
    y = x * z
    y.name = "y"
    return y, x


def doubled(times: int) -> tuple[Scalar, Scalar]:
    """Return x added to itself again and again, and x: 2^n paths."""
    x = Scalar(1.0, "x")
    y = x
    for _ in range(times):
        y = y + y
    return y, x


def squares() -> Tensor:
    """Return the sum of the squares of two numbers."""
    w = tensor([2.0, 3.0], requires_grad=True, name="w")
    return (w * w).sum()


def column_and_row() -> tuple[Tensor, Tensor]:
    """Return the sum of a column times a row, and the row."""
    a = tensor([[1.0], [2.0], [3.0]], requires_grad=True, name="a")
    b = tensor([10.0, 20.0], requires_grad=True, name="b")
    return (a * b).sum(), b


def deep() -> Tensor:
    """Return a number at the end of 60 ops on 10 x 10 cells."""
    x = tensor([[0.1] * 10] * 10, requires_grad=True, name="x")
    y = x
    for _ in range(30):
        y = (y * 0.9).tanh()
    return y.sum()


def _network_flow() -> Picture:
    loss, weight = network()
    return viz.gradient_flow(loss, to=weight, index=(0, 2))


def _fold_back_flow() -> Picture:
    result, row = column_and_row()
    return viz.gradient_flow(result, to=row, index=0)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P5",
        "path_ledger",
        "every path from a cell to the result, and what each of them adds",
        lambda: viz.path_ledger(*recitation()),
        lambda: viz.path_ledger(*column_and_row(), 0),
        lambda: viz.path_ledger(*doubled(40)),
    ),
    Entry(
        "P17",
        "flow_film",
        "a computation and its gradient, op by op and cell by cell",
        lambda: viz.flow_film(squares()),
        lambda: viz.flow_film(network().loss),
        lambda: viz.flow_film(deep()),
        best=-6,
    ),
    Entry(
        "P27",
        "gradient_flow",
        "the whole way of a gradient: one cell, all its paths, across the graph",
        _fold_back_flow,
        _network_flow,
        lambda: viz.gradient_flow(deep()),
        best=-6,
    ),
)
