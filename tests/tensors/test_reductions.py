"""Reductions: traps of their gradients, special numbers, dims and errors."""

import numpy as np
import pytest

from gradlab import gradcheck, tensor, zeros
from gradlab.backends import NAMES

EVERY_BACKEND = pytest.mark.parametrize("backend", NAMES)
NAN, INF = float("nan"), float("inf")


def gradient(fn, values, **options):
    """Return the gradient of fn(x) at these values, for d_out = 2, 3, 4, ..."""
    x = tensor(values, requires_grad=True, **options)
    out = fn(x)
    out.backward(np.arange(2.0, 2 + out.size).reshape(out.shape))
    return x.grad.tolist()


# ----------------------------------- sum and mean -----------------------------------


@pytest.mark.parametrize("dim", [None, 0, -1, (0, 2), ()])
@pytest.mark.parametrize("keepdim", [False, True])
def test_sum_backward_has_input_shape(dim, keepdim):
    x = tensor(np.ones((2, 3, 4)), requires_grad=True)
    out = x.sum(dim, keepdim)
    out.backward(np.full(out.shape, 2.0))
    assert x.grad.shape == (2, 3, 4)
    assert (x.grad.to_numpy() == 2).all()


def test_gradient_of_a_sum_can_be_written_to():
    x = tensor([1.0, 2.0], requires_grad=True)
    x.sum().backward()
    x.grad[0] = 5.0
    assert x.grad.tolist() == [5.0, 1.0]


@EVERY_BACKEND
def test_reductions_of_nothing(backend):
    nothing = zeros((0, 2), backend=backend)
    assert nothing.sum().item() == 0
    assert nothing.prod(0).tolist() == [1, 1]
    assert nothing.all().item() == 1
    assert nothing.any().item() == 0
    assert np.isnan(nothing.mean(0).tolist()).all()
    assert np.isnan(nothing.var().item())
    assert nothing.logsumexp().item() == -INF


# --------------------------------------- prod ---------------------------------------


@EVERY_BACKEND
def test_prod_with_a_zero(backend):
    assert gradient(lambda x: x.prod(), [2, 0, 3], backend=backend) == [0, 12, 0]


@EVERY_BACKEND
def test_prod_with_two_zeros_has_gradient_zero(backend):
    assert gradient(lambda x: x.prod(), [0, 5, 0], backend=backend) == [0, 0, 0]


def test_prod_with_zeros_in_some_rows_and_columns():
    x = tensor([[0.0, 2.0, 3.0], [4.0, 0.0, 0.0]], requires_grad=True)
    for dim in (0, 1, (0, 1), None):
        assert gradcheck(lambda x, dim=dim: x.prod(dim), x)


def test_prod_that_underflows_still_has_a_gradient():
    assert gradient(lambda x: x.prod(), [1e-200, 1e-200, 1e250])[0] == pytest.approx(
        2e50
    )


# ----------------------------------- max and min ------------------------------------


@EVERY_BACKEND
def test_max_tie_is_split_evenly(backend):
    assert gradient(lambda x: x.max(), [1, 3, 3], backend=backend) == [0, 1, 1]
    assert gradient(lambda x: x.min(), [1, 1, 3, 1, 1], backend=backend) == (
        [0.5, 0.5, 0, 0.5, 0.5]
    )


def test_ties_are_split_strip_by_strip():
    rows = [[1, 1], [0, 5]]
    assert gradient(lambda x: x.max(1), rows) == [[1, 1], [0, 3]]
    assert gradient(lambda x: x.max(0, keepdim=True), rows) == [[2, 0], [0, 3]]
    assert gradient(lambda x: x.min((0, 1)), rows) == [[0, 0], [2, 0]]


@EVERY_BACKEND
def test_nan_wins_max_and_min_and_takes_the_gradient(backend):
    for fn in (lambda x: x.max(), lambda x: x.min()):
        assert np.isnan(fn(tensor([1, NAN, -INF], backend=backend)).item())
        assert gradient(fn, [1, NAN, INF, NAN], backend=backend) == [0, 1, 0, 1]


def test_infinities_are_numbers_to_max_and_min():
    assert tensor([-INF, -INF]).max().item() == -INF
    assert gradient(lambda x: x.min(), [INF, INF]) == [1, 1]


@pytest.mark.parametrize("name", ["max", "min", "argmax", "argmin"])
def test_choosing_from_no_cells_is_an_error(name):
    with pytest.raises(ValueError, match=rf"{name} of no cells: shape \(0, 2\)"):
        getattr(zeros((0, 2)), name)()
    with pytest.raises(ValueError, match="none along dim=0"):
        getattr(zeros((0, 2)), name)(0)
    assert getattr(zeros((0, 2)), name)(1).shape == (0,)


def test_overwriting_what_max_saved_is_named():
    x = tensor([1.0, 3.0], requires_grad=True)
    y = x * 1
    top = y.max()
    y.zero_()
    with pytest.raises(ValueError, match="Max saved input 1"):
        top.backward()


# ------------------------------- indices, all and any -------------------------------


def test_argmax_names_the_first_of_equals_and_a_nan_before_all():
    assert tensor([1, 7, 7]).argmax().item() == 1
    assert tensor([2, 0, 0]).argmin().item() == 1
    assert (
        tensor([2, NAN, 9]).argmax().item() == tensor([2, NAN, 0]).argmin().item() == 1
    )


def test_argmax_along_several_dims_counts_their_cells():
    x = np.random.default_rng(0).permutation(24.0 * np.arange(24)).reshape(2, 3, 4)
    places = tensor(x).argmax((0, 2), keepdim=True)
    assert places.shape == (1, 3, 1)
    expected = [x[:, j, :].reshape(-1).argmax() for j in range(3)]
    assert places.to_numpy().reshape(-1).tolist() == expected


def test_an_index_that_float32_would_round_is_an_error():
    cells = np.zeros(2**24 + 2, np.float32)
    cells[-1] = 1
    with pytest.raises(ValueError, match="does not fit into float32"):
        tensor(cells, dtype="float32").argmax()


@pytest.mark.parametrize("name", ["argmax", "argmin", "all", "any"])
def test_answers_that_jump_have_no_gradient(name):
    out = getattr(tensor([1.0, 2.0], requires_grad=True), name)()
    assert not out.requires_grad
    assert out.is_constant


def test_nan_and_infinity_are_a_yes():
    assert tensor([NAN, INF]).all().item() == tensor([0, NAN]).any().item() == 1
    assert tensor([NAN, 0]).all().item() == tensor([0.0, -0.0]).any().item() == 0


# --------------------------------------- var ----------------------------------------


def test_var_divides_by_one_less_unless_told_otherwise():
    x = [1.0, 2.0, 3.0, 6.0]
    assert tensor(x).var().item() == pytest.approx(np.var(x, ddof=1))
    assert tensor(x).var(correction=0).item() == pytest.approx(np.var(x))
    assert np.isnan(tensor([5.0]).var().item())
    assert tensor([5.0]).var(correction=0).item() == 0


def test_var_of_float32_far_from_zero_is_not_lost():
    x = (10_000 + np.random.default_rng(0).normal(size=1000) / 100).astype(np.float32)
    got = tensor(x, dtype="float32").var().item()
    assert got == pytest.approx(x.astype(float).var(ddof=1), rel=1e-6)


# -------------------------------- softmax and family --------------------------------


@EVERY_BACKEND
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_logsumexp_does_not_overflow(backend, dtype):
    x = tensor([1000.0, 1000.0], dtype=dtype, backend=backend, requires_grad=True)
    x.logsumexp().backward()
    assert x.logsumexp().item() == pytest.approx(1000 + np.log(2))
    assert x.grad.tolist() == [0.5, 0.5]


def test_logsumexp_of_infinities():
    assert tensor([-INF, -INF]).logsumexp().item() == -INF
    assert tensor([1.0, INF]).logsumexp().item() == INF
    assert gradient(lambda x: x.logsumexp(), [0.0, -INF]) == [2, 0]


def test_gradient_of_logsumexp_of_nothing_but_minus_infinity_is_nan():
    assert np.isnan(gradient(lambda x: x.logsumexp(), [-INF, -INF])).all()


@EVERY_BACKEND
def test_softmax_of_huge_numbers(backend):
    x = tensor([[1000.0, 0.0], [-1000.0, -1000.0]], backend=backend)
    assert x.softmax(1).tolist() == [[1, 0], [0.5, 0.5]]
    assert x.log_softmax(1).tolist()[0] == [0, -1000]


def test_softmax_rows_sum_to_one_along_its_dim_only():
    x = tensor(np.random.default_rng(0).normal(size=(3, 4)))
    assert x.softmax(0).sum(0).tolist() == pytest.approx([1] * 4)
    assert x.softmax((0, 1)).sum().item() == pytest.approx(1)
    assert x.softmax(0).sum(1).tolist() != pytest.approx([1] * 3)


def test_a_masked_cell_gets_no_share_and_no_gradient():
    assert tensor([0.0, -INF, 0.0]).softmax(0).tolist() == [0.5, 0, 0.5]
    assert gradient(lambda x: x.softmax(0), [0.0, -INF, 0.0]) == [-0.5, 0, 0.5]


# -------------------------------------- errors --------------------------------------


@pytest.mark.parametrize("name", ["sum", "prod", "max", "argmin", "any", "logsumexp"])
def test_dims_that_do_not_exist_are_errors(name):
    reduce = getattr(tensor([[1.0, 2.0]]), name)
    with pytest.raises(IndexError, match="dim=2 does not exist"):
        reduce(2)
    with pytest.raises(ValueError, match="names a dim twice"):
        reduce((0, -2))
    with pytest.raises(TypeError, match="A dim is a whole number"):
        reduce(0.5)
