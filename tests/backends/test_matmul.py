"""Matrix products: BLAS, plain loops, and the tiled loop to read."""

import numpy as np
import pytest

from gradlab import kernel_source
from gradlab.backends import NAMES, get_backend
from gradlab.backends.numba.matmul import tiled_matmul

SHAPES = [
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3, 4)),
    ((5, 1, 2, 3), (6, 3, 1)),
    ((0, 2, 3), (3, 4)),
    ((2, 0), (0, 4)),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("left", "right"), SHAPES)
def test_every_backend_multiplies(name, left, right, dtype):
    rng = np.random.default_rng(0)
    x, y = (rng.normal(size=shape).astype(dtype) for shape in (left, right))
    got = get_backend(name).matmul(x, y)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, x @ y, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("n", [1, 3, 66, 300])
def test_tiled_loop(n):
    rng = np.random.default_rng(n)
    x, y = rng.random((n + 1, n)), rng.random((n + 2, n)).T
    np.testing.assert_allclose(tiled_matmul(x, y), x @ y, rtol=1e-12)
    with pytest.raises(ValueError, match=r"\(n, m\) and \(m, p\)"):
        tiled_matmul(x, x)


def test_its_source_can_be_read():
    assert "for first_k in range" in kernel_source("matmul")
