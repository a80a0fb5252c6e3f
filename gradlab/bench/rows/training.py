"""Whole training steps: a digits-sized network, and an epoch of the split data set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.bench.networks import mlp, split
from gradlab.bench.row import Row, Sides

Train = Callable[..., Callable[[], Any]]


def _mlp_sides(library: str, dtype: str) -> Sides:
    return mlp.step("gradlab", dtype), mlp.step(library, dtype)


def _mlp_row(library: str, dtype: str, goal: float) -> Row:
    return Row(
        f"train.mlp.{'f32' if dtype == 'float32' else 'f64'}.{library}",
        f"one SGD step of 784-128-10 on a batch of 64, {dtype}",
        goal,
        sides=lambda: _mlp_sides(library, dtype),
        reference=library,
        needs=(library,),
    )


def _split_row(library: str, hidden: int, goal: float) -> Row:
    return Row(
        f"train.split.{hidden}.{library}",
        f"one epoch of 2-{hidden}-{hidden}-1 on 50 points in batches of 10",
        goal,
        sides=lambda: (split.epoch("gradlab", hidden), split.epoch(library, hidden)),
        reference=library,
        needs=(library,),
    )


TRAINING: tuple[Row, ...] = (
    _mlp_row("torch", "float32", 0.8),
    _mlp_row("torch", "float64", 1.0),
    _mlp_row("numpy", "float32", 1.2),
    _mlp_row("numpy", "float64", 1.2),
    _split_row("torch", 10, 0.4),
    _split_row("torch", 100, 0.4),
    _split_row("minitorch", 10, 0.02),
)
