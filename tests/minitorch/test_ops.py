"""map, zip, reduce, matrix_multiply: by known functions, own ones, compiled ones."""

import random

import numba
import numpy as np
import pytest

import gradlab.minitorch as minitorch
from gradlab.minitorch import fast_ops, operators, tensor

SAMPLES = np.array([[0.5, -1.5, 2.0], [3.0, 0.25, -0.75]])
MAPS = ["neg", "sigmoid", "relu", "exp", "id", "inv"]
ZIPS = [
    "add",
    "mul",
    "lt",
    "eq",
    "max",
    "is_close",
    "relu_back",
    "log_back",
    "inv_back",
]


def bend(x):
    return x * x if x > 0 else -x


def hypotenuse(x, y):
    return (x * x + y * y) ** 0.5


@pytest.mark.parametrize("fn", [*[getattr(operators, n) for n in MAPS], bend])
def test_map(backend, fn):
    x = tensor(SAMPLES.tolist(), backend=backend)
    expected = np.vectorize(fn)(SAMPLES)
    out = backend.ops.map(fn)(x)
    assert np.allclose(out.to_numpy(), expected, rtol=1e-12)
    wide = minitorch.zeros((4, 2, 3), backend=backend)
    assert backend.ops.map(fn)(x, wide) is wide
    assert np.allclose(wide.to_numpy(), np.broadcast_to(expected, (4, 2, 3)))
    assert np.allclose(backend.ops.cmap(fn)(x, x.zeros()).to_numpy(), expected)


def test_map_log(backend):
    x = tensor([0.0, 3.0], backend=backend)
    out = backend.ops.map(operators.log)(x).to_numpy()
    assert np.allclose(out, np.vectorize(operators.log)([0.0, 3.0]), rtol=1e-12)


@pytest.mark.parametrize("fn", [*[getattr(operators, n) for n in ZIPS], hypotenuse])
def test_zip(backend, fn):
    x = tensor(SAMPLES.tolist(), backend=backend)
    for other in (SAMPLES[::-1], SAMPLES[:1], SAMPLES[:, :1], SAMPLES[0] + 0.005):
        y = tensor(other.tolist(), backend=backend)
        expected = np.vectorize(fn, otypes=[float])(SAMPLES, other)
        out = backend.ops.zip(fn)(x, y)
        assert out.shape == expected.shape
        assert np.allclose(out.to_numpy(), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("fn", "start"),
    [
        (operators.add, 0.0),
        (operators.add, 2.0),
        (operators.mul, 1.0),
        (operators.max, -1e9),
        (operators.max, 1.0),
        (lambda total, x: total - 2 * x, 3.0),
    ],
)
def test_reduce(backend, fn, start):
    x = tensor(SAMPLES.tolist(), backend=backend)
    for dim in (0, 1):
        fold = operators.reduce(fn, start)
        expected = np.apply_along_axis(fold, dim, SAMPLES)
        out = backend.ops.reduce(fn, start)(x, dim)
        assert out.shape == tuple(1 if d == dim else n for d, n in enumerate(x.shape))
        assert np.allclose(out.to_numpy().reshape(-1), expected)


def test_functions_that_numba_has_compiled(backend):
    x = tensor(SAMPLES.tolist(), backend=backend)
    out = backend.ops.map(numba.njit(bend))(x).to_numpy()
    assert np.allclose(out, np.vectorize(bend)(SAMPLES))
    out = backend.ops.zip(numba.njit(operators.add))(x, x).to_numpy()
    assert np.allclose(out, 2 * SAMPLES)


def test_functions_of_the_backend(backend):
    x, y = (tensor(a.tolist(), backend=backend) for a in (SAMPLES, SAMPLES[::-1]))
    assert np.allclose(backend.mul_zip(x, y).to_numpy(), SAMPLES * SAMPLES[::-1])
    assert np.allclose(
        backend.add_reduce(x, 1).to_numpy(), SAMPLES.sum(1, keepdims=True)
    )
    assert backend.id_map(x) is not x
    product = backend.matrix_multiply(x, y.permute(1, 0)).to_numpy()
    assert np.allclose(product, SAMPLES @ SAMPLES[::-1].T)
    with pytest.raises(TypeError, match="TensorOps"):
        minitorch.TensorBackend("fast")


# Flat loops: the same in plain Python, compiled by numba, and on gradlab's loops.


def flat_loops(name, fn):
    plain = getattr(minitorch, f"tensor_{name}")
    yield plain(fn)
    yield numba.njit(plain(numba.njit(fn)))
    yield getattr(fast_ops, f"tensor_{name}")(fn)


def test_flat_map():
    for loop in flat_loops("map", bend):
        x, out = tensor(SAMPLES.tolist()).permute(1, 0), minitorch.zeros((4, 3, 2))
        loop(*out.tuple(), *x.tuple())
        assert np.allclose(out.to_numpy(), np.vectorize(bend)(SAMPLES.T))


def test_flat_zip():
    for loop in flat_loops("zip", hypotenuse):
        x, y = tensor(SAMPLES.tolist()), tensor([[3.0], [4.0]])
        out = minitorch.zeros((2, 3))
        loop(*out.tuple(), *x.tuple(), *y.tuple())
        assert np.allclose(out.to_numpy(), np.hypot(SAMPLES, [[3.0], [4.0]]))


def test_flat_reduce():
    for loop in flat_loops("reduce", operators.add):
        for dim in (0, 1):
            x = tensor(SAMPLES.T.tolist()).permute(1, 0)
            expected = SAMPLES.sum(dim, keepdims=True)
            out = minitorch.zeros(expected.shape)
            loop(*out.tuple(), *x.tuple(), dim)
            assert np.allclose(out.to_numpy(), expected)


class OwnOps(minitorch.TensorOps):
    """TensorOps as a course has them written, on the flat loops; counts its work."""

    calls = 0

    @staticmethod
    def map(fn):
        loop = minitorch.tensor_map(fn)

        def mapped(a, out=None):
            OwnOps.calls += 1
            out = a.zeros(a.shape) if out is None else out
            loop(*out.tuple(), *a.tuple())
            return out

        return mapped

    cmap = map

    @staticmethod
    def zip(fn):
        loop = minitorch.tensor_zip(fn)

        def zipped(a, b):
            OwnOps.calls += 1
            out = a.zeros(minitorch.shape_broadcast(a.shape, b.shape))
            loop(*out.tuple(), *a.tuple(), *b.tuple())
            return out

        return zipped

    @staticmethod
    def reduce(fn, start=0.0):
        loop = minitorch.tensor_reduce(fn)

        def reduced(a, dim):
            OwnOps.calls += 1
            out = a.zeros(tuple(1 if d == dim else n for d, n in enumerate(a.shape)))
            out._tensor._storage[:] = start
            loop(*out.tuple(), *a.tuple(), dim)
            return out

        return reduced


def test_own_ops_do_all_the_work():
    random.seed(1)
    backend = minitorch.TensorBackend(OwnOps)
    x = minitorch.rand((2, 3), backend=backend)
    y = minitorch.rand((3,), backend=backend)
    minitorch.grad_check(
        lambda x, y: ((x * y).sigmoid().log() / (x + 1) - y.relu()).sum(0).exp(), x, y
    )
    assert OwnOps.calls > 20
    assert (x @ x.permute(1, 0)).backend is backend
