"""Modules: what is inside them, modes, and how they read."""

import copy

import numpy as np
import pytest

from gradlab import nn, no_grad, ones, tensor, zeros
from gradlab.tensors.randomness import manual_seed


class Net(nn.Module):
    """Parameters by every route: own, nested, in a list, shared."""

    def __init__(self):
        self.scale = nn.Parameter([2.0])
        self.layers = [nn.Linear(2, 3), nn.Linear(3, 2)]
        self.again = self.layers[0]
        self.seen = tensor([1.0])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return x * self.scale


def test_every_parameter_is_found_once_by_name():
    names = [name for name, _ in Net().named_parameters()]
    assert names == [
        "scale",
        "layers.0.weight",
        "layers.0.bias",
        "layers.1.weight",
        "layers.1.bias",
    ]


def test_every_parameter_gets_a_gradient_and_forgets_it():
    manual_seed(1)
    net = Net()
    net(ones((4, 2))).sum().backward()
    assert all(p.grad.shape == p.shape for p in net.parameters())
    net.zero_grad()
    assert all(p.grad is None for p in net.parameters())


def test_what_is_computed_from_a_parameter_is_none():
    w = nn.Parameter([1.0, 2.0])
    with no_grad():
        assert not isinstance(w * 2, nn.Parameter)
    assert not isinstance(w.detach(), nn.Parameter)
    (w * w).sum().backward()
    assert type(w.grad) is type(tensor(1.0))


def test_a_frozen_parameter_is_still_part_of_the_state():
    layer = nn.Linear(2, 1)
    layer.bias.requires_grad = False
    layer(ones((1, 2))).sum().backward()
    assert layer.bias.grad is None
    assert sorted(layer.state_dict()) == ["bias", "weight"]


def test_train_and_eval_reach_every_module():
    net = nn.Sequential(nn.Dropout(0.9), nn.Sequential(nn.Dropout(0.9)))
    x = ones((5, 5))
    assert net.eval()(x).tolist() == x.tolist()
    assert net.train()(x).tolist() != x.tolist()


def test_same_seed_same_weights():
    def weights():
        manual_seed(3)
        return nn.Conv2d(1, 2, 3).weight.tolist()

    assert weights() == weights()


def test_repr_reads_as_it_was_written():
    net = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.ReLU(),
        nn.Sequential(nn.Flatten(), nn.Linear(4, 2, bias=False)),
    )
    assert repr(net).split("\n") == [
        "Sequential",
        "  0: Conv2d(1, 4, (3, 3), padding=(1, 1))",
        "  1: ReLU()",
        "  2: Sequential",
        "    0: Flatten(1)",
        "    1: Linear(4, 2, bias=False)",
    ]


def test_a_copy_trains_by_itself():
    layer = nn.Linear(2, 1)
    twin = copy.deepcopy(layer)
    twin.weight.zero_()
    assert layer.weight.tolist() != twin.weight.tolist()
    assert isinstance(twin.weight, nn.Parameter)
    twin(ones((1, 2))).sum().backward()
    assert twin.weight.grad.tolist() == [[1.0, 1.0]]
    assert layer.weight.grad is None


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_layer_runs_in_one_dtype(dtype):
    net = nn.Sequential(
        nn.Conv1d(1, 2, 2, dtype=dtype),
        nn.BatchNorm1d(2, dtype=dtype),
        nn.Tanh(),
        nn.Flatten(),
        nn.Linear(6, 2, dtype=dtype),
        nn.Sigmoid(),
    )
    loss = nn.CrossEntropyLoss()(net(ones((3, 1, 4), dtype=dtype)), [0, 1, 1])
    loss.backward()
    assert {p.grad.dtype for p in net.parameters()} == {np.dtype(dtype)}


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: nn.Module()(1), NotImplementedError, "Module has no forward"),
        (lambda: nn.Sequential([nn.ReLU()]), TypeError, "without a list"),
        (lambda: nn.Linear(0, 2), ValueError, "inputs is a whole number from 1"),
        (lambda: nn.Conv2d(1, 1, (2,)), ValueError, "Conv2d: kernel"),
        (lambda: nn.Dropout(2), ValueError, "p is a probability"),
        (lambda: nn.BatchNorm1d(2)(zeros(2)), ValueError, r"got \(2,\)"),
        (lambda: nn.Linear(2, 1)(ones((1, 3))), ValueError, r"got x \(1, 3\)"),
    ],
)
def test_misuse_is_told_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()
