"""Memory, depth, forks and threads."""

from __future__ import annotations

import os
import tracemalloc
from typing import Any

from gradlab.bench.row import NotMeasured, Row
from gradlab.bench.rows.fresh import figures
from gradlab.bench.sides import gradlab

CELLS, OPS = 300_000, 50


def peak_tensors() -> float:
    """Return the most memory that 50 sigmoids and backward hold, in tensors.

    To a tenth: beside its cells a tensor takes a kilobyte or so.
    """
    _chain(CELLS)  # so that no kernel is loaded while memory is counted
    tracemalloc.start()
    try:
        _chain(CELLS)
        return round(tracemalloc.get_traced_memory()[1] / (8 * CELLS), 1)
    finally:
        tracemalloc.stop()


def _chain(cells: int) -> Any:
    x = gradlab.ones(cells, requires_grad=True)
    y = x
    for _ in range(OPS):
        y = y.sigmoid()
    y.sum().backward()
    return x.grad


def _ends_well(what: str) -> float:
    """Return 0 for a script that ended well; it raises otherwise."""
    if what == "fork" and not hasattr(os, "fork"):
        raise NotMeasured("this system cannot fork")
    figures("safety", what)
    return 0.0


def _row(what: str, says: str) -> Row:
    return Row(
        f"safety.{what}", says, 0, measure=lambda: _ends_well(what), unit="failures"
    )


SAFETY: tuple[Row, ...] = (
    Row(
        "memory.chain",
        f"peak of {OPS} sigmoids on {CELLS:,} cells, forward and backward",
        OPS + 4,
        measure=peak_tensors,
        unit="tensors",
    ),
    _row("deep", "backward through 100,000 ops"),
    _row("fork", "a fork after use; the child runs ops"),
    _row("threads", "three threads run ops at once"),
)
