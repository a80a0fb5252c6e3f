"""TensorData and the index functions that write into what they are given."""

import itertools

import numba
import numpy as np
import pytest

from gradlab import minitorch
from gradlab.minitorch import IndexingError, TensorData

SHAPES = [(3,), (2, 3), (4, 1, 2), (1,), (2, 2, 2, 2)]


def test_layout():
    data = TensorData([0] * 15, (3, 5), (5, 1))
    assert data.is_contiguous()
    assert (data.shape, data.strides, data.dims, data.size) == ((3, 5), (5, 1), 2, 15)
    assert data.index((1, 2)) == 7
    assert not TensorData([0] * 15, (5, 3), (1, 5)).is_contiguous()
    assert TensorData([0] * 16, (4, 2, 2)).strides == (4, 2, 1)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (([0] * 15, (3, 5), (6,)), IndexingError),
        (([0] * 14, (3, 5)), ValueError),
        (([0] * 15, 15), TypeError),
    ],
)
def test_what_does_not_fit_is_named(arguments, error):
    with pytest.raises(error):
        TensorData(*arguments)


@pytest.mark.parametrize("shape", SHAPES)
def test_indices_are_all_cells(shape):
    data = TensorData(list(range(int(np.prod(shape)))), shape)
    assert list(data.indices()) == list(itertools.product(*map(range, shape)))
    assert [data.get(i) for i in data.indices()] == list(range(data.size))
    for _ in range(10):
        assert data.sample() in set(data.indices())


def test_an_index_that_leaves_the_shape():
    data = TensorData([0] * 6, (2, 3))
    for index in [(-1, 0), (2, 0), (0,), (0, 0, 0)]:
        with pytest.raises(IndexingError):
            data.index(index)
    assert TensorData([5.0], ()).get(0) == 5.0


def test_set_writes_to_the_storage():
    data = TensorData([0] * 6, (2, 3))
    data.set((1, 2), 7.0)
    assert data._storage[5] == 7.0
    assert data.tuple()[0] is data._storage


def test_a_given_array_is_shared():
    storage = np.zeros(4)
    TensorData(storage, (2, 2)).set((0, 1), 3.0)
    assert storage[1] == 3.0


@pytest.mark.parametrize("shape", SHAPES)
def test_permute(shape):
    data = TensorData(list(range(int(np.prod(shape)))), shape)
    turned = data.permute(*reversed(range(data.dims)))
    for index in data.indices():
        assert data.index(index) == turned.index(tuple(reversed(index)))
    assert turned._storage is data._storage
    with pytest.raises(ValueError, match="once"):
        data.permute(*[0] * (data.dims + 1))


def test_shape_broadcast():
    assert minitorch.shape_broadcast((1,), (5, 5)) == (5, 5)
    assert TensorData.shape_broadcast((5, 1, 5, 1), (1, 5, 1, 5)) == (5, 5, 5, 5)
    for a, b in [((5, 7, 5, 1), (1, 5, 1, 5)), ((5, 2), (5,))]:
        with pytest.raises(IndexingError):
            minitorch.shape_broadcast(a, b)


def every_index(to_index, broadcast_index, index_to_position):
    out_shape, shape = np.array([2, 3, 4]), np.array([3, 1])
    big, small = np.zeros(3, np.int64), np.zeros(2, np.int64)
    strides = np.array([1, 1])
    found = []
    for ordinal in range(24):
        to_index(ordinal, out_shape, big)
        broadcast_index(big, out_shape, shape, small)
        found.append((*big.tolist(), int(index_to_position(small, strides))))
    return found


def test_index_functions_write_in_place_and_compile():
    names = ("to_index", "broadcast_index", "index_to_position")
    functions = [getattr(minitorch, name) for name in names]
    expected = [(i, j, k, j) for i in range(2) for j in range(3) for k in range(4)]
    assert every_index(*functions) == expected
    assert every_index(*map(numba.njit, functions)) == expected


def test_strides_and_prod():
    assert minitorch.strides_from_shape((2, 3, 4)) == (12, 4, 1)
    assert minitorch.prod((2, 3, 4)) == 24


def test_to_string():
    assert TensorData([1, 2, 3, 4], (2, 2)).to_string() == "[[1.00 2.00]\n [3.00 4.00]]"
