"""Summing a gradient back to the shape it was stretched from."""

import numpy as np
import pytest

from gradlab import tensor, unbroadcast


@pytest.mark.parametrize(
    ("got", "shape"),
    [
        ((3, 2), (2,)),
        ((3, 2), (3, 1)),
        ((3, 2), ()),
        ((2, 3, 4), (3, 1)),
        ((2, 3, 4), (1, 3, 1)),
        ((3, 0), (3, 1)),
        ((3, 2), (3, 2)),
    ],
)
def test_sum_over_every_reading(got, shape):
    grad = np.random.default_rng(0).normal(size=got)
    out = unbroadcast(tensor(grad), shape)
    assert out.shape == shape
    sources = np.broadcast_to(np.arange(np.prod(shape, dtype=int)).reshape(shape), got)
    expected = np.bincount(sources.ravel(), grad.ravel(), np.prod(shape, dtype=int))
    np.testing.assert_allclose(out.to_numpy().ravel(), expected, atol=1e-12)


def test_dims_to_keep_are_left_alone():
    assert unbroadcast(tensor(np.ones((5, 2, 3))), (2, 3), to_keep=2).shape == (2, 3)


@pytest.mark.parametrize("shape", [(2, 1), (1, 2, 1), (3, 2), (3,)])
def test_dims_to_keep_that_differ_are_never_summed(shape):
    with pytest.raises(ValueError, match=r"to_keep=2 .* they differ: \(2, 3\) and"):
        unbroadcast(tensor(np.ones((4, 2, 3))), shape, to_keep=2)


@pytest.mark.parametrize("shape", [(3,), (2, 2), (1, 1, 3, 2)])
def test_shapes_that_were_not_stretched(shape):
    with pytest.raises(ValueError, match="does not broadcast to"):
        unbroadcast(tensor(np.ones((3, 2))), shape)


def test_only_tensors():
    with pytest.raises(TypeError, match="unbroadcast sums a tensor; got list"):
        unbroadcast([1.0], ())
