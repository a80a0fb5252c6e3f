"""Map, zip, reduce and what follows from them, cell by cell, forward and backward."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab.visualization.gallery.entry import Entry

COLUMN, ROW, D = [[1], [2], [3]], [10, 20], [[1, 2], [3, 4], [5, 6]]

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P11",
        "map_flow",
        "every cell by itself: g'(x) times d_out, straight to its own place",
        lambda: viz.map_flow("exp", 0, 2),
        lambda: viz.map_flow("inv", [[1, 2], [4, 5]], [[3, 2], [1, -1]]),
        lambda: viz.map_flow("relu", (30, 40), [[1] * 40] * 30),
    ),
    Entry(
        "P12",
        "zip_flow",
        "which two cells each output cell reads, and what comes back to both",
        lambda: viz.zip_flow("mul", [3], [4], [1]),
        lambda: viz.zip_flow("mul", COLUMN, ROW, D),
        lambda: viz.zip_flow("*", (30, 1), (30,), [[1] * 30] * 30),
    ),
    Entry(
        "P13",
        "reduce_flow",
        "strips folded into one cell each, and d_out fanning back over them",
        lambda: viz.reduce_flow("sum", [1, 2], None, 3),
        lambda: viz.reduce_flow("sum", D, 1, [1, 10, 100]),
        lambda: viz.reduce_flow("mean", (30, 40), 0, [1] * 40),
    ),
    Entry(
        "P18",
        "fold_back",
        "what came to the ghosts of a broadcast adds up in the real cells",
        lambda: viz.fold_back("add", [1, 2], 10, [1, 3]),
        lambda: viz.fold_back("mul", COLUMN, ROW, D),
        lambda: viz.fold_back("*", (30, 1), (30,), [[1] * 30] * 30),
        best=-3,
    ),
)
