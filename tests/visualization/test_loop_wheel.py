"""loop_wheel: its numbers are those of a training; the learner's own stay put."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import bce_with_logits, datasets, manual_seed, nn, tensor
from gradlab.optim import SGD, Adam
from gradlab.tensors.randomness import generator
from gradlab.visualization.gallery.trainings import network

DATA = datasets.xor(20, seed=1)


def wheel(**options: Any) -> Any:
    model = network(2, 3, 1)
    return viz.loop_wheel(model, DATA, SGD(model.parameters(), lr=0.5), **options)


def test_a_frame_per_station_and_round() -> None:
    picture = wheel(rounds=2)
    assert picture.steps == 11
    told = [picture.alt(k) for k in range(1, 11)]
    names = ("forward", "loss", "backward", "step", "zero_grad")
    starts = [f"Round {n}, {name}:" for n in (1, 2) for name in names]
    assert all(t.startswith(start) for t, start in zip(told, starts, strict=True))


def test_the_numbers_are_those_of_training_it_by_hand() -> None:
    picture = wheel(rounds=3)
    model = network(2, 3, 1)
    optimizer, place = SGD(model.parameters(), lr=0.5), picture.watched.place
    for told in picture.rounds:
        optimizer.zero_grad()
        loss = bce_with_logits(model(DATA.x).view(-1), DATA.y)
        loss.backward()
        weight = dict(model.named_parameters())[picture.watched.name]
        assert (told.loss, told.before) == (loss.item(), weight[place].item())
        assert told.grad == weight.grad[place].item()
        optimizer.step()
        assert told.after == weight[place].item()


def test_without_zero_gradients_add_up() -> None:
    first, second = wheel(zero=False).rounds
    assert second.held == first.grad
    assert second.grad == pytest.approx(first.grad + second.fresh)
    right = wheel().rounds[1]
    assert right.held is None
    assert second.fresh == pytest.approx(right.grad)
    assert "gradients add up" in wheel(zero=False).alt(8)


def test_the_learners_training_stays_as_it_is() -> None:
    manual_seed(5)
    model = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1))
    optimizer = Adam(model.parameters(), lr=0.1)
    model(DATA.x).sum().backward()
    weights, grads = model.state_dict(), [p.grad.tolist() for p in model.parameters()]
    numbers = generator().bit_generator.state
    viz.loop_wheel(model, DATA, optimizer)
    assert generator().bit_generator.state == numbers
    assert [p.grad.tolist() for p in model.parameters()] == grads
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(array, weights[name])


@pytest.mark.parametrize("watch", ["2.weight", ("2.weight", (0, 1))])
def test_any_number_can_be_watched(watch: Any) -> None:
    picture = wheel(watch=watch)
    assert picture.watched.name == "2.weight"
    assert "2.weight[0," in picture.alt(0)


@pytest.mark.parametrize("scale", [1e-300, 1e150, float("nan"), float("inf"), 0.0])
def test_awkward_numbers_are_drawn(scale: float) -> None:
    model = nn.Linear(1, 1)
    loss = lambda out, y: (out * scale).sum()  # noqa: E731
    data = tensor([[1.0]]), tensor([1.0])
    picture = viz.loop_wheel(model, data, SGD(model.parameters(), lr=0.1), loss)
    for step in range(picture.steps):
        ElementTree.fromstring(picture.svg(step))


def test_a_parameter_of_rank_0_and_a_long_name() -> None:
    class Scale(nn.Module):
        def __init__(self) -> None:
            self.a_factor_with_a_very_long_name_indeed = nn.Parameter(2.0)

        def forward(self, x: Any) -> Any:
            return x * self.a_factor_with_a_very_long_name_indeed

    model, data = Scale(), (tensor([1.0]), tensor([0.0]))
    picture = viz.loop_wheel(model, data, SGD(model.parameters(), lr=0.1))
    assert "a_factor_with" in picture.alt(4)
    ElementTree.fromstring(picture.svg(4))


def test_an_optimizer_of_another_model_is_found_out() -> None:
    model, other = network(2, 3, 1), network(2, 3, 1)
    picture = viz.loop_wheel(model, DATA, SGD(other.parameters(), lr=0.5))
    assert "Does the optimizer hold this model's parameters?" in picture.alt(4)
    assert "learning rate" not in picture.alt(4)


class Decaying(SGD):
    """Descent with weight decay: a step is more than the rate times the gradient."""

    def step(self) -> None:
        for p in self.parameters:
            p.update_(p * 0.9)
        super().step()


def test_a_formula_is_only_told_where_it_holds() -> None:
    model = network(2, 3, 1)
    picture = viz.loop_wheel(model, DATA, Decaying(model.parameters(), lr=0.5))
    assert "The optimizer moved it by" in picture.alt(4)
    assert "Value - learning rate · gradient: " in wheel().alt(4)


def test_what_is_left_out_is_named_from_the_first_frame_on() -> None:
    words = [i.text for i in wheel(zero=False).scene(0).items if hasattr(i, "text")]
    assert "left out" in words


def test_outputs_are_counted() -> None:
    model, square = nn.Linear(2, 3), lambda out, y: (out * out).mean()
    picture = viz.loop_wheel(model, DATA, SGD(model.parameters(), lr=0.1), square)
    assert "20 samples in, 60 outputs out" in picture.alt(1)


MODEL = nn.Linear(2, 1)
STEPS = SGD(MODEL.parameters(), lr=0.1)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        ((3, DATA, STEPS), {}, TypeError, "named_parameters.*got 3"),
        ((MODEL, 3, STEPS), {}, TypeError, "data set such as.*got 3"),
        ((MODEL, datasets.xor(0), STEPS), {}, ValueError, "no samples"),
        ((MODEL, DATA, "sgd"), {}, TypeError, r"step\(\).*got 'sgd'"),
        ((MODEL, DATA, STEPS, 3), {}, TypeError, "loss is a function.*got 3"),
        ((MODEL, DATA, STEPS, lambda out, y: 3.0), {}, TypeError, "backward.*got 3.0"),
        ((nn.ReLU(), DATA, STEPS), {}, ValueError, "no parameters"),
        ((MODEL, DATA, STEPS), {"rounds": 7}, ValueError, "from 1 to 6; got 7"),
        ((MODEL, DATA, STEPS), {"watch": "w"}, ValueError, "one of weight, bias"),
        ((MODEL, DATA, STEPS), {"watch": ("bias", 0, 0)}, ValueError, "as watch="),
        ((MODEL, DATA, STEPS), {"watch": ("bias", 9)}, IndexError, r"no cell \(9,\)"),
    ],
)
def test_what_cannot_be_trained_is_named(
    arguments: Any, options: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        viz.loop_wheel(*arguments, **options)
