"""The scalar functions that everything else is made of, and SCALARS, their table.

A tensor op does one of these things to every number, so each function stands here
once, beside its local derivatives. Engine, compiled kernels, tests and pictures
all read the table.

Examples
--------
>>> SCALARS["mul"].fn(3.0, 4.0)
12.0
>>> SCALARS["mul"].local[0](3.0, 4.0)  # how the product follows its first number
4.0
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ScalarFn = Callable[..., float]
Kind = Literal["map", "zip", "reduce"]


@dataclass(frozen=True)
class ScalarOp:
    """One scalar function with all that the rest of gradlab knows about it.

    Parameters
    ----------
    name : the name in `t.f.<name>_map` or `t.f.<name>_zip`
    kind : "map" for one argument, "zip" for two
    fn : the function on floats
    local : its derivative with respect to each argument, without d_out; empty where
        it has none
    formula, local_formulas : how pictures and lessons write them
    start : the value that changes nothing, where the function can also reduce
    domain : where tests draw numbers from
    kinks : points without a derivative
    """

    name: str
    kind: Kind
    fn: ScalarFn
    local: tuple[ScalarFn, ...] = ()
    formula: str = ""
    local_formulas: tuple[str, ...] = ()
    start: float | None = None
    domain: tuple[float, float] = (-3.0, 3.0)
    kinks: tuple[float, ...] = ()


# ------------------------------- map: one argument -------------------------------


def identity(x: float) -> float:
    """Return x."""
    return x


def identity_d(x: float) -> float:
    """Return the derivative of x: 1."""
    return 1.0


def neg(x: float) -> float:
    """Return -x."""
    return -x


def neg_d(x: float) -> float:
    """Return the derivative of -x: -1."""
    return -1.0


def inv(x: float) -> float:
    """Return 1 / x."""
    return 1.0 / x


def inv_d(x: float) -> float:
    """Return the derivative of 1 / x: -1 / x²."""
    return -1.0 / (x * x)


def log(x: float) -> float:
    """Return the natural logarithm of x."""
    return math.log(x)


def log_d(x: float) -> float:
    """Return the derivative of log x: 1 / x."""
    return 1.0 / x


def exp(x: float) -> float:
    """Return e to the power x."""
    return math.exp(x)


def exp_d(x: float) -> float:
    """Return the derivative of e^x: e^x."""
    return math.exp(x)


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e^-x), without overflow on either side."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    small = math.exp(x)
    return small / (1.0 + small)


def sigmoid_d(x: float) -> float:
    """Return the derivative of sigmoid: s (1 - s), written without cancellation."""
    small = math.exp(-abs(x))
    return small / ((1.0 + small) * (1.0 + small))


def relu(x: float) -> float:
    """Return x where it is positive, else 0; NaN stays NaN."""
    return 0.0 if x <= 0 else x


def relu_d(x: float) -> float:
    """Return the derivative of relu; at the kink, 0, we choose 0."""
    return 1.0 if x > 0 else (0.0 if x <= 0 else x)


# ------------------------------- zip: two arguments -------------------------------


def add(x: float, y: float) -> float:
    """Return x + y."""
    return x + y


def sub(x: float, y: float) -> float:
    """Return x - y."""
    return x - y


def mul(x: float, y: float) -> float:
    """Return x * y."""
    return x * y


def div(x: float, y: float) -> float:
    """Return x / y."""
    return x / y


def one(x: float, y: float) -> float:
    """Return 1: the derivative of a sum with respect to either number."""
    return 1.0


def minus_one(x: float, y: float) -> float:
    """Return -1: the derivative of a difference by what is taken away."""
    return -1.0


def first(x: float, y: float) -> float:
    """Return x."""
    return x


def second(x: float, y: float) -> float:
    """Return y."""
    return y


def div_dx(x: float, y: float) -> float:
    """Return the derivative of x / y with respect to x: 1 / y."""
    return 1.0 / y


def div_dy(x: float, y: float) -> float:
    """Return the derivative of x / y with respect to y: -x / y²."""
    return -x / (y * y)


_MAPS = (
    ScalarOp("id", "map", identity, (identity_d,), "x", ("1",)),
    ScalarOp("neg", "map", neg, (neg_d,), "-x", ("-1",)),
    ScalarOp("inv", "map", inv, (inv_d,), "1 / x", ("-1 / x²",), domain=(0.2, 3.0)),
    ScalarOp("log", "map", log, (log_d,), "log(x)", ("1 / x",), domain=(0.2, 3.0)),
    ScalarOp("exp", "map", exp, (exp_d,), "exp(x)", ("exp(x)",)),
    ScalarOp(
        "sigmoid", "map", sigmoid, (sigmoid_d,), "sigmoid(x)", ("s(x) * (1 - s(x))",)
    ),
    ScalarOp(
        "relu", "map", relu, (relu_d,), "relu(x)", ("1 if x > 0 else 0",), kinks=(0.0,)
    ),
)

_ZIPS = (
    ScalarOp("add", "zip", add, (one, one), "x + y", ("1", "1"), start=0.0),
    ScalarOp("sub", "zip", sub, (one, minus_one), "x - y", ("1", "-1")),
    ScalarOp("mul", "zip", mul, (second, first), "x * y", ("y", "x"), start=1.0),
    ScalarOp(
        "div",
        "zip",
        div,
        (div_dx, div_dy),
        "x / y",
        ("1 / y", "-x / y²"),
        domain=(0.2, 3.0),
    ),
)


def back(op: ScalarOp) -> ScalarOp:
    """Return the zip (x, d) -> d * op'(x): backward of a map as one zip.

    Examples
    --------
    >>> back(SCALARS["inv"]).fn(2.0, 3.0)  # 3 * (-1 / 4)
    -0.75
    """
    derivative = op.local[0]

    def fn(x: float, d: float) -> float:
        return d * derivative(x)

    formula = f"d * ({op.local_formulas[0]})"
    return ScalarOp(f"{op.name}_back", "zip", fn, (), formula, domain=op.domain)


SCALARS: dict[str, ScalarOp] = {
    op.name: op for op in (*_MAPS, *_ZIPS, *map(back, _MAPS))
}
