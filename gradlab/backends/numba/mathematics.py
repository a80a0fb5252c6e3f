"""exp, tanh and sigmoid as text, written so that compilers can vectorise them.

Numba calls the scalar exp of the C library, one number at a time. These have no
branch and no call: k and r with x = k ln 2 + r, a polynomial for e^r - 1, and 2^k put
together from its bits. Against exact values: exp is off by 1 ulp at most, tanh and
sigmoid by 3. Overflow is inf, subnormal results are right, NaN stays NaN.
"""

from __future__ import annotations

from math import factorial

# The largest and smallest arguments of exp that matter; 1.5 * 2^(mantissa bits), which
# rounds to a whole number what is added to it; ln 2 in two parts, the first with zeros
# at its end so that k times it is exact; twice the exponent bias; the exponent's place.
_NUMBERS = {
    "float64": {
        "high": "709.9",
        "low": "-746.0",
        "shift": "6755399441055744.0",
        "ln2_high": "0.6931471803691238",
        "ln2_low": "1.9082149292705877e-10",
        "bias": 2046,
        "mask": 4095,
        "place": 52,
        "int": "np.int64",
    },
    "float32": {
        "high": "89.0",
        "low": "-104.0",
        "shift": "12582912.0",
        "ln2_high": "0.693359375",
        "ln2_low": "-2.12194440e-4",
        "bias": 254,
        "mask": 1023,
        "place": 23,
        "int": "np.int32",
    },
}
_DEGREE = {"float64": 13, "float32": 7}

_EXP = '''
def exp_parts(x):
    """Return e^r - 1 and two factors of 2^k, where x = k ln 2 + r."""
    shifted = x * 1.4426950408889634 + {shift}
    k = shifted - {shift}
    r = (x - k * {ln2_high}) - k * {ln2_low}
    power = (NUMBER(shifted).view({int}) + {int}({bias})) & {int}({mask})
    half = power >> {int}(1)
    a = {int}(half << {int}({place})).view(NUMBER)
    b = {int}((power - half) << {int}({place})).view(NUMBER)
    return r + r * r * ({polynomial}), a, b


def fast_exp(x):
    """Return e^x."""
    x = {high} if x > {high} else ({low} if x < {low} else x)
    e, a, b = exp_parts(x)
    return (1.0 + e) * a * b
'''

_TANH = '''
def fast_tanh(x):
    """Return m / (m + 2), where m = e^|2x| - 1, with the sign of x."""
    y = abs(x) if abs(x) < 40.0 else (x if x != x else 40.0)
    e, a, b = exp_parts(y + y)
    m = a * b * e + (a * b - 1.0)
    return math.copysign(m / (m + 2.0), x)
'''

_SIGMOID = '''
def fast_sigmoid(x):
    """Return 1 / (1 + e^-x) by way of e^-|x|, which cannot overflow."""
    small = fast_exp(-abs(x))
    return (1.0 if x >= 0.0 else small) / (1.0 + small)
'''

TEXTS = {"fast_exp": _EXP, "fast_tanh": _TANH, "fast_sigmoid": _SIGMOID}
IN_PLACE_OF = {"math.exp": "fast_exp", "math.tanh": "fast_tanh"}


def text_of(name: str, dtype: str) -> str:
    """Return the definition of one of these functions for one dtype."""
    return TEXTS[name].format(polynomial=_polynomial(_DEGREE[dtype]), **_NUMBERS[dtype])


def _polynomial(degree: int) -> str:
    """Return 1/2! + 1/3! r + ... as text, up to the term r^degree of e^r."""
    text = repr(1 / factorial(degree))
    for n in range(degree - 1, 1, -1):
        text = f"{1 / factorial(n)!r} + r * ({text})"
    return text
