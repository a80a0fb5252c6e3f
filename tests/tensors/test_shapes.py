"""Views, indexing, joining and the doors for writing."""

import numpy as np
import pytest

from gradlab import cat, ones, stack, tensor, zeros
from gradlab.tensors.shaping import flip, tile


def grid():
    """Return a (2, 3) tensor of 0 to 5."""
    return tensor([[0, 1, 2], [3, 4, 5]])


# --------------------------------------- views ---------------------------------------


def test_view_goes_wherever_strides_can_go():
    t = tensor(np.arange(24).reshape(2, 3, 4))
    column = t.view(6, 4)[:, 1].view(6, 1)
    merged = t[:, :, 1:3].view(6, 2)  # the first two dims still follow each other
    assert (column.strides, merged.strides) == ((4, 4), (4, 1))
    t.set((1, 0, 1), -1)
    assert column.get((3, 0)) == merged.get((3, 0)) == -1


def test_view_refuses_where_reshape_copies():
    turned = grid().T
    with pytest.raises(ValueError, match=r"\(3, 2\) as \(6,\).*reshape"):
        turned.view(6)
    copied = turned.reshape(6)
    turned.set((0, 0), 9)
    assert copied.tolist() == [0, 3, 1, 4, 2, 5]


def test_view_of_no_cells_is_never_refused():
    assert zeros((2, 0, 3)).permute(2, 0, 1).view(0, 6).shape == (0, 6)


def test_expand_reads_one_cell_many_times_and_is_not_written_to():
    wide = tensor([[1.0], [2.0]]).expand(4, -1, 3)
    assert (wide.shape, wide.strides) == ((4, 2, 3), (0, 1, 0))
    with pytest.raises(ValueError, match="one cell in many places"):
        wide[0, 0, 0] = 5


def test_flip_is_a_view_with_negative_strides():
    t = grid()
    turned = t.flip(1)
    assert (turned.strides, turned.offset) == ((3, -1), 2)
    turned.set((0, 0), 9)
    assert t.get((0, 2)) == 9
    assert flip(t, (0, 1)).tolist() == [[5, 4, 3], [9, 1, 0]]


def test_a_cell_by_index_is_a_view_too():
    t = grid()
    t[1, 2].zero_()
    assert t.get((1, 2)) == 0


def test_transpose_t_squeeze_unsqueeze_flatten_tile():
    t = ones((2, 1, 3))
    assert t.transpose(0, -1).shape == t.T.shape == (3, 1, 2)
    assert t.squeeze().shape == t.squeeze((0, 1)).shape == (2, 3)
    assert t.squeeze(0).shape == (2, 1, 3)
    assert t.unsqueeze(-1).shape == (2, 1, 3, 1)
    assert (t.flatten().shape, t.flatten(1).shape) == ((6,), (2, 3))
    assert tensor(5).flatten().shape == (1,)
    assert tile(tensor([1, 2]), (2, 1)).tolist() == [[1, 2], [1, 2]]


# ------------------------------------- indexing -------------------------------------


def test_indexed_by_numpy_integers():
    rows = np.array([1, 0])
    assert grid()[rows[0], rows[1]].item() == 3
    assert grid()[rows[0] : np.int64(2)].tolist() == [[3, 4, 5]]


def test_a_cell_named_twice_gets_both_gradients():
    x = tensor([1.0, 2.0], requires_grad=True)
    (x[1] * x[-1]).backward()
    assert x.grad.tolist() == [0.0, 4.0]


# -------------------------------- writing and joining --------------------------------


@pytest.mark.parametrize("value", [None, "one", [None, 1, 2], 1j])
def test_only_numbers_are_written(value):
    t = grid()
    for write in (
        lambda: t.__setitem__(0, value),
        lambda: t.set((0, 0), value),
        lambda: t.update_([[value] * 3] * 2),
    ):
        with pytest.raises((TypeError, ValueError), match=r"holds a number|shape"):
            write()
    assert t.tolist() == grid().tolist()


def test_written_cells_are_broadcast_from_tensors_lists_and_numbers():
    t = zeros((2, 3))
    t[0] = [1, 2, 3]
    t[1, ::2] = tensor(7.0)
    assert t.tolist() == [[1, 2, 3], [7, 0, 7]]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: grid()[[0, 1]], TypeError, r"got \[0, 1\]. To pick several rows"),
        (lambda: grid()[grid()], TypeError, r"a Tensor of shape \(2, 3\).*where"),
        (lambda: grid()[np.array([True, False])], TypeError, "ndarray of shape"),
        (lambda: grid()["a"], TypeError, "For one cell"),
        (lambda: grid()[0.5:], TypeError, "A slice goes by whole numbers"),
        (lambda: grid()[::0], ValueError, "step 0"),
        (lambda: grid().reshape(4), ValueError, "reshape cannot turn shape"),
        (lambda: grid().expand(2, 4), ValueError, r"cannot read shape \(2, 3\)"),
        (lambda: grid().expand(-1, 2, 3), ValueError, "adds dims on the left"),
        (lambda: grid().expand(3), ValueError, "cannot read shape"),
        (lambda: grid().flatten(1, 0), ValueError, "comes after"),
        (lambda: grid().transpose(0, 2), IndexError, "dim=2 does not exist"),
        (lambda: grid().unsqueeze(4), IndexError, "dim=4 does not exist"),
        (lambda: grid().flip(0, 0), ValueError, "names a dim twice"),
        (lambda: grid().tile(-1), ValueError, "0 times or more"),
        (
            lambda: grid().__setitem__(0, [1, 2]),
            ValueError,
            r"\(2,\) do not fit .* \(3",
        ),
        (lambda: cat([grid(), [2.0]]), TypeError, r"item 1 is \[2.0\], a list"),
        (lambda: cat([]), ValueError, "at least one tensor"),
        (lambda: cat(grid()), TypeError, "takes a list of tensors"),
        (lambda: stack([1.0]), TypeError, "item 0 is 1.0, a float"),
        (lambda: stack([]), ValueError, "at least one tensor"),
    ],
)
def test_misuse_is_told_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_stack_of_single_numbers_goes_backward():
    x = tensor([3.0, 5.0], requires_grad=True)
    stack([x[0], x[0] * x[1]]).sum().backward()
    assert x.grad.tolist() == [6.0, 3.0]
