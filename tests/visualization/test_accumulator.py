"""accumulator: drops, sums, what `=` loses, and several backwards."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Scalar, tensor
from gradlab.visualization.gallery.families.graphs import first_graph
from gradlab.visualization.pictures.influence.accumulator import Accumulator

from .catalogue import HOSTILE


def moments(picture: Accumulator) -> list[str]:
    return [moment.name for moment in picture.story.moments]


def test_the_first_graph_adds_one_and_two() -> None:
    picture = viz.accumulator(first_graph(), "a")
    assert moments(picture) == ["start", *["drop"] * 2, *["set"] * 2, "kept"]
    assert "a.derivative = 1 + 2 = 3." in picture.alt(2)
    assert "From d (Add): 1." in picture.alt(1)
    assert "a.derivative" in picture.ask(0)
    assert "With = only the last drop is kept: 2, not 3." in picture.alt()
    assert "From Mul: 2." in picture.alt(2)


def test_nothing_is_written_to_the_leaf() -> None:
    a = Scalar(2, "a")
    viz.accumulator(a * a + a, to=a)
    x = tensor([1.0, 2.0], requires_grad=True)
    viz.accumulator((x * x).sum(), to=x)
    assert a.derivative is None
    assert x.grad is None


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 2, 2), (0, 2)])
def test_drops_add_up_to_the_gradient_of_the_engine(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    x = tensor(rng.normal(size=shape).tolist(), requires_grad=True)
    x = x if shape != (0, 2) else tensor(np.zeros(shape), requires_grad=True)
    y = (x * x + x.exp() + 3.0 * x).sum()
    picture = viz.accumulator(y, to=x)
    y.backward()
    assert x.grad is not None
    np.testing.assert_allclose(picture.story.total, x.grad.to_numpy(), rtol=1e-12)
    assert picture.story.grad == "leaf.grad"


def test_a_leaf_that_one_op_reads_twice_gets_two_drops() -> None:
    a = Scalar(5, "a")
    picture = viz.accumulator(a * a)
    assert [float(drop.value) for drop in picture.tray.drops] == [5.0, 5.0]
    assert "a.derivative = 5 + 5 = 10." in picture.alt(2)


def test_backwards_without_zero_grad_add_as_well() -> None:
    picture = viz.accumulator([1, 2], passes=3)
    assert moments(picture)[-3:] == ["again", "again", "zero"]
    assert "a.grad = 3 + 3 + 3 = 9." in picture.alt(-2)
    assert "With zero_grad before each backward: a.grad = 3." in picture.alt()


def test_one_drop_loses_nothing_and_luck_is_called_luck() -> None:
    assert moments(viz.accumulator([4])) == ["start", "drop"]
    assert "Do not count on it" in viz.accumulator([0, 3]).alt()
    assert "Do not count on it" in viz.accumulator([math.nan, math.nan]).alt()


def test_d_out_is_what_a_leaf_gets_that_is_the_result() -> None:
    picture = viz.accumulator(Scalar(3, "a"), d_out=7.0)
    assert "adds it. d_out: 7. a.derivative = 7." in picture.alt()
    with pytest.raises(TypeError, match="d_out is one number; got 'q'"):
        viz.accumulator(Scalar(3, "a"), d_out="q")


def test_a_result_of_several_numbers_needs_d_out() -> None:
    x = tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        viz.accumulator(x * 3.0, to=x)
    picture = viz.accumulator(x * 3.0, to=x, d_out=tensor([1.0, 10.0]))
    assert picture.story.total.tolist() == [3.0, 30.0]


def test_many_and_large_drops_are_folded() -> None:
    many = viz.accumulator(list(range(30)))
    assert "22 of 30 drops are not drawn; the sum has them all." in many.alt()
    assert "done" in moments(many)
    assert "435" in many.alt()
    large = viz.accumulator([np.ones((40, 50))] * 3)
    assert "(40, 50) has 2,000 cells" in large.alt()
    assert large.steps < 12


def test_awkward_numbers_and_names() -> None:
    picture = viz.accumulator([1e300, -1e-300, math.inf, -math.inf], name=HOSTILE)
    assert "<script" not in picture.svg()
    assert "= NaN." in picture.alt(4)
    assert viz.accumulator([[], []]).story.total.shape == (0,)


@pytest.mark.parametrize(
    ("given", "options", "error", "says"),
    [
        (3, {}, TypeError, "a result and one of its leaves"),
        ([], {}, ValueError, "stays None"),
        (["x"], {}, TypeError, "Contribution 1"),
        ([[1], [1, 2]], {}, ValueError, r"shape \(2,\), the first one \(1,\)"),
        ([1], {"to": "a"}, ValueError, "has no leaves"),
        ([1], {"passes": 0}, ValueError, "from 1 to 6"),
        (Scalar(1, requires_grad=False), {}, ValueError, "needs a gradient"),
    ],
)
def test_errors_say_what_to_do(
    given: Any, options: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.accumulator(given, **options)


def test_the_leaf_has_to_be_one_of_the_result() -> None:
    with pytest.raises(ValueError, match="3 leaves"):
        viz.accumulator(first_graph())
    with pytest.raises(ValueError, match="has no part in this result"):
        viz.accumulator(first_graph(), "q")
    with pytest.raises(ValueError, match="is no leaf"):
        viz.accumulator(first_graph(), "d")
    with pytest.raises(ValueError, match="2 leaves are called"):
        viz.accumulator(Scalar(1, "a") * Scalar(2, "a"), "a")
