"""Storage, views, doors and errors of tensors."""

import numpy as np
import pytest

from gradlab import (
    cat,
    index_to_position,
    indices,
    ones,
    rand,
    stack,
    tensor,
    zeros,
)


def grid():
    """Return a (2, 3) tensor of 0 to 5."""
    return tensor([[0, 1, 2], [3, 4, 5]])


# ------------------------------------- storage -------------------------------------


def test_contiguous_tensor():
    t = grid()
    assert (t.shape, t.strides, t.offset, t.size, t.ndim) == ((2, 3), (3, 1), 0, 6, 2)
    assert t.storage.tolist() == [0, 1, 2, 3, 4, 5]


def test_permute_and_index_share_storage():
    t = grid()
    turned, row = t.permute(1, 0), t[1]
    assert (turned.strides, turned.storage.tolist()) == ((1, 3), t.storage.tolist())
    assert (row.offset, row.strides, row.tolist()) == (3, (1,), [3, 4, 5])
    t.set((1, 2), 9)
    assert turned.get((2, 1)) == row.get((2,)) == 9


def test_storage_and_to_numpy_are_read_only():
    t = grid()
    for array in (t.storage, t.to_numpy()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_view_of_permuted_tensor_is_refused_and_contiguous_helps():
    turned = grid().permute(1, 0)
    with pytest.raises(ValueError, match=r"Use contiguous\(\)\.view"):
        turned.view(6)
    assert turned.contiguous().view(6).tolist() == [0, 3, 1, 4, 2, 5]


def test_joined_tensors_lie_in_reading_order():
    turned = grid().permute(1, 0)
    for joined in (cat([turned, turned]), stack([turned, turned])):
        assert joined.is_contiguous()
        assert joined.storage.tolist() == joined.view(-1).tolist()


def test_storage_is_in_memory_order_whatever_the_view():
    t = tensor(np.asarray([[1, 2], [3, 4]], order="F")).permute(1, 0)
    for index in indices(t.shape):
        place = t.offset + index_to_position(index, t.strides)
        assert t.storage[place] == t.get(index)


def test_rank_0_and_size_0():
    assert (tensor(5).shape, tensor(5).strides, tensor(5).item()) == ((), (), 5.0)
    assert (tensor([]).shape, zeros((0, 2)).sum().item()) == ((0,), 0.0)
    assert zeros((2, 0)).sum(1).tolist() == [0.0, 0.0]


def test_full_index_is_a_rank_0_tensor():
    assert grid()[1, 2].shape == ()
    assert grid()[..., None, ::2].shape == (2, 1, 2)
    assert [row.tolist() for row in grid()] == [[0, 1, 2], [3, 4, 5]]


def test_tensor_of_one_element_tensors_copies_values():
    t = tensor([1.0, 2.0])
    made = tensor([t[0], t[1] * 2, 7])
    t.set((0,), 100)
    assert made.tolist() == [1.0, 4.0, 7.0]


def test_tensor_copies_the_array_it_is_given():
    array = np.zeros(2)
    t = tensor(array)
    array[0] = 1
    assert t.tolist() == [0.0, 0.0]


def test_dtypes():
    assert tensor([1], dtype="float32").dtype == np.float32
    assert (tensor([1], dtype=np.float32) * 2).dtype == np.float32
    assert ones((2,)).dtype == np.float64


def test_same_seed_same_numbers():
    assert rand((2, 3), seed=1).tolist() == rand((2, 3), seed=1).tolist()
    assert rand((2, 3)).tolist() != rand((2, 3)).tolist()


def test_numbers_and_arrays_on_either_side():
    t = tensor([1.0, 2.0])
    assert (3 - t).tolist() == [2, 1]
    assert (2 / t).tolist() == [2, 1]
    assert (np.array([10.0, 20.0]) + t).tolist() == [11, 22]


# ------------------------------------- gradients -------------------------------------


def test_grad_has_exactly_the_shape_of_its_leaf():  # also where rank was raised
    for shape in ((), (1,), (2,), (1, 2), (3, 1)):
        x = ones(shape, requires_grad=True)
        (x * ones((4, 3, 2))).sum().backward()
        assert x.grad.shape == shape


def test_backward_adds_until_zero_grad():
    x = tensor([1.0, 2.0], requires_grad=True)
    for _ in range(2):
        (x * x).sum().backward()
    assert x.grad.tolist() == [4.0, 8.0]
    x.zero_grad()
    assert x.grad is None


def test_grad_is_no_view_of_d_out():
    x = tensor([1.0, 2.0], requires_grad=True)
    d_out = tensor([1.0, 1.0])
    x.contiguous().backward(d_out)
    d_out.set((0,), 50)
    assert x.grad.tolist() == [1.0, 1.0]


def test_detach_shares_cells_and_cuts_the_graph():
    x = tensor([1.0], requires_grad=True)
    y = (x * 2).detach()
    assert (y.requires_grad, y.is_constant) == (False, True)


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.set((0,), 9),
        lambda t: t.zero_(),
        lambda t: t.update_([9.0, 9.0]),
        lambda t: t[:1].zero_(),
        lambda t: t.detach().__setitem__(0, 9),
    ],
)
def test_overwritten_saved_value_is_named(write):
    x = tensor([1.0, 2.0], requires_grad=True)
    y = (x * x).sum()
    write(x)
    with pytest.raises(ValueError, match=r"Mul saved input 1 \(shape \(2,\)\)"):
        y.backward()


def test_overwritten_result_of_exp_is_named():
    x = tensor([1.0], requires_grad=True)
    y = x.exp()
    z = y.sum()
    y.set((0,), 3)
    with pytest.raises(ValueError, match="Exp saved its result"):
        z.backward()


def test_an_array_operand_is_copied():
    x, array = tensor([1.0], requires_grad=True), np.array([3.0])
    y = (x * array).sum()
    array[:] = 100
    y.backward()
    assert x.grad.tolist() == [3.0]


def test_writing_what_nobody_saved_is_fine():
    x = tensor([1.0], requires_grad=True)
    y = (x + x).sum()
    x.set((0,), 3)
    y.backward()
    assert x.grad.tolist() == [2.0]


# --------------------------------------- errors ---------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: tensor([[1, 2], [3]]),
            ValueError,
            r"item 0 .* \(2,\) and item 1 .* \(1,\)",
        ),
        (lambda: tensor([1, [2]]), ValueError, "item 0 has one number"),
        (lambda: tensor(["one"]), TypeError, "holds numbers; got 'one', a str"),
        (lambda: tensor([None]), TypeError, "got None, a NoneType"),
        (lambda: tensor([1j]), TypeError, "holds numbers"),
        (lambda: tensor([1], dtype="int8"), ValueError, "use 'float64' or 'float32'"),
        (lambda: tensor([1], backend="gpu"), ValueError, "simple, numpy, numba"),
        (lambda: zeros((2, -1)), ValueError, "whole numbers from 0"),
        (lambda: zeros(float("nan")), ValueError, "whole numbers from 0"),
        (lambda: grid() + ones(2), ValueError, r"\(2, 3\) and \(2,\) do not broadcast"),
        (lambda: grid() + "x", TypeError, r"\+ works on tensors"),
        (lambda: grid() + ones(3, dtype="float32"), TypeError, "float64 and float32"),
        (
            lambda: tensor(1, backend="simple") + tensor(1, backend="numpy"),
            TypeError,
            "backend simple and numpy",
        ),
        (lambda: grid()[2], IndexError, "Index 2 is out of range for dim 0"),
        (lambda: grid()[..., -4], IndexError, "Index -4 is out of range for dim 1"),
        (lambda: grid()[0, 0, 0], IndexError, "names 3 dims, but shape"),
        (lambda: grid()[..., 0, ...], IndexError, "at most one"),
        (lambda: grid()[0.5], TypeError, "whole numbers, slices, None"),
        (lambda: grid()[True], TypeError, "got True"),
        (lambda: grid().get((0,)), IndexError, "names 1 dim"),
        (lambda: grid().get((0, 3)), IndexError, "that dim has cells 0 to 2"),
        (lambda: grid().get((0, float("nan"))), TypeError, "An index holds whole"),
        (lambda: grid().set((5, 0), 1), IndexError, "out of range"),
        (lambda: grid().set((True, 0), 1), TypeError, "An index holds whole"),
        (lambda: grid().view(-1, -2), ValueError, "At most one size"),
        (lambda: grid().update_([1.0]), ValueError, "the shapes must be equal"),
        (lambda: grid().item(), ValueError, "has 6"),
        (lambda: len(tensor(1)), TypeError, "no length"),
        (lambda: grid().sum(2), IndexError, "dim=2 does not exist"),
        (lambda: grid().sum((0, 0)), ValueError, "names a dim twice"),
        (lambda: grid().sum(float("nan")), TypeError, "A dim is a whole number"),
        (lambda: grid().view(4), ValueError, "6 cells"),
        (lambda: grid().view(-1, -1), ValueError, "At most one size"),
        (lambda: grid().view(2.0, 3), TypeError, "such as view"),
        (lambda: grid().permute(0), ValueError, "name every dim once"),
        (lambda: grid().permute(0, 0), ValueError, "names a dim twice"),
        (lambda: cat([ones((2, 1)), ones((3, 2))], 1), ValueError, r"\(2, 1\) and"),
        (lambda: stack([ones(2), ones(3)]), ValueError, "tensors of one shape"),
        (lambda: grid().backward(), ValueError, "nothing to differentiate"),
        (lambda: grid().f.cube_map(grid()), AttributeError, "There is no 'cube_map'"),
    ],
)
def test_misuse_is_told_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_backward_without_d_out_needs_one_element():
    x = tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(ValueError, match=r"Call \.sum\(\)\.backward\(\), or backward"):
        (x * 2).backward()
    with pytest.raises(ValueError, match="the shapes must be equal"):
        (x * 2).backward([1.0])


def test_numpy_and_if_read_the_numbers():
    t = tensor([1.0, 2.0])
    np.testing.assert_array_equal(np.asarray(t), [1.0, 2.0])
    np.asarray(t)[0] = 9  # a copy
    assert t.tolist() == [1.0, 2.0]
    assert bool(tensor([3.0]))
    assert not tensor(0.0)
    with pytest.raises(ValueError, match="has 2"):
        bool(t)
