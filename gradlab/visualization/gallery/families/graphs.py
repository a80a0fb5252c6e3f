"""Whole computations: graphs, and gradients on their way through them."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab.scalar import Scalar
from gradlab.visualization.gallery.entry import Entry


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


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P8",
        "scalar_graph",
        "how a number was made, and who gets how much of its gradient",
        lambda: viz.scalar_graph(Scalar(2, "a") * Scalar(3, "b")),
        lambda: viz.scalar_graph(first_graph()),
        lambda: viz.scalar_graph(chain(200)),
    ),
)
