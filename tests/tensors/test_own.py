"""A learner's own map, zip and reduce: plain Python first, compiled when it pays."""

import math
import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from gradlab import Function, gradcheck, kernel_source, tensor, zeros
from gradlab.backends import NAMES
from gradlab.backends.numba import rising
from gradlab.tensors.own import tensor_map, tensor_reduce, tensor_zip

SHIFT = 2.0


def shifted(x):
    """Return something of x."""
    return x * x + SHIFT if x > 0.5 else math.exp(x)


def mixed(x, y):
    return 0.25 * x + 0.75 * y


def decayed(total, x):
    return 0.5 * total + x


@pytest.fixture
def early(monkeypatch, tmp_path):
    """Let functions rise after 1,000 cells, into a cache of their own."""
    monkeypatch.setattr(rising, "RISE_AT", 1_000)
    monkeypatch.setattr("gradlab.backends.numba.kernels.cache_dir", lambda: tmp_path)
    return tmp_path


def rng(*shape):
    return np.random.default_rng(0).random(shape)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_backend_gives_the_same(name, dtype):
    a, b = rng(3, 4), rng(4)
    x, y = (tensor(v, backend=name, dtype=dtype) for v in (a, b))
    zipped = tensor_zip(mixed)(x, y)
    assert zipped.dtype == dtype
    np.testing.assert_allclose(zipped.to_numpy(), mixed(a, b), rtol=1e-6)
    mapped = tensor_map(shifted)(x).to_numpy()
    expected = np.where(a > 0.5, a * a + SHIFT, np.exp(a))
    np.testing.assert_allclose(mapped, expected, rtol=1e-6)
    folded = tensor_reduce(decayed, 1.0)(x, 1)
    assert folded.shape == (3, 1)
    expected = 1 / 16 + a @ (0.5 ** np.arange(3, -1, -1.0))
    np.testing.assert_allclose(folded.to_numpy()[:, 0], expected, rtol=1e-6)


@pytest.mark.parametrize(
    "loop",
    [
        lambda: (tensor_map(shifted), rng(50, 40)),
        lambda: (tensor_zip(mixed), rng(50, 40), rng(40)),
        lambda: (tensor_zip(mixed), rng(50, 40), rng(40, 50).T),
        lambda: (tensor_reduce(decayed, 1.0), rng(40, 50).T),
    ],
)
def test_compiled_it_gives_the_same_bits_again(early, loop):
    fn, *arrays = loop()
    inputs = [tensor(a) for a in arrays]
    first = fn(*inputs).to_numpy()
    assert "Plain Python has run so far" in kernel_source(fn)
    second = fn(*inputs).to_numpy()
    assert kernel_source(fn).startswith("# This loop runs, compiled.")
    assert first.tobytes() == second.tobytes()
    assert len(list(early.glob("*.py"))) == 1


def test_a_number_from_outside_may_change(early):
    global SHIFT
    fn, x = tensor_map(shifted), tensor(np.ones(2_000))
    try:
        assert [fn(x).get((0,)) for _ in range(3)] == [3.0] * 3
        SHIFT = 5.0
        assert fn(x).get((0,)) == 6.0
    finally:
        SHIFT = 2.0


@pytest.mark.parametrize(
    ("fn", "why"),
    [
        (lambda x: seen.append(x) or x, "it uses seen"),
        (lambda x: [x][0], "it does more than compute: `[x][0]`"),
        (lambda x: np.sin(x), "it uses numpy"),
        (math.sin, "not a function written in Python"),
        (lambda x: x if x < 0.9999999 else math.inf, "inf or NaN"),
    ],
)
def test_what_cannot_be_compiled_stays_and_says_so_once(early, fn, why):
    loop, x = tensor_map(fn), tensor(np.append(rng(1_500), 1.0))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for _ in range(3):
            loop(x)
    (warning,) = said
    assert why in str(warning.message)
    assert why in kernel_source(loop)


seen: list[float] = []


def test_print_and_errors_work_as_ever(capsys):
    def picky(x):
        print("saw", x)
        if x > 1:
            raise KeyError("too big")
        return x

    with pytest.raises(KeyError, match="too big"):
        tensor_map(picky)(tensor([1.0, 2.0]))
    assert capsys.readouterr().out == "saw 1.0\nsaw 2.0\n"


def test_division_by_zero_is_infinite_on_every_backend():
    for name in NAMES:
        x = tensor([0.0, -1.0], backend=name)
        out = tensor_map(lambda v: 1.0 / v)(x)
        assert out.tolist() == [math.inf, -1.0]


def test_misuse_is_explained():
    with pytest.raises(TypeError, match="tensor_map needs a function; got 3"):
        tensor_map(3)
    with pytest.raises(TypeError, match=r"tensor_zip\(mixed\) takes two tensors"):
        tensor_zip(mixed)(zeros(2))
    with pytest.raises(TypeError, match="<lambda> returned None, a NoneType"):
        tensor_map(lambda x: None)(zeros(2))
    with pytest.raises(TypeError, match="float64 and float32"):
        tensor_zip(mixed)(zeros(2), zeros(2, dtype="float32"))


def test_inside_a_function_it_has_a_gradient():
    square = tensor_map(lambda x: x * x)

    class Square(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return square(x)

        @staticmethod
        def backward(ctx, d_out):
            (x,) = ctx.saved_values
            return x * d_out * 2

    x = tensor([1.0, -2.0], requires_grad=True)
    assert not square(x).requires_grad
    assert gradcheck(Square.apply, x)


SECOND = """
import sys, gradlab
from gradlab.tensors.own import tensor_map
from tests.tensors.test_own import shifted
from gradlab.backends.numba import kernels, rising
rising.RISE_AT = int(sys.argv[1])
fn, x = tensor_map(shifted), gradlab.rand(20_000, seed=0)
fn(x); fn(x)
first = gradlab.kernel_source(fn).splitlines()[0]
print(first, len(list(kernels.cache_dir().rglob("*"))))
"""


def test_a_second_process_finds_it_compiled(tmp_path):
    def run(rise_at):
        return subprocess.run(
            [sys.executable, "-c", SECOND, str(rise_at)],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"GRADLAB_CACHE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout

    assert "compiled" not in run(10**9)
    first = run(10_000)
    assert first.startswith("# This loop runs, compiled.")
    assert run(10**9) == first
