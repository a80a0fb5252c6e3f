"""exp, tanh and sigmoid as text, written so that compilers can vectorise them.

Numba calls the scalar exp of the C library, one number at a time. These have no
branch and no call: k and r with x = k ln 2 + r, a polynomial for e^r - 1, and 2^k put
together from its bits. Against exact values: exp is off by 1.1 ulp at most, tanh and
sigmoid by 3. Overflow is inf, subnormal results are right, NaN stays NaN.
"""

from __future__ import annotations

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
# e^r = 1 + r + r² (c0 + c1 r + ...) for |r| <= ln 2 / 2: the polynomials through e^r at
# the Chebyshev points, off by 1e-17 and 8e-09 at most.
_COEFFICIENTS = {
    "float64": (
        "0.5000000000000001",
        "0.16666666666666669",
        "0.041666666666623824",
        "0.008333333333330039",
        "0.0013888888917367081",
        "0.00019841269863171557",
        "2.4801521057868204e-05",
        "2.7557268276905696e-06",
        "2.7620201591031547e-07",
        "2.5100472505694996e-08",
    ),
    "float32": (
        "0.5",
        "0.1666657667",
        "0.04166655421",
        "0.008363232884",
        "0.001392625083",
    ),
}

_EXP = '''
def exp_parts(x):
    """Return e^r - 1 and two factors of 2^k, where x = k ln 2 + r."""
    shifted = x * 1.4426950408889634 + {shift}
    k = shifted - {shift}
    r = (x - k * {ln2_high}) - k * {ln2_low}
    r2 = r * r
    r4 = r2 * r2
    power = (NUMBER(shifted).view({int}) + {int}({bias})) & {int}({mask})
    half = power >> {int}(1)
    a = {int}(half << {int}({place})).view(NUMBER)
    b = {int}((power - half) << {int}({place})).view(NUMBER)
    return r + r2 * ({polynomial}), a, b


def fast_exp(x):
    """Return e^x."""
    x = {high} if x > {high} else ({low} if x < {low} else x)
    e, a, b = exp_parts(x)
    return (1.0 + e) * a * b
'''

_TANH = '''
def fast_tanh(x):
    """Return m / (m + 2), where m = e^|2x| - 1, with the sign of x."""
    y = 40.0 if abs(x) > 40.0 else abs(x)
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
    return TEXTS[name].format(
        polynomial=_polynomial(*_COEFFICIENTS[dtype]), **_NUMBERS[dtype]
    )


def _polynomial(*c: str) -> str:
    """Return c0 + c1 r + ... as text, four terms at a time.

    They do not wait for each other, as the terms of c0 + r (c1 + r (...)) do.
    """
    pairs = [" + r * ".join(c[k : k + 2]) for k in range(0, len(c), 2)]
    fours = [f" + r2 * ({pair})" for pair in pairs[1::2]]
    terms = [first + second for first, second in zip(pairs[::2], [*fours, ""])]
    text = terms.pop()
    while terms:
        text = f"{terms.pop()} + r4 * ({text})"
    return text
