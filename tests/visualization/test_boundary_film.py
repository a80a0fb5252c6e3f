"""boundary_film: regions, wrong points and curves are those of the model."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest

import gradlab.minitorch as minitorch
import gradlab.visualization as viz
from gradlab import datasets, nn
from gradlab.visualization.gallery.trainings import network, trained
from gradlab.visualization.scene import Box

NAN, INF = float("nan"), float("inf")


def left(x: Any) -> Any:
    return 0.5 - x[:, 0]


def boxes(picture: Any, step: int, look: str) -> list[Box]:
    items = picture.scene(step).items
    return [i for i in items if isinstance(i, Box) and i.look == look]


def test_the_points_come_first_and_then_the_model() -> None:
    picture = viz.boundary_film(left, datasets.simple(30, seed=2))
    assert picture.steps == 2
    assert not boxes(picture, 0, "region")
    painted = sum(box.w for box in boxes(picture, 1, "region"))
    assert painted == pytest.approx(60 * 150)  # 60 strips, half the square


def test_ones_are_round_zeros_square_and_wrong_ones_ringed() -> None:
    x, y = [[0.2, 0.5], [0.8, 0.5], [0.9, 0.9]], [1, 0, 1]
    picture = viz.boundary_film(left, (x, y))
    count = {
        look: len(boxes(picture, 1, look)) for look in ("leaf", "constant", "ring")
    }
    assert count == {"leaf": 2, "constant": 1, "ring": 1}
    assert "2 of 3 points right. Accuracy 0.667, 1 wrong" in picture.alt()


def test_a_history_is_a_film_with_the_losses_it_recorded() -> None:
    run = trained(network(2, 8, 1), datasets.xor(60, seed=1), 300)
    picture = viz.boundary_film(run.model, run.data, history=run.history)
    assert picture.steps == 12
    last = picture.moments[-1]
    assert (last.epoch, last.loss) == (299, run.history.kept[-1].loss)
    assert picture.moments[0].answers.accuracy < last.answers.accuracy
    out = run.history.kept[-1].model(run.data.x).to_numpy().ravel()
    wrong = np.flatnonzero((out > 0) != (run.data.y.to_numpy() > 0))
    assert last.answers.wrong == list(wrong)


def test_the_model_stays_as_it_is() -> None:
    model = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
    before = model.state_dict()
    viz.boundary_film(model, datasets.xor(10, seed=1)).svg()
    assert model.training
    assert all(module.training for _, module in model.modules())
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_a_minitorch_model_and_data_set() -> None:
    class Left(minitorch.Module):
        def forward(self, x: Any) -> Any:
            rows = x.shape[0]
            return 0.5 - (x * minitorch.tensor([1.0, 0.0])).sum(1).view(rows)

    data = minitorch.datasets["Simple"](20)
    assert "20 of 20 points right" in viz.boundary_film(Left(), data).alt()


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (lambda x: x[:, 0] * NAN, "The model gives NaN"),
        (lambda x: (x[:, 0] - 0.5) * 1e308 * 10.0, "points right"),
        (lambda x: x[:, 0] * 1e-300, "All outputs lie between 0 and 1"),
        (lambda x: x[:, 0] * 0.0 - 1.0, "on 0% of the square"),
        (lambda x: x[:, 0:1] + 1.0, "on 100% of the square"),
    ],
)
def test_awkward_outputs_are_said(model: Any, words: str) -> None:
    picture = viz.boundary_film(model, datasets.simple(20, seed=1))
    assert words in picture.alt()
    ElementTree.fromstring(picture.svg())


def test_probabilities_have_their_boundary_in_the_middle() -> None:
    def chance(x: Any) -> Any:
        return (10.0 * left(x)).sigmoid()

    data = datasets.simple(20, seed=1)
    assert viz.boundary_film(chance, data, boundary=0.5).moments[0].answers.wrong == []


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_any_number_of_points(count: int) -> None:
    picture = viz.boundary_film(left, datasets.circle(count, seed=1))
    drawn = len(boxes(picture, 0, "leaf")) + len(boxes(picture, 0, "constant"))
    assert drawn == min(count, 200)
    assert ("200 of the 1,000 points are drawn" in picture.alt()) == (count == 1000)


def test_points_outside_the_unit_square_widen_it() -> None:
    picture = viz.boundary_film(left, ([[-2.0, 3.0]], [1]))
    assert (picture.axes.x_range, picture.axes.y_range) == ((-2, 1), (0, 3))


@pytest.mark.parametrize(
    ("model", "data", "error", "words"),
    [
        (left, 3, TypeError, "data set such as.*got 3"),
        (left, ([[1.0, 2.0, 3.0]], [1]), ValueError, r"x of shape \(1, 3\)"),
        (left, ([[1.0, 2.0]], [1, 0]), ValueError, r"y of shape \(2,\)"),
        (left, ([[1.0, NAN]], [1]), ValueError, "Point 0 is at"),
        (left, ([[0.0, 1.0], [1.0, 0.0]], [1, 2]), ValueError, "Label 1 is 2; "),
        (left, ([[0.0, 1.0]], [NAN]), ValueError, "Label 0 is NaN; "),
        (lambda x: None, ([[0.0, 1.0]], [1]), ValueError, "gave None for 401 points"),
        (3, ([[1.0, 2.0]], [1]), TypeError, "function of points.*got 3"),
        (lambda x: x, ([[1.0, 2.0]], [1]), ValueError, r"\(401, 2\) for 401 points"),
    ],
)
def test_what_has_no_boundary_is_named(
    model: Any, data: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        viz.boundary_film(model, data)


@pytest.mark.parametrize("boundary", ["half", NAN])
def test_a_boundary_is_a_number(boundary: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="boundary is"):
        viz.boundary_film(left, datasets.simple(3), boundary=boundary)


def test_a_module_that_rests_by_itself_goes_on_resting() -> None:
    model = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1))
    model[1].eval()
    viz.boundary_film(model, datasets.xor(10, seed=1))
    assert [module.training for _, module in model.modules()] == [
        True,
        True,
        False,
        True,
    ]


def test_probabilities_are_suspected_only_where_all_epochs_look_like_them() -> None:
    run = trained(network(2, 8, 1), datasets.xor(20, seed=1), 30)
    model = nn.Linear(2, 1)
    model.load_state_dict({"weight": [[0.1, 0.1]], "bias": [0.5]})
    early, history = viz.boundary_film(model, run.data), viz.History()
    assert "give boundary=0.5" in early.alt()
    for one in (model, run.model):
        history.record(1.0, model=one)
    film = viz.boundary_film(run.model, run.data, history=history)
    assert "give boundary=0.5" not in film.alt(1)


def test_a_history_is_a_history() -> None:
    with pytest.raises(TypeError, match=r"viz.History\(\); got 3"):
        viz.boundary_film(left, datasets.simple(3), history=3)
