"""A learner's own code beside what is right; work and time on the machine."""

from __future__ import annotations

from typing import Any

import gradlab.visualization as viz
from gradlab.tensors.function import Function
from gradlab.visualization.gallery.entry import Entry


class Mul(Function):
    """A product whose backward does not sum back over stretched dims."""

    @staticmethod
    def forward(ctx: Any, x: Any, y: Any) -> Any:
        """Return x * y."""
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        """Return both gradients in the shape of the result."""
        x, y = ctx.saved_values
        return d_out * y, d_out * x


RULES = {
    "forgot d_out": [[1, 1], [1, 1], [1, 1]],
    "forgot the local derivative": lambda d_out: d_out,
}
TIMES = {
    "plain loop": [2.1, 1.98, 2.51],
    "numpy": {"cold": 0.004, "warm": [0.0011, 0.0012, 0.0015]},
    "numba": {"cold": 0.9, "warm": [0.00055, 0.0006, 0.0007]},
}

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P24",
        "work_map",
        "which thread does which cell, tick by tick, and where two collide",
        lambda: viz.work_map((4,), 2),
        lambda: viz.work_map((3, 4), 3, over="input", dim=0),
        lambda: viz.work_map((100, 200), 8, over="input", dim=0),
    ),
    Entry(
        "P25",
        "timing_bars",
        "how long things take, warm and cold, with their spread",
        lambda: viz.timing_bars({"one": 0.002}),
        lambda: viz.timing_bars(TIMES),
        lambda: viz.timing_bars(
            {f"size {n}": [n**3 * 1e-9, n**3 * 2e-9] for n in range(1, 400, 19)}
        ),
    ),
    Entry(
        "P26",
        "diagnosis",
        "your numbers, the right ones, and the wrong rule that gives yours",
        lambda: viz.diagnosis(2, 6, {"forgot d_out": 2}, d_out=3),
        lambda: viz.diagnosis(
            [[1, 2], [3, 4], [5, 6]],
            [[10, 40], [30, 80], [50, 120]],
            RULES,
            d_out=[[1, 2], [3, 4], [5, 6]],
            name="da",
        ),
        lambda: viz.diagnosis(
            [[50 * i + j for j in range(50)] for i in range(40)], [[1] * 50] * 40
        ),
    ),
    Entry(
        "P26",
        "diagnosis_of",
        "your own Function, run forward and backward and held against the right one",
        lambda: viz.diagnosis_of(Mul, 3, 4),
        lambda: viz.diagnosis_of(Mul, [[1], [2], [3]], [10, 20]),
        lambda: viz.diagnosis_of(Mul, (30, 1), (30,)),
    ),
)
