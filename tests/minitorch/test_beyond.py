"""What MiniTorch does not have, in its conventions, held against NumPy."""

import numpy as np
import pytest

import gradlab.minitorch as minitorch
from gradlab.minitorch import grad_check

A = np.array([[0.5, 1.5, 2.5], [3.0, 0.25, 0.75]])
CASES = {
    "pow number": (lambda x: x**2, lambda a: a**2),
    "number pow": (lambda x: 2**x, lambda a: 2**a),
    "pow tensor": (lambda x: x**x, lambda a: a**a),
    "number minus": (lambda x: 3 - x, lambda a: 3 - a),
    "tanh": (lambda x: x.tanh(), np.tanh),
    "sqrt": (lambda x: x.sqrt(), np.sqrt),
    "abs": (lambda x: (x - 1).abs(), lambda a: abs(a - 1)),
    "clip": (lambda x: x.clip(0.6, 2.0), lambda a: a.clip(0.6, 2.0)),
    "max": (lambda x: x.max(0), lambda a: a.max(0, keepdims=True)),
    "min": (lambda x: x.min(1), lambda a: a.min(1, keepdims=True)),
    "prod": (lambda x: x.prod(1), lambda a: a.prod(1, keepdims=True)),
    "max of all": (lambda x: x.max(), lambda a: a.max().reshape(1)),
    "prod of all": (lambda x: x.prod(), lambda a: a.prod().reshape(1)),
    "where": (
        lambda x: minitorch.where(x > 1, x, 2 * x),
        lambda a: np.where(a > 1, a, 2 * a),
    ),
    "cat": (
        lambda x: minitorch.cat([x, x * 2], 1),
        lambda a: np.concatenate([a, a * 2], 1),
    ),
    "stack": (lambda x: minitorch.stack([x, x]), lambda a: np.stack([a, a])),
    "slice": (lambda x: x[:, 1:], lambda a: a[:, 1:]),
    "step": (lambda x: x[::-1, ::2], lambda a: a[::-1, ::2]),
    "none": (lambda x: x[:, None], lambda a: a[:, None]),
    "ellipsis": (lambda x: x[..., -1], lambda a: a[..., -1]),
    "row": (lambda x: x[1] * 2, lambda a: a[1] * 2),
}


@pytest.mark.parametrize("case", CASES)
def test_values_and_gradients(backend, case):
    on_tensors, on_arrays = CASES[case]
    x = minitorch.tensor(A.tolist(), backend=backend)
    out, expected = on_tensors(x), on_arrays(A)
    assert out.shape == expected.shape
    assert np.allclose(out.to_numpy(), expected, rtol=1e-12)
    assert type(out) is minitorch.Tensor
    grad_check(on_tensors, x)


def test_size_zero(backend):
    x = minitorch.zeros((0, 3), backend=backend)
    x.requires_grad_(True)
    out = (x * 2 + 1).sum(0)
    assert out.to_numpy().tolist() == [[0.0, 0.0, 0.0]]
    out.sum().backward()
    assert x.grad.shape == (0, 3)
    assert x._tensor.size == 0
    assert list(x._tensor.indices()) == []
    assert minitorch.Tensor.make([], (2, 0), backend=backend).sum()[0] == 0.0
