"""Compiled kernels: found again by the next process, safe to fork and to thread."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from gradlab import SCALARS, kernel_source
from gradlab.backends import get_backend
from gradlab.backends.numba import NumbaBackend
from gradlab.backends.numba.layout import layout, line, walk

ADD = SCALARS["add"]
KERNELS = NumbaBackend(always=True)

COUNT = """
from gradlab import SCALARS
from gradlab.backends.numba import kernels
module = kernels.kernels(SCALARS["mul"], "zip", "d")
print(kernels.was_compiled(module), len(list(kernels.cache_dir().iterdir())))
"""


def run(code: str, cache: Path) -> str:
    env = os.environ | {"GRADLAB_CACHE": str(cache)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout


def test_second_process_compiles_nothing_and_the_cache_does_not_grow(tmp_path):
    first, second, third = (run(COUNT, tmp_path).split() for _ in range(3))
    assert first[0] == "True"
    assert second == third == ["False", first[1]]


def test_cache_folder_that_cannot_be_written_gives_way(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert run(COUNT, blocked).startswith("True")


def test_kernel_source_is_the_loop_that_runs():
    text = kernel_source("sigmoid_back_zip")
    assert "It runs from 512 cells on" in text
    assert "NumPy answers these calls" in kernel_source("sin_map")
    assert "return d * sigmoid_d(x)" in text
    compile(text, "kernel", "exec")
    with pytest.raises(ValueError, match="There is no kernel 'cube_map'"):
        kernel_source("cube_map")


def test_small_calls_do_not_import_numba(tmp_path):
    code = "import sys, gradlab as g; g.tensor([1]) + 1; print('numba' in sys.modules)"
    assert run(code, tmp_path).strip() == "False"


def test_a_walk_goes_through_the_cells_in_order():
    x = np.arange(24.0).reshape(2, 3, 4)
    for array in (x, x.transpose(1, 2, 0), x[..., :1], x[0, 0, 0], x[:, ::2]):
        way = walk(layout(array))
        places = sum(
            np.multiply.outer(np.arange(n), step).reshape((-1,) + (1,) * (2 - d))
            for d, (n, step) in enumerate(zip(way.shape, way.steps[0]))
        )
        assert line(array)[places].ravel().tolist() == array.ravel().tolist()


def test_a_walk_keeps_folded_dims_apart():
    x = np.zeros((2, 3, 4))
    assert walk(layout(x), dims=(2,)).shape == (1, 6, 4)
    assert walk(layout(x), dims=(0, 1)).folded == (False, True, False)


def test_float32_sum_is_added_in_float64():
    x = np.full(10_000_000, 0.1, np.float32)
    total = KERNELS.reduce(ADD, x, (0,))
    assert total.dtype == np.float32
    assert total[0] == pytest.approx(0.1 * 1e7, rel=1e-6)


def work(_=None) -> bool:
    """Run compiled loops and NumPy's, and say whether all results are right."""
    x = np.linspace(-1.0, 1.0, 10_000).reshape(100, 100)
    good = []
    for _ in range(50):
        good.append((KERNELS.zip(ADD, x, x[0]) == x + x[0]).all())
        good.append(np.allclose(KERNELS.reduce(ADD, x, (0,)), x.sum(0)))
        good.append((get_backend("numba").zip(ADD, x[0], x[0]) == 2 * x[0]).all())
        good.append(np.allclose(KERNELS.map(SCALARS["tanh"], x), np.tanh(x)))
    return all(good)


def test_three_threads():
    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(work, range(3)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_fork_after_use(tmp_path):
    code = (
        "import os\nfrom tests.backends.test_numba import work\n"
        "work()\npid = os.fork()\n"
        "if pid == 0: os._exit(0 if work() else 3)\n"
        "print(os.waitpid(pid, 0)[1])"
    )
    assert run(code, tmp_path).strip() == "0"
