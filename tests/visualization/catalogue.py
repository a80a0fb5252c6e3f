"""One example of every picture, and of every awkward case: all tests run over these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradlab.visualization as viz
from gradlab.visualization.gallery.catalogue import CATALOGUE
from gradlab.visualization.picture import Picture

from .flow_examples import FLOW_EXAMPLES

HOSTILE = "</text><script>alert('x')</script>&\x00\ud800\u202e\"'"


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no words for this")


def left(out_index: Any, shape: Any) -> Any:
    return out_index[: len(shape)]


def rubbish(out_index: Any, shape: Any) -> Any:
    if sum(out_index) == 1:
        raise KeyError(HOSTILE)
    return [Unprintable(), HOSTILE, 10**5000, None][sum(out_index) % 4]


def _compared() -> Picture:
    board = viz.index_board((3, 2), (3, 1), left)
    return board.compare(board.truth())


NAN, INF = float("nan"), float("inf")
EXAMPLES: dict[str, Callable[[], Picture]] = {
    "ghosts: column and row": lambda: viz.broadcast_ghosts([[1], [2], [3]], [[10, 20]]),
    "ghosts: missing dim": lambda: viz.broadcast_ghosts((3, 2), (2,), "*"),
    "ghosts: clash": lambda: viz.broadcast_ghosts((4, 3), (4,)),
    "ghosts: clash in the middle": lambda: viz.broadcast_ghosts((2, 4, 3), (2, 2, 3)),
    "ghosts: rank 3": lambda: viz.broadcast_ghosts((3, 4, 1), (1, 5)),
    "ghosts: rank 4": lambda: viz.broadcast_ghosts((2, 1, 3, 1), (4, 1, 2)),
    "ghosts: rank 0": lambda: viz.broadcast_ghosts(1, 2.5),
    "ghosts: number and tensor": lambda: viz.broadcast_ghosts(
        5, [[1, 2], [3, -4]], "-"
    ),
    "ghosts: size 0": lambda: viz.broadcast_ghosts((3, 1), (1, 0)),
    "ghosts: nan, inf": lambda: viz.broadcast_ghosts([[NAN], [INF]], [0, -1.5], "/"),
    "ghosts: long numbers": lambda: viz.broadcast_ghosts([[-1 / 3], [1e-30]], [1e9, 7]),
    "ghosts: folded": lambda: viz.broadcast_ghosts((1000, 1), (1, 1000)),
    "ghosts: folded deep": lambda: viz.broadcast_ghosts((30, 1, 40), (50, 1)),
    "ghosts: hostile": lambda: viz.broadcast_ghosts(1, (2,), names=(HOSTILE, "&<b>")),
    "rules": lambda: viz.rule_table((3, 4, 1), (1, 5)),
    "rules: clash": lambda: viz.rule_table((1, 4, 4), (3, 1, 5)),
    "rules: rank 0": lambda: viz.rule_table((), ()),
    "rules: large": lambda: viz.rule_table((1000000, 1, 0), (123456, 1)),
    "alignment: left": lambda: viz.alignment_board((4, 3), (4,), (4, 3), align="left"),
    "alignment: one dim wrong": lambda: viz.alignment_board((3, 1), (1, 0), (3, 1)),
    "alignment: right": lambda: viz.alignment_board((3, 1), (1, 2), (3, 2)),
    "alignment: raised": lambda: viz.alignment_board((3,), (3,), KeyError(HOSTILE)),
    "alignment: too many": lambda: viz.alignment_board((), (2, 3), (9, 2, 3)),
    "alignment: rubbish": lambda: viz.alignment_board((2,), (3,), HOSTILE),
    "alignment: no words": lambda: viz.alignment_board((2,), (3,), Unprintable()),
    "index: left": lambda: viz.index_board((1, 2, 3), (2, 1), left),
    "index: right": lambda: viz.index_board((4, 2), (), lambda o, s: ()),
    "index: rubbish": lambda: viz.index_board((3, 3), (2,), rubbish),
    "index: size 0": lambda: viz.index_board((0, 3), (1, 3), left),
    "index: folded": lambda: viz.index_board((100, 100), (100, 1), left),
    "index: compared": _compared,
    "one frame": lambda: viz.broadcast_ghosts((2, 1), (3,)).frame(2),
    **FLOW_EXAMPLES,
    **{
        f"{entry.number} {entry.name} {size}": make
        for entry in CATALOGUE
        for size, make in entry.examples().items()
    },
}
