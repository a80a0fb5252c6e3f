"""Optimizers: their steps, and training that has to arrive."""

import numpy as np
import pytest

from gradlab import datasets, nn, ones, tensor
from gradlab.optim import SGD, Adam
from gradlab.tensors.losses import bce_with_logits
from gradlab.tensors.randomness import manual_seed


def stepped(make, steps=3, dtype="float64"):
    """Return where x is after some steps down x ** 2."""
    x = tensor([3.0, -2.0], requires_grad=True, dtype=dtype)
    optimizer = make([x])
    for _ in range(steps):
        optimizer.zero_grad()
        (x * x).sum().backward()
        optimizer.step()
    return x


# -------------------------------------- steps --------------------------------------


def test_sgd_goes_down_the_gradient():
    x = stepped(lambda xs: SGD(xs, lr=0.1))
    np.testing.assert_allclose(x.to_numpy(), np.array([3.0, -2.0]) * 0.8**3)


def test_momentum_keeps_a_share_of_the_last_step():
    x, v = np.array([3.0, -2.0]), 0.0
    for _ in range(3):
        v = 0.9 * v + 2 * x
        x = x - 0.1 * v
    ours = stepped(lambda xs: SGD(xs, lr=0.1, momentum=0.9))
    np.testing.assert_allclose(ours.to_numpy(), x)


def test_adam_follows_its_formula():
    x, m, v = np.array([3.0, -2.0]), 0.0, 0.0
    for t in range(1, 4):
        g = 2 * x
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g * g
        x = x - 0.1 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.9**t)) + 1e-8)
    ours = stepped(lambda xs: Adam(xs, lr=0.1, betas=(0.8, 0.9)))
    np.testing.assert_allclose(ours.to_numpy(), x)


@pytest.mark.parametrize("make", [lambda xs: SGD(xs, 0.1, 0.9), Adam])
def test_steps_keep_the_dtype_and_the_cells_place(make):
    assert stepped(make, dtype="float32").dtype == np.float32
    x = tensor([[1.0, 2.0]], requires_grad=True)
    view = x.detach().T
    x.grad = ones((1, 2))
    make([x]).step()
    assert view.tolist() == x.T.tolist() != [[1.0], [2.0]]


def test_a_parameter_without_a_gradient_stays():
    x, y = (tensor([1.0], requires_grad=True) for _ in range(2))
    optimizer = SGD([x, y], lr=1)
    (x * 2).backward()
    optimizer.step()
    assert (x.tolist(), y.tolist()) == ([-1.0], [1.0])


def test_backward_after_a_step_says_what_was_overwritten():
    x = tensor([1.0], requires_grad=True)
    loss = (x * x).sum()
    loss.backward()
    SGD([x], lr=0.1).step()
    with pytest.raises(ValueError, match="overwritten"):
        loss.backward()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda x: SGD([], 0.1), ValueError, "got no parameters"),
        (lambda x: SGD(x, 0.1), TypeError, r"model\.parameters\(\)"),
        (lambda x: Adam(nn.Linear(1, 1)), TypeError, "got a Linear"),
        (lambda x: SGD([1.0], 0.1), TypeError, "parameter 0 is a float"),
        (lambda x: SGD([x * 2], 0.1), ValueError, "was computed"),
        (lambda x: SGD([x], -1), ValueError, "lr is a number from 0; got -1"),
        (lambda x: SGD([x], float("nan")), ValueError, "got nan"),
        (lambda x: SGD([x], "fast"), TypeError, "lr is a number"),
        (lambda x: SGD([x], 0.1, 2), ValueError, "from 0 to 1"),
        (lambda x: Adam([x], betas=(1.0, 0.5)), ValueError, "below 1"),
    ],
)
def test_misuse_is_told_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call(tensor([1.0], requires_grad=True))


# ------------------------------------- training -------------------------------------


def accuracy(net, data):
    said = net(data.x).to_numpy()[:, 0] > 0
    return (said == data.y.to_numpy()).mean()


def train(net, data, optimizer, epochs, size=10):
    for _ in range(epochs):
        for x, y in data.batches(size):
            optimizer.zero_grad()
            bce_with_logits(net(x), y.view(-1, 1)).backward()
            optimizer.step()
    return accuracy(net, data)


def network(hidden):
    return nn.Sequential(
        nn.Linear(2, hidden),
        nn.ReLU(),
        nn.Linear(hidden, hidden),
        nn.ReLU(),
        nn.Linear(hidden, 1),
    )


@pytest.mark.parametrize("name", ["xor", "split"])
def test_training_arrives(name):
    manual_seed(0)
    data = getattr(datasets, name)(50)
    net = network(20)
    assert train(net, data, Adam(net.parameters(), 0.03), epochs=100) >= 0.95


def test_training_arrives_on_the_spiral():
    manual_seed(0)
    net = network(50)
    data = datasets.spiral(50)
    assert train(net, data, Adam(net.parameters(), 0.01), epochs=500) >= 0.95


def test_same_seed_same_training():
    def run():
        manual_seed(5)
        net, data = network(4), datasets.xor(20)
        train(net, data, Adam(net.parameters()), epochs=2)
        return net.state_dict()

    first, second = run(), run()
    assert all((first[name] == second[name]).all() for name in first)


def test_digits_are_learnt():
    manual_seed(0)
    images, labels = datasets.digits(dtype="float32")
    seen, rest = datasets.Dataset(images[:1500], labels[:1500]), images[1500:]
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, dtype="float32"),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(288, 10, dtype="float32"),
    )
    optimizer = Adam(net.parameters(), 0.01)
    for x, y in seen.batches(50):
        optimizer.zero_grad()
        nn.CrossEntropyLoss()(net(x.unsqueeze(1)), y).backward()
        optimizer.step()
    said = net(rest.unsqueeze(1)).to_numpy().argmax(1)
    assert (said == labels[1500:].to_numpy()).mean() > 0.8
