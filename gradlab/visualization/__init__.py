"""Pictures of tensors: broadcasting, zips and computation graphs, number by number.

Examples
--------
>>> import gradlab.visualization as viz
>>> picture = viz.broadcast_ghosts((3, 1), (1, 2))
>>> picture.steps > 1
True
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradlab.visualization.explorers.broadcasting import (
        broadcasting_explorer as broadcasting_explorer,
    )
    from gradlab.visualization.flow import flow_table as flow_table
    from gradlab.visualization.picture import Picture as Picture
    from gradlab.visualization.pictures.boards import (
        alignment_board as alignment_board,
    )
    from gradlab.visualization.pictures.boards import index_board as index_board
    from gradlab.visualization.pictures.broadcast import (
        broadcast_ghosts as broadcast_ghosts,
    )
    from gradlab.visualization.pictures.graph import (
        computation_graph as computation_graph,
    )
    from gradlab.visualization.pictures.graph import scalar_graph as scalar_graph
    from gradlab.visualization.pictures.rules import rule_table as rule_table
    from gradlab.visualization.pictures.zip_flow import zip_flow as zip_flow

_WHERE = {
    "Picture": "picture",
    "alignment_board": "pictures.boards",
    "broadcast_ghosts": "pictures.broadcast",
    "broadcasting_explorer": "explorers.broadcasting",
    "computation_graph": "pictures.graph",
    "flow_table": "flow",
    "index_board": "pictures.boards",
    "rule_table": "pictures.rules",
    "scalar_graph": "pictures.graph",
    "zip_flow": "pictures.zip_flow",
}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(
            f"gradlab.visualization has no {name!r}; it has {', '.join(__all__)}."
        )
    module = importlib.import_module(f"{__name__}.{_WHERE[name]}")
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
