"""Histories, and loops that show how far they are: in a notebook and in a terminal."""

from __future__ import annotations

import asyncio
import math
import time
import xml.etree.ElementTree as ElementTree
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import gradlab.visualization as viz
from gradlab import nn, tensor
from gradlab.visualization.explorers.learning_rate_path import (
    DescentPath,
    place_at,
    walk,
)
from gradlab.visualization.training_history import KEPT, LARGEST_MODEL, sizes_of

from .catalogue import HOSTILE

NAN, INF = float("nan"), float("inf")

# ------------------------------------ history ------------------------------------


@pytest.mark.parametrize("epochs", [1, KEPT, KEPT + 1, 1000])
def test_a_history_keeps_few_epochs_evenly_with_the_first_and_the_last(
    epochs: int,
) -> None:
    history = viz.History()
    for epoch in range(epochs):
        history.record(epoch / 2)
    kept = [k.epoch for k in history.kept]
    assert (kept[0], kept[-1], history.count) == (0, epochs - 1, epochs)
    assert min(epochs, KEPT // 2) <= len(kept) <= KEPT + 1
    assert len(set(np.diff(kept)[:-1])) <= 1
    assert [k.loss for k in history.kept] == [epoch / 2 for epoch in kept]


def test_a_kept_model_does_not_move_with_the_one_that_trains() -> None:
    model, history = nn.Linear(2, 1), viz.History()
    history.record(tensor([0.5]), accuracy=1, model=model)
    before = model.state_dict()["weight"]
    model.weight.update_(model.weight + 1.0)
    kept = history.kept[0]
    assert (kept.loss, kept.accuracy) == (0.5, 1.0)
    np.testing.assert_array_equal(kept.model.state_dict()["weight"], before)


def test_of_a_large_model_no_copies_are_kept() -> None:
    history = viz.History()
    history.record(1.0, model=nn.Linear(LARGEST_MODEL, 1))
    assert history.kept[0].model is None
    assert set(history.kept[0].sizes or {}) == {"weight", "bias"}


def test_sizes_leave_out_zeros_and_broken_numbers() -> None:
    grad = np.array([0.0, NAN, -INF, *np.linspace(1, 11, 11)])
    (sizes,) = sizes_of({"w": grad}).values()
    assert sizes is not None
    assert (sizes.low, sizes.median, sizes.high) == pytest.approx((2, 6, 10))
    assert (sizes.zeros, sizes.numbers, sizes.broken) == (1 / 14, 14, 2)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"loss": "low"}, TypeError, "loss is one number.*got 'low'"),
        ({"loss": tensor([1.0, 2.0])}, TypeError, "one element"),
        ({"loss": 1.0, "accuracy": [1]}, TypeError, "accuracy is one number"),
        ({"loss": 1.0, "epoch": 3}, ValueError, "after 3 came 3"),
        ({"loss": 1.0, "epoch": 4.5}, ValueError, "whole numbers"),
        ({"loss": 1.0, "model": 3}, TypeError, r"named_parameters\(\).*got 3"),
    ],
)
def test_what_cannot_be_recorded_is_named(
    options: dict[str, Any], error: type[Exception], words: str
) -> None:
    history = viz.History()
    history.record(1.0, epoch=3)
    with pytest.raises(error, match=words):
        history.record(**options)
    assert history.count == 1


def test_a_history_says_itself() -> None:
    history = viz.History()
    assert repr(history) == "<History: nothing recorded>"
    history.record(NAN)
    assert repr(history) == "<History: 1 epoch, loss NaN to NaN>"


# ------------------------------------ the loop ------------------------------------


def test_a_loop_runs_through_and_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    history = viz.History()
    for epoch in viz.training(5, history):
        history.record(1 / (1 + epoch))
    said = capfd.readouterr()
    assert "5 epochs in" in said.err
    assert "loss 0.2" in said.err
    assert not said.out


def test_a_loop_that_is_left_says_how_far_it_came(
    capfd: pytest.CaptureFixture[str],
) -> None:
    for epoch in viz.training(list("abcdef")):
        if epoch == "c":
            break
    assert "stopped after 2 of 6 epochs" in capfd.readouterr().err


def test_a_loop_over_an_unknown_number_of_epochs(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert list(viz.training(iter([7, 8]))) == [7, 8]
    assert "2 epochs in" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ten",), "epochs is a number"),
        ((3, []), r"viz.History\(\); got \[\]"),
        ((3, None, 3), "draw is a function"),
    ],
)
def test_what_is_no_training_is_named(arguments: tuple[Any, ...], words: str) -> None:
    epochs, history, draw = (*arguments, None, None)[:3]
    with pytest.raises(TypeError, match=words):
        viz.training(epochs, history, draw=draw)


CELL = """
import gradlab.visualization as viz
history = viz.History()
for epoch in viz.training(20, history{more}):
    history.record(1 / (1 + epoch))
    if epoch == {stop}:
        {what}
"""
CELLS = {
    "whole": CELL.format(more="", stop=99, what="pass"),
    "interrupted": CELL.format(more="", stop=9, what="raise KeyboardInterrupt"),
    "left": CELL.format(more="", stop=3, what="break"),
    "failing": CELL.format(more=", draw=lambda: 1 / 0", stop=99, what="pass"),
}


@pytest.fixture(scope="module")
def shown() -> dict[str, list[Any]]:
    """Run the cells in a kernel, and return the outputs of each."""
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS.values()]
    NotebookClient(book, kernel_name="python3", allow_errors=True).execute()
    return {name: cell.outputs for name, cell in zip(CELLS, book.cells)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("whole", "20 epochs in"),
        ("interrupted", "stopped after 9 of 20 epochs"),
        ("left", "stopped after 3 of 20 epochs"),
        ("failing", "The picture failed: ZeroDivisionError"),
    ],
)
def test_a_notebook_keeps_one_output_with_the_last_state(
    shown: dict[str, list[Any]], name: str, words: str
) -> None:
    displayed = [o for o in shown[name] if o.output_type == "display_data"]
    assert len(displayed) == 1
    assert words in displayed[0].data["text/plain"]
    html = displayed[0].data["text/html"]
    assert "<progress" not in html
    assert html.count("<svg") == (0 if name == "failing" else 1)
    ElementTree.fromstring(f"<div>{html}</div>")


def test_an_interrupt_is_the_learners_to_see(shown: dict[str, list[Any]]) -> None:
    errors = [o.ename for o in shown["interrupted"] if o.output_type == "error"]
    assert errors == ["KeyboardInterrupt"]
    assert not [o for o in shown["whole"] if o.output_type != "display_data"]


# ------------------------------------ explorers ------------------------------------


def test_a_way_down_steps_by_rate_times_slope() -> None:
    way = walk(lambda x: x * x, 1.0, 0.1, 5)
    np.testing.assert_allclose([p.x for p in way], 0.8 ** np.arange(6), rtol=1e-12)
    assert [p.slope for p in way] == pytest.approx([2 * p.x for p in way])


def test_a_way_that_runs_away_ends_where_numbers_do() -> None:
    picture = DescentPath(lambda x: x * x, 1.0, 1e200, 40)
    assert picture.steps < 6
    assert "the learning rate is too large" in picture.alt()
    ElementTree.fromstring(picture.svg())


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.0, "still on the way"),
        (0.3, "it has arrived"),
        (0.7, "has arrived, jumping from side to side"),
        (0.95, "It jumps from side to side"),
        (1.1, "too large"),
    ],
)
def test_the_explorer_says_what_a_rate_does(rate: float, words: str) -> None:
    explorer = viz.learning_rate_explorer()
    explorer.rate.value = rate
    assert words in explorer.status.value
    assert words in explorer.picture.alt()


def test_a_way_that_ends_as_high_as_it_began_is_not_called_higher() -> None:
    explorer = viz.learning_rate_explorer(rate=1.0)
    explorer.start.value = 1.5
    assert "It jumps from side to side" in explorer.status.value


def test_a_function_that_leaves_the_graph_has_its_true_slope() -> None:
    place = place_at(math.sin, 1.0)
    assert place == pytest.approx((1.0, math.sin(1.0), math.cos(1.0)), abs=1e-8)


def test_what_an_own_function_raises_is_told_and_leaves_a_gap_in_the_curve() -> None:
    def positive(x: Any) -> Any:
        if x < 0:
            raise KeyError("no")
        return x * x

    explorer = viz.learning_rate_explorer(positive)
    assert sum(math.isnan(y) for _, y in explorer.picture.curve) == 60
    explorer.start.value = -1.0
    assert "At x = -1 the function raised KeyError" in explorer.status.value


def test_an_explorer_of_an_own_function_comes_first() -> None:
    explorer = viz.learning_rate_explorer(lambda x: (x - 1.0) ** 2)
    assert explorer.function.value == "yours"
    assert "f is 2.25" in explorer.picture.alt(0)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: viz.learning_rate_explorer(3), TypeError, "one tensor.*got 3"),
        (lambda: viz.learning_rate_explorer(rate=-1), ValueError, "from 0; got -1"),
        (lambda: viz.learning_rate_explorer(rate="x"), TypeError, "rate is one number"),
        (lambda: viz.decision_boundary_explorer("moons"), ValueError, "xor, circle"),
        (lambda: viz.decision_boundary_explorer([]), ValueError, "xor, circle"),
        (lambda: viz.decision_boundary_explorer(hidden=0), ValueError, "1 to 100"),
    ],
)
def test_what_cannot_be_explored_is_named(
    make: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        make()


def test_outside_a_notebook_a_change_trains_at_once() -> None:
    explorer = viz.decision_boundary_explorer("xor", hidden=8)
    explorer.epochs.value = 100
    assert explorer.run.done
    assert "Trained: epoch 100 of 100" in explorer.status.value
    assert explorer.picture.moments[-1].answers.accuracy > 0.9


def test_in_a_notebook_the_latest_change_wins_and_is_shown_soon() -> None:
    async def change_twice() -> Any:
        explorer = viz.decision_boundary_explorer("xor")
        await asyncio.sleep(0.02)
        explorer.data.value = "circle"
        left_behind = explorer.run
        explorer.hidden.value = 12
        assert "epoch 0 of 150" in explorer.status.value
        deadline = time.monotonic() + 30
        while not explorer.run.done and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        return explorer, left_behind

    explorer, left_behind = asyncio.run(change_twice())
    assert left_behind.history.count == 1
    assert "Trained: epoch 150 of 150" in explorer.status.value
    assert len(explorer.run.model[0].bias) == 12
    assert explorer.picture.moments[-1].epoch == 150


def test_what_outlives_the_kernel_is_trained_to_the_end() -> None:
    async def begun() -> Any:
        return viz.decision_boundary_explorer("xor")

    explorer = asyncio.run(begun())
    assert not explorer.run.done
    assert explorer.still().moments[-1].epoch == 150


def test_hostile_names_stay_words() -> None:
    picture = viz.grad_histogram({HOSTILE: [1.0], "w": tensor([[2.0]])})
    for step in range(picture.steps):
        ElementTree.fromstring(picture.svg(step))
