"""Small computations that gallery, tests and benchmarks draw."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from gradlab.scalar import Scalar
from gradlab.tensors.creation import tensor
from gradlab.tensors.tensor import Tensor


class Network(NamedTuple):
    """The loss of a network with two layers, and its first weights."""

    loss: Tensor
    weight: Tensor


def network() -> Network:
    """Return the mean squared error of a small network on four points.

    Examples
    --------
    >>> loss, weight = network()
    >>> loss.shape, weight.shape
    ((), (2, 3))
    """
    x = tensor([[0.1, -0.1], [0.6, 0.1], [-0.5, 0.4], [1.3, 0.9]], name="x")
    y = tensor([[1.0], [0.0], [1.0], [0.0]], name="y")
    w = _leaf([[-0.7, -1.3, -0.6], [0.5, -2.3, -0.2]], "W1")
    v = _leaf([[-1.2], [-0.7], [-0.5]], "W2")
    hidden = (x @ w + _leaf([0.1, -0.2, 0.3], "b1")).relu()
    off = (hidden @ v + _leaf([0.1], "b2")).sigmoid() - y
    loss = (off * off).mean()
    loss.name = "loss"
    return Network(loss, w)


def _leaf(cells: list[list[float]] | list[float], name: str) -> Tensor:
    return tensor(cells, requires_grad=True, name=name)


def chain(length: int) -> Scalar:
    """Return a number made by a chain of products and sums: 4 nodes a step.

    Examples
    --------
    >>> round(chain(2).data, 4)
    1.9751
    """
    x = Scalar(1.0, "x")
    for k in range(length):
        x = x * 0.99 + Scalar(0.5, f"q{k}")
    return x


def hundred_nodes() -> Scalar:
    """Return a number made from 26 others, 99 nodes in all, none too far apart.

    Examples
    --------
    >>> hundred_nodes().data > 0
    True
    """
    row = [Scalar(1 + k / 10, f"x{k}") for k in range(26)]
    row = [x * x for x in row[:24]] + row[24:]
    row = [x * y for x, y in pairwise(row)]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2])
        row = [x + y for x, y in pairs] + (row[-1:] if len(row) % 2 else [])
    return row[0]
