"""Traps of map and zip: ties, kinks, zero and negative bases, NaN, misuse."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from gradlab import SCALARS, Scalar, Tensor, gradcheck, tensor
from gradlab.backends import NAMES
from gradlab.tensors.choosing import where

NAN, INF = math.nan, math.inf
EVERY_BACKEND = pytest.mark.parametrize("backend", NAMES)


def leaf(data, **options) -> Tensor:
    return tensor(data, requires_grad=True, **options)


def gradients(out: Tensor, *inputs: Tensor, d_out=None) -> list:
    """Return the gradients that backward gives; d_out is never all ones."""
    d = np.arange(2.0, 2 + out.size).reshape(out.shape) if d_out is None else d_out
    out.backward(d)
    return [x.grad.tolist() for x in inputs]


def same(got, expected) -> bool:
    return np.array_equal(np.array(got), np.array(expected), equal_nan=True)


# -------------------------------------- power --------------------------------------


@EVERY_BACKEND
def test_power_of_zero(backend):
    x = leaf([0.0, 0.0, 0.0, 0.0, 0.0], backend=backend)
    y = leaf([0.0, 0.5, 1.0, 2.0, -1.0], backend=backend)
    out = x**y
    assert out.tolist() == [1.0, 0.0, 0.0, 0.0, INF]
    dx, dy = gradients(out, x, y, d_out=[2.0, 3.0, 4.0, 5.0, 6.0])
    assert dx == [0.0, INF, 4.0, 0.0, -INF]
    assert dy == [0.0, 0.0, 0.0, 0.0, -INF]


@EVERY_BACKEND
def test_power_of_a_negative_base(backend):
    x = leaf([-2.0, -2.0, -2.0, -2.0], backend=backend)
    y = leaf([3.0, 2.0, -1.0, 0.5], backend=backend)
    out = x**y
    assert same(out.tolist(), [-8.0, 4.0, -0.5, NAN])
    dx, dy = gradients(out, x, y, d_out=[1.0, 2.0, 4.0, 1.0])
    assert same(dx, [12.0, -8.0, -1.0, NAN])
    assert same(dy, [NAN] * 4)  # between whole exponents there is no value


def test_power_with_numbers_on_either_side():
    x = leaf([-1.0, 0.0, 2.0])
    assert (x**2).tolist() == [1.0, 0.0, 4.0]
    assert (2**x).tolist() == [0.5, 1.0, 4.0]
    assert x.pow(3).tolist() == [-1.0, 0.0, 8.0]
    assert gradients(x**2, x) == [[-4.0, 0.0, 16.0]]
    assert gradcheck(lambda t: 2**t + t**3, x)


def test_constant_exponent_costs_no_logarithm():
    asked = []
    x = leaf([-3.0, 2.0])
    out = x**2
    loops = out.history.ctx.f
    out.history.ctx.f = type(
        "Loops",
        (),
        {"__getattr__": lambda self, name: asked.append(name) or getattr(loops, name)},
    )()
    out.backward([1.0, 1.0])
    assert "pow_dx_zip" in asked
    assert "pow_dy_zip" not in asked


# ------------------------------- ties, kinks and steps -------------------------------


@EVERY_BACKEND
@pytest.mark.parametrize("method", ["maximum", "minimum"])
def test_maximum_tie_is_split_evenly(method, backend):
    x = leaf([1.0, 2.0, 3.0, -INF], backend=backend)
    y = leaf([2.0, 2.0, 2.0, -INF], backend=backend)
    dx, dy = gradients(getattr(x, method)(y), x, y, d_out=[2.0, 3.0, 4.0, 5.0])
    larger = [0.0, 1.5, 4.0, 2.5], [2.0, 1.5, 0.0, 2.5]
    assert (dx, dy) == (larger if method == "maximum" else larger[::-1])


@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_local_derivatives_at_a_tie_are_one_half(name):
    assert [local(2.0, 2.0) for local in SCALARS[name].local] == [0.5, 0.5]


def test_maximum_of_a_tensor_with_itself_has_gradient_1():
    x = leaf([1.0, -2.0])
    assert gradients(x.maximum(x), x) == [[2.0, 3.0]]


def test_abs_and_relu_have_derivative_0_at_their_kink():
    x = leaf([-2.0, 0.0, 3.0])
    assert gradients(abs(x), x) == [[-2.0, 0.0, 4.0]]
    x = leaf([-2.0, 0.0, 3.0])
    assert gradients(x.relu(), x) == [[0.0, 0.0, 4.0]]


def test_square_root_of_zero_has_slope_inf():
    x = leaf([0.0, 4.0, -1.0])
    out = x.sqrt()
    assert same(out.tolist(), [0.0, 2.0, NAN])
    assert same(gradients(out, x), [[INF, 0.75, NAN]])


def test_tanh_of_a_big_number_keeps_its_small_derivative():
    x = leaf([18.0, -18.0, 400.0])
    (dx,) = gradients(x.tanh(), x, d_out=[1.0, 1.0, 1.0])
    assert dx == pytest.approx([4 * math.exp(-36.0)] * 2 + [0.0], rel=1e-12)


@EVERY_BACKEND
@pytest.mark.parametrize("method", ["maximum", "minimum"])
def test_nan_wins_on_either_side(method, backend):
    x, y = leaf([NAN, 1.0], backend=backend), leaf([1.0, NAN], backend=backend)
    out = getattr(x, method)(y)
    assert same(out.tolist(), [NAN, NAN])
    assert same(gradients(out, x, y), [[NAN, NAN]] * 2)


# ----------------------------------- clip and where -----------------------------------


def test_clip_passes_the_gradient_at_its_ends():
    x = leaf([-2.0, -1.0, 0.0, 1.0, 2.0])
    out = x.clip(-1, 1)
    assert out.tolist() == [-1.0, -1.0, 0.0, 1.0, 1.0]
    assert gradients(out, x) == [[0.0, 3.0, 4.0, 5.0, 0.0]]


def test_clip_to_tensors_gives_every_gradient_to_exactly_one_input():
    x, low, high = leaf([[-2.0], [0.5], [3.0]]), leaf([-1.0, 2.0]), leaf(1.0)
    out = x.clip(low, high)
    assert out.tolist() == [[-1.0, 1.0], [0.5, 1.0], [1.0, 1.0]]
    dx, dlow, dhigh = gradients(out, x, low, high)
    assert dx == [[0.0], [4.0], [0.0]]
    assert dlow == [2.0, 0.0]
    assert dhigh == 3.0 + 5.0 + 6.0 + 7.0


def test_clip_with_one_bound_or_none():
    x = tensor([-2.0, 2.0])
    assert x.clip(min=0).tolist() == [0.0, 2.0]
    assert x.clip(max=0).tolist() == [-2.0, 0.0]
    with pytest.raises(ValueError, match="clip needs a bound"):
        x.clip()


@EVERY_BACKEND
def test_what_was_not_chosen_gets_0_even_where_d_out_is_infinite(backend):
    x, y = leaf([1.0, 2.0], backend=backend), leaf([3.0, 4.0], backend=backend)
    out = where(tensor([1, 0], backend=backend), x, y)
    assert out.tolist() == [1.0, 4.0]
    assert gradients(out, x, y, d_out=[INF, INF]) == [[INF, 0.0], [0.0, INF]]
    x = leaf([1.0, 5.0], backend=backend)
    assert gradients(x.clip(0, 2), x, d_out=[1.0, INF]) == [[1.0, 0.0]]


def test_where_broadcasts_and_sums_back():
    condition, x, y = leaf([[1.0], [0.0]]), leaf([1.0, 2.0, 3.0]), leaf(9.0)
    out = where(condition, x, y)
    assert out.tolist() == [[1.0, 2.0, 3.0], [9.0, 9.0, 9.0]]
    dx, dy = gradients(out, x, y)
    assert (dx, dy) == ([2.0, 3.0, 4.0], 18.0)
    assert condition.grad is None


def test_where_takes_numbers_arrays_and_other_dtypes():
    x = tensor([1.0, 2.0], dtype="float32")
    out = where(np.array([True, False]), x, -1)
    assert (out.tolist(), out.dtype) == ([1.0, -1.0], np.float32)
    assert where(tensor([0.0, 1.0]), x, 5).dtype == np.float32
    assert where(tensor([1, 0]), 3, 4).tolist() == [3.0, 4.0]
    with pytest.raises(TypeError, match="at least one tensor"):
        where(True, 1.0, 2.0)
    with pytest.raises(ValueError, match="3"):
        where(tensor([1, 0]), tensor([1, 2, 3]), 0)


# ------------------------------------ comparisons ------------------------------------


def test_comparisons_are_constants_of_ones_and_zeros():
    x, y = leaf([1.0, 2.0, NAN]), leaf([2.0, 2.0, NAN])
    answers = [x < y, x > y, x <= y, x >= y, x == y, x != y]
    assert all(answer.is_constant for answer in answers)
    assert [answer.tolist() for answer in answers] == [
        [1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [1.0, 1.0, 0.0],
        [0.0, 1.0, 0.0],
        [0.0, 1.0, 0.0],
        [1.0, 0.0, 1.0],
    ]
    assert x.sign().is_constant


def test_comparisons_with_numbers_and_arrays_on_either_side():
    x = tensor([1.0, 2.0, 3.0])
    assert (x < 2).tolist() == (2 > x).tolist() == [1.0, 0.0, 0.0]  # noqa: SIM300
    assert (x == 2).tolist() == (np.float64(2) == x).tolist() == [0.0, 1.0, 0.0]
    assert (np.array([1.0, 0.0, 3.0]) == x).tolist() == [1.0, 0.0, 1.0]
    assert (x.view(3, 1) >= x).tolist() == [[1, 0, 0], [1, 1, 0], [1, 1, 1]]


def test_a_mask_is_a_constant_in_a_product():
    x = leaf([-1.0, 2.0])
    assert gradients(x * (x > 0), x) == [[0.0, 3.0]]


@pytest.mark.parametrize("other", [None, "two", [1.0, 2.0], object(), Scalar(1.0)])
def test_a_tensor_is_not_equal_to_what_is_no_number(other):
    x = tensor([1.0, 2.0])
    assert (x == other) is False
    assert (x != other) is True


def test_tensors_are_told_apart_by_identity_in_sets_and_dicts():
    x, y = tensor([1.0]), tensor([1.0])
    assert len({x, y, x}) == 2
    assert {x: "x", y: "y"}[y] == "y"


def test_is_close_as_in_numpy():
    values = [0.0, 1e-9, 1.0, 1.0 + 1e-6, 1.001, INF, -INF, NAN]
    x = leaf(values)
    close = x.view(8, 1).is_close(x)
    array = np.array(values)
    assert (close.to_numpy() == np.isclose(array[:, None], array)).all()
    assert close.is_constant


# -------------------------------------- misuse --------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda t: t + [1, 2], r"got a list. Write t \+ tensor\(\[1, 2\]\)\."),  # noqa: RUF005
        (lambda t: [1, 2] * t, r"got a list. Write tensor\(\[1, 2\]\) \* t\."),
        (lambda t: t - (1, 2), r"got a tuple. Write t - tensor\(\(1, 2\)\)\."),
        (lambda t: t < [1, 2], r"Write t < tensor"),
        (lambda t: 2 ** (t ** "2"), r"\*\* works on tensors.*got '2', a str"),
        (lambda t: None / t, "/ works on tensors, numbers.*got None"),
        (lambda t: t * 1j, "got 1j, a complex"),
        (lambda t: t * np.array([1j, 0]), "got an array of complex128"),
        (lambda t: t * Scalar(2.0), r"graphs.*t \* tensor\(s.data\)"),
        (lambda t: t.maximum([1, 2]), r"Write maximum\(tensor\(\[1, 2\]\)\)"),
        (lambda t: t.clip("low", 2), "clip works on tensors.*got 'low'"),
        (lambda t: where(t > 0, t, None), "where works on.*got None"),
    ],
)
def test_misuse_says_what_to_write(call, words):
    with pytest.raises(TypeError, match=words):
        call(tensor([1.0, 2.0]))


def test_an_unknown_class_may_do_the_operator_itself():
    class Other:
        def __radd__(self, t):
            return "mine"

    assert tensor([1.0]) + Other() == "mine"
    with pytest.raises(TypeError, match="unsupported operand"):
        tensor([1.0]) * Fraction(1, 2)


def test_numbers_keep_the_dtype_of_the_tensor():
    x = tensor([1.0, 4.0], dtype="float32")
    for out in (x**0.5, 2**x, x > np.float64(1), x.clip(0, 1), np.float64(2) * x):
        assert out.dtype == np.float32
        assert isinstance(out, Tensor)
