"""The flow table of a built-in op that has no index map of its own yet."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import OPS, Function, Tensor, tensor
from gradlab.indexing import indices
from gradlab.tensors.ops import Op
from gradlab.visualization.flow import flow_table

from .flow_examples import leaf
from .flow_law import assert_law

RNG = np.random.default_rng


class Later(Function):
    """A built-in Function that no rule knows: it lives inside gradlab."""

    on = "arrays"

    def __init_subclass__(cls) -> None:
        cls.__module__ = "gradlab.tensors.functions.later"


class Product(Later):
    """Rows by columns."""

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        ctx.save_for_backward(x, y)
        return x @ y

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        x, y = ctx.saved_values
        return d_out @ y.T, x.T @ d_out


class Softmax(Later):
    kind = "reduce"

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        e = np.exp(x - x.max(-1, keepdims=True))
        p = e / e.sum(-1, keepdims=True)
        ctx.save_for_backward(p)
        return p

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        (p,) = ctx.saved_values
        return p * (d_out - (d_out * p).sum(-1, keepdims=True))


class Power(Later):
    """A map that SCALARS does not tell all about: the exponent is an option."""

    kind, scalar = "map", "exp"

    @staticmethod
    def forward(ctx: Any, x: Any, *, n: int) -> Any:
        ctx.save_for_backward(x, n)
        return x**n

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        x, n = ctx.saved_values
        return d_out * n * x ** (n - 1)


class Windows(Later):
    """A view that also computes: neighbours added."""

    kind = "view"

    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        return x[..., 1:] + x[..., :-1]

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        none = np.zeros((*d_out.shape[:-1], 1))
        return np.concatenate([none, d_out], -1) + np.concatenate([d_out, none], -1)


class Pad(Later):
    """A join that fills cells in."""

    kind = "join"

    @staticmethod
    def forward(ctx: Any, x: Any, *, value: float) -> Any:
        return np.pad(x, 1, constant_values=value)

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        return d_out[tuple(slice(1, -1) for _ in d_out.shape)]


UNKNOWN: dict[str, tuple[Any, str]] = {
    "Product": (lambda x: Product.apply(x, x.permute(1, 0)), "Asked"),
    "Softmax": (Softmax.apply, "Asked"),
    "Power": (lambda x: Power.apply(x, n=3), "Asked"),
    "Windows": (Windows.apply, "Asked"),
    "Pad": (lambda x: Pad.apply(x, value=1), "Moved"),
}


ASKED = {
    *("Softmax", "LogSoftmax", "BatchNorm"),
    *("MSE", "BCE", "BCEWithLogits", "NLL", "CrossEntropy"),
}
ASKED_OPS = [
    op
    for op in OPS
    if op.function.__name__ in ASKED and op.name != "cross_entropy_soft"  # two ops
]


def assert_central_differences(op: Callable[..., Any], *inputs: Tensor) -> None:
    """Every pair of cells moves as its rows say, or not at all where there is none."""
    table = flow_table(op(*inputs))
    for k, source in enumerate(inputs):
        for index in indices(source.shape):
            slopes = measured(op, inputs, k, index)
            for out_index in indices(table.shape):
                rows = table.rows(input=k, in_index=index, out_index=out_index)
                local = sum(row.local for row in rows)
                assert local == pytest.approx(slopes[out_index], rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_op_without_a_rule_has_a_table_that_central_differences_confirm(
    name: str,
) -> None:
    op, rule = UNKNOWN[name]
    rng = RNG(4)
    table = flow_table(op(leaf(rng.uniform(0.5, 2.0, size=(2, 3)), "x")))
    assert type(table.rule).__name__ == rule
    assert_law(table.node, rng.normal(size=table.shape))
    again = functools.partial(table.node.history.fn.apply, **table.node.history.options)
    assert_central_differences(again, *table.inputs)


@pytest.mark.parametrize("op", ASKED_OPS, ids=lambda op: op.name)
def test_central_differences_confirm_every_op_that_is_asked(op: Op) -> None:
    for arrays in op.samples(RNG(6)):
        assert_central_differences(op.call, *map(leaf, arrays))


def measured(
    op: Callable[..., Any], inputs: tuple[Tensor, ...], k: int, index: tuple[int, ...]
) -> np.ndarray:
    """Return how every output cell follows one cell of input k."""
    results = []
    for step in (1e-5, -1e-5):
        arrays = [np.array(source.to_numpy()) for source in inputs]
        arrays[k][index] += step
        results.append(op(*map(tensor, arrays)).to_numpy())
    difference: np.ndarray = (results[0] - results[1]) / 2e-5
    return difference


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_op_without_a_rule_can_be_drawn(name: str) -> None:
    out = UNKNOWN[name][0](leaf([[1.0, 2.0, 0.5], [0.25, 1.5, 3.0]], "x"))
    picture = viz.computation_graph(out, np.ones(out.shape))
    assert all(picture.svg(k) for k in range(picture.steps))
    assert "x" in picture.alt()


def test_a_zip_picture_of_a_product_names_every_cell_it_reads() -> None:
    picture = viz.zip_flow(Product, [[1, 2], [3, 4]], [[5], [6]], [[1], [10]])
    assert "out[1,0] = 39 depends on a[1,0], a[1,1], b[0,0], b[1,0]" in picture.alt(4)
    assert "Gradient of b[0,0] = 31, gradient of b[1,0] = 42" in picture.alt()


def test_a_table_that_would_be_huge_is_never_made_whole() -> None:
    x = leaf(np.ones((300, 300)))
    table = flow_table(Product.apply(x, x))
    assert repr(table) == "<flow table of Product: up to 16,200,000,000 rows>"
    assert table.push(np.ones((300, 300)))[0].get((0, 0)) == 300.0


def test_a_missing_backward_is_named() -> None:
    class Stub(Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            return x * 2

        @staticmethod
        def backward(ctx: Any, d_out: Tensor) -> Tensor:
            raise NotImplementedError

    table = flow_table(Stub.apply(leaf([1.0])))
    with pytest.raises(ValueError, match=r"Stub has no backward yet.*Write Stub"):
        table.rows()


def test_a_forward_that_draws_at_random_is_not_called_wrong() -> None:
    class Noise(Later):
        rng = RNG(5)

        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            keep = Noise.rng.random(x.shape) < 0.5
            ctx.save_for_backward(keep)
            return x * keep

        @staticmethod
        def backward(ctx: Any, d_out: Any) -> Any:
            (keep,) = ctx.saved_values
            return d_out * keep

    assert not flow_table(Noise.apply(leaf(np.ones(16)))).warning
