"""Functions of one number, each above its derivative."""

from __future__ import annotations

import math

from gradlab.operators.row import ScalarOp


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


def sqrt(x: float) -> float:
    """Return the square root of x."""
    return math.sqrt(x)


def sqrt_d(x: float) -> float:
    """Return the derivative of √x: 1 / (2√x), infinite at 0."""
    return 0.5 / math.sqrt(x)


def sign(x: float) -> float:
    """Return 1, 0 or -1: whether x is positive, 0 or negative; NaN stays NaN."""
    return 1.0 if x > 0 else (-1.0 if x < 0 else (0.0 if x == 0 else x))


def absolute(x: float) -> float:
    """Return x without its sign."""
    return math.fabs(x)


def absolute_d(x: float) -> float:
    """Return the derivative of |x|, the sign of x; at the kink, 0, we choose 0."""
    return sign(x)


def sin(x: float) -> float:
    """Return the sine of x, an angle in radians."""
    return math.sin(x)


def sin_d(x: float) -> float:
    """Return the derivative of sin x: cos x."""
    return math.cos(x)


def cos(x: float) -> float:
    """Return the cosine of x, an angle in radians."""
    return math.cos(x)


def cos_d(x: float) -> float:
    """Return the derivative of cos x: -sin x."""
    return -math.sin(x)


def tanh(x: float) -> float:
    """Return the hyperbolic tangent of x, between -1 and 1."""
    return math.tanh(x)


def tanh_d(x: float) -> float:
    """Return the derivative of tanh: 1 - tanh²x, written without cancellation."""
    small = math.exp(-2.0 * abs(x))
    return 4.0 * small / ((1.0 + small) * (1.0 + small))


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


POSITIVE = (0.2, 3.0)

MAPS = (
    ScalarOp("id", "map", identity, (identity_d,), "x", ("1",)),
    ScalarOp("neg", "map", neg, (neg_d,), "-x", ("-1",)),
    ScalarOp("inv", "map", inv, (inv_d,), "1 / x", ("-1 / x²",), domain=POSITIVE),
    ScalarOp("log", "map", log, (log_d,), "log(x)", ("1 / x",), domain=POSITIVE),
    ScalarOp("exp", "map", exp, (exp_d,), "exp(x)", ("exp(x)",)),
    ScalarOp("sqrt", "map", sqrt, (sqrt_d,), "√x", ("1 / (2 * √x)",), domain=POSITIVE),
    ScalarOp("sign", "map", sign, formula="sign(x)", kinks=(0.0,)),
    ScalarOp("abs", "map", absolute, (absolute_d,), "|x|", ("sign(x)",), kinks=(0.0,)),
    ScalarOp("sin", "map", sin, (sin_d,), "sin(x)", ("cos(x)",)),
    ScalarOp("cos", "map", cos, (cos_d,), "cos(x)", ("-sin(x)",)),
    ScalarOp("tanh", "map", tanh, (tanh_d,), "tanh(x)", ("1 - tanh(x)²",)),
    ScalarOp(
        "sigmoid", "map", sigmoid, (sigmoid_d,), "sigmoid(x)", ("s(x) * (1 - s(x))",)
    ),
    ScalarOp(
        "relu", "map", relu, (relu_d,), "relu(x)", ("1 if x > 0 else 0",), kinks=(0.0,)
    ),
)
