"""grad, vjp, jacobian: gradients as values."""

import numpy as np
import pytest

from gradlab import grad, jacobian, ones, rand, tensor, vjp


def leaf(values):
    return tensor(values, requires_grad=True)


def test_grad_touches_no_grad_and_reaches_inner_nodes():
    x, unused = leaf([1.0, 2.0]), leaf([[5.0]])
    y = x * x
    dx, dy, zero = grad((y * y).sum(), [x, y, unused])
    assert (dx.tolist(), dy.tolist(), zero.tolist()) == ([4, 32], [2, 8], [[0]])
    assert x.grad is None
    assert y.grad is None


def test_grad_takes_d_out():
    x = leaf([1.0, 2.0])
    assert grad(x * 3, x, tensor([1.0, 10.0])).tolist() == [3, 30]
    with pytest.raises(ValueError, match="needs one element"):
        grad(x * 3, x)


def test_grad_is_no_view_of_d_out():
    x, d_out = leaf([1.0]), tensor([1.0])
    dx = grad(x + 1, x, d_out)
    d_out.set((0,), 9)
    assert dx.tolist() == [1]


def test_jacobian_of_a_map_is_diagonal():
    x = rand((3,), seed=1)
    whole = jacobian(lambda t: t.exp(), x).to_numpy()
    assert np.allclose(whole, np.diag(np.exp(x.to_numpy())))


def test_jacobian_of_broadcast_and_reduce():
    a, b = rand((3, 2), seed=1), rand((2,), seed=2)
    da, db = jacobian(lambda a, b: (a * b).sum(0), [a, b])
    assert (da.shape, db.shape) == ((2, 3, 2), (2, 2))
    assert np.allclose(db.to_numpy(), np.diag(a.to_numpy().sum(0)))


def test_vjp_is_d_out_times_the_jacobian():
    x, d_out = rand((2, 3), seed=3), rand((2,), seed=4)
    out, dx = vjp(lambda t: (t * t).sum(1), x, d_out)
    whole = jacobian(lambda t: (t * t).sum(1), x).to_numpy()
    assert out.shape == (2,)
    assert np.allclose(dx.to_numpy(), np.tensordot(d_out.to_numpy(), whole, 1))


def test_what_does_not_depend_on_its_input_has_gradient_zero():
    assert jacobian(lambda t: ones(2), ones(3)).tolist() == [[0] * 3] * 2
    assert vjp(lambda t: ones(2), ones(3), ones(2))[1].tolist() == [0] * 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: grad(3.0, leaf([1.0])), "grad works on tensors; got float"),
        (lambda: jacobian(lambda t: 1.0, ones(2)), "returned float; return a tensor"),
        (lambda: vjp(lambda t: t, [1.0], ones(1)), "vjp works on tensors; got float"),
    ],
)
def test_misuse_is_told_in_words(call, words):
    with pytest.raises(TypeError, match=words):
        call()
