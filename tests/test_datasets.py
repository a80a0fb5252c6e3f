"""Data sets: what they hold, and that a seed repeats them."""

import numpy as np
import pytest

from gradlab import datasets
from gradlab.tensors.randomness import manual_seed

RULES = {
    "simple": lambda a, b: a < 0.5,
    "diag": lambda a, b: a + b < 0.5,
    "split": lambda a, b: a < 0.2 or a > 0.8,
    "xor": lambda a, b: (a < 0.5 < b) or (b < 0.5 < a),
    "circle": lambda a, b: (a - 0.5) ** 2 + (b - 0.5) ** 2 > 0.1,
}


@pytest.mark.parametrize("name", RULES)
def test_points_are_labelled_by_their_rule(name):
    x, y = getattr(datasets, name)(200, seed=1)
    assert (x.shape, y.shape) == ((200, 2), (200,))
    assert y.tolist() == [float(RULES[name](*point)) for point in x.tolist()]
    assert {0.0, 1.0} == set(y.tolist())


@pytest.mark.parametrize("name", RULES)
def test_same_seed_same_points(name):
    make = getattr(datasets, name)
    assert make(5, seed=1).x.tolist() == make(5, seed=1).x.tolist()
    manual_seed(4)
    first = make(5).x.tolist()
    manual_seed(4)
    assert make(5).x.tolist() == first != make(5).x.tolist()


def test_the_spirals_are_one_turned_by_a_quarter():
    x, y = datasets.spiral(40)
    first, second = x.to_numpy()[:20] - 0.5, x.to_numpy()[20:] - 0.5
    np.testing.assert_allclose(second, first[:, ::-1] * [1, -1])
    np.testing.assert_allclose(np.hypot(*first.T)[[0, 19]], [2.5 / 20, 12 / 20])
    assert y.tolist() == [0.0] * 20 + [1.0] * 20


def test_digits():
    x, y = datasets.digits(dtype="float32")
    assert (x.shape, y.shape, x.dtype) == ((1797, 8, 8), (1797,), np.float32)
    assert (x.to_numpy().min(), x.to_numpy().max()) == (0, 1)
    assert np.bincount(y.to_numpy().astype(int)).tolist() == [
        178, 182, 177, 183, 181, 182, 181, 179, 174, 180,
    ]  # fmt: skip


def test_batches_hold_every_sample_once_with_its_label():
    data = datasets.xor(23, seed=0)
    batches = list(data.batches(5, seed=1))
    assert [len(y) for _, y in batches] == [5, 5, 5, 5, 3]
    pairs = [(*p, one) for x, y in batches for p, one in zip(x.tolist(), y.tolist())]
    own = [(*p, one) for p, one in zip(data.x.tolist(), data.y.tolist())]
    assert sorted(pairs) == sorted(own) != pairs
    assert next(data.batches(23, shuffle=False)).x.tolist() == data.x.tolist()


def test_misuse_is_told_in_words():
    with pytest.raises(ValueError, match="got -1"):
        datasets.xor(-1)
    with pytest.raises(ValueError, match="from 1; got 0"):
        next(datasets.xor(3).batches(0))
