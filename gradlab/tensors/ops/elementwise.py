"""The rows of map and zip, and of choosing between cells."""

from __future__ import annotations

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors.choosing import where
from gradlab.tensors.function import Function
from gradlab.tensors.ops.table import (
    ZIP_SHAPES,
    Op,
    lists,
    map_row,
    tensors,
    zip_row,
)


def comparison(name: str, function: type[Function], ufunc: np.ufunc, torch: str) -> Op:
    """Return the row of a comparison, on whole numbers, so that some are equal."""

    def samples(rng: np.random.Generator) -> list[tuple[Array, ...]]:
        return [
            tuple(rng.integers(-1, 2, shape).astype(float) for shape in shapes)
            for shapes in ZIP_SHAPES
        ]

    return Op(
        name,
        function,
        lambda x, y: function.apply(x, y),
        lambda x, y: ufunc(x, y).astype(x.dtype),
        samples,
        torch,
        differentiable=False,
    )


def nearly_equal(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """Draw pairs of which some are equal up to rounding, and some are not."""
    steps = np.array([0.0, 1e-9, 1e-7, 1e-3])
    xs = [rng.uniform(0.5, 2.0, shape) for shape in ((), (6,), (3, 4), (0, 2))]
    return [(x, x + rng.choice(steps, x.shape)) for x in xs]


VECTORS = tensors((), (3,), (2, 3), (0, 2), (2, 1, 3))
TRIPLES = lists(
    ((), (), ()),
    ((3,), (), (3,)),
    ((2, 3), (2, 1), (3,)),
    ((3,), (2, 1), (4, 1, 1)),
    ((0, 2), (2,), ()),
)

ELEMENTWISE: tuple[Op, ...] = (
    map_row("neg", F.Neg, np.negative, "-x"),
    map_row("inv", F.Inv, np.reciprocal, "1 / x"),
    map_row("log", F.Log, np.log, "x.log()"),
    map_row("exp", F.Exp, np.exp, "x.exp()"),
    map_row("sqrt", F.Sqrt, np.sqrt, "x.sqrt()"),
    map_row("abs", F.Abs, np.abs, "x.abs()"),
    map_row("sign", F.Sign, np.sign, "x.sign()"),
    map_row("sin", F.Sin, np.sin, "x.sin()"),
    map_row("cos", F.Cos, np.cos, "x.cos()"),
    map_row("tanh", F.Tanh, np.tanh, "x.tanh()"),
    map_row("sigmoid", F.Sigmoid, lambda x: 1 / (1 + np.exp(-x)), "x.sigmoid()"),
    map_row("relu", F.ReLU, lambda x: np.maximum(x, 0), "x.relu()"),
    zip_row("add", F.Add, np.add, "x + y"),
    zip_row("sub", F.Sub, np.subtract, "x - y"),
    zip_row("mul", F.Mul, np.multiply, "x * y"),
    zip_row("div", F.Div, np.divide, "x / y"),
    zip_row("pow", F.Pow, np.power, "x ** y"),
    Op("square", F.Pow, lambda x: x**2, np.square, VECTORS, "x ** 2"),
    Op("cube", F.Pow, lambda x: x**3, lambda x: x * x * x, VECTORS, "x ** 3"),
    Op("power_of_2", F.Pow, lambda x: 2**x, np.exp2, VECTORS, "2 ** x"),
    comparison("lt", F.Lt, np.less, "(x < y).to(x.dtype)"),
    comparison("gt", F.Gt, np.greater, "(x > y).to(x.dtype)"),
    comparison("le", F.Le, np.less_equal, "(x <= y).to(x.dtype)"),
    comparison("ge", F.Ge, np.greater_equal, "(x >= y).to(x.dtype)"),
    comparison("eq", F.Eq, np.equal, "(x == y).to(x.dtype)"),
    comparison("ne", F.Ne, np.not_equal, "(x != y).to(x.dtype)"),
    Op(
        "is_close",
        F.IsClose,
        lambda x, y: x.is_close(y),
        lambda x, y: np.isclose(x, y).astype(x.dtype),
        nearly_equal,
        "torch.isclose(x, y).to(x.dtype)",
        differentiable=False,
    ),
    zip_row("maximum", F.Maximum, np.maximum, "torch.maximum(x, y)"),
    zip_row("minimum", F.Minimum, np.minimum, "torch.minimum(x, y)"),
    Op(
        "clip",
        F.Clip,
        lambda x: x.clip(-0.5, 0.5),
        lambda x: x.clip(-0.5, 0.5),
        VECTORS,
        "x.clip(-0.5, 0.5)",
    ),
    Op(
        "clip_max",
        F.Clip,
        lambda x: x.clip(max=0.25),
        lambda x: np.minimum(x, 0.25),
        VECTORS,
        "x.clip(max=0.25)",
    ),
    Op(
        "clip_to_tensors",
        F.Clip,
        lambda x, y, z: x.clip(y, z),
        lambda x, y, z: np.minimum(np.maximum(x, y), z),
        TRIPLES,
        "x.clip(y, z)",
    ),
    Op(
        "where",
        F.Where,
        lambda x, y, z: where(x > 0, y, z),
        lambda x, y, z: np.where(x > 0, y, z),
        TRIPLES,
        "torch.where(x > 0, y, z)",
    ),
)
