"""vjp_grid: d_out times a Jacobian, column by column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Function, Tensor, tensor

from .test_jacobian_grid import fun


def test_fun_at_three_and_five() -> None:
    picture = viz.vjp_grid(fun, [3, 5], [1, 2])
    assert picture.matrix.rows == [(1.0, 0.0), (5.0, 3.0)]
    assert picture.gradient == (11.0, 6.0)
    names = [moment.name for moment in picture.moments]
    assert names == ["start", "turn", "column", "column", "sums"]
    assert picture.alt(2) == "Gradient of x[0] = 1·1 + 2·5 = 11."
    assert ">2·5</text>" in picture.svg(2)


def test_forward_comes_before_backward() -> None:
    picture = viz.vjp_grid(fun, [3, 5], [1, 2], v=[1, -0.5])
    names = [moment.name for moment in picture.moments]
    assert names[:4] == ["start", "step", "forward", "turn"]
    assert "out[1] moves by about 5·1 + 3·(-0.5) = 3.5" in picture.alt(2)
    assert ">J·v[1]</text>" in picture.svg(2)
    assert ">out[1]</text>" not in picture.svg(2)


def test_the_sums_are_those_of_numpy() -> None:
    rng = np.random.default_rng(4)
    w, x, d = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=4)
    picture = viz.vjp_grid(lambda t: tensor(w) @ t, x, d, v=x)
    np.testing.assert_allclose(picture.gradient, d @ w, rtol=1e-12)
    np.testing.assert_allclose(picture.matrix.forward(tuple(x)), w @ x, rtol=1e-12)


def test_large_ones_are_folded_and_say_so() -> None:
    picture = viz.vjp_grid(lambda x: x * x, [1.0] * 40, [1.0] * 40)
    assert "of them are drawn" in picture.alt()
    assert "more" in picture.alt(2)
    assert picture.steps <= 10


@pytest.mark.parametrize(
    ("x", "d", "v"),
    [(-1e-300, 1e300, 1), ([float("inf")], [float("nan")], [0]), ([], [], [])],
)
def test_awkward_inputs_are_drawn(x: Any, d: Any, v: Any) -> None:
    picture = viz.vjp_grid(lambda x: x * x, x, d, v=v, names=("<b>" * 30, "out"))
    assert all("<b>" not in picture.svg(k) for k in range(picture.steps))


def test_shapes_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match=r"d_out has the shape of f's result"):
        viz.vjp_grid(fun, [3, 5], [1])
    with pytest.raises(ValueError, match=r"v has the shape of x, \(2,\); got \(1,\)"):
        viz.vjp_grid(fun, [3, 5], [1, 2], v=[1])
    with pytest.raises(TypeError, match="two names"):
        viz.vjp_grid(fun, [3, 5], [1, 2], names="xy")


class Forgetful(Function):
    """A learner's square whose backward forgets d_out."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        return 2.0 * ctx.saved_values[0]


def test_a_backward_that_forgets_d_out_makes_no_false_sum() -> None:
    picture = viz.vjp_grid(Forgetful.apply, [1.0, 2.0], [1, 2])
    assert picture.alt(2) == "Gradient of x[0] = 1·2 + 2·2 = 6."
    assert "But one backward gives 2 for x[0], which is wrong" in picture.alt()
    grid = viz.jacobian_grid(Forgetful.apply, [1, 2], d_out=[1, 2], numeric=True)
    assert "without backward: other numbers." in grid.alt(-2)
    assert "But one backward gives 2 for x[0], which is wrong" in grid.alt()


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_a_right_backward_is_not_called_wrong(size: float) -> None:
    rng = np.random.default_rng(5)
    x, d = rng.normal(size=(3, 4)) * size, rng.normal(size=(3, 4)) / size
    picture = viz.vjp_grid(lambda t: (t * t).exp() * 1e-9, x, d)
    assert "wrong" not in picture.alt()
