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
    from gradlab.visualization.explorers.decision_boundary import (
        decision_boundary_explorer as decision_boundary_explorer,
    )
    from gradlab.visualization.explorers.expression import (
        expression_explorer as expression_explorer,
    )
    from gradlab.visualization.explorers.flow import flow_explorer as flow_explorer
    from gradlab.visualization.explorers.graph import graph_explorer as graph_explorer
    from gradlab.visualization.explorers.learning_rate import (
        learning_rate_explorer as learning_rate_explorer,
    )
    from gradlab.visualization.explorers.stride import (
        stride_explorer as stride_explorer,
    )
    from gradlab.visualization.flow import flow_table as flow_table
    from gradlab.visualization.picture import Picture as Picture
    from gradlab.visualization.pictures.flows.fold_back import fold_back as fold_back
    from gradlab.visualization.pictures.flows.map_flow import map_flow as map_flow
    from gradlab.visualization.pictures.flows.reduce_flow import (
        reduce_flow as reduce_flow,
    )
    from gradlab.visualization.pictures.flows.zip_flow import zip_flow as zip_flow
    from gradlab.visualization.pictures.graphs.graph import (
        computation_graph as computation_graph,
    )
    from gradlab.visualization.pictures.graphs.graph import scalar_graph as scalar_graph
    from gradlab.visualization.pictures.influence.accumulator import (
        accumulator as accumulator,
    )
    from gradlab.visualization.pictures.influence.call_stack_film import (
        call_stack_film as call_stack_film,
    )
    from gradlab.visualization.pictures.influence.influence import (
        influence as influence,
    )
    from gradlab.visualization.pictures.influence.walk_film import (
        walk_film as walk_film,
    )
    from gradlab.visualization.pictures.judging.diagnosis import diagnosis as diagnosis
    from gradlab.visualization.pictures.judging.diagnosis_of import (
        diagnosis_of as diagnosis_of,
    )
    from gradlab.visualization.pictures.judging.timing_bars import (
        timing_bars as timing_bars,
    )
    from gradlab.visualization.pictures.judging.work_map import work_map as work_map
    from gradlab.visualization.pictures.networks.boundary_film import (
        boundary_film as boundary_film,
    )
    from gradlab.visualization.pictures.networks.grad_histogram import (
        grad_histogram as grad_histogram,
    )
    from gradlab.visualization.pictures.networks.loop_wheel import (
        loop_wheel as loop_wheel,
    )
    from gradlab.visualization.pictures.networks.loss_curve import (
        loss_curve as loss_curve,
    )
    from gradlab.visualization.pictures.networks.loss_ladder import (
        loss_ladder as loss_ladder,
    )
    from gradlab.visualization.pictures.networks.matmul_cube import (
        matmul_cube as matmul_cube,
    )
    from gradlab.visualization.pictures.numbers.gradient_field import (
        gradient_field as gradient_field,
    )
    from gradlab.visualization.pictures.numbers.jacobian_grid import (
        jacobian_grid as jacobian_grid,
    )
    from gradlab.visualization.pictures.numbers.slope_lens import (
        slope_lens as slope_lens,
    )
    from gradlab.visualization.pictures.numbers.vjp_grid import vjp_grid as vjp_grid
    from gradlab.visualization.pictures.shapes.boards import (
        alignment_board as alignment_board,
    )
    from gradlab.visualization.pictures.shapes.boards import index_board as index_board
    from gradlab.visualization.pictures.shapes.broadcast import (
        broadcast_ghosts as broadcast_ghosts,
    )
    from gradlab.visualization.pictures.shapes.rules import rule_table as rule_table
    from gradlab.visualization.pictures.shapes.stride_board import (
        stride_board as stride_board,
    )
    from gradlab.visualization.pictures.ways.flow_film import flow_film as flow_film
    from gradlab.visualization.pictures.ways.gradient_flow import (
        gradient_flow as gradient_flow,
    )
    from gradlab.visualization.pictures.ways.path_ledger import (
        path_ledger as path_ledger,
    )
    from gradlab.visualization.training_history import History as History
    from gradlab.visualization.training_live import training as training

_WHERE = {
    "History": "training_history",
    "Picture": "picture",
    "accumulator": "pictures.influence.accumulator",
    "alignment_board": "pictures.shapes.boards",
    "boundary_film": "pictures.networks.boundary_film",
    "broadcast_ghosts": "pictures.shapes.broadcast",
    "broadcasting_explorer": "explorers.broadcasting",
    "call_stack_film": "pictures.influence.call_stack_film",
    "computation_graph": "pictures.graphs.graph",
    "decision_boundary_explorer": "explorers.decision_boundary",
    "diagnosis": "pictures.judging.diagnosis",
    "diagnosis_of": "pictures.judging.diagnosis_of",
    "expression_explorer": "explorers.expression",
    "flow_explorer": "explorers.flow",
    "flow_film": "pictures.ways.flow_film",
    "flow_table": "flow",
    "fold_back": "pictures.flows.fold_back",
    "grad_histogram": "pictures.networks.grad_histogram",
    "gradient_field": "pictures.numbers.gradient_field",
    "gradient_flow": "pictures.ways.gradient_flow",
    "graph_explorer": "explorers.graph",
    "index_board": "pictures.shapes.boards",
    "influence": "pictures.influence.influence",
    "jacobian_grid": "pictures.numbers.jacobian_grid",
    "learning_rate_explorer": "explorers.learning_rate",
    "loop_wheel": "pictures.networks.loop_wheel",
    "loss_curve": "pictures.networks.loss_curve",
    "loss_ladder": "pictures.networks.loss_ladder",
    "map_flow": "pictures.flows.map_flow",
    "matmul_cube": "pictures.networks.matmul_cube",
    "path_ledger": "pictures.ways.path_ledger",
    "reduce_flow": "pictures.flows.reduce_flow",
    "rule_table": "pictures.shapes.rules",
    "scalar_graph": "pictures.graphs.graph",
    "slope_lens": "pictures.numbers.slope_lens",
    "stride_explorer": "explorers.stride",
    "stride_board": "pictures.shapes.stride_board",
    "timing_bars": "pictures.judging.timing_bars",
    "training": "training_live",
    "vjp_grid": "pictures.numbers.vjp_grid",
    "walk_film": "pictures.influence.walk_film",
    "work_map": "pictures.judging.work_map",
    "zip_flow": "pictures.flows.zip_flow",
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
