"""Shapes that meet: broadcasting, by rule and by ghost; storage and strides."""

from __future__ import annotations

import gradlab.visualization as viz
from gradlab.visualization.gallery.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P10",
        "stride_board",
        "from index to position in storage, and what views share",
        lambda: viz.stride_board([5, 6]),
        lambda: viz.stride_board((2, 3), permute=(1, 0), view=(6,)),
        lambda: viz.stride_board((100, 100)),
        best=-2,
    ),
    Entry(
        "P14",
        "broadcast_ghosts",
        "two shapes stretch until they fit, or clash",
        lambda: viz.broadcast_ghosts([[1], [2], [3]], [[10, 20]]),
        lambda: viz.broadcast_ghosts((3, 4, 1), (1, 5)),
        lambda: viz.broadcast_ghosts((1000, 1), (1, 1000)),
    ),
    Entry(
        "P15",
        "rule_table",
        "the broadcasting rules, dim by dim",
        lambda: viz.rule_table((3, 1), (2,)),
        lambda: viz.rule_table((1, 4, 4), (3, 1, 5)),
        lambda: viz.rule_table((2, 1, 4, 1, 3, 1), (5, 1, 1, 3, 7)),
    ),
)
