"""Matrix products: by BLAS, and by the loop that a lesson reads."""

from __future__ import annotations

import functools
import importlib
import operator

from gradlab.bench.row import Row, Sides
from gradlab.bench.sides import arrays, beside


def _blas(n: int, dtype: str = "float64") -> list[Row]:
    end = "" if dtype == "float64" else ".f32"
    return beside(
        f"matmul.{n}{end}",
        f"x @ y, both ({n}, {n}), {dtype}",
        {"numpy": 1.05},
        lambda: arrays((n, n), (n, n), dtype=dtype),
        operator.matmul,
    )


def _tiled(n: int) -> Sides:
    kernel = importlib.import_module("gradlab.backends.numba.matmul").tiled_matmul
    x, y = arrays((n, n), (n, n))
    return lambda: kernel(x, y), lambda: x @ y


MATMUL: tuple[Row, ...] = (
    *(row for n in (64, 128, 256, 512) for row in _blas(n)),
    *_blas(256, "float32"),
    *(
        Row(
            f"matmul.tiled.{n}.numpy",
            f"kernel: the tiled loop that lessons read, ({n}, {n}), float64",
            5.0,
            sides=functools.partial(_tiled, n),
            reference="numpy",
        )
        for n in (256, 512)
    ),
)
