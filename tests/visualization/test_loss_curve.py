"""loss_curve: what is drawn of losses, and what is said of those that cannot be."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import tensor
from gradlab.visualization.pictures.networks.loss_curve_plan import spread
from gradlab.visualization.scene import Arrow, Text

from .catalogue import HOSTILE

NAN, INF = float("nan"), float("inf")


def test_one_training_grows_and_several_come_one_by_one() -> None:
    one = viz.loss_curve([9.0, 4.0, 2.0, 1.0])
    assert [one.heading(k).split(":")[0] for k in range(one.steps)] == [
        f"Epoch {k}" for k in range(4)
    ]
    two = viz.loss_curve({"a": [1.0, 0.5], "b": [1.0, 2.0]})
    assert two.steps == 2
    assert "b" not in two.alt(0).split("loss of a")[1]
    assert "b: from 1 to 2" in two.alt(1)


def test_every_line_has_a_look_of_its_own() -> None:
    picture = viz.loss_curve({str(k): [k, k + 1.0] for k in range(5)})
    lines = [i for i in picture.scene(4).items if isinstance(i, Arrow)]
    looks = [line.look for line in lines if line.look.startswith("curve")]
    assert looks == [f"curve-{k}" for k in range(1, 6)]


def test_it_reads_a_history_tensors_and_numbers() -> None:
    history = viz.History()
    for loss in (3.0, 2.0):
        history.record(loss)
    expected = viz.loss_curve([3, 2]).svg()
    for losses in (history, [tensor(3.0), tensor([2.0])], np.array([3.0, 2.0])):
        assert viz.loss_curve(losses).svg() == expected


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([], "No loss was recorded yet"),
        ([0.5], "Epoch 0: the loss is 0.5"),
        ([1.0, NAN, NAN], "NaN at epoch 1"),
        ([1.0, 2.0, INF], "inf at epoch 2"),
        ([NAN], "NaN at epoch 0"),
        ([1e300, 1e-300, -1e300], "from 1e300 to -1e300"),
        ([float(k % 7) for k in range(10_000)], "401 of 10000 epochs are drawn"),
    ],
)
@pytest.mark.parametrize("log", [False, True])
def test_awkward_losses_are_said(losses: list[float], words: str, log: bool) -> None:
    picture = viz.loss_curve(losses, log=log)
    assert words in picture.alt()
    for step in range(picture.steps):
        ElementTree.fromstring(picture.svg(step))


def test_a_log_axis_says_what_it_cannot_show() -> None:
    assert "1 at 0 or below" in viz.loss_curve([1.0, 0.0], log=True).alt()


def test_names_at_the_ends_keep_apart() -> None:
    picture = viz.loss_curve({HOSTILE + str(k): [1.0, 1.0 + k / 1e6] for k in range(5)})
    texts = [i for i in picture.scene(4).items if isinstance(i, Text)]
    heights = sorted(t.y for t in texts if t.x > picture.axes.x + picture.axes.w)
    assert len(heights) == 5
    assert min(np.diff(heights)) > 18
    ElementTree.fromstring(picture.svg())


def test_spread_stays_inside() -> None:
    assert spread([95.0, 96.0, 97.0], 100) == [58, 79, 100]


@pytest.mark.parametrize(
    ("losses", "error", "words"),
    [
        (3, TypeError, "list of losses.*got 3"),
        ("0.5", TypeError, "got '0.5'"),
        ([0.5, "x"], TypeError, "loss 1 is one number.*got 'x'"),
        ({}, ValueError, "1 to 5 trainings.*got 0"),
        ({str(k): [1.0] for k in range(6)}, ValueError, "1 to 5 trainings.*got 6"),
    ],
)
def test_what_are_no_losses_is_named(
    losses: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        viz.loss_curve(losses)


def test_epochs_are_counted_in_whole_numbers() -> None:
    for count in (1, 2, 3, 8, 9, 2000):
        marks = viz.loss_curve([1.0] * count).axes.x_marks
        assert len(marks) > 1
        assert all(mark == int(mark) for mark in marks)
