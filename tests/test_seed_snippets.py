"""The MiniTorch slides' code, typed as printed."""

from typing import Tuple  # noqa: UP035 - as printed

import numpy as np
import pytest

import gradlab as minitorch
from gradlab import Tensor, tensor


def test_gradient_of_a_product_is_the_other_factor():
    x = minitorch.rand((4, 5), requires_grad=True)
    y = minitorch.rand((4, 5), requires_grad=True)
    z = x * y
    z.sum().backward()
    assert x.grad.tolist() == y.tolist()
    assert y.grad.tolist() == x.tolist()


class Prod3(minitorch.Function):
    def forward(ctx, x: Tensor) -> Tensor:
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    def backward(ctx, d: Tensor) -> Tensor:
        prod, x = ctx.saved_values
        return d * prod / x


def test_prod3_as_printed():
    x = tensor([2, 3, 4], requires_grad=True)
    Prod3.apply(x).backward()
    assert x.grad.tolist() == [12.0, 8.0, 6.0]


def test_prod3_as_printed_divides_by_zero():
    x = tensor([2, 0, 3], requires_grad=True)
    Prod3.apply(x).backward()
    np.testing.assert_array_equal(x.grad.to_numpy(), [0.0, np.nan, 0.0])


class MyFun(minitorch.Function):
    def forward(ctx, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return minitorch.tensor([x[0], x[0] * x[1]])

    def backward(ctx, d: Tensor) -> Tensor:
        (x,) = ctx.saved_values
        return minitorch.tensor([d[0] * 1 + d[1] * x[1], d[1] * x[0]])


def test_my_fun_as_printed():
    x = tensor([3, 5], requires_grad=True)
    MyFun.apply(x).backward(tensor([1, 2]))
    assert x.grad.tolist() == [11.0, 6.0]


class ScalarNeg(minitorch.ScalarFunction):
    @staticmethod
    def forward(ctx, a: float) -> float:
        return -a

    @staticmethod
    def backward(ctx, d: float) -> float:
        return -d


def test_scalar_neg_as_printed():
    a = minitorch.Scalar(2.0)
    ScalarNeg.apply(a).backward(3.0)
    assert a.derivative == -3.0


class Neg(minitorch.Function):
    @staticmethod
    def forward(ctx, t1: Tensor) -> Tensor:
        return t1.f.neg_map(t1)

    @staticmethod
    def backward(ctx, d: Tensor) -> Tensor:
        return d.f.neg_map(d)


class Inv(minitorch.Function):
    @staticmethod
    def forward(ctx, t1: Tensor) -> Tensor:
        ctx.save_for_backward(t1)
        return t1.f.inv_map(t1)

    @staticmethod
    def backward(ctx, d: Tensor) -> Tensor:
        (t1,) = ctx.saved_values
        return d.f.inv_back_zip(t1, d)


@pytest.mark.parametrize("fn", [Neg, Inv])
def test_neg_and_inv_as_printed(fn):
    x = tensor([[2.0, 4.0], [-1.0, 0.5]], requires_grad=True)
    assert minitorch.gradcheck(fn.apply, x)


class Add(minitorch.Function):
    @staticmethod
    def forward(ctx, t1: Tensor, t2: Tensor) -> Tensor:
        return t1.f.add_zip(t1, t2)

    @staticmethod
    def backward(ctx, grad_output: Tensor) -> Tuple[Tensor, Tensor]:  # noqa: UP006
        return grad_output, grad_output


def test_add_as_printed_on_equal_shapes():
    x, y = (tensor([1.0, 2.0], requires_grad=True) for _ in range(2))
    Add.apply(x, y).backward(tensor([5.0, 7.0]))
    assert x.grad.tolist() == y.grad.tolist() == [5.0, 7.0]


def test_add_as_printed_breaks_the_shape_law_under_broadcasting():
    a, b = minitorch.ones((3, 2)), tensor([1.0, 2.0], requires_grad=True)
    out = Add.apply(a, b)
    with pytest.raises(ValueError, match=r"\(3, 2\) for input 2 of shape \(2,\)"):
        out.sum().backward()


def test_broadcast_add_sums_the_gradient_back():
    a, b = minitorch.ones((3, 2)), tensor([1.0, 2.0], requires_grad=True)
    (a + b).sum().backward()
    assert b.grad.tolist() == [3.0, 3.0]


class Sum(minitorch.Function):
    @staticmethod
    def forward(ctx, a: Tensor, dim: Tensor) -> Tensor:
        ctx.save_for_backward(a.shape, dim)
        return a.f.add_reduce(a, int(dim.item()))

    @staticmethod
    def backward(ctx, grad_output: Tensor) -> Tuple[Tensor, float]:  # noqa: UP006
        _a_shape, _dim = ctx.saved_values
        return grad_output, 0.0


def test_sum_as_printed_runs_forward_and_breaks_the_shape_law_backward():
    a = minitorch.ones((3, 2), requires_grad=True)
    out = Sum.apply(a, tensor(1))
    assert out.tolist() == [[2.0], [2.0], [2.0]]
    with pytest.raises(ValueError, match="spread d_out over them again"):
        out.backward(minitorch.ones((3, 1)))


def test_scalars_of_the_auto_grad_page():
    a, b, c = minitorch.Scalar(1), minitorch.Scalar(2), minitorch.Scalar(3)
    (a + b + c).backward()
    assert (a.derivative, b.derivative, c.derivative) == (1.0, 1.0, 1.0)


def test_tensors_of_the_auto_grad_page():
    tensor1 = tensor([1, 2, 3], requires_grad=True)
    tensor1.sum().backward()
    assert tensor1.grad.tolist() == [1.0, 1.0, 1.0]
    assert tensor1.grad.shape == (3,)
