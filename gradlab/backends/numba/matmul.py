"""A matrix product as a lesson writes it, fast enough to compare with BLAS.

gradlab multiplies by BLAS. This one shows why that is hard to reach.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.backends.numba.kernels import load

MATMUL = '''"""matmul on float64: a loop to read; BLAS answers all calls of matmul.

Three plain loops over i, j and k read a column of y for every cell: most of the time
goes into waiting for memory. Two changes make this one ten times as fast:

- The loop over j is the inner one, so rows of y and out are read side by side.
- Four rows of out and four of y at a time, in tiles that stay in the cache: each
  number that was fetched is used several times.
"""

from numba import njit, types

GRID = types.Array(types.float64, 2, "C", readonly=True)
GRID_OUT = types.Array(types.float64, 2, "C")
TILE_K = 64
TILE_J = 256


@njit((GRID, GRID, GRID_OUT), cache=True, nogil=True, error_model="numpy")
def matmul(x, y, out):
    """Write the product of an (n, m) and an (m, p) matrix into an (n, p) one."""
    out[:] = 0.0
    for first_k in range(0, x.shape[1], TILE_K):
        last_k = min(first_k + TILE_K, x.shape[1])
        for first_j in range(0, y.shape[1], TILE_J):
            columns = slice(first_j, min(first_j + TILE_J, y.shape[1]))
            for i in range(x.shape[0]):
                total = out[i, columns]
                for k in range(first_k, last_k - 3, 4):
                    a, b, c, d = x[i, k], x[i, k + 1], x[i, k + 2], x[i, k + 3]
                    y0, y1 = y[k, columns], y[k + 1, columns]
                    y2, y3 = y[k + 2, columns], y[k + 3, columns]
                    for j in range(len(total)):
                        total[j] += a * y0[j] + b * y1[j] + c * y2[j] + d * y3[j]
                for k in range(last_k - (last_k - first_k) % 4, last_k):
                    a, y0 = x[i, k], y[k, columns]
                    for j in range(len(total)):
                        total[j] += a * y0[j]
'''


def tiled_matmul(x: Array, y: Array) -> Array:
    """Return the product of two float64 matrices by the loop to read.

    Raises
    ------
    ValueError
        If these are not two matrices that fit.

    Examples
    --------
    >>> tiled_matmul(np.ones((2, 3)), np.ones((3, 1)))
    array([[3.],
           [3.]])
    """
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[0]:
        raise ValueError(
            f"matmul needs shapes (n, m) and (m, p); got {x.shape}, {y.shape}."
        )
    a, b = (np.ascontiguousarray(m, dtype=np.float64) for m in (x, y))
    out = np.empty((x.shape[0], y.shape[1]))
    _loops().matmul(a, b, out)
    return out


@functools.cache
def _loops() -> Any:
    return load("matmul_float64", MATMUL)
