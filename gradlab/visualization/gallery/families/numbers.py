"""One number, then many: slopes, Jacobians, fields of gradients."""

from __future__ import annotations

from typing import Any

import gradlab.visualization as viz
from gradlab.visualization.gallery.entry import Entry


def fun(x: Any) -> list[Any]:
    """Return [x1, x1 · x2]."""
    return [x[0], x[0] * x[1]]


def bowl(x: Any, y: Any) -> Any:
    """Return x² + 2y²: one lowest point, steeper along y."""
    return x * x + 2.0 * y * y


def valley(x: Any, y: Any) -> Any:
    """Return Rosenbrock's bent valley, lowest at (1, 1)."""
    return (1.0 - x) ** 2 + 10.0 * (y - x * x) ** 2


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P1",
        "slope_lens",
        "dy is nearly slope times dx, the better the smaller dx",
        lambda: viz.slope_lens(lambda x: 2.0 * x + 1.0, 1.0, d_out=3.0),
        lambda: viz.slope_lens(lambda x: x * x, 2.0),
        lambda: viz.slope_lens("sigmoid", -250.0, 40.0, d_out=1e6),
        best=2,
    ),
    Entry(
        "P2",
        "jacobian_grid",
        "how every result follows every input: rows and columns of derivatives",
        lambda: viz.jacobian_grid(lambda x: x * x, 3.0),
        lambda: viz.jacobian_grid(fun, [3.0, 5.0], d_out=[1, 2], numeric=True),
        lambda: viz.jacobian_grid(
            lambda x: (x * x).sum(0), [[k / 7 for k in range(10)]] * 3
        ),
    ),
    Entry(
        "P3",
        "gradient_field",
        "level lines, the gradient uphill, and steps downhill",
        lambda: viz.gradient_field(lambda x, y: x + y, (0.0, 0.0), steps=2),
        lambda: viz.gradient_field(bowl, (-2.0, 1.5)),
        lambda: viz.gradient_field(
            valley, (-1.0, 1.5), x=(-2, 2), y=(-1, 3), rate=0.01, steps=500
        ),
    ),
    Entry(
        "P16",
        "vjp_grid",
        "d_out times a Jacobian: the gradient, column by column",
        lambda: viz.vjp_grid(lambda x: x * x, 3.0, 2.0),
        lambda: viz.vjp_grid(fun, [3.0, 5.0], [1, 2], v=[1.0, -0.5]),
        lambda: viz.vjp_grid(
            lambda x: (x * x).sum(1), [[k / 3 for k in range(30)]] * 30, [1.5] * 30
        ),
    ),
)
