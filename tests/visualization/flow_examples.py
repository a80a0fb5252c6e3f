"""Examples of the pictures that are drawn from the flow table and from graphs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import gradlab
import gradlab.visualization as viz
from gradlab import Function, Scalar, ScalarFunction, Tensor, tensor
from gradlab.visualization.picture import Picture

HOSTILE = "</text><script>alert('x')</script>&\x00\ud800\u202e\"'"
NAN, INF = float("nan"), float("inf")


class HalfSquare(Function):
    """x² with a backward that forgets the 2."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x * x + y

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> tuple[Tensor, Tensor]:
        (x,) = ctx.saved_values
        return d_out * x, d_out


class TooLarge(Function):
    """x + y with a backward that forgets to sum back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        return x + y

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> tuple[Tensor, Tensor]:
        return d_out, d_out


class Cube(ScalarFunction):
    @staticmethod
    def forward(ctx: Any, x: float) -> float:
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx: Any, d_out: float) -> float:
        (x,) = ctx.saved_values
        return float(3 * x**2 * d_out)


class Square(Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, times: float = 1.0) -> Tensor:
        ctx.save_for_backward(x, times)
        return x * x * times

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        x, times = ctx.saved_values
        return d_out * x * 2.0 * times


class ForgotDOut(Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Any:
        (x,) = ctx.saved_values
        return x * 2.0


class ScalarForgotDOut(ScalarFunction):
    @staticmethod
    def forward(ctx: Any, x: float) -> float:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx: Any, d_out: float) -> float:
        return 2.0 * float(ctx.saved_values[0])


class Kink(ScalarFunction):
    """|x|, with 1 chosen at 0."""

    @staticmethod
    def forward(ctx: Any, x: float) -> float:
        ctx.save_for_backward(x)
        return abs(x)

    @staticmethod
    def backward(ctx: Any, d_out: float) -> float:
        return d_out if ctx.saved_values[0] >= 0 else -d_out


def leaf(cells: Any, name: str | None = None) -> Tensor:
    return tensor(cells, requires_grad=True, name=name)


def first_graph() -> Scalar:
    """d = a + a * b, e = d + c + 3 at a = 1, b = 2, c = 3."""
    a, b, c = Scalar(1, "a"), Scalar(2, "b"), Scalar(3, "c")
    d = a + a * b
    d.name = "d"
    e = d + c + 3
    e.name = "e"
    return e


def layer() -> Tensor:
    x, w = leaf([[1.0], [2.0], [3.0]], "x"), leaf([10.0, 20.0], "w")
    return (x * w + leaf([1.0, -1.0], "b")).sum()


def softmax_loss() -> Tensor:
    u, target = leaf([1.0, 2.0, 3.0], "u"), tensor([1.5, 0.5, 2.5], name="target")
    off = u.exp() / u.exp().sum() - target
    return (off * off).mean()


def chain(length: int) -> Scalar:
    x, q = Scalar(1.0, "x"), Scalar(0.5, "q")
    for _ in range(length):
        x = x * 0.99 + q
    return x


def wide() -> Scalar:
    """A graph of 45 ops, at most 6 of them one after another."""
    row = [Scalar(k, f"x{k}") * Scalar(k + 0.5, f"w{k}") for k in range(23)]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2])
        row = [one + two for one, two in pairs] + (row[-1:] if len(row) % 2 else [])
    return row[0]


def joined() -> Tensor:
    u = leaf([1.0, 2.0, 3.0], "u")
    whole = gradlab.cat([u, u[0:1], leaf([[4.0], [5.0]]).view(2)])
    return whole.view(3, 2).permute(1, 0)


def mixed() -> Scalar:
    s = Scalar(2, "s")
    return Cube.apply(s * s) + s.exp() * -2


def plugged() -> Picture:
    def left(out_index: Any, shape: Any) -> Any:
        return tuple(0 if n == 1 else i for i, n in zip(out_index, shape))

    with gradlab.plug(broadcast_index=left):
        return viz.zip_flow("mul", [[1, 2], [3, 4]], [10, 20], [[1, 2], [3, 4]])


COLUMN, ROW, D = [[1], [2], [3]], [[10, 20]], [[1, 2], [3, 4], [5, 6]]
ONES = np.ones((30, 30))
FLOW_EXAMPLES: dict[str, Callable[[], Picture]] = {
    "zip: fold back": lambda: viz.zip_flow("mul", COLUMN, ROW, D),
    "zip: forward only": lambda: viz.zip_flow("+", D, D),
    "zip: beside a column": lambda: viz.zip_flow("-", D, COLUMN, D),
    "zip: above a matrix": lambda: viz.zip_flow("/", [1, -2], D, D),
    "zip: two rows": lambda: viz.zip_flow("/", [1, NAN, 2], [0, 1, -3], [1, 1, 1e-7]),
    "zip: rank 0": lambda: viz.zip_flow("*", 3, -4, 2.5),
    "zip: rank 3": lambda: viz.zip_flow("*", (3, 1), (2, 3, 2), np.full((2, 3, 2), 2)),
    "zip: wide": lambda: viz.zip_flow("*", (2, 3, 4), (4,), np.full((2, 3, 4), -0.5)),
    "zip: size 0": lambda: viz.zip_flow("+", (3, 1), (0,), np.ones((3, 0))),
    "zip: folded": lambda: viz.zip_flow("*", (30, 1), (30,), ONES),
    "zip: one cell": lambda: viz.zip_flow("*", COLUMN, ROW, D, cell=(1, 1)),
    "zip: with itself": lambda: viz.zip_flow(
        (lambda x: x * x)(leaf([1.0, 2.0])), d_out=[1, 3]
    ),
    "zip: own Function, wrong": lambda: viz.zip_flow(
        HalfSquare, [1, 2], [3, 4], d_out=[1, 10]
    ),
    "zip: plugged in": plugged,
    "zip: hostile": lambda: viz.zip_flow("+", 1, 2, names=(HOSTILE, "&<b>")),
    "graph: first": lambda: viz.scalar_graph(first_graph()),
    "graph: one leaf": lambda: viz.computation_graph(Scalar(3, "a")),
    "graph: mixed": lambda: viz.computation_graph(mixed()),
    "graph: layer": lambda: viz.computation_graph(layer()),
    "graph: loss": lambda: viz.computation_graph(softmax_loss()),
    "graph: joined": lambda: viz.computation_graph(joined(), np.ones((2, 3))),
    "graph: forward only": lambda: viz.computation_graph(joined()),
    "graph: constant": lambda: viz.computation_graph(tensor(2.0)),
    "graph: size 0": lambda: viz.computation_graph(leaf(np.zeros((0, 2)), "e").sum()),
    "graph: nan, inf": lambda: viz.computation_graph(leaf([-1.0, 0.0]).log().sum()),
    "graph: error": lambda: viz.computation_graph(
        TooLarge.apply(leaf(COLUMN), leaf(ROW)).sum()
    ),
    "graph: hostile": lambda: viz.computation_graph(
        Scalar(1, HOSTILE) * Scalar(2, "a very long name that does not want to end")
    ),
    "graph: not stepped": lambda: viz.computation_graph(wide()),
    "graph: deep": lambda: viz.computation_graph(chain(24)),
    "graph: folded": lambda: viz.computation_graph(chain(400)),
}
