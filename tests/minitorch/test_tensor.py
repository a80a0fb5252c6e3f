"""Tensors in MiniTorch's conventions, on both Ops, held against NumPy."""

import random

import numpy as np
import pytest

import gradlab.minitorch as minitorch
from gradlab.minitorch import grad_check, tensor
from gradlab.minitorch.autodiff import History

ONE, TWO, RED = minitorch.MathTestVariable._comp_testing()


def ids(rows):
    return [name for name, *_ in rows]


class Times(minitorch.Function):
    """a * b, whose backward leaves spreading and summing to the engine."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a.f.mul_zip(a, b)

    @staticmethod
    def backward(ctx, grad_output):
        a, b = ctx.saved_values
        return grad_output.f.mul_zip(grad_output, b), grad_output * a


class SumAlong(minitorch.Function):
    """A sum whose dim comes as a tensor, with 0.0 for its gradient."""

    @staticmethod
    def forward(ctx, a, dim):
        return a.f.add_reduce(a, int(dim.item()))

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output, 0.0


class Wrong(Times):
    @staticmethod
    def backward(ctx, grad_output):
        a, _b = ctx.saved_values
        return grad_output * a, grad_output * a


class ForgetsGradOutput(minitorch.Function):
    @staticmethod
    def forward(ctx, a):
        return a + a

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.zeros() + 2


@pytest.mark.parametrize(("name", "base", "function"), ONE, ids=ids(ONE))
def test_one_argument(backend, name, base, function):
    x = minitorch.rand((3, 2), backend=backend) * 8 - 4
    out = function(x)
    for index in out._tensor.indices():
        assert out[index] == pytest.approx(base(x[index]), abs=1e-12)
    grad_check(function, x)


@pytest.mark.parametrize(("name", "base", "function"), TWO, ids=ids(TWO))
def test_two_arguments(backend, name, base, function):
    x, y = (minitorch.rand((3, 2), backend=backend) * 8 - 4 for _ in range(2))
    out = function(x, y)
    for index in out._tensor.indices():
        assert out[index] == pytest.approx(base(x[index], y[index]))
    for a, b in [(x, y), (x.sum(0), y), (x, y.sum(0))]:
        grad_check(function, a, b)


@pytest.mark.parametrize(("name", "base", "function"), RED, ids=ids(RED))
def test_reductions(backend, name, base, function):
    x = minitorch.rand((5,), backend=backend)
    assert function(x)[0] == pytest.approx(base(x.to_numpy().tolist()))
    grad_check(function, minitorch.rand((3, 4), backend=backend))


def test_reductions_keep_the_dim(backend):
    array = np.arange(6.0).reshape(2, 3) + 1
    x = tensor(array.tolist(), backend=backend)
    for dim in (0, 1):
        for name in ("sum", "mean", "all"):
            expected = getattr(np, name)(array, axis=dim, keepdims=True)
            out = getattr(x, name)(dim)
            assert out.shape == expected.shape
            assert (out.to_numpy() == expected).all()
    assert [x.sum().shape, x.mean().shape, x.all().shape] == [(1,)] * 3
    assert (x.sum()[0], x.mean().item(), x.all().item()) == (21.0, 3.5, 1.0)


def test_indices(backend):
    x = tensor([[2, 3, 4], [4, 5, 7]], backend=backend)
    assert type(x[1, 2]) is float
    assert x[1, 2] == 7.0
    assert type(tensor([1, 2], backend=backend)[0]) is float
    assert x[np.int64(1), 0] == 4.0
    assert x[-1, -1] == 7.0
    x[0, 1] = 9.0
    assert x[0, 1] == 9.0
    with pytest.raises(minitorch.IndexingError):
        x[50, 2]
    assert tensor(5, backend=backend)[0] == 5.0
    assert x[1].shape == (3,)


def test_operators_on_both_sides(backend):
    x = tensor([1.0, 4.0], backend=backend)
    pairs = [
        (x + 1, [2, 5]),
        (1 + x, [2, 5]),
        (x - 1, [0, 3]),
        (1 - x, [0, -3]),
        (x * 2, [2, 8]),
        (2 * x, [2, 8]),
        (x / 2, [0.5, 2]),
        (2 / x, [2, 0.5]),
        (-x, [-1, -4]),
        (x < 2, [1, 0]),
        (x > 2, [0, 1]),
        (x == 4, [0, 1]),
        (x > 2, [0, 1]),
    ]
    for out, expected in pairs:
        assert out.to_numpy().tolist() == expected
    assert (x == None) is False  # noqa: E711 - of all things == may be asked
    assert x in [x]
    assert len({x, x}) == 1


def test_is_close_allows_a_hundredth(backend):
    x = tensor([1.0, 1.0, 100.0], backend=backend)
    y = tensor([1.009, 1.011, 100.5], backend=backend)
    assert x.is_close(y).to_numpy().tolist() == [1.0, 0.0, 0.0]
    assert not x.is_close(y).all().item()


def test_log_is_finite_at_zero(backend):
    x = tensor([0.0, 1.0], backend=backend, requires_grad=True)
    out = x.log()
    out.sum().backward()
    assert out.to_numpy() == pytest.approx(np.log(np.array([1e-6, 1 + 1e-6])))
    assert x.grad.to_numpy() == pytest.approx([1e6, 1 / (1 + 1e-6)])


def test_views(backend):
    x = tensor([[2, 3, 4], [4, 5, 7]], backend=backend)
    assert x.view(6).view(1, 6).view(3, 2).view(2, 3).is_close(x).all().item() == 1.0
    assert x.permute(1, 0).shape == (3, 2)
    with pytest.raises(ValueError, match="contiguous"):
        x.permute(1, 0).view(6)
    assert x.permute(1, 0).contiguous().view(6)[1] == 4.0
    grad_check(lambda a: a.permute(1, 0).contiguous().view(6), x)


def test_the_graph_by_minitorchs_names(backend):
    x = tensor([1.0, 2.0], backend=backend, requires_grad=True)
    y = x * 3
    assert x.requires_grad()
    assert y.requires_grad()
    assert not x.detach().requires_grad()
    assert x.is_leaf()
    assert not y.is_leaf()
    assert x.detach().is_constant()
    assert not y.is_constant()
    assert y.history.last_fn.__name__ == "Mul"
    assert y.parents[0] is x
    ((source, d),) = y.chain_rule(tensor([1.0, 1.0], backend=backend))
    assert source is x
    assert d.to_numpy().tolist() == [3.0, 3.0]
    assert [id(v) for v in minitorch.topological_sort(y)] == [id(y), id(x)]
    minitorch.backpropagate(y, y.zeros() + 1)
    assert x.grad.to_numpy().tolist() == [3.0, 3.0]
    x.accumulate_derivative(x.zeros() + 1)
    assert x.grad.to_numpy().tolist() == [4.0, 4.0]
    x.zero_grad_()
    assert x.grad is None
    assert minitorch.Tensor(x._tensor, History(), backend=backend).requires_grad()


def test_backward_adds_up_and_takes_a_gradient(backend):
    x = tensor([[1.0, 2.0]], backend=backend, requires_grad=True)
    y = (x * x).sum()
    y.backward()
    y.backward()
    assert x.grad.to_numpy().tolist() == [[4.0, 8.0]]
    x.zero_grad_()
    (x * x).backward(tensor([[1.0, 10.0]], backend=backend))
    assert x.grad.to_numpy().tolist() == [[2.0, 40.0]]
    with pytest.raises(ValueError, match="one element"):
        (x * x).backward()
    tensor([1.0]).sum().backward()  # a constant: nothing happens, as in MiniTorch


def test_gradients_have_the_inputs_shape(backend):
    a = tensor([1], backend=backend, requires_grad=True)
    b = tensor([[1, 1]], backend=backend, requires_grad=True)
    c = (a * b).sum()
    c.backward()
    assert (c.shape, a.grad.shape, b.grad.shape) == ((1,), (1,), (1, 2))


def test_comparisons_have_a_gradient_of_zeros(backend):
    x = tensor([1.0, 2.0], backend=backend, requires_grad=True)
    (x < 1.5).sum().backward()
    assert x.grad.to_numpy().tolist() == [0.0, 0.0]


@pytest.mark.parametrize("shape", [(2, 3), (3,), (1,), (2, 1), (1, 1, 3)])
def test_own_functions_are_spread_and_summed(backend, shape):
    a = minitorch.rand(shape, backend=backend)
    b = minitorch.rand((2, 3), backend=backend)
    grad_check(Times.apply, a, b)
    grad_check(Times.apply, b, a)
    dim = tensor([1], backend=backend)
    grad_check(lambda x: SumAlong.apply(x, dim), b)


def test_expand(backend):
    small = minitorch.zeros((2, 1), backend=backend)
    big = tensor([[1, 2, 3], [4, 5, 6]], backend=backend)
    assert small.expand(big).to_numpy().tolist() == [[6.0], [15.0]]
    assert big.expand(small).to_numpy().tolist() == [[0.0] * 3] * 2
    assert big.expand(big).shape == (2, 3)
    row = minitorch.zeros((3,), backend=backend)
    assert row.expand(big).to_numpy().tolist() == [5.0, 7.0, 9.0]


@pytest.mark.parametrize(
    "f", [Wrong.apply, lambda a, b: ForgetsGradOutput.apply(a) * b]
)
def test_a_wrong_gradient_is_rejected(backend, f):
    a, b = (minitorch.rand((2, 3), backend=backend) + k for k in (1, 3))
    grad_check(Times.apply, a, b)
    with pytest.raises(AssertionError, match="gradient of argument 1 is wrong"):
        grad_check(f, a, b)


def test_grad_central_difference(backend):
    x = tensor([1.0, 3.0], backend=backend)
    d = minitorch.grad_central_difference(lambda x: x * x, x, arg=0, ind=(1,))
    assert d == pytest.approx(6.0)


def test_making(backend):
    x = minitorch.Tensor.make([1, 2, 3, 4], (2, 2), (1, 2), backend=backend)
    assert x.to_numpy().tolist() == [[1, 3], [2, 4]]
    assert (x.size, x.dims, x.shape, x.backend) == (4, 2, (2, 2), backend)
    assert minitorch.zeros((2, 3), backend=backend).to_numpy().sum() == 0
    assert x.zeros().shape == (2, 2)
    assert x.zeros((3,)).shape == (3,)
    random.seed(3)
    first = random.random()
    random.seed(3)
    assert minitorch.rand((2,), backend=backend, requires_grad=True)[0] == first
    assert minitorch.tensor([1]).backend is minitorch.SimpleBackend
    copy = x.to_numpy()
    copy[0, 0] = 9
    assert x[0, 0] == 1.0
    assert str(x) == x._tensor.to_string()


def test_storage_is_shared_and_writable(backend):
    x = minitorch.zeros((2, 2), backend=backend)
    storage, shape, strides = x.tuple()
    storage[3] = 5.0
    assert x[1, 1] == 5.0
    assert (shape.tolist(), strides.tolist()) == ([2, 2], [2, 1])
    turned = x.permute(1, 0)
    turned._tensor._storage[0] = 7.0
    assert x[0, 0] == 7.0
    assert turned._tensor.strides == (1, 2)
    row = x[1]
    assert row._tensor.tuple()[0].tolist() == [0.0, 5.0]


def test_tensors_of_two_backends_meet():
    fast = minitorch.TensorBackend(minitorch.FastOps)
    x, y = tensor([1.0, 2.0], backend=fast), tensor([1.0, 3.0])
    assert ((x > 1.5) == y).backend is fast
    assert minitorch.cat([tensor([1.0]), tensor([2.0], backend=fast)]).shape == (2,)
    assert Times.apply(tensor([2.0]), tensor([3.0], backend=fast)).item() == 6.0
