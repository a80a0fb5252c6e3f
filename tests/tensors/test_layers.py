"""Matrix products, convolution, pooling, dropout and normalization."""

import numpy as np
import pytest

from gradlab import gradcheck, ones, tensor, zeros
from gradlab.tensors.layers import (
    avg_pool2d,
    batch_norm,
    conv1d,
    conv2d,
    dropout,
    max_pool2d,
)
from gradlab.tensors.products import linear, matmul
from gradlab.tensors.randomness import manual_seed


def normal(*shape, seed=0, **options):
    return tensor(np.random.default_rng(seed).normal(size=shape), **options)


# -------------------------------------- matmul --------------------------------------


def test_matmul_with_arrays_on_either_side():
    x, array = normal(2, 3), np.arange(6.0).reshape(3, 2)
    assert (x @ array).tolist() == (x.to_numpy() @ array).tolist()
    assert (array @ x).tolist() == (array @ x.to_numpy()).tolist()


def test_two_vectors_make_one_number():
    x, y = normal(3, requires_grad=True), normal(3, seed=1)
    product = matmul(x, y)
    product.backward()
    assert product.shape == ()
    assert x.grad.tolist() == y.tolist()


def test_gradient_of_a_shared_matrix_is_summed_over_the_stack():
    stack, shared = normal(4, 2, 3), normal(3, 2, seed=1, requires_grad=True)
    (stack @ shared).sum().backward()
    expected = stack.to_numpy().sum((0, 1))[:, None] * np.ones((1, 2))
    np.testing.assert_allclose(shared.grad.to_numpy(), expected)


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (((2, 3), (4, 5)), "dim -1 of the first is 3 and dim -2 of the second is 4"),
        (((2, 3), (2, 3)), "fits when transposed"),
        (((2, 3), (2,)), "the only dim of the second is 2"),
        (((), (2,)), "single number"),
        (((2, 2, 3), (3, 3, 2)), "count matrices and must broadcast"),
    ],
)
def test_matmul_names_the_shapes_that_do_not_fit(shapes, words):
    with pytest.raises(ValueError, match=words) as told:
        matmul(*(ones(shape) for shape in shapes))
    assert all(str(shape) in str(told.value) for shape in shapes)


def test_matmul_with_a_list_is_a_type_error():
    with pytest.raises(TypeError, match="got a list"):
        ones((2, 2)) @ [1, 2]


def test_linear_is_a_product_and_a_sum():
    x, w, b = normal(4, 3), normal(2, 3, seed=1), normal(2, seed=2)
    np.testing.assert_allclose(linear(x, w, b).to_numpy(), (x @ w.T + b).to_numpy())
    np.testing.assert_allclose(linear(x[0], w, b).to_numpy(), linear(x, w, b)[0])
    with pytest.raises(ValueError, match=r"x \(4, 3\), weight \(3, 2\)"):
        linear(x, w.T, b)


@pytest.mark.parametrize(
    "call",
    [
        lambda x: linear(x, [[1.0]]),
        lambda x: conv2d(x, 2.0),
        lambda x: max_pool2d([[1.0]], 2),
        lambda x: dropout([1.0]),
        lambda x: batch_norm(x, None, [1.0]),
    ],
)
def test_what_is_no_tensor_is_named(call):
    with pytest.raises(TypeError, match=r"works on tensors; got (a list|a float|None)"):
        call(ones((1, 1)))


# ------------------------------ convolution and pooling ------------------------------


def test_convolution_does_not_turn_the_kernel_round():
    edge = conv1d(tensor([[[0, 0, 1, 1]]]), tensor([[[-1, 1]]]))
    assert edge.tolist() == [[[0, 1, 0]]]


def test_bias_is_added_per_channel():
    x, weight = zeros((2, 1, 3, 3)), zeros((2, 1, 2, 2))
    bias = tensor([1.0, 5.0], requires_grad=True)
    out = conv2d(x, weight, bias)
    out.sum().backward()
    assert out[0, 1].tolist() == [[5, 5], [5, 5]]
    assert bias.grad.tolist() == [8, 8]


def test_cells_that_tie_share_the_gradient_of_max_pool():
    x = tensor([[[[3.0, 3.0], [1.0, 3.0]]]], requires_grad=True)
    max_pool2d(x, 2).sum().backward()
    assert x.grad.squeeze().tolist() == [[1 / 3, 1 / 3], [0, 1 / 3]]


def test_a_border_never_wins_and_counts_as_zero_in_a_mean():
    x = -ones((1, 1, 2, 2))
    assert max_pool2d(x, 2, padding=1).flatten().tolist() == [-1] * 4
    assert avg_pool2d(x, 2, padding=1).flatten().tolist() == [-0.25] * 4


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda x: conv2d(x, ones((1, 2, 2, 2))), r"\(1, 1, 3, 3\) and \(1, 2, 2, 2\)"),
        (lambda x: conv2d(x, ones((1, 1, 4, 4))), "larger than the input"),
        (lambda x: conv2d(x, ones((1, 1, 2, 2)), stride=0), "stride is a whole number"),
        (lambda x: conv1d(x, ones((1, 1, 2))), r"conv1d takes x .*got shape \(1, 1, 3"),
        (lambda x: max_pool2d(x, (2, 2, 2)), "a tuple of 2"),
        (lambda x: max_pool2d(x, 2, padding=2), "more than half the kernel"),
        (lambda x: avg_pool2d(x, 2.5), "kernel is a whole number"),
        (lambda x: avg_pool2d(x[0], 2), "avg_pool2d takes x"),
    ],
)
def test_windows_that_do_not_fit_are_told_in_words(call, words):
    with pytest.raises(ValueError, match=words):
        call(ones((1, 1, 3, 3)))


# ------------------------------ dropout and batch norm ------------------------------


def test_dropout_keeps_the_mean_and_repeats_by_seed():
    manual_seed(0)
    first = dropout(ones(10_000), 0.2)
    manual_seed(0)
    assert dropout(ones(10_000), 0.2).tolist() == first.tolist()
    assert set(first.tolist()) == {0.0, 1.25}
    assert abs(first.mean().item() - 1) < 0.02
    assert dropout(first, 0.2).tolist() != first.tolist()


def test_dropout_at_its_ends():
    x = normal(5)
    assert dropout(x, 0.9, training=False) is x
    assert dropout(x, 0).tolist() == x.tolist()
    assert dropout(x, 1).tolist() == [0] * 5
    with pytest.raises(ValueError, match="p is a probability"):
        dropout(x, 1.5)


def test_seeds_are_whole_numbers_from_0():
    with pytest.raises(TypeError, match=r"got 0\.5"):
        manual_seed(0.5)
    with pytest.raises(ValueError, match="got -1"):
        manual_seed(-1)


def test_batch_norm_in_use_takes_what_it_has_followed():
    x, weight, bias = normal(3, 2), normal(2, seed=1), normal(2, seed=2)
    running = {"running_mean": tensor([1.0, 2.0]), "running_var": tensor([4.0, 9.0])}
    y = batch_norm(x, weight, bias, **running, training=False, eps=0)
    expected = (x - running["running_mean"]) / tensor([2.0, 3.0]) * weight + bias
    np.testing.assert_allclose(y.to_numpy(), expected.to_numpy())
    for t in (x, weight, bias):
        t.requires_grad = True
    assert gradcheck(
        lambda *xs: batch_norm(*xs, **running, training=False), x, weight, bias
    )


def test_batch_norm_follows_the_mean_and_the_unbiased_variance():
    x = normal(8, 2)
    mean, var = zeros(2), ones(2)
    batch_norm(x, ones(2), zeros(2), running_mean=mean, running_var=var, momentum=0.25)
    cells = x.to_numpy()
    np.testing.assert_allclose(mean.to_numpy(), 0.25 * cells.mean(0))
    np.testing.assert_allclose(var.to_numpy(), 0.75 + 0.25 * cells.var(0, ddof=1))


def test_batch_norm_needs_more_than_one_number_per_channel():
    with pytest.raises(ValueError, match="each channel has one number"):
        batch_norm(ones((1, 3)), ones(3), zeros(3))
    with pytest.raises(ValueError, match="weight, bias and running"):
        batch_norm(ones((2, 3)), ones(2), zeros(2))
