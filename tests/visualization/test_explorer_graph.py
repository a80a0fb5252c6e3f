"""graph_explorer: one box to tick per module."""

from __future__ import annotations

import pytest

from gradlab import nn
from gradlab.scalar import Scalar
from gradlab.tensors.creation import tensor
from gradlab.visualization import graph_explorer
from gradlab.visualization.explorers.graph import MOST_BOXES, GraphExplorer

NET = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))


@pytest.fixture
def explorer() -> GraphExplorer:
    made = graph_explorer(NET(tensor([[0.5, -0.2]])))
    assert isinstance(made, GraphExplorer)
    return made


def test_every_module_has_a_box(explorer: GraphExplorer) -> None:
    assert list(explorer.scopes) == ["Sequential", "0", "1", "2"]
    assert explorer.status.value == "4 of 4 modules are open."


def test_a_box_folds_its_module_and_opens_it_again(explorer: GraphExplorer) -> None:
    before, steps = explorer._view.value, explorer.picture.steps
    explorer.scopes["Sequential"].value = False
    assert explorer.picture.steps < steps
    assert explorer.status.value == "3 of 4 modules are open."
    explorer.scopes["Sequential"].value = True
    assert explorer._view.value == before


def test_what_ran_no_module_says_so() -> None:
    made = graph_explorer(Scalar(2.0, "x") * Scalar(3.0, "y"))
    assert isinstance(made, GraphExplorer)
    assert "there is nothing to fold" in made.status.value
    made.step.value = 1
    assert made.picture.alt(0) in made._heard.value


def test_more_modules_than_boxes_stay_readable() -> None:
    deep = nn.Sequential(*(nn.Linear(1, 1) for _ in range(MOST_BOXES + 5)))
    made = graph_explorer(deep(tensor([[1.0]])))
    assert isinstance(made, GraphExplorer)
    assert len(made.scopes) == MOST_BOXES
    assert f"The first {MOST_BOXES} have a box." in made.status.value


def test_what_is_no_result_is_named() -> None:
    with pytest.raises(TypeError, match=r"got \[1, 2\]"):
        graph_explorer([1, 2])
    with pytest.raises(ValueError, match="shape"):
        graph_explorer(NET(tensor([[0.5, -0.2]])), [1.0, 2.0])
