"""slope_lens: the slope as a promise, kept the better the smaller dx."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab import Scalar
from gradlab.operators import SCALARS
from gradlab.scalar import ScalarFunction
from gradlab.visualization.pictures.numbers.slope_lens_function import of_numbers


def test_the_story_has_eight_dx_between_the_tangent_and_the_way_back() -> None:
    picture = viz.slope_lens(lambda x: x * x, 2)
    names = [moment.name for moment in picture.moments]
    assert names == ["point", "tangent", *["dx"] * 8, "table", "back"]
    assert "predicts 2, true 2.25" in picture.alt(3)
    assert "slope" not in picture.alt(0)


def test_half_the_dx_leaves_a_quarter_of_the_gap() -> None:
    picture = viz.slope_lens(math.exp, 0.3, 0.5)
    *_, before, last = (probe.gap for probe in picture.probes)
    assert last / before == pytest.approx(0.25, rel=0.01)
    assert "like dx²" in picture.alt(-2)


def test_a_wrong_derivative_and_a_corner_are_found_out() -> None:
    wrong = viz.slope_lens(lambda x: x * x, 2, derivative=lambda x: x)
    corner = viz.slope_lens("relu", 0)
    for picture in (wrong, corner):
        assert "not its derivative" in picture.alt(-2)


def test_a_straight_line_leaves_no_gap() -> None:
    assert "its own tangent" in viz.slope_lens(lambda x: 3 * x - 1, 0.7).alt(-2)


@pytest.mark.parametrize("name", ["sin", "tanh", "exp", "inv", "sqrt"])
def test_a_map_by_name_has_the_slope_of_the_table(name: str) -> None:
    picture = viz.slope_lens(name, 0.8, 0.1)
    assert picture.slope == SCALARS[name].local[0](0.8)


@pytest.mark.parametrize(
    ("f", "how"),
    [
        (lambda x: x * x.sin(), "backward"),
        (lambda x: x * math.sin(x), "central difference"),
        (lambda x: (Scalar(x.data) * x.sin()).data, "central difference"),
    ],
)
def test_backward_where_it_runs_else_a_central_difference(
    f: Callable[[Any], Any], how: str
) -> None:
    made = of_numbers(f, [0.7])
    assert how in made.how
    expected = math.sin(0.7) + 0.7 * math.cos(0.7)
    assert made.gradient(0.7, epsilon=1e-6)[0] == pytest.approx(expected, abs=1e-8)


def test_the_way_back_multiplies_d_out_by_the_slope() -> None:
    assert "gradient of x = 3·(-2) = -6" in viz.slope_lens(
        lambda x: 1 - 2 * x, 0.0, d_out=3
    ).alt(-1)


@pytest.mark.parametrize(
    ("f", "x", "dx"),
    [
        (lambda x: x, 1e300, 1e299),
        (lambda x: x * x, 1e-300, 1e-300),
        ("log", 0.5, -1.0),
        (math.tan, 1.5, 1.0),
        (lambda x: x * x, 1e8, 1.0),
    ],
)
def test_awkward_numbers_are_drawn(f: Any, x: float, dx: float) -> None:
    picture = viz.slope_lens(f, x, dx, name="</text><script>" * 9)
    assert all(len(picture.svg(k)) > 999 for k in range(picture.steps))
    assert "<script" not in picture.svg(2)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("sine", 1), ValueError, "no map 'sine'"),
        ((3, 1), TypeError, "function of one number, or"),
        ((lambda x: 1 / x, 0), ValueError, "ZeroDivisionError"),
        ((lambda x: [x], 0), TypeError, "return one number"),
        ((lambda x, y: x, 0), TypeError, "Give a function of one number"),
        ((lambda x: x.log(), -1), ValueError, "Log has no value at -1"),
        ((lambda x: x.sum(), 1), TypeError, "no tensors"),
        (("sin", 1j), TypeError, "x is one number"),
        (("sqrt", 0), ValueError, "no slope there"),
        ((lambda x: float(x > 2), 2), ValueError, "no slope there"),
        (("log", -1), ValueError, "finite"),
        (("sin", math.nan), ValueError, "finite number; got NaN"),
        (("sin", "2"), TypeError, "x is one number"),
        (("sin", 1, 0), ValueError, "not 0"),
        (("sin", 1e20), ValueError, "lost beside"),
        (("sin", 1.7e308, 1e308), ValueError, "largest float"),
    ],
)
def test_errors_say_what_to_do(
    arguments: tuple[Any, ...], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.slope_lens(*arguments)


@pytest.mark.parametrize(
    ("derivative", "error", "says"),
    [
        (2, TypeError, "derivative is a function"),
        (lambda x, d_out: d_out, ValueError, "derivative raised TypeError at x = 1"),
        (lambda x: None, TypeError, r"derivative\(x\) is one number"),
        (lambda x: math.inf, ValueError, r"derivative\(x\) is a finite number"),
    ],
)
def test_a_derivative_that_is_none(
    derivative: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.slope_lens("sin", 1, derivative=derivative)


def test_a_step_back_has_a_gap_with_its_sign() -> None:
    picture = viz.slope_lens(lambda x: x * x * x, 1.0, -1.0)
    assert "The gap is 2, gap/dx -2." in picture.alt(2)


class Raising(ScalarFunction):
    """A learner's square whose backward is not done."""

    @staticmethod
    def forward(ctx: Any, a: float) -> float:
        return a * a

    @staticmethod
    def backward(ctx: Any, d_out: float) -> float:
        raise RuntimeError("my backward")


def test_what_a_learners_backward_raises_is_told() -> None:
    with pytest.raises(ValueError, match="backward raised RuntimeError: my backward"):
        viz.slope_lens(Raising.apply, 2.0)
    with pytest.raises(ValueError, match="backward raised RuntimeError: my backward"):
        viz.gradient_field(lambda x, y: Raising.apply(x) * y, (1, 2))


def test_a_gap_that_is_gone_for_small_steps() -> None:
    picture = viz.slope_lens(abs, 0.5, -1.0)
    assert "No gap once dx is small." in picture.svg(-2)
