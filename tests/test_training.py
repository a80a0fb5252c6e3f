"""Networks that learn: on a learner's own loops, and on the compiled engine."""

import json
import subprocess
import sys

import pytest

from gradlab import bce_with_logits, datasets, indices, manual_seed, nn, plug
from gradlab.optim import Adam

ENOUGH = 0.95


# ------------------------- loops as a learner may write them -------------------------


def feeding(out_index, shape):
    own = out_index[len(out_index) - len(shape) :]
    return tuple(0 if n == 1 else i for i, n in zip(own, shape))


def my_map(fn, x, out):
    for index in indices(out.shape):
        out.set(index, fn(x.get(feeding(index, x.shape))))


def my_zip(fn, x, y, out):
    for index in indices(out.shape):
        a, b = x.get(feeding(index, x.shape)), y.get(feeding(index, y.shape))
        out.set(index, fn(a, b))


def my_reduce(fn, x, out, dim, start):
    for index in indices(out.shape):
        total = start
        for k in range(x.shape[dim]):
            total = fn(total, x.get((*index[:dim], k, *index[dim + 1 :])))
        out.set(index, total)


class Counting:
    """A loop that counts its calls: it would be easy to train on gradlab's own."""

    def __init__(self, loop):
        self.loop, self.calls = loop, 0

    def __call__(self, *arguments):
        self.calls += 1
        self.loop(*arguments)


# ------------------------------------- training -------------------------------------


class LayerOfSums(nn.Module):
    """Linear by zip and reduce alone, as a lesson builds it before it has matmul."""

    def __init__(self, inputs, outputs):
        start = nn.Linear(inputs, outputs)
        self.weight, self.bias = start.weight, start.bias

    def forward(self, x):
        return (x.view(len(x), 1, -1) * self.weight).sum(2) + self.bias


def small():
    return nn.Sequential(LayerOfSums(2, 8), nn.Tanh(), LayerOfSums(8, 1))


def large():
    first, inner, last = nn.Linear(2, 48), nn.Linear(48, 48), nn.Linear(48, 1)
    return nn.Sequential(first, nn.ReLU(), inner, nn.ReLU(), last)


def trained(data, model, *, lr, epochs):
    """Return the loss of every epoch, and how much of the data is told right."""
    optimizer, losses = Adam(model.parameters(), lr=lr), []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = bce_with_logits(model(data.x).view(-1), data.y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    right = (model(data.x).view(-1) > 0) == data.y
    return losses, right.mean().item()


def on_own_loops(name, epochs, n=40):
    manual_seed(3)
    loops = {"map": my_map, "zip": my_zip, "reduce": my_reduce}
    loops = {kind: Counting(loop) for kind, loop in loops.items()}
    with plug(**loops):
        data = getattr(datasets, name)(n, seed=1)
        losses, right = trained(data, small(), lr=0.1, epochs=epochs)
    assert min(loop.calls for loop in loops.values()) >= epochs
    return losses, right


@pytest.mark.parametrize(("name", "epochs"), [("xor", 80), ("split", 80)])
def test_a_network_learns_on_a_learners_loops(name, epochs):
    losses, right = on_own_loops(name, epochs)
    assert right >= ENOUGH
    assert losses[-1] < losses[0] / 2


def test_a_learners_loops_give_the_numbers_of_the_engine():
    own, _ = on_own_loops("xor", epochs=2, n=10)
    manual_seed(3)
    data = datasets.xor(10, seed=1)
    engine, _ = trained(data, small(), lr=0.1, epochs=2)
    assert own == pytest.approx(engine, rel=1e-12)


def spiral():
    manual_seed(0)
    return trained(datasets.spiral(100), large(), lr=0.03, epochs=600)


def test_a_network_learns_the_spiral_on_the_engine():
    losses, right = spiral()
    assert right >= ENOUGH
    assert spiral() == (losses, right)  # the same seed, the same numbers


# ----------------------------- the same in two processes -----------------------------

ONCE = "from tests.test_training import *; import json; print(json.dumps({}))"


@pytest.mark.parametrize(
    "run", ["spiral()", "on_own_loops('xor', epochs=2, n=10)"], ids=["engine", "own"]
)
def test_two_processes_give_the_same_numbers(run):
    told = [
        subprocess.run(
            [sys.executable, "-c", ONCE.format(run)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _process in range(2)
    ]
    losses, right = json.loads(told[0])
    assert told[0] == told[1]
    assert len(set(losses)) == len(losses)
    assert 0 < right <= 1
