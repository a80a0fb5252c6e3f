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

from gradlab.operators.maps import (
    MAPS,
    absolute,
    absolute_d,
    cos,
    cos_d,
    exp,
    exp_d,
    identity,
    identity_d,
    inv,
    inv_d,
    log,
    log_d,
    neg,
    neg_d,
    relu,
    relu_d,
    sigmoid,
    sigmoid_d,
    sign,
    sin,
    sin_d,
    sqrt,
    sqrt_d,
    tanh,
    tanh_d,
)
from gradlab.operators.row import Kind, ScalarFn, ScalarOp
from gradlab.operators.zips import (
    ZIPS,
    add,
    div,
    div_dx,
    div_dy,
    eq,
    first,
    ge,
    gt,
    is_close,
    larger,
    le,
    lt,
    maximum,
    minimum,
    minus_one,
    mul,
    ne,
    one,
    power,
    power_dx,
    power_dy,
    second,
    smaller,
    sub,
)

__all__ = [
    "SCALARS",
    "Kind",
    "ScalarFn",
    "ScalarOp",
    "absolute",
    "absolute_d",
    "add",
    "back",
    "cos",
    "cos_d",
    "div",
    "div_dx",
    "div_dy",
    "eq",
    "exp",
    "exp_d",
    "first",
    "ge",
    "gt",
    "identity",
    "identity_d",
    "inv",
    "inv_d",
    "is_close",
    "larger",
    "le",
    "log",
    "log_d",
    "lt",
    "maximum",
    "minimum",
    "minus_one",
    "mul",
    "ne",
    "neg",
    "neg_d",
    "one",
    "power",
    "power_dx",
    "power_dy",
    "relu",
    "relu_d",
    "second",
    "sigmoid",
    "sigmoid_d",
    "sign",
    "sin",
    "sin_d",
    "smaller",
    "sqrt",
    "sqrt_d",
    "sub",
    "tanh",
    "tanh_d",
]


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


_BACKS = tuple(back(op) for op in MAPS if op.local)

SCALARS: dict[str, ScalarOp] = {op.name: op for op in (*MAPS, *ZIPS, *_BACKS)}
