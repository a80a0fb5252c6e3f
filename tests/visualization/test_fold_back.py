"""fold_back: what ghosts received adds up in the real cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Function, Scalar, Tensor, tensor, unbroadcast
from gradlab.visualization.pictures.flows.fold_back import FoldBack
from gradlab.visualization.scene import Arrow, Box

from .flow_examples import COLUMN, HOSTILE, INF, NAN, D, HalfSquare, leaf


def check_case() -> FoldBack:
    return viz.fold_back("mul", COLUMN, [10, 20], D)


def headings(picture: FoldBack, name: str) -> list[str]:
    return [picture.words.heading(m) for m in picture.moments if m.name == name]


def test_the_check_case_lists_its_addends() -> None:
    picture = check_case()
    assert headings(picture, "fold") == [
        "a[0,0] receives 1·10 + 2·20 = 50",
        "a[1,0] receives 3·10 + 4·20 = 110",
        "a[2,0] receives 5·10 + 6·20 = 170",
        "b[0] receives 1·1 + 3·2 + 5·3 = 22",
        "b[1] receives 2·1 + 4·2 + 6·3 = 28",
    ]
    assert "Gradient of b[0] = 22, gradient of b[1] = 28" in picture.alt()


def test_factors_stand_in_the_order_of_the_products() -> None:
    picture = check_case()
    plan = picture.plans[0]
    assert plan.d_out.x < plan.local.x < plan.fan.near.x
    assert picture.words.heading(picture.moments[2]).startswith("For a: d_out · local")


def test_the_steps_of_unbroadcasting_are_told_apart() -> None:
    side = viz.fold_back("add", (4, 2, 3), (2, 1), np.ones((4, 2, 3))).story.sides[1]
    assert side.steps("b") == [
        "Sum over dim 0, which b does not have: (4, 2, 3) becomes (2, 3).",
        "Sum over dim 1, where b has size 1, and keep the size 1: (2, 3) becomes "
        "(2, 1).",
    ]


def test_every_frame_of_folding_lights_the_cells_that_add_up() -> None:
    picture = check_case()
    step = next(k for k, m in enumerate(picture.moments) if m == ("fold", 1, (0,)))
    items = picture.scene(step).items
    lit = [i.text for i in items if isinstance(i, Box) and "selected" in i.marks]
    assert lit == ["1", "6", "15", "22"]
    assert sum(isinstance(item, Arrow) for item in items) == 3


@pytest.mark.parametrize("op", ["add", "sub", "mul", "div", "maximum"])
@pytest.mark.parametrize(
    ("a", "b"), [((3, 1), (2,)), ((2,), (4, 1, 2)), ((), (3,)), ((2, 3), (2, 3))]
)
def test_gradients_are_those_of_the_engine(op: str, a: Any, b: Any) -> None:
    rng = np.random.default_rng(8)
    x, y = leaf(rng.uniform(1, 2, a)), leaf(rng.uniform(1, 2, b))
    d = rng.normal(size=np.broadcast_shapes(a, b))
    sides = viz.fold_back(op, x, y, d).story.sides
    for side, shape in zip(sides, (a, b)):
        found = np.zeros(shape)
        for index in np.ndindex(*d.shape):
            found[side.target(index)] += side.product(index)
        assert np.allclose(found, side.gradient.to_numpy(), rtol=1e-12)


def test_an_input_that_was_not_stretched_has_its_gradient_at_once() -> None:
    picture = viz.fold_back("mul", D, COLUMN, D)
    local = next(k for k, m in enumerate(picture.moments) if m.name == "local")
    assert "a was not stretched: this is its gradient." in picture.alt(local)


def test_an_own_function_that_is_wrong_is_named() -> None:
    picture = viz.fold_back(HalfSquare, [1, 2], [3, 4], [1, 10])
    assert "HalfSquare.backward and central differences disagree" in picture.alt()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: viz.fold_back("+", 1, 2, 3), "Gradient of a = 3."),
        (lambda: viz.fold_back("+", (3, 1), (0,), np.ones((3, 0))), "a[0,0] = 0"),
        (lambda: viz.fold_back("*", [NAN, INF], 1e300, [1, -1e-300]), "b = NaN"),
        (
            lambda: viz.fold_back("*", (60, 1), (60,), np.ones((60, 60))),
            "(60, 1) has 60 cells",
        ),
        (lambda: viz.fold_back("+", 1, 2, 3, names=(HOSTILE, "&<b>")), "&<b> = 3"),
    ],
)
def test_awkward_inputs_are_drawn(call: Any, says: str) -> None:
    assert says in call().alt()


def test_a_large_sum_is_shortened_in_the_middle() -> None:
    picture = viz.fold_back("*", (60, 1), (60,), np.ones((60, 60)))
    first = headings(picture, "fold")[0]
    assert first == "a[0,0] receives 1·10 + 1·20 + … 56 more … + 1·590 + 1·600 = 18300"


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: viz.fold_back("mul", [1]), TypeError, "fold_back needs an op and two"),
        (lambda: viz.fold_back("mul", [1], [2]), TypeError, "needs d_out"),
        (lambda: viz.fold_back("exp", [1], [2], [1]), ValueError, "no op 'exp'"),
        (lambda: viz.fold_back("+", (4, 3), (4,), 1), ValueError, "do not broadcast"),
        (lambda: viz.fold_back("+", [1], [2], D), ValueError, "d_out of shape (3, 2)"),
        (
            lambda: viz.fold_back(Scalar(1) * Scalar(2), d_out=1),
            TypeError,
            "scalar_graph draws them",
        ),
        (lambda: viz.fold_back("+", 1, 2, 3, names="a"), TypeError, "two names"),
    ],
)
def test_errors_say_what_came_and_what_to_do(
    call: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert says in str(raised.value)


def test_a_constant_input_is_drawn_with_its_gradient() -> None:
    picture = viz.fold_back(leaf(COLUMN) * tensor([10.0, 20.0]), d_out=D)
    assert "Gradient of b[0] = 22" in picture.alt()


class ForgotDOut(Function):
    @staticmethod
    def forward(ctx: Any, a: Tensor, b: Tensor) -> Tensor:
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> tuple[Tensor, Tensor]:
        a, b = ctx.saved_values
        ones = d_out * 0 + 1
        return unbroadcast(ones * b, a.shape), unbroadcast(ones * a, b.shape)


def test_no_false_sum_is_drawn_of_a_backward_that_forgets_d_out() -> None:
    with pytest.raises(ValueError, match=r"not in step with d_out.*diagnosis_of"):
        viz.fold_back(ForgotDOut, COLUMN, [10, 20], D)
