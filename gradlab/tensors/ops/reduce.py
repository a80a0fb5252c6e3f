"""The rows of reduce: each along all dims, along one, and along several, kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors.function import Function
from gradlab.tensors.ops.table import Op, Samples, tensors

Shapes = tuple[tuple[int, ...], ...]

CUBES: Shapes = ((2, 3, 4), (2, 1, 3), (0, 2, 3))
# What is drawn for all dims, for dim -2, and for dims 2 and 0.
ANY: tuple[Shapes, ...] = (((), (3,), (2, 3), (0, 2)), CUBES, CUBES)
WITH_CELLS: tuple[Shapes, ...] = (((), (3,), (2, 3)), CUBES, CUBES[:2])
WITH_TWO: tuple[Shapes, ...] = (((3,), (2, 3)), ((2, 3, 4), (0, 2, 3)), CUBES[:2])


def _some_zeros(*shapes: tuple[int, ...]) -> Samples:
    """Return a drawer of numbers of which about a third are 0."""
    return lambda rng: [
        (np.asarray(rng.normal(size=shape) * (rng.random(shape) < 0.7)),)
        for shape in shapes
    ]


def _rows(
    function: type[Function],
    numpy: Callable[..., Any],
    torch: tuple[str | None, str | None, str | None],
    shapes: tuple[Shapes, ...] = ANY,
    draw: Callable[..., Samples] = tensors,
) -> tuple[Op, ...]:
    """Return the three rows of a reduction.

    Parameters
    ----------
    function : its Function; the method has the same name in small letters
    numpy : the same on arrays, with NumPy's axis and keepdims
    torch : the three rows in PyTorch
    shapes : what is drawn for each row
    draw : how numbers are drawn
    """
    name = function.__name__.lower()
    asked: tuple[dict[str, Any], ...] = (
        {},
        {"dim": -2},
        {"dim": (2, 0), "keepdim": True},
    )
    axes: tuple[dict[str, Any], ...] = (
        {},
        {"axis": -2},
        {"axis": (0, 2), "keepdims": True},
    )
    return tuple(
        Op(
            name + suffix,
            function,
            lambda x, asked=asked[k]: getattr(x, name)(**asked),
            lambda x, axis=axes[k]: numpy(x, **axis),
            draw(*shapes[k]),
            torch[k],
            function.differentiable,
        )
        for k, suffix in enumerate(("", "_dim", "_dims"))
    )


def _torch(method: str) -> tuple[str, str, str]:
    """Return the three rows of a PyTorch method that takes several dims."""
    return f"x.{method}()", f"x.{method}(-2)", f"x.{method}((2, 0), keepdim=True)"


def _one_place(method: str) -> tuple[str, str, None]:
    """Return the rows of a PyTorch method that takes one dim."""
    return f"x.{method}()", f"x.{method}(-2)", None


def _place(numpy: Callable[..., Any]) -> Callable[..., Any]:
    """Return argmax or argmin for several dims: the index counts all their cells."""

    def place(x: Array, axis: Any = None, keepdims: bool = False) -> Any:
        if not isinstance(axis, tuple):
            return numpy(x, axis=axis)
        last = np.moveaxis(x, axis, (-2, -1))
        found = numpy(last.reshape(*last.shape[:-2], -1), axis=-1)
        return np.expand_dims(found, axis) if keepdims else found

    return place


def _one_or_zero(numpy: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, **axis: np.asarray(numpy(x, **axis)).astype(x.dtype)


REDUCE: tuple[Op, ...] = (
    *_rows(F.Sum, np.sum, _torch("sum")),
    *_rows(F.Mean, np.mean, _torch("mean"), WITH_CELLS),
    *_rows(
        F.Prod,
        np.prod,
        ("x.prod()", "x.prod(-2)", "x.prod(2, keepdim=True).prod(0, keepdim=True)"),
        draw=_some_zeros,
    ),
    *_rows(F.Max, np.max, _torch("amax"), WITH_CELLS),
    *_rows(F.Min, np.min, _torch("amin"), WITH_CELLS),
    *_rows(F.ArgMax, _place(np.argmax), _one_place("argmax"), WITH_CELLS),
    *_rows(F.ArgMin, _place(np.argmin), _one_place("argmin"), WITH_CELLS),
    *_rows(F.All, _one_or_zero(np.all), _torch("all"), draw=_some_zeros),
    *_rows(F.Any, _one_or_zero(np.any), _torch("any"), draw=_some_zeros),
    *_rows(F.Var, lambda x, **axis: np.var(x, ddof=1, **axis), _torch("var"), WITH_TWO),
    *_rows(
        F.LogSumExp,
        lambda x, **axis: np.log(np.sum(np.exp(x), **axis)),
        (
            "x.logsumexp(tuple(range(x.ndim)))",
            "x.logsumexp(-2)",
            "x.logsumexp((2, 0), keepdim=True)",
        ),
        WITH_CELLS,
    ),
    Op(
        "var_by_n",
        F.Var,
        lambda x: x.var(-1, correction=0),
        lambda x: x.var(-1),
        tensors((3,), (2, 4), (2, 1)),
        "x.var(-1, correction=0)",
    ),
    Op(
        "softmax",
        F.Softmax,
        lambda x: x.softmax(-1),
        lambda x: np.exp(x) / np.exp(x).sum(-1, keepdims=True),
        tensors((3,), (2, 3), (2, 0, 3), (2, 1)),
        "x.softmax(-1)",
    ),
    Op(
        "log_softmax",
        F.LogSoftmax,
        lambda x: x.log_softmax(0),
        lambda x: x - np.log(np.exp(x).sum(0, keepdims=True)),
        tensors((3,), (2, 3), (3, 0), (1, 2)),
        "x.log_softmax(0)",
    ),
)
