"""grad_histogram: sizes of gradients, told as backward reaches them or by epoch."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import datasets, nn
from gradlab.visualization.gallery.trainings import network, trained
from gradlab.visualization.text import number

NAN, INF = float("nan"), float("inf")


def test_backward_reaches_the_last_layer_first() -> None:
    run = trained(network(2, 3, 1), datasets.xor(20, seed=1), 1)
    picture = viz.grad_histogram(run.model)
    names = [n for n, _ in run.model.named_parameters()]
    told = [picture.heading(k).split()[2].rstrip(":") for k in range(picture.steps)]
    assert told == names[::-1]


def test_the_medians_are_those_of_the_gradients() -> None:
    run = trained(network(2, 5, 1), datasets.xor(20, seed=1), 3)
    said = viz.grad_histogram(run.model).alt()
    for name, p in run.model.named_parameters():
        median = np.median(np.abs(p.grad.to_numpy()))
        assert f"{name}: median {number(median)}" in said


def test_a_history_is_a_film_of_epochs() -> None:
    run = trained(network(2, 3, 1), datasets.xor(20, seed=1), 100)
    picture = viz.grad_histogram(history=run.history)
    assert picture.steps == 12
    assert picture.heading(0).startswith("Epoch 0:")
    assert picture.heading(11).startswith("Epoch 99:")
    assert viz.grad_histogram(run.history).svg() == picture.svg()


@pytest.mark.parametrize(
    ("grad", "words"),
    [
        ([0.5, 0.25], "w: median 0.375."),
        ([1e-9], "vanishing"),
        ([1e300], "exploding"),
        ([1e-300, 5e-324], "vanishing"),
        ([0.0, 0.0], "all zero"),
        ([0.0, 0.0, 1.0], "66.7% zeros"),
        ([NAN, 1.0], "NaN or inf"),
        ([INF], "NaN or inf"),
        ([], "no numbers"),
        (2.0, "median 2."),
        (None, "no gradient"),
    ],
)
def test_every_gradient_gets_a_word(grad: Any, words: str) -> None:
    picture = viz.grad_histogram({"w": grad})
    assert words in picture.alt()
    ElementTree.fromstring(picture.svg())


def test_many_layers_are_folded_and_it_is_said() -> None:
    picture = viz.grad_histogram({f"layer {k}": [1.0] for k in range(40)})
    assert picture.steps == 14
    assert "26 of 40 parameters are not drawn" in picture.alt()
    assert "layer 20" in picture.table()


def test_a_model_without_parameters_has_no_gradients() -> None:
    picture = viz.grad_histogram(nn.ReLU())
    assert picture.alt() == "There are no parameters here."
    ElementTree.fromstring(picture.svg())


def test_an_epoch_is_told_by_its_least_and_largest_median() -> None:
    run = trained(network(2, 4, 1), datasets.xor(20, seed=1), 3)
    sizes = {n: s for n, s in run.history.kept[0].sizes.items() if s}
    low, high = (f([s.median for s in sizes.values()]) for f in (min, max))
    said = viz.grad_histogram(run.history).alt(0)
    assert said.startswith(f"Epoch 0: medians {number(low)} (")
    assert f" to {number(high)} (" in said


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        ((3,), {}, TypeError, "named_parameters.*got 3"),
        ((), {}, TypeError, "a model after backward.*got None"),
        (({"w": nn.Linear(1, 1).weight},), {}, TypeError, "'w' holds a parameter"),
        (({"w": "x"},), {}, TypeError, "tensor, an array or nested lists; got 'x'"),
        ((), {"history": [1]}, TypeError, r"viz.History\(\); got \[1\]"),
        ((), {"history": viz.History()}, ValueError, "record"),
    ],
)
def test_what_has_no_gradients_is_named(
    arguments: Any, options: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        viz.grad_histogram(*arguments, **options)
