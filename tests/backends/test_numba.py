"""Compiled kernels: found again by the next process, safe to fork and to thread."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from gradlab import SCALARS, kernel_source
from gradlab.backends.numba import NumbaBackend
from gradlab.backends.numba.layout import as_line, fold, has_plain_rows

ADD = SCALARS["add"]
KERNELS = NumbaBackend(kernel_from=0, prefer_numpy=frozenset())

COUNT = """
from gradlab import SCALARS
from gradlab.backends.numba import kernels
module = kernels.kernels(SCALARS["mul"], "zip", "float64")
print(kernels._was_compiled(module), len(list(kernels.cache_dir().iterdir())))
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
    assert "NumPy answers these calls" in text
    assert "return d * sigmoid_d(x)" in text
    compile(text, "kernel", "exec")
    with pytest.raises(ValueError, match="There is no kernel 'cube_map'"):
        kernel_source("cube_map")


def test_small_calls_do_not_import_numba(tmp_path):
    code = "import sys, gradlab as g; g.tensor([1]) + 1; print('numba' in sys.modules)"
    assert run(code, tmp_path).strip() == "False"


def test_fold_merges_dims_and_keeps_the_order_of_cells():
    x = np.arange(24.0).reshape(2, 3, 4)
    for array in (x, x.transpose(1, 2, 0), x[:, ::-1], x[..., :1], x[0, 0, 0]):
        (grid,) = fold(array)
        assert grid.ndim == 2
        assert grid.ravel().tolist() == array.ravel().tolist()


def test_line_below_a_broadcast_row():
    (grid,) = fold(np.broadcast_to(np.arange(3.0), (2, 3)))
    assert has_plain_rows(grid)
    line, row, col = as_line(grid)
    assert (line.tolist(), row, col) == ([0.0, 1.0, 2.0], 0, 1)


def test_float32_sum_is_added_in_float64():
    x = np.full(10_000_000, 0.1, np.float32)
    total = KERNELS.reduce(ADD, x, (0,))
    assert total.dtype == np.float32
    assert total[0] == pytest.approx(0.1 * 1e7, rel=1e-6)


def add_100_times(_=None) -> bool:
    x = np.arange(10_000.0)
    return all((KERNELS.zip(ADD, x, x) == 2 * x).all() for _ in range(100))


def test_three_threads():
    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(add_100_times, range(3)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_fork_after_use(tmp_path):
    code = (
        "import os\nfrom tests.backends.test_numba import add_100_times as f\n"
        "f()\npid = os.fork()\n"
        "if pid == 0: os._exit(0 if f() else 3)\n"
        "print(os.waitpid(pid, 0)[1])"
    )
    assert run(code, tmp_path).strip() == "0"
