"""Sums over rows, columns and everything; how fast, and how far off."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from gradlab.bench.row import Row
from gradlab.bench.sides import arrays, beside, gradlab, in_words

DIMS: dict[str, Any] = {"last": -1, "first": 0, "all": None}


def _sum(n: int, which: str, dtype: str = "float64") -> list[Row]:
    side = math.isqrt(n)
    dim = DIMS[which]
    end = "" if dtype == "float64" else ".f32"
    goals = {"numpy": 1.1 if n >= 10**7 else 0.6}
    if n >= 10**5:
        goals["torch"] = 1.2
    return beside(
        f"sum.{which}.{in_words(n)}{end}",
        f"x.sum({'' if dim is None else dim}) of ({side}, {side}), {dtype}",
        goals,
        lambda: arrays((side, side), dtype=dtype),
        lambda x: x.sum(dim),
        long=n >= 10**7,
    )


def _error(n: int, dtype: str) -> float:
    """Return how far sums are from the truth on average, ours / NumPy's."""
    rng = np.random.default_rng(0)
    ours = theirs = 0.0
    for _ in range(_draws(n)):
        x = rng.uniform(0.0, 1.0, n).astype(dtype)
        truth = math.fsum(x.tolist())
        ours += abs(gradlab.tensor(x, dtype=dtype).sum().item() - truth)
        theirs += abs(float(np.sum(x)) - truth)
    return ours / theirs if theirs else (0.0 if not ours else math.inf)


def _draws(n: int) -> int:
    return 20 if n > 10**4 else 500


def _error_row(n: int, dtype: str) -> Row:
    end = "" if dtype == "float64" else ".f32"
    return Row(
        f"sum.error.{in_words(n)}{end}",
        f"mean error of {_draws(n)} sums of {n:,} cells, {dtype}, against math.fsum",
        1.0,
        measure=functools.partial(_error, n, dtype),
        reference="numpy",
    )


SUMS: tuple[Row, ...] = (
    *(
        row
        for n in (10**3, 10**4, 10**5, 10**7)
        for dim in DIMS
        for row in _sum(n, dim)
    ),
    *(row for dim in DIMS for row in _sum(10**5, dim, "float32")),
    _error_row(10**3, "float64"),
    _error_row(10**5, "float64"),
    _error_row(10**5, "float32"),
)
