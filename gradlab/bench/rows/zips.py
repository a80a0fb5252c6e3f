"""Two tensors cell by cell: of one shape, broadcast, and one of them transposed."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from typing import Any

from gradlab.bench.row import Row
from gradlab.bench.sides import arrays, beside, in_words

SAME = {"numpy": 1.0, "torch": 1.1}
BROADCAST = {"numpy": 1.0, "torch": 1.25}


def _same(n: int, dtype: str = "float64", run: Any = operator.add) -> list[Row]:
    end = "" if dtype == "float64" else ".f32"
    return beside(
        f"zip.{run.__name__}.{in_words(n)}{end}",
        f"x {'+' if run is operator.add else '*'} y, {n:,} cells each, {dtype}",
        SAME,
        lambda: arrays((n,), (n,), dtype=dtype),
        run,
        long=n >= 10**7,
    )


def _broadcast(n: int, which: str, dtype: str = "float64") -> list[Row]:
    side = math.isqrt(n)
    small = (side,) if which == "row" else (side, 1)
    end = "" if dtype == "float64" else ".f32"
    return beside(
        f"zip.{which}.{in_words(n)}{end}",
        f"({side}, {side}) + {small}, {dtype}",
        BROADCAST,
        lambda: arrays((side, side), small, dtype=dtype),
        operator.add,
        long=n >= 10**7,
    )


def _transposed(n: int, goals: Mapping[str, float], dtype: str) -> list[Row]:
    side = math.isqrt(n)
    end = "" if dtype == "float64" else ".f32"
    return beside(
        f"zip.transposed.{in_words(n)}{end}",
        f"x.T + y, both ({side}, {side}), {dtype}",
        goals,
        lambda: arrays((side, side), (side, side), dtype=dtype),
        operator.add,
        views=lambda x, y: (x.T, y),
        long=n >= 10**7,
    )


ZIPS: tuple[Row, ...] = (
    *_same(10**5),
    *_same(10**5, "float32"),
    *_same(10**5, run=operator.mul),
    *_same(10**6),
    *_same(10**7),
    *_broadcast(10**5, "row"),
    *_broadcast(10**5, "row", "float32"),
    *_broadcast(10**5, "column"),
    *_broadcast(10**5, "column", "float32"),
    *_broadcast(10**7, "row"),
    *_broadcast(10**7, "column"),
    *_transposed(10**5, {"numpy": 1.0}, "float64"),
    *_transposed(10**5, {"numpy": 1.0}, "float32"),
    *_transposed(10**7, {"numpy": 0.6}, "float64"),
    *_transposed(10**7, {"numpy": 0.6}, "float32"),
)
