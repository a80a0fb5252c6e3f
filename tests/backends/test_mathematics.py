"""exp, tanh and sigmoid in compiled loops: a few ulp, and right at the edges."""

import numpy as np
import pytest

from gradlab.backends.numba import NumbaBackend
from gradlab.operators import SCALARS

KERNELS = NumbaBackend(always=True)
EXACT = {
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}
EDGES = {
    "float64": (709.78, 709.79, -708.5, -740.0, -745.1, -745.2, 1e300, 1e-310),
    "float32": (88.72, 88.73, -87.5, -100.0, -103.9, -104.0, 1e38, 1e-42),
}

BY_DTYPE = pytest.mark.parametrize("dtype", EDGES)
BY_NAME = pytest.mark.parametrize("name", EXACT)


@BY_DTYPE
@BY_NAME
def test_error_is_a_few_units_in_the_last_place(name, dtype):
    rng = np.random.default_rng(0)
    wide = 708 if dtype == "float64" else 87
    x = np.concatenate(
        [rng.uniform(-wide, wide, 20_000), rng.normal(size=20_000)]
        + [rng.normal(size=5_000) * 10.0**-k for k in range(1, 9)]
    ).astype(dtype)
    with np.errstate(all="ignore"):
        exact = EXACT[name](x.astype(np.longdouble))
    got = KERNELS.map(SCALARS[name], x)
    ulp = np.spacing(np.abs(exact.astype(dtype)))
    assert np.max(np.abs(got - exact) / ulp) < 3


@BY_DTYPE
@BY_NAME
def test_overflow_subnormal_and_nan(name, dtype):
    edges = (*EDGES[dtype], 0.0, -0.0, np.inf, -np.inf, np.nan)
    x = np.array([*edges, *(-e for e in edges)], dtype)
    with np.errstate(all="ignore"):
        exact = EXACT[name](x.astype(np.longdouble)).astype(dtype)
    got = KERNELS.map(SCALARS[name], x)
    tiny = float(np.finfo(dtype).smallest_subnormal)
    np.testing.assert_allclose(got, exact, rtol=1e-6, atol=tiny)
    np.testing.assert_array_equal(np.isinf(got), np.isinf(exact))
