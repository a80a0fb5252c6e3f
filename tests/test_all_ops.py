"""Every op on every backend: values, gradients at every index, strides, dtypes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlab import OPS, gradcheck, tensor
from gradlab.backends import NAMES, get_backend
from gradlab.backends.numba import NumbaBackend
from gradlab.operators import SCALARS

# The numba backend hands small arrays to NumPy; this one never does.
BACKENDS = {name: get_backend(name) for name in NAMES} | {
    "kernels": NumbaBackend(always=True)
}
EVERY_OP = pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
WITH_GRADIENT = pytest.mark.parametrize(
    "op", [op for op in OPS if op.differentiable], ids=lambda op: op.name
)
WITHOUT_GRADIENT = pytest.mark.parametrize(
    "op", [op for op in OPS if not op.differentiable], ids=lambda op: op.name
)
EVERY_BACKEND = pytest.mark.parametrize("backend", BACKENDS.values(), ids=BACKENDS)


def samples(op, seed=0):
    return op.samples(np.random.default_rng(seed))


def permuted(array):
    """Return equal cells with the dims in the opposite order in storage."""
    return np.asarray(array, order="F")


def leaf(array, backend, **options):
    """Return a tensor on exactly this array, strides and all."""
    made = tensor(0.0, backend=backend, **options)
    made._array = array
    return made


def assert_close(got, expected, dtype=np.float64):
    assert got.shape == np.shape(expected)
    assert got.dtype == dtype
    rtol = 1e-12 if dtype == np.float64 else 1e-5
    np.testing.assert_allclose(got.to_numpy(), expected, rtol=rtol, atol=rtol)


@EVERY_OP
@EVERY_BACKEND
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_values_equal_numpy(op, backend, dtype):
    for args in samples(op):
        args = [a.astype(dtype) for a in args]
        for arrays in (args, [permuted(a) for a in args]):
            out = op.call(*(leaf(a, backend, dtype=dtype) for a in arrays))
            assert_close(out, op.numpy(*args), dtype)


@WITH_GRADIENT
@EVERY_BACKEND
def test_gradients_at_every_index(op, backend):
    for args in samples(op, seed=1):
        for arrays in (args, [permuted(a) for a in args]):
            inputs = [leaf(a, backend, requires_grad=True) for a in arrays]
            assert gradcheck(op.call, *inputs)


@WITH_GRADIENT
def test_gradient_has_the_shape_and_dtype_of_its_input(op):
    for args in samples(op):
        inputs = [tensor(a, requires_grad=True, dtype="float32") for a in args]
        out = op.call(*inputs)
        out.backward(np.ones(out.shape))
        given = [(x.grad, a) for x, a in zip(inputs, args) if x.grad is not None]
        assert [grad.shape for grad, _ in given] == [a.shape for _, a in given]
        assert {grad.dtype for grad, _ in given} == {np.dtype("float32")}


@WITHOUT_GRADIENT
def test_result_without_gradient_is_a_constant(op):
    for args in samples(op):
        out = op.call(*(tensor(a, requires_grad=True) for a in args))
        assert out.is_constant


def test_gradcheck_rejects_a_backward_that_forgets_d_out():
    from gradlab import Function

    class Square(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, d_out):
            (x,) = ctx.saved_values
            return x * 2  # with d_out of ones this would pass

    with pytest.raises(ValueError, match=r"input 1 is wrong at index \(0,\)"):
        gradcheck(Square.apply, tensor([1.0, 2.0], requires_grad=True))


# ---------------------------------- generated cases ----------------------------------


@st.composite
def broadcastable(draw):
    """Draw two shapes that broadcast, of any ranks, with sizes 0 and 1 among them."""
    full = draw(st.lists(st.integers(0, 4), max_size=4))
    shapes = []
    for _ in range(2):
        start = draw(st.integers(0, len(full)))
        shapes.append([draw(st.sampled_from([1, n])) for n in full[start:]])
    return [tuple(s) for s in shapes]


@settings(max_examples=60, deadline=None)
@given(broadcastable(), st.sampled_from(list(SCALARS)), st.data())
def test_kernels_agree_on_generated_shapes_and_strides(shapes, name, data):
    op = SCALARS[name]
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    arrays = []
    for shape in shapes[: 1 if op.kind == "map" else 2]:
        order = data.draw(st.permutations(range(len(shape))))
        flip = data.draw(st.sampled_from([1, -1]))
        stored = rng.uniform(*op.domain, [shape[d] for d in np.argsort(order)])
        arrays.append(stored.transpose(order)[(slice(None, None, flip),) * len(shape)])
    loops = [getattr(b, op.kind)(op, *arrays) for b in BACKENDS.values()]
    for out in loops[1:]:
        assert out.flags.c_contiguous
        np.testing.assert_allclose(out, loops[0], rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_reductions_agree_on_generated_shapes(shape, data):
    dims = data.draw(st.sets(st.integers(0, len(shape) - 1), min_size=1))
    order = data.draw(st.permutations(range(len(shape))))
    stored = np.random.default_rng(0).normal(size=[shape[d] for d in np.argsort(order)])
    x = stored.transpose(order)
    for name in ("add", "mul", "maximum", "minimum"):
        loops = [b.reduce(SCALARS[name], x, tuple(dims)) for b in BACKENDS.values()]
        for out in loops[1:]:
            np.testing.assert_allclose(out, loops[0], rtol=1e-12, atol=1e-12)


# ------------------------------------ IEEE answers ------------------------------------

EDGES = np.array([0.0, -1.0, 1000.0, -1000.0, np.nan, np.inf, -np.inf])


@pytest.mark.parametrize("name", SCALARS)
def test_edges_follow_ieee_on_every_backend(name):
    op = SCALARS[name]
    arrays = [EDGES] if op.kind == "map" else [EDGES, EDGES[::-1, None]]
    loops = [getattr(b, op.kind)(op, *arrays) for b in BACKENDS.values()]
    for out in loops[1:]:
        np.testing.assert_allclose(out, loops[0], rtol=1e-12)


@WITH_GRADIENT
def test_no_gradient_shares_its_cells(op):
    """Writing into one `.grad` must change neither another nor any value."""
    for arrays in op.samples(np.random.default_rng(5)):
        leaves = [tensor(a, requires_grad=True) for a in arrays]
        out = op.call(*leaves)
        d_out = tensor(np.ones(out.shape))
        out.backward(d_out)
        cells = [x.grad._array for x in leaves if x.grad is not None]
        held = [d_out._array, out._array, *(x._array for x in leaves)]
        for k, own in enumerate(cells):
            others = [*held, *cells[:k]]
            assert not any(np.shares_memory(own, other) for other in others)
