"""Scalars: values, derivatives, and what they say to misuse."""

import math

import pytest

from gradlab import SCALARS, Scalar, ScalarFunction, central_difference, tensor
from gradlab import scalar_functions as F

FUNCTIONS = [
    f
    for f in vars(F).values()
    if isinstance(f, type) and issubclass(f, ScalarFunction) and f.scalar
]


@pytest.mark.parametrize("fn", FUNCTIONS)
def test_function_agrees_with_its_row_and_with_central_differences(fn):
    op = SCALARS[fn.scalar]
    points = (0.7, 1.3)[: len(op.local)]
    inputs = [Scalar(p) for p in points]
    out = fn.apply(*inputs)
    assert out.data == pytest.approx(op.fn(*points), rel=1e-15)
    out.backward(-1.7)
    for k, x in enumerate(inputs):
        assert x.derivative == pytest.approx(-1.7 * op.local[k](*points), rel=1e-14)
        numeric = central_difference(op.fn, *points, arg=k)
        assert op.local[k](*points) == pytest.approx(numeric, rel=1e-8)


def test_every_scalar_function_is_tested():
    names = "add sub mul div pow neg inv log exp sqrt abs sin cos tanh sigmoid relu"
    assert {f.scalar for f in FUNCTIONS} == set(names.split())


def test_arithmetic_with_numbers_on_both_sides():
    x = Scalar(4.0)
    y = 1 + x * 2 - 3 / x - (1 - x) / 2 + -x
    assert y.data == 1 + 8 - 0.75 + 1.5 - 4
    y.backward()
    assert x.derivative == pytest.approx(2 + 3 / 16 + 0.5 - 1)


def test_powers():
    x = Scalar(-3.0)
    y = x**2 + 2 ** abs(x)
    y.backward()
    assert (y.data, x.derivative) == (17, pytest.approx(-6 - 8 * math.log(2)))
    with pytest.raises(ValueError, match="no derivative by its exponent at -3, 2"):
        (x ** Scalar(2.0)).backward()


@pytest.mark.parametrize("root", [lambda x: x.sqrt(), lambda x: x**0.5])
def test_no_derivative_there(root):
    with pytest.raises(ValueError, match="has no derivative at 0"):
        root(Scalar(0.0)).backward()


def test_comparisons_are_plain_truths():
    a, b = Scalar(1.0), Scalar(2.0)
    assert (a < b, a <= 1, b > 3, b >= a) == (True, True, False, True)


def test_a_tensor_is_no_number():
    with pytest.raises(TypeError, match=r"a Tensor of shape \(\)"):
        Scalar(1.0) * tensor(2.0)


def test_relu_has_derivative_0_at_its_kink():
    x = Scalar(0.0)
    x.relu().backward()
    assert x.derivative == 0.0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Scalar(0.0).log(), "Log has no value at 0: "),
        (lambda: Scalar(1.0) / 0, "Div has no value at 1, 0: "),
        (lambda: Scalar(1000.0).exp(), "Exp has no value at 1000: "),
    ],
)
def test_no_value_there(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize("bad", ["two", None, [1.0]])
def test_a_scalar_holds_one_number(bad):
    with pytest.raises(TypeError, match="A Scalar holds one number"):
        Scalar(bad)


def test_backward_on_a_constant():
    with pytest.raises(ValueError, match="called on a constant"):
        Scalar(1.0, requires_grad=False).backward()


def test_backward_that_returns_no_number():
    class Bad(ScalarFunction):
        @staticmethod
        def forward(ctx, x):
            return x

        @staticmethod
        def backward(ctx, d_out):
            return [d_out]

    with pytest.raises(TypeError, match="returned list; return one number"):
        Bad.apply(Scalar(1.0)).backward()


def test_nan_travels():
    x = Scalar(math.nan)
    (x * 2).backward()
    assert x.derivative == 2.0


def test_an_error_in_a_learner_s_own_function_stays_as_it_is():
    class Odd(ScalarFunction):
        def forward(ctx, x):
            return x / (x - 4)

        def backward(ctx, d_out):
            return d_out / 0

    with pytest.raises(ZeroDivisionError, match="division by zero"):
        Odd.apply(Scalar(4.0))
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        Odd.apply(Scalar(3.0)).backward()
