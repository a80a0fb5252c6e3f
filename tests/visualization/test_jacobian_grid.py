"""jacobian_grid: rows are results, columns are inputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import tensor

NAN, INF = float("nan"), float("inf")


def fun(x: Any) -> list[Any]:
    return [x[0], x[0] * x[1]]


def test_the_story_goes_by_row_then_by_column() -> None:
    picture = viz.jacobian_grid(fun, [3, 5], d_out=[1, 2], numeric=True)
    names = [moment.name for moment in picture.moments]
    assert names == ["start", "row", "row", "column", "column", "numeric", "back"]
    assert picture.matrix.rows == [(1.0, 0.0), (5.0, 3.0)]
    assert "x[0] moves out[0] by 1 and out[1] by 5" in picture.alt(3)
    assert "without backward: the same numbers." in picture.alt(5)
    assert "Gradient of x[0] = 1·1 + 2·5 = 11" in picture.alt()


def test_rows_follow_numpy_for_a_layer() -> None:
    rng = np.random.default_rng(3)
    w, x = rng.normal(size=(4, 3)), rng.normal(size=3)
    picture = viz.jacobian_grid(lambda t: (tensor(w) @ t).tanh(), x, numeric=True)
    expected = (1 - np.tanh(w @ x) ** 2)[:, None] * w
    np.testing.assert_allclose(picture.matrix.rows, expected, rtol=1e-12)
    np.testing.assert_allclose(picture.matrix.numeric, expected, atol=1e-8)


def test_a_matrix_is_flattened_in_reading_order() -> None:
    picture = viz.jacobian_grid(lambda x: x.sum(0), [[1, 2], [3, 4]])
    assert picture.matrix.rows == [(1, 0, 1, 0), (0, 1, 0, 1)]
    assert "out[1] follows x[0,1] by 1 and x[1,1] by 1" in picture.alt(2)


def test_the_numbers_of_later_rows_are_not_drawn_early() -> None:
    picture = viz.jacobian_grid(lambda x: x * 7, [2.0, 3.0])
    drawn = picture.svg(1)
    assert drawn.count(">7</text>") == 1
    assert picture.svg(2).count(">7</text>") == 2


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: x * 2, 3),
        (lambda x: x.log(), [0.0, -1.0, 2.0]),
        (lambda x: x * NAN, [INF, 1.0]),
        (lambda x: x * 1e300, [1e300, -1e-300]),
        (lambda x: x.sum(), [1.0] * 399),
        (lambda x: tensor([3.0]), [1.0, 2.0]),
        (lambda x: tensor([1.0] * 300) * x, 2.0),
    ],
)
def test_awkward_inputs_are_drawn(f: Any, x: Any) -> None:
    names = ("</text><script>", "an_output_with_a_very_long_name")
    picture = viz.jacobian_grid(f, x, numeric=True, names=names)
    assert all("<script" not in picture.svg(k) for k in range(picture.steps))


@pytest.mark.parametrize("x", [[], [[]]])
def test_no_cells_are_said_to_be_none(x: Any) -> None:
    picture = viz.jacobian_grid(lambda x: x * 2, x, d_out=x, numeric=True)
    assert picture.alt() == "J has shape (0, 0): x and out have no cells."


@pytest.mark.parametrize(
    ("f", "x", "error", "says"),
    [
        (3, [1.0], TypeError, "takes a function first"),
        (lambda x: 3.0, [1.0], TypeError, "return a tensor"),
        (lambda x: x[7], [1.0], ValueError, "IndexError on a tensor of shape"),
        (lambda x: [x, 1.0], [1.0], TypeError, "or a list of them"),
        (lambda x, y: x, [1.0], TypeError, "f raised TypeError on a tensor of shape"),
        (np.sin, [1.0], TypeError, "operators and methods"),
        (lambda x: x, "ab", TypeError, "holds numbers"),
        (lambda x: x, [1.0] * 999, ValueError, "give f fewer cells"),
    ],
)
def test_errors_say_what_to_do(
    f: Any, x: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.jacobian_grid(f, x)


def test_d_out_of_another_shape() -> None:
    with pytest.raises(ValueError, match=r"f's result, \(2,\); got \(3,\)"):
        viz.jacobian_grid(fun, [3, 5], d_out=[1, 2, 3])
    with pytest.raises(TypeError, match="d_out holds numbers in the shape of"):
        viz.jacobian_grid(fun, [3, 5], d_out="ab")
