"""Strides, positions and the rules of broadcasting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradlab import (
    broadcast_index,
    index_to_position,
    indices,
    shape_broadcast,
    strides_from_shape,
    to_index,
)

SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@given(SHAPES)
def test_position_of_every_index_is_its_ordinal(shape):
    strides = strides_from_shape(shape)
    for ordinal, index in enumerate(indices(shape)):
        assert index_to_position(index, strides) == ordinal
        assert to_index(ordinal, shape) == index


def test_position_with_permuted_strides():
    assert index_to_position((3, 1), (1, 5)) == 8


@pytest.mark.parametrize("ordinal", [-1, 6])
def test_to_index_outside(ordinal):
    with pytest.raises(IndexError, match="has 6 cells, numbered from 0"):
        to_index(ordinal, (2, 3))


@given(SHAPES, SHAPES)
def test_shape_broadcast_agrees_with_numpy(a, b):
    try:
        expected = np.broadcast_shapes(a, b)
    except ValueError:
        with pytest.raises(ValueError, match="do not broadcast"):
            shape_broadcast(a, b)
    else:
        assert shape_broadcast(a, b) == expected


def test_clash_names_both_shapes_and_the_dim():
    with pytest.raises(ValueError, match=r"dim -2 .* is 4 in one and 3 in the other"):
        shape_broadcast((3, 4, 1), (3, 5))


@given(SHAPES, SHAPES)
def test_broadcast_index_reads_the_cell_numpy_reads(a, b):
    try:
        out = shape_broadcast(a, b)
    except ValueError:
        return
    cells = np.arange(np.prod(a, dtype=int)).reshape(a)
    stretched = np.broadcast_to(cells, out)
    for index in indices(out):
        assert cells[broadcast_index(index, a)] == stretched[index]


def test_a_number_in_brackets_is_no_shape():
    with pytest.raises(TypeError, match=r"with one dim it is \(1,\), with a comma"):
        shape_broadcast((3, 4, 1), (1))
    with pytest.raises(TypeError, match="not a shape"):
        broadcast_index((1, 2), 3)


def test_one_stride_per_dim():
    with pytest.raises(IndexError, match="one per dim"):
        index_to_position((1, 2), (4,))


def test_broadcast_index_of_rank_0():
    assert broadcast_index((4, 2), ()) == ()


def test_broadcast_index_needs_enough_dims():
    with pytest.raises(IndexError, match="names 1 dim"):
        broadcast_index((1,), (2, 3))


def test_broadcast_index_outside_the_input():
    with pytest.raises(IndexError, match="does not exist"):
        broadcast_index((5,), (3,))
