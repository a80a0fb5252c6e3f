"""exp, tanh and sigmoid of every cell."""

from __future__ import annotations

import numpy as np

from gradlab.bench.row import Row
from gradlab.bench.sides import Run, arrays, beside, in_words

_NUMPY: dict[str, Run] = {
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}


def _map(
    name: str, n: int, goals: dict[str, float], dtype: str = "float64"
) -> list[Row]:
    end = "" if dtype == "float64" else ".f32"
    return beside(
        f"map.{name}.{in_words(n)}{end}",
        f"x.{name}(), {n:,} cells, {dtype}",
        goals,
        lambda: arrays((n,), dtype=dtype),
        lambda x: getattr(x, name)(),
        numpy=_NUMPY[name],
    )


MAPS: tuple[Row, ...] = (
    *_map("exp", 10**5, {"numpy": 1.1}),
    *_map("exp", 10**5, {"numpy": 1.1}, "float32"),
    *_map("tanh", 10**5, {"numpy": 1.1}),
    *_map("tanh", 10**5, {"numpy": 1.1}, "float32"),
    *_map("sigmoid", 10**3, {"numpy": 0.8}),
    *_map("sigmoid", 10**5, {"numpy": 0.8, "torch": 1.15}),
    *_map("sigmoid", 10**5, {"numpy": 0.8}, "float32"),
    *_map("sigmoid", 10**6, {"numpy": 0.8, "torch": 1.15}),
)
