"""fuse: one loop in place of many ops, with the same numbers and the same gradients."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradlab
import gradlab.visualization as viz
from gradlab import fuse, gradcheck, plug, tensor
from gradlab.backends import NAMES
from gradlab.visualization.flow import flow_table


def maps(x):
    """Use every map, on positive numbers; operators and numbers on both sides."""
    a = x.exp() + x.log() - x.sqrt() * x.tanh()
    b = x.sigmoid() / x.inv() + (-x).abs() ** 1.5
    c = x.sin() * x.cos() + abs(x - 1.3) - (x - 0.7).relu() * x.sign()
    return 2.0**x + (1 - a) * 0.5 + np.float64(3) * b + 1 / (c + 4)


def zips(x, y):
    larger = x.maximum(y) * 2 - y.minimum(x)
    compared = (x < y) + (x >= y) * y + (x == y) - (x != 0.5) + x.is_close(y) * x
    return larger / (x**y) + compared * (x > 1) + (2.0 - x.pow(y) <= y) * y


def shifted(x, y):
    return (x - y) * (x * y + 0.5)


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).uniform(0.5, 2.0, shape)


def both(fn, *arrays, **options):
    """Return the results, with the gradients, of a function fused and unfused."""
    found = []
    for run in (fuse(fn), fn):
        inputs = [tensor(a, requires_grad=True, **options) for a in arrays]
        out = run(*inputs)
        d = np.random.default_rng(1).uniform(-1, 1, out.shape)
        out.backward(d.astype(out.dtype))
        found.append([out, *(x.grad for x in inputs)])
    return found


def assert_same(fused, unfused, rtol):
    for got, expected in zip(fused, unfused, strict=True):
        assert got.shape == expected.shape
        assert got.dtype == expected.dtype
        np.testing.assert_allclose(
            got.to_numpy(), expected.to_numpy(), rtol=rtol, atol=rtol
        )


# ------------------------------------ numbers ------------------------------------


@pytest.mark.parametrize(("dtype", "rtol"), [("float64", 1e-12), ("float32", 1e-5)])
@pytest.mark.parametrize(("fn", "inputs"), [(maps, 1), (zips, 2)])
def test_every_op_gives_the_same(fn, inputs, dtype, rtol):
    arrays = [numbers(5, 41, seed=k) for k in range(inputs)]
    assert_same(*both(fn, *arrays, dtype=dtype), rtol)


@pytest.mark.parametrize(("fn", "inputs"), [(maps, 1), (zips, 2)])
def test_gradients_are_those_of_central_differences(fn, inputs):
    arrays = [numbers(2, 5, seed=k) for k in range(inputs)]
    fused = fuse(fn)
    gradcheck(fused, *(tensor(a, requires_grad=True) for a in arrays))
    assert fused.runs == "as one compiled loop"


shapes = st.lists(st.integers(1, 4), max_size=3).flatmap(
    lambda whole: st.tuples(
        *[
            st.lists(st.booleans(), min_size=len(whole), max_size=len(whole)).map(
                lambda kept: [n if k else 1 for n, k in zip(whole, kept)]
            )
            for _ in range(2)
        ],
        st.integers(0, len(whole)),
        st.integers(0, 4),
    )
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(shapes)
def test_shapes_broadcast_and_fold_as_they_do_unfused(case):
    left, right, drop, closing = case
    ndim = len(left)
    closings = {1: lambda t: t.sum(), 2: lambda t: t.mean()}
    if ndim:
        closings[3] = lambda t: t.sum(0, keepdim=True)
        closings[4] = lambda t: t.mean(-1)
    close = closings.get(closing, lambda t: t)

    def fn(x, y):
        return close(shifted(x, y))

    x, y = numbers(*left), numbers(*right, seed=1)
    if all(n == 1 for n in right[:drop]) and len(left) >= len(right):
        y = y.reshape(right[drop:])
    assert_same(*both(fn, x, y), 1e-12)


def test_any_strides():
    x = numbers(4, 3, 5)
    views = [x, x.transpose(2, 1, 0).copy().transpose(2, 1, 0), x[::-1], x[:, ::2, 1:4]]
    fused = fuse(lambda x, y: (x * y).sum(1))
    for view in views:
        t = tensor(np.zeros(1))._like(view)
        row = tensor(numbers(1, view.shape[2]))
        expected = (view * row.to_numpy()).sum(1)
        np.testing.assert_allclose(fused(t, row).to_numpy(), expected, rtol=1e-12)
    stretched = tensor([[1.0], [2.0]], requires_grad=True).expand((2, 3))
    fuse(lambda x: x * x)(stretched).sum().backward()


def test_long_sums_stay_exact():
    n = 200_001
    x = tensor(np.full(n, 0.1), dtype="float32")
    w = tensor(np.ones(1), dtype="float32", requires_grad=True)
    total = fuse(lambda x, w: (x * w).sum())(x, w)
    total.backward()
    exact = float(np.float32(0.1)) * n
    assert total.item() == pytest.approx(exact, rel=1e-7)
    assert w.grad.item() == pytest.approx(exact, rel=1e-7)


def test_results_follow_ieee():
    odd = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 800.0, -800.0, 5e-324])

    def fn(x):
        return x.exp() + 1 / x + x.log() * x.tanh() - x.sigmoid() * float("inf")

    x = tensor(odd)
    np.testing.assert_array_equal(fuse(fn)(x).to_numpy(), fn(x).to_numpy())
    with_nan = fuse(lambda x: x * float("nan") + x.maximum(float("-inf")))(x)
    assert np.isnan(with_nan.to_numpy()).all()


# ------------------------------------- graph -------------------------------------


def test_the_graph_has_one_node():
    x = tensor([[1.0, 2.0]], requires_grad=True, name="x")
    y = tensor([[3.0], [4.0]], requires_grad=True)
    out = fuse(shifted)(x, y)
    assert out.history.fn.__name__ == "Fused"
    assert out.history.inputs == (x, y)
    twice = fuse(lambda x: x * x)(out).sum()
    twice.backward()
    picture = viz.computation_graph(twice)
    assert "Fused" in picture.svg()
    assert picture.alt()
    rows = list(flow_table(out).rows())
    local = {(r.input, r.in_index, r.out_index): r.local for r in rows}
    x0, y1 = 1.0, 4.0
    slope = (x0 * y1 + 0.5) + (x0 - y1) * y1  # of cell (1, 0) by x at (0, 0)
    assert local[0, (0, 0), (1, 0)] == pytest.approx(slope)
    assert local.get((0, (0, 0), (1, 1)), 0.0) == 0.0


def test_only_what_needs_a_gradient_gets_one():
    x = tensor([1.0, 2.0], requires_grad=True)
    y = tensor([3.0, 4.0])
    fused = fuse(shifted)
    fused(x, y).sum().backward()
    assert y.grad is None
    assert "y_grad" not in fused.source
    assert not fuse(lambda x: x > 1)(x).requires_grad
    gate = fuse(lambda x, y: (x > 1.5) * y)(x, y)
    assert gate.tolist() == [0.0, 4.0]
    assert not gate.requires_grad
    with gradlab.no_grad():
        assert fused(x, y).is_constant


def test_overwritten_inputs_are_noticed():
    x = tensor([1.0, 2.0], requires_grad=True)
    out = fuse(lambda x: x * x)(x)
    x.zero_()
    with pytest.raises(ValueError, match="Fused saved input 1"):
        out.sum().backward()


# --------------------------------- op by op instead ---------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_backend_gives_the_same(name):
    arrays = numbers(3, 4), numbers(4, seed=1)
    fused, unfused = both(shifted, *arrays, backend=name)
    assert_same(fused, unfused, 1e-12)
    made_by = fused[0].history.fn.__name__
    assert made_by == ("Fused" if name == "numba" else "Mul")


def test_plugged_in_pieces_run():
    calls = []

    def my_zip(fn, x, y, out):
        calls.append(out.shape)
        gradlab.zip_into(fn, x, y, out)

    fused = fuse(shifted)
    x = tensor([1.0, 2.0])
    with plug(zip=my_zip):
        assert fused(x, x).tolist() == [0.0, 0.0]
    assert calls
    assert "plugged in" in fused.runs


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ((tensor(np.zeros((0, 3))), 2.0), "no cells"),
        ((tensor(np.ones((2, 1, 3, 1))), tensor(np.ones((1, 2, 1, 3)))), "three loops"),
        ((3.0, 4.0), "called with float, float"),
    ],
)
def test_other_calls_run_op_by_op(args, why):
    fused = fuse(shifted)
    got, expected = fused(*args), shifted(*args)
    np.testing.assert_array_equal(np.asarray(got), np.asarray(expected))
    assert why in fused.runs
    assert "op by op" in repr(fused)


def test_wrong_calls_say_what_they_say_unfused():
    x = tensor([1.0, 2.0])
    fused = fuse(shifted)
    with pytest.raises(ValueError, match="broadcast"):
        fused(x, tensor([1.0, 2.0, 3.0]))
    with pytest.raises(TypeError, match="dtype"):
        fused(x, tensor([1.0, 2.0], dtype="float32"))
    with pytest.raises(TypeError, match="shifted"):
        fused(x)
    with pytest.raises(IndexError, match="dim=3"):
        fuse(lambda x: (x * x).sum(3))(x)


def test_numbers_arrays_and_names_as_arguments():
    x = tensor([1.0, 2.0])
    fused = fuse(shifted)
    assert fused(x, 2).tolist() == shifted(x, 2).tolist()
    assert fused(y=np.array([1.0, 3.0]), x=x).tolist() == [0.0, -6.5]
    assert fused.runs == "as one compiled loop"
    awkward = fuse(lambda out, t1, math, learning_rate: out * t1 - math / learning_rate)
    assert awkward(x, x, x, x).tolist() == [0.0, 3.0]
    assert fuse(lambda x, y: x * 2.0)(x, tensor([[1.0], [1.0]])).shape == (2,)
    assert fuse(lambda x, by=3.0: x * by + 1.0)(x).tolist() == [4.0, 7.0]


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *a: None if name == "numba" else found(name, *a)
from gradlab import fuse, tensor
f = fuse(lambda x: (x * x + 1.0).sum())
print(f(tensor([1.0, 2.0])).item(), f.runs)
"""


def test_without_numba():
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "7.0 op by op: the numpy backend has no fused loops\n"
