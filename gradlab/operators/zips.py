"""Functions of two numbers, each above its derivatives by the first and the second."""

from __future__ import annotations

import math

from gradlab.operators.maps import POSITIVE
from gradlab.operators.row import ScalarOp

# ----------------------------------- arithmetic -----------------------------------


def add(x: float, y: float) -> float:
    """Return x + y."""
    return x + y


def sub(x: float, y: float) -> float:
    """Return x - y."""
    return x - y


def one(x: float, y: float) -> float:
    """Return 1: the derivative of a sum with respect to either number."""
    return 1.0


def minus_one(x: float, y: float) -> float:
    """Return -1: the derivative of a difference by what is taken away."""
    return -1.0


def mul(x: float, y: float) -> float:
    """Return x * y."""
    return x * y


def first(x: float, y: float) -> float:
    """Return x."""
    return x


def second(x: float, y: float) -> float:
    """Return y."""
    return y


def div(x: float, y: float) -> float:
    """Return x / y."""
    return x / y


def div_dx(x: float, y: float) -> float:
    """Return the derivative of x / y with respect to x: 1 / y."""
    return 1.0 / y


def div_dy(x: float, y: float) -> float:
    """Return the derivative of x / y with respect to y: -x / y²."""
    return -(x / y) / y  # y * y would overflow, or vanish, long before x / y does


def power(x: float, y: float) -> float:
    """Return x to the power y."""
    return math.pow(x, y)


def power_dx(x: float, y: float) -> float:
    """Return the derivative of x^y with respect to x: y x^(y - 1).

    It is 0 where y is 0, even at x = 0, where the formula would say 0 times infinity.
    """
    return 0.0 if y == 0 else y * math.pow(x, y - 1.0)


def power_dy(x: float, y: float) -> float:
    """Return the derivative of x^y with respect to y: x^y log x.

    It is 0 where x is 0, for which the formula would say 0 times infinity, but for
    y < 0, where x^y is infinite; at 0^0, which has none, we choose 0 as well.
    For x < 0 there is none, as x^y exists at whole numbers y alone: NaN.
    """
    return 0.0 if x == 0 and y >= 0 else math.pow(x, y) * math.log(x)


# ----------------------------------- comparison -----------------------------------


def lt(x: float, y: float) -> float:
    """Return 1 if x < y, else 0."""
    return 1.0 if x < y else 0.0


def gt(x: float, y: float) -> float:
    """Return 1 if x > y, else 0."""
    return 1.0 if x > y else 0.0


def le(x: float, y: float) -> float:
    """Return 1 if x <= y, else 0."""
    return 1.0 if x <= y else 0.0


def ge(x: float, y: float) -> float:
    """Return 1 if x >= y, else 0."""
    return 1.0 if x >= y else 0.0


def eq(x: float, y: float) -> float:
    """Return 1 if x == y, else 0; NaN equals nothing."""
    return 1.0 if x == y else 0.0


def ne(x: float, y: float) -> float:
    """Return 1 if x != y, else 0; NaN differs even from NaN."""
    return 1.0 if x != y else 0.0


def is_close(x: float, y: float) -> float:
    """Return 1 if |x - y| <= 1e-8 + 1e-5 |y|, else 0; infinity is close to itself."""
    gap = abs(x - y)
    close = gap <= 1e-8 + 1e-5 * abs(y) and gap < math.inf
    return 1.0 if close or x == y else 0.0


# ------------------------------------- choice -------------------------------------


def maximum(x: float, y: float) -> float:
    """Return the larger number, or NaN if one of them is NaN."""
    return x if x > y or x != x else y


def minimum(x: float, y: float) -> float:
    """Return the smaller number, or NaN if one of them is NaN."""
    return x if x < y or x != x else y


def larger(x: float, y: float) -> float:
    """Return 1 if x is the larger number, 0.5 at a tie, else 0; NaN stays NaN.

    How maximum follows x, and minimum y: numbers that are equal share alike.
    """
    return 1.0 if x > y else (0.0 if x < y else (0.5 if x == y else x + y))


def smaller(x: float, y: float) -> float:
    """Return 1 if x is the smaller number, 0.5 at a tie, else 0; NaN stays NaN."""
    return larger(y, x)


_LARGER = "1 if x > y else 0.5 if x = y else 0"
_SMALLER = "1 if x < y else 0.5 if x = y else 0"

ZIPS = (
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
        domain=POSITIVE,
    ),
    ScalarOp(
        "pow",
        "zip",
        power,
        (power_dx, power_dy),
        "x ** y",
        ("y * x ** (y - 1)", "x ** y * log(x)"),
        domain=POSITIVE,
    ),
    ScalarOp("lt", "zip", lt, formula="x < y"),
    ScalarOp("gt", "zip", gt, formula="x > y"),
    ScalarOp("le", "zip", le, formula="x <= y"),
    ScalarOp("ge", "zip", ge, formula="x >= y"),
    ScalarOp("eq", "zip", eq, formula="x == y"),
    ScalarOp("ne", "zip", ne, formula="x != y"),
    ScalarOp("is_close", "zip", is_close, formula="x ≈ y"),
    ScalarOp(
        "maximum",
        "zip",
        maximum,
        (larger, smaller),
        "maximum(x, y)",
        (_LARGER, _SMALLER),
        start=-math.inf,
    ),
    ScalarOp(
        "minimum",
        "zip",
        minimum,
        (smaller, larger),
        "minimum(x, y)",
        (_SMALLER, _LARGER),
        start=math.inf,
    ),
    # Local derivatives that backward needs as loops of their own.
    ScalarOp("div_dy", "zip", div_dy, formula="-x / y²", domain=POSITIVE),
    ScalarOp("pow_dx", "zip", power_dx, formula="y * x ** (y - 1)", domain=POSITIVE),
    ScalarOp("pow_dy", "zip", power_dy, formula="x ** y * log(x)", domain=POSITIVE),
    ScalarOp("larger", "zip", larger, formula=_LARGER),
)
