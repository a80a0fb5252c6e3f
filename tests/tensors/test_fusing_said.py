"""What fuse says: which functions it cannot fuse, and the text of the loops it made."""

import os
import subprocess
import sys

import pytest

from gradlab import fuse, tensor, where


def shifted(x, y):
    return (x - y) * (x * y + 0.5)


# ------------------------------------- errors -------------------------------------

OUTSIDE = tensor([1.0, 2.0])


@pytest.mark.parametrize(
    ("fn", "said"),
    [
        (lambda x: x @ x, "it uses @"),
        (lambda x: x.softmax(0), r"it uses \.softmax"),
        (lambda x: x.neg(), r"it uses \.neg"),
        (lambda x: x * 2 if x > 0 else x, "number in a cell"),
        (lambda x: x[0] * 2, "takes a tensor apart"),
        (lambda x: x - x.mean(), "sub comes after mean, which has to be the last"),
        (lambda x: x * OUTSIDE, r"of shape \(2,\) from outside"),
        (lambda x: OUTSIDE * x, r"of shape \(2,\) from outside"),
        (lambda x: x + "1", "gets a str"),
        (lambda x: where(x, x, 0.0), "without numbers, and it raised"),
        (lambda x: 3.0, r"returned 3\.0"),
        (lambda x: (x, x), "returned"),
        (lambda *xs: xs[0], "named arguments"),
        (lambda: 1.0, "takes none"),
        (3, "needs a function; got 3"),
    ],
)
def test_what_cannot_be_fused(fn, said):
    with pytest.raises(TypeError, match=said):
        fuse(fn)


def test_the_error_names_what_can_be_fused():
    with pytest.raises(TypeError, match=r"sigmoid, relu.*one sum or mean"):
        fuse(lambda x: x.prod())


# ------------------------------------- text -------------------------------------


def test_the_source_is_the_loop_that_ran():
    fused = fuse(shifted)
    assert repr(fused) == "<fuse(shifted): 4 ops; not run yet>"
    assert "t1 = x - y" in fused.source
    assert "NUMBER = np.float64" in fused.source
    fused(tensor([1.0, 2.0], dtype="float32"), 0.5)
    assert "NUMBER(0.5)" in fused.source
    assert "cell(x_row[j], y_cell)" in fused.source
    assert repr(fused) == "<fuse(shifted): 4 ops; ran as one compiled loop>"


IN_A_NEW_PROCESS = """
from gradlab import fuse, tensor
from gradlab.backends.numba.kernels import was_compiled
import sys
f = fuse(lambda x: (x * x - 3.25).sum())
x = tensor([1.0, 2.0], requires_grad=True)
f(x).backward()
made = [m for n, m in sys.modules.items() if n.startswith("gradlab_kernels.fused")]
print(len(made), any(map(was_compiled, made)), x.grad.tolist())
"""


def test_the_next_process_finds_the_loops_compiled(tmp_path):
    said = [
        subprocess.run(
            [sys.executable, "-c", IN_A_NEW_PROCESS],
            env={**os.environ, "GRADLAB_CACHE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert said == ["2 True [2.0, 4.0]\n", "2 False [2.0, 4.0]\n"]
    assert len(list((tmp_path / "kernels").glob("*.py"))) == 2
