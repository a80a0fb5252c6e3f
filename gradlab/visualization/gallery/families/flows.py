"""Map, zip, reduce and what follows from them, cell by cell, forward and backward."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab.visualization.gallery.entry import Entry

COLUMN, ROW, D = [[1], [2], [3]], [10, 20], [[1, 2], [3, 4], [5, 6]]

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P12",
        "zip_flow",
        "which two cells each output cell reads, and what comes back to both",
        lambda: viz.zip_flow("mul", [3], [4], [1]),
        lambda: viz.zip_flow("mul", COLUMN, ROW, D),
        lambda: viz.zip_flow("*", (30, 1), (30,), [[1] * 30] * 30),
    ),
)
