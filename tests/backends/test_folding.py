"""Reductions and folded zips by compiled loops: every layout, and little error."""

import math

import numpy as np
import pytest

from gradlab.backends import get_backend
from gradlab.backends.numba import NumbaBackend
from gradlab.operators import SCALARS

ADD, MUL = SCALARS["add"], SCALARS["mul"]
NUMPY, SIMPLE = get_backend("numpy"), get_backend("simple")
KERNELS = NumbaBackend(always=True)
FOLDS = [
    ((5,), (0,)),
    ((3, 2100), (1,)),
    ((9, 20), (0,)),
    ((3, 700), (0, 1)),
    ((4, 5, 6), (0, 2)),
    ((4, 5, 6), (1,)),
    ((2, 3, 4, 5), (1, 3)),
    ((2, 3, 4, 5), (0, 2)),
    ((4, 1, 30), (1, 2)),
    ((2, 3), ()),
    ((1, 1), (0,)),
    ((0, 3), (0,)),
]
ZIPS = [
    ((30, 40), (30, 40), (0,)),
    ((30, 40), (30, 40), (1,)),
    ((30, 40), (40,), (0,)),
    ((30, 40), (30, 1), (1,)),
    ((30, 40), (), (0, 1)),
    ((5, 6, 7), (6, 1), (0, 2)),
    ((5, 6, 7), (5, 1, 7), (1,)),
    ((3, 2100), (2100,), (1,)),
    ((40,), (30, 1), (0,)),
    ((0, 3), (3,), (0,)),
]


def layouts(x):
    """Yield equal cells with other strides, and one array that repeats its cells."""
    yield x
    yield np.asfortranarray(x)
    yield np.flip(np.flip(x).copy())
    yield np.broadcast_to(x[(0,) * x.ndim] if x.size else 0.0, x.shape).astype(x.dtype)
    if x.size:
        yield np.broadcast_to(x[(0,) * x.ndim], x.shape)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("op", [ADD, MUL, SCALARS["maximum"]], ids=lambda op: op.name)
@pytest.mark.parametrize(("shape", "dims"), FOLDS)
def test_reductions_agree_with_numpy(op, dtype, shape, dims):
    x = np.random.default_rng(0).uniform(0.9, 1.1, shape).astype(dtype)
    for cells in layouts(x):
        for backend in (KERNELS, get_backend("numba")):
            got = backend.reduce(op, cells, dims)
            expected = NUMPY.reduce(op, cells, dims)
            assert got.flags.c_contiguous
            assert (got.shape, got.dtype) == (expected.shape, expected.dtype)
            np.testing.assert_allclose(
                got, expected, rtol=1e-12 if dtype == "float64" else 1e-6
            )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("left", "right", "dims"), ZIPS)
def test_zip_reduce_is_a_zip_and_then_a_reduction(dtype, left, right, dims):
    rng = np.random.default_rng(0)
    x, y = (rng.normal(size=shape).astype(dtype) for shape in (left, right))
    tolerance = 1e-12 if dtype == "float64" else 1e-5
    for cells in layouts(x):
        expected = NUMPY.reduce(ADD, NUMPY.zip(MUL, cells, y), dims)
        for backend in (KERNELS, NUMPY, get_backend("numba")):
            got = backend.zip_reduce(MUL, ADD, cells, y, dims)
            assert (got.shape, got.dtype) == (expected.shape, expected.dtype)
            np.testing.assert_allclose(got, expected, tolerance, 100 * tolerance)


def test_zip_reduce_of_the_simple_backend():
    x, y = np.arange(6.0).reshape(2, 3), np.arange(3.0)
    assert SIMPLE.zip_reduce(MUL, ADD, x, y, (1,)).tolist() == [[5.0], [14.0]]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("n", [1000, 100_000, 3_000_000])
def test_sums_are_as_exact_as_numpys(dtype, n):
    x = np.random.default_rng(n).random(n).astype(dtype)
    exact = math.fsum(x.tolist())
    ours = abs(float(KERNELS.reduce(ADD, x, (0,))[0]) - exact)
    assert ours <= max(
        abs(float(np.sum(x)) - exact), 2 * np.spacing(dtype_of(exact, dtype))
    )


def dtype_of(value, dtype):
    return np.dtype(dtype).type(value)


def test_sums_do_not_mend_infinities():
    x = np.ones(5000)
    x[[10, 4000]] = np.inf, -np.inf
    assert np.isnan(KERNELS.reduce(ADD, x, (0,))[0])


def test_zips_of_more_loops_than_three():
    rng = np.random.default_rng(0)
    x, y = rng.random((2, 1, 3, 1, 4)), rng.random((1, 5, 1, 6, 1))
    for backend in (KERNELS, get_backend("numba")):
        np.testing.assert_array_equal(backend.zip(ADD, x, y), x + y)
        got = backend.zip_reduce(MUL, ADD, x, y, (1, 3))
        np.testing.assert_allclose(got, (x * y).sum((1, 3), keepdims=True))


def test_big_transposed_and_broadcast_zips_equal_numpys():
    a = np.random.default_rng(0).random((600, 600))
    backend = get_backend("numba")
    for x, y in (
        (a.T, a),
        (a, a[0]),
        (a, a[:, :1]),
        (a[:, ::2], a[:, :300]),
        (a[0], a),
    ):
        got = backend.zip(SCALARS["sub"], x, y)
        assert got.flags.c_contiguous
        np.testing.assert_array_equal(got, x - y)
