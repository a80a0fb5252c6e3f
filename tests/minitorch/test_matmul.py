"""Matmul of any batch rank against NumPy, values and gradients."""

import numpy as np
import pytest

import gradlab.minitorch as minitorch

SHAPES = [
    ((2, 3), (3, 4)),
    ((1, 1), (1, 1)),
    ((5, 2, 3), (5, 3, 4)),
    ((5, 2, 3), (1, 3, 4)),
    ((5, 2, 3), (3, 4)),
    ((2, 3), (5, 3, 4)),
    ((2, 1, 2, 3), (4, 3, 2)),
    ((2, 4, 2, 3), (2, 4, 3, 2)),
    ((1, 2, 1, 2, 2), (3, 1, 4, 2, 2)),
    ((0, 2, 3), (3, 4)),
    ((2, 0), (0, 3)),
]


@pytest.mark.parametrize(("a_shape", "b_shape"), SHAPES)
def test_values_and_gradients(backend, a_shape, b_shape):
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=a_shape), rng.normal(size=b_shape)
    x, y = (minitorch.Tensor.make(v.ravel(), v.shape, backend=backend) for v in (a, b))
    x.requires_grad_(True)
    y.requires_grad_(True)
    out = x @ y
    d = rng.normal(size=(a @ b).shape)
    out.backward(minitorch.Tensor.make(d.ravel(), d.shape, backend=backend))
    assert out.shape == (a @ b).shape
    assert np.allclose(out.to_numpy(), a @ b)
    expected = (d @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ d)
    for t, gradient in zip((x, y), expected):
        assert np.allclose(t.grad.to_numpy(), summed(gradient, t.shape))


def summed(gradient, shape):
    extra = gradient.ndim - len(shape)
    gradient = gradient.sum(tuple(range(extra)))
    dims = tuple(d for d, n in enumerate(shape) if n == 1 != gradient.shape[d])
    return gradient.sum(dims, keepdims=True)


def test_permuted_operands(backend):
    x, y = (minitorch.rand((2, 3, 4), backend=backend) for _ in range(2))
    minitorch.grad_check(lambda x, y: x.permute(0, 2, 1) @ y, x, y)
