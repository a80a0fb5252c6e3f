"""Run every kernel once, and hold its numbers against NumPy's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.backends.numba.backend import NumbaBackend
from gradlab.backends.numba.choice import may_run
from gradlab.backends.numba.kernels import (
    DTYPES,
    all_kernels,
    cache_dir,
    kernels,
    was_compiled,
)
from gradlab.backends.numpy import NumpyBackend
from gradlab.operators import SCALARS, ScalarOp


@dataclass(frozen=True)
class KernelReport:
    """What happened when a kernel was loaded.

    Parameters
    ----------
    name : such as "add_zip"
    dtype : "float64" or "float32"
    compiled : True if Numba compiled it, False if it came from the cache
    seconds : time until it could be called
    """

    name: str
    dtype: str
    compiled: bool
    seconds: float


def warm_up(dtypes: tuple[str, ...] = DTYPES) -> Iterator[KernelReport]:
    """Run every kernel that gradlab ever calls once and report on each.

    Raises
    ------
    RuntimeError
        If a kernel's numbers are not those of NumPy.
    """
    mul, add = SCALARS["mul"], SCALARS["add"]
    zipped = [(add, "zip_reduce", mul), (add, "zip_columns", mul)]
    every = [(op, kind, None) for op, kind in all_kernels() if may_run(op, kind)]
    for op, kind, zip_op in [*every, *zipped]:
        for dtype in dtypes:
            start = time.perf_counter()
            module = kernels(op, kind, np.dtype(dtype).char, zip_op)
            _try_out(op, kind, dtype)
            seconds = time.perf_counter() - start
            name = f"{op.name}_{kind}"
            yield KernelReport(name, dtype, was_compiled(module), seconds)


def _try_out(op: ScalarOp, kind: str, dtype: str) -> None:
    """Run the loops of one kernel on a few numbers and compare with NumPy."""
    grid = np.linspace(*op.domain, 6, dtype=dtype).reshape(2, 3)
    for method, *arguments in _calls(op, kind, grid):
        got = getattr(NumbaBackend(always=True), method)(*arguments)
        expected = getattr(NumpyBackend(), method)(*arguments)
        if not np.allclose(got, expected, rtol=1e-5, equal_nan=True):
            raise RuntimeError(
                f"The kernel {op.name}_{kind} on {dtype} gives {got.tolist()} where "
                f"NumPy gives {expected.tolist()}. Delete {cache_dir()} and try again."
            )


def _calls(op: ScalarOp, kind: str, grid: Array) -> list[tuple[Any, ...]]:
    """Return calls that between them run every branch of a kernel's loops."""
    plain = np.ascontiguousarray(grid.T)
    mul, sides = SCALARS["mul"], (grid, grid[:, :1], grid[0])
    calls: dict[str, list[tuple[Any, ...]]] = {
        "map": [("map", op, grid)],
        "zip": [("zip", op, grid, side) for side in sides],
        "strided": [("zip", op, grid.T, side) for side in (plain, plain[0])]
        + [("zip", op, plain, grid.T)],
        "reduce": [("reduce", op, grid, dims) for dims in ((1,), (0, 1))],
        "columns": [("reduce", op, grid, (0,))],
        "zip_reduce": [("zip_reduce", mul, op, grid, side, (1,)) for side in sides],
        "zip_columns": [("zip_reduce", mul, op, grid, side, (0,)) for side in sides],
    }
    return calls[kind]
