"""reduce_flow: strips folded into a cell, and the fan that comes back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Function, Tensor, tensor
from gradlab.visualization.pictures.flows.reduce_flow import ReduceFlow
from gradlab.visualization.scene import Arrow, Box

from .flow_examples import HOSTILE, INF, NAN, D, leaf


class OwnSum(Function):
    """A learner's sum over dim 1."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x.sum(1)

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        (x,) = ctx.saved_values
        return d_out.view(x.shape[0], 1).expand(*x.shape)


def frames(picture: ReduceFlow, name: str) -> list[int]:
    return [k for k, moment in enumerate(picture.moments) if moment.name == name]


def arrows(picture: ReduceFlow, step: int) -> list[Arrow]:
    return [i for i in picture.scene(step).items if isinstance(i, Arrow)]


def test_forward_starts_from_the_output_and_sweeps_its_strip() -> None:
    picture = viz.reduce_flow("sum", D, 1)
    names = " ".join(moment.name for moment in picture.moments)
    assert names == "start ask sweep sweep fold fold fold done"
    said = [picture.words.heading(m) for m in picture.moments[1:5]]
    assert said == [
        "Start from the output: which cells fold into out[0]?",
        "out[0] starts at 0",
        "out[0] so far: 0 + 1 = 1",
        "out[0] = 1 + 2 = 3",
    ]
    assert "(3, 1), and is then dropped: (3,)" in picture.alt()
    mean = viz.reduce_flow("mean", D, 1)
    assert mean.words.heading(mean.moments[4]) == "out[0] so far: 1 + 2 = 3"
    assert "Divide by 2 to get the mean." in mean.alt(4)


def test_the_question_does_not_show_its_answer() -> None:
    picture = viz.reduce_flow("sum", D, 1)
    boxes = [i for i in picture.scene(1).items if isinstance(i, Box)]
    assert [str(box.text) for box in boxes if box.look == "forward"] == ["?"]
    assert "x[0,0]" not in picture.alt(1)
    assert "The strip is x[0,0], x[0,1]." in picture.alt(2)


def test_an_input_keeps_its_own_name() -> None:
    assert (
        "Gradient of w[0] = 2."
        in viz.reduce_flow(leaf([1.0], "w").sum(), d_out=2).alt()
    )
    assert viz.reduce_flow("sum", leaf([1.0], "w"), name="v").name == "v"


def test_backward_is_a_fan_and_not_one_wire_per_number() -> None:
    picture = viz.reduce_flow("sum", D, 1, [1, 10, 100])
    first = frames(picture, "back")[0]
    assert "over dim 1. d_out[0] = 1 is copied to the 2 cells" in picture.alt(first)
    wires = arrows(picture, first)
    assert len(wires) == 2
    assert all(wire.look == "gradient" and wire.head for wire in wires)
    assert "gradient of x[2,0] = 100, gradient of x[2,1] = 100" in picture.alt()


def test_local_derivatives_stand_where_the_wires_end() -> None:
    def locals_of(name: str, x: Any) -> list[str]:
        picture = viz.reduce_flow(name, x, None, 2)
        items = picture.scene(picture.steps - 2).items
        boxes = [i for i in items if isinstance(i, Box) and i.look == "local"]
        return [str(box.text) for box in boxes]

    assert locals_of("sum", [1, 7, 7]) == ["×1", "×1", "×1"]
    assert locals_of("mean", [1, 7, 7, 1]) == ["×0.25"] * 4
    assert locals_of("prod", [2, 0, 5]) == ["×0", "×10", "×0"]
    assert locals_of("max", [1, 7, 7]) == ["×0", "×0.5", "×0.5"]


@pytest.mark.parametrize("name", ["sum", "mean", "prod", "max", "min", "logsumexp"])
@pytest.mark.parametrize("dim", [None, 0, -1, (0, 2)])
@pytest.mark.parametrize("keepdim", [False, True])
def test_gradients_are_those_of_the_engine(name: str, dim: Any, keepdim: bool) -> None:
    rng = np.random.default_rng(3)
    x = leaf(rng.normal(size=(2, 3, 2)))
    out = getattr(x, name)(dim, keepdim)
    d = rng.normal(size=out.shape)
    out.backward(tensor(d))
    words = viz.reduce_flow(name, x, dim, d, keepdim=keepdim).words
    found = np.zeros(x.shape)
    for cell in words.story.cells:
        for index, local in words.story.locals(cell).items():
            found[index] = local * d[cell]
    assert np.allclose(found, x.grad.to_numpy(), rtol=1e-12, atol=1e-15)


def test_a_learners_reduce_is_drawn() -> None:
    picture = viz.reduce_flow(OwnSum, D, d_out=[1, 10, 100])
    assert "gradient of x[1,0] = 10" in picture.alt()
    assert not frames(picture, "sweep")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: viz.reduce_flow("sum", 3, None, 2), "gradient of x = 2"),
        (
            lambda: viz.reduce_flow("sum", np.zeros((2, 0)), 1, [1, 1]),
            "shape of x: (2, 0)",
        ),
        (lambda: viz.reduce_flow("sum", np.zeros((0, 2)), 1, []), "nothing is folded"),
        (lambda: viz.reduce_flow("max", [NAN, INF, 1e300], None, 2), "x[0] = 2"),
        (lambda: viz.reduce_flow("sum", (100, 100), 0), "(100, 100) has 10,000 cells"),
        (lambda: viz.reduce_flow("sum", [1], name=HOSTILE), "every cell"),
    ],
)
def test_awkward_inputs_are_drawn(call: Any, says: str) -> None:
    assert says.lower() in call().alt().lower()


def test_the_empty_sum_is_its_start_value() -> None:
    picture = viz.reduce_flow("sum", np.zeros((2, 0)), 1, [1, 1])
    fold = frames(picture, "fold")[0]
    assert "out[0] = the start value, 0" in picture.alt(fold)
    back = frames(picture, "back")[0]
    assert "d_out[0] = 1 has nowhere to go" in picture.alt(back)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: viz.reduce_flow("sum"), TypeError, "needs an op and an input"),
        (lambda: viz.reduce_flow("plus", [1]), ValueError, "use one of sum, mean"),
        (lambda: viz.reduce_flow("argmax", [1]), ValueError, "has no gradient"),
        (lambda: viz.reduce_flow("sum", D, 5), IndexError, "5"),
        (lambda: viz.reduce_flow(leaf(D).sum(1), dim=1), TypeError, "give it alone"),
        (lambda: viz.reduce_flow(leaf(D).exp()), ValueError, "folds whole dims"),
        (lambda: viz.reduce_flow("sum", D, 1, cell=(9,)), IndexError, "(9,)"),
        (lambda: viz.reduce_flow(np.sum, D), TypeError, "sum of NumPy or math"),
        (lambda: viz.reduce_flow(lambda x: x.sum(1), D, 1), TypeError, "dim=1), but"),
        (lambda: viz.reduce_flow("sum", D, 1, [1]), ValueError, "d_out of shape (1,)"),
    ],
)
def test_errors_say_what_came_and_what_to_do(
    call: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert says in str(raised.value)
