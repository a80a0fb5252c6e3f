"""Convolution, pooling, softmax, dropout, on both Ops."""

import numpy as np
import pytest

import gradlab.minitorch as minitorch
from gradlab.minitorch import grad_check, tensor


def test_conv1d(backend):
    x = tensor([[[0, 1, 2, 3]]], backend=backend)
    weight = tensor([[[1, 2, 3]]], backend=backend)
    for convolve in (minitorch.conv1d, minitorch.Conv1dFun.apply):
        assert convolve(x, weight).to_numpy().tolist() == [[[8, 14, 8, 3]]]


@pytest.mark.parametrize(
    ("x", "weight"),
    [
        ((1, 1, 6), (1, 1, 4)),
        ((2, 2, 6), (3, 2, 2)),
        ((1, 1, 3), (1, 1, 5)),
        ((1, 1, 6, 6), (1, 1, 2, 4)),
        ((2, 2, 6, 6), (3, 2, 2, 4)),
    ],
)
def test_convolutions_are_as_wide_as_x(backend, x, weight):
    x, weight = (minitorch.rand(shape, backend=backend) for shape in (x, weight))
    one = len(x.shape) == 3
    convolve = minitorch.conv1d if one else minitorch.conv2d
    out = convolve(x, weight)
    assert out.shape == (x.shape[0], weight.shape[0], *x.shape[2:])
    assert np.allclose(out.to_numpy(), by_hand(x.to_numpy(), weight.to_numpy()))
    grad_check((minitorch.Conv1dFun if one else minitorch.Conv2dFun).apply, x, weight)


def by_hand(x, weight):
    out = np.zeros((len(x), len(weight), *x.shape[2:]))
    for n, o, *place in np.ndindex(out.shape):
        for c, *step in np.ndindex(weight.shape[1:]):
            at = tuple(p + s for p, s in zip(place, step))
            if all(p < size for p, size in zip(at, x.shape[2:])):
                out[(n, o, *place)] += x[(n, c, *at)] * weight[(o, c, *step)]
    return out


def windows(array, kernel):
    n, c, h, w = array.shape
    kh, kw = kernel
    split = array.reshape(n, c, h // kh, kh, w // kw, kw).transpose(0, 1, 2, 4, 3, 5)
    return split.reshape(n, c, h // kh, w // kw, kh * kw)


@pytest.mark.parametrize("kernel", [(2, 2), (2, 1), (1, 3), (4, 6)])
def test_pooling(backend, kernel):
    x = minitorch.rand((2, 3, 4, 6), backend=backend)
    expected = windows(x.to_numpy(), kernel)
    tiles, high, wide = minitorch.tile(x, kernel)
    assert (high, wide) == expected.shape[2:4]
    assert np.array_equal(tiles.to_numpy(), expected)
    average, largest = minitorch.avgpool2d(x, kernel), minitorch.maxpool2d(x, kernel)
    assert np.allclose(average.to_numpy(), expected.mean(-1))
    assert np.array_equal(largest.to_numpy(), expected.max(-1))
    grad_check(lambda x: minitorch.avgpool2d(x, kernel), x)
    grad_check(lambda x: minitorch.maxpool2d(x, kernel), x)
    grad_check(lambda x: minitorch.tile(x, kernel)[0], x)
    with pytest.raises(ValueError, match="divide"):
        minitorch.tile(x, (3, 5))


@pytest.mark.parametrize("dim", [0, 1, 2])
def test_max_argmax_softmax(backend, dim):
    x = minitorch.rand((2, 3, 4), backend=backend)
    array = x.to_numpy()
    largest = array.max(dim, keepdims=True)
    assert np.array_equal(minitorch.max(x, dim).to_numpy(), largest)
    assert np.array_equal(minitorch.argmax(x, dim).to_numpy(), array == largest)
    shares = np.exp(array) / np.exp(array).sum(dim, keepdims=True)
    assert np.allclose(minitorch.softmax(x, dim).to_numpy(), shares)
    assert np.allclose(minitorch.logsoftmax(x, dim).to_numpy(), np.log(shares))
    grad_check(lambda x: minitorch.max(x, dim), x)
    grad_check(lambda x: minitorch.softmax(x, dim), x)
    grad_check(lambda x: minitorch.logsoftmax(x, dim), x)


def test_dropout(backend):
    x = minitorch.rand((20, 20), backend=backend) + 1
    assert np.array_equal(minitorch.dropout(x, 0.0).to_numpy(), x.to_numpy())
    assert not minitorch.dropout(x, 1.0).to_numpy().any()
    assert minitorch.dropout(x, 1.0, ignore=True) is x
    half = minitorch.dropout(x, 0.5).to_numpy()
    kept = half != 0
    assert 0.35 < kept.mean() < 0.65
    assert np.array_equal(half[kept], x.to_numpy()[kept])
