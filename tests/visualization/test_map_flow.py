"""map_flow: every cell by itself, forward and backward."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import tensor
from gradlab.visualization.pictures.flows.map_flow import MapFlow
from gradlab.visualization.scene import Arrow, Box

from .flow_examples import HOSTILE, INF, NAN, ForgotDOut, Square, leaf


def frames(picture: MapFlow, name: str) -> list[int]:
    return [k for k, moment in enumerate(picture.moments) if moment.name == name]


def arrows(picture: MapFlow, step: int) -> list[Arrow]:
    return [i for i in picture.scene(step).items if isinstance(i, Arrow)]


def test_the_catalogue_case_reads_as_the_catalogue_says() -> None:
    picture = viz.map_flow("inv", [[1, 2], [4, 5]], [[3, 2], [1, -1]])
    back = frames(picture, "back")[1]
    assert "x[0,1]: -0.25 times d_out 2 = -0.5" in picture.alt(back)
    assert "-1 / x[0,1]² = -1 / 2² = -0.25" in picture.alt(back)
    plates = [
        i.text
        for i in picture.scene(back).items
        if isinstance(i, Box) and i.look == "local"
    ]
    assert "×(-0.25)" in plates


def test_the_story_is_told_cell_by_cell() -> None:
    picture = viz.map_flow("exp", [1, 2], [1, 1])
    names = " ".join(moment.name for moment in picture.moments)
    assert names == "start ask read read done turn back back end"
    assert len(arrows(picture, frames(picture, "read")[0])) == 1
    assert len(arrows(picture, frames(picture, "back")[0])) == 2
    assert "a zip, cell by cell" in picture.alt()
    assert "at most 2 of its 4 numbers differ from 0" in picture.alt()


def test_the_question_does_not_show_its_answer() -> None:
    picture = viz.map_flow("exp", [1, 2])
    boxes = [i for i in picture.scene(1).items if isinstance(i, Box)]
    assert [str(box.text) for box in boxes if "selected" in box.marks] == ["?"]


def test_an_input_keeps_its_own_name() -> None:
    weights = leaf([1.0, 2.0], "w")
    assert "gradient of w[1] = 20" in viz.map_flow(Square, weights, [1, 5]).alt()
    assert viz.map_flow("exp", weights, name="v").name == "v"


def test_without_d_out_it_is_forward_only() -> None:
    picture = viz.map_flow("neg", [1, 2])
    assert not frames(picture, "back")
    assert "out[1] = -2" in picture.alt()


@pytest.mark.parametrize("name", ["neg", "inv", "log", "exp", "tanh", "relu", "sqrt"])
def test_gradients_are_those_of_the_engine(name: str) -> None:
    rng = np.random.default_rng(11)
    x, d = leaf(rng.uniform(0.5, 2.0, (2, 3))), rng.normal(size=(2, 3))
    out = -x if name == "neg" else getattr(x, name)()
    out.backward(tensor(d))
    story = viz.map_flow(name, x, d).story
    drawn = [[story.local[i, j] * d[i, j] for j in range(3)] for i in range(2)]
    assert np.allclose(drawn, x.grad.to_numpy(), rtol=1e-12)


def test_wires_of_one_row_are_straight() -> None:
    picture = viz.map_flow("exp", [1, 2, 3], [1, 1, 1])
    for wire in arrows(picture, picture.steps - 1):
        assert len({x for x, _ in wire.points}) == 1


def test_an_own_function_is_drawn_and_a_wrong_one_is_named() -> None:
    right = viz.map_flow(Square, [1.0, 3.0], [1, 10])
    assert "gradient of x[1] = 60" in right.alt()
    assert "not in step with d_out" in viz.map_flow(ForgotDOut, [1.0], [10]).alt()


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (2.0, "Gradient of x = 3."),
        (np.zeros((0, 2)), "x (0, 2) has no cells: nothing is read."),
        ((100, 100), "(100, 100) has 10,000 cells"),
    ],
)
def test_awkward_inputs_are_drawn(x: Any, says: str) -> None:
    shape = x if isinstance(x, tuple) else np.shape(x)
    picture = viz.map_flow("neg", x, np.full(shape, -3.0))
    assert says in picture.alt()


def test_numbers_that_are_none_are_drawn() -> None:
    picture = viz.map_flow("exp", [NAN, INF, 1e300, -1e-300], [1, -1, 0, 2])
    values = "Gradient of x[0] = NaN, gradient of x[1] = -inf, gradient of x[2] = NaN"
    assert values in picture.alt()


def test_long_and_hostile_names_are_cut() -> None:
    picture = viz.map_flow("exp", [1], [1], name=HOSTILE * 9)
    assert len(picture.name) < 14
    assert "<script" not in picture.svg()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: viz.map_flow("exp"), TypeError, "needs an op and an input"),
        (lambda: viz.map_flow("add", [1]), ValueError, "use one of neg, inv"),
        (lambda: viz.map_flow("sign", [1]), ValueError, "has no gradient"),
        (lambda: viz.map_flow(3, [1]), TypeError, "takes an op such as 'neg'"),
        (lambda: viz.map_flow(leaf([1.0]).exp(), [1]), TypeError, "a result and an"),
        (lambda: viz.map_flow(tensor([1.0])), ValueError, "requires_grad=True"),
        (lambda: viz.map_flow(lambda x: x * x, [1]), ValueError, "one op on one"),
        (lambda: viz.map_flow(lambda x: x.sum(), [1, 2]), ValueError, "reduce_flow"),
        (
            lambda: viz.map_flow(lambda x: x.softmax(0), [1.0, 2.0], [1, 1]),
            ValueError,
            "also depends on x",
        ),
        (lambda: viz.map_flow(leaf([1.0, 2.0]).softmax(0)), ValueError, "depends on"),
        (lambda: viz.map_flow(ForgotDOut, [1.0, 3.0], [1, 1]), ValueError, "in step"),
        (lambda: viz.map_flow(lambda x: x.exp().log(), [1]), ValueError, "Log is only"),
        (lambda: viz.map_flow(np.exp, [1]), TypeError, "exp of NumPy or math does not"),
        (lambda: viz.map_flow([1], "exp"), TypeError, "the op comes first; got [1]"),
        (lambda: viz.map_flow("exp", (90, 90), cell=(50, 50)), IndexError, "left out"),
        (lambda: viz.map_flow("exp", [1, 2], cell=(7,)), IndexError, "(7,)"),
        (lambda: viz.map_flow("exp", [1, 2], [1]), ValueError, "d_out of shape (1,)"),
    ],
)
def test_errors_say_what_came_and_what_to_do(
    call: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert says in str(raised.value)
