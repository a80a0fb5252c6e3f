"""Awkward inputs for every public picture: what is drawn of each, or what is said.

`AWKWARD` holds one case per function and input. A case with `says` must raise, and
those words, which name what came, must be in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import gradlab.visualization as viz
from gradlab import Scalar, tensor

from .awkward_inputs import (
    CELLS,
    CLASS,
    DEEP,
    MARKUP,
    NUMBERS,
    SHAPES,
    TAGS,
    Case,
    Make,
    Mul,
    called,
    deep,
    deep_ledger,
    deep_scalar,
    deep_tensor,
    down,
    leaf,
    ledger,
    odd,
    odd_ledger,
    ones,
    own_index,
    plane,
    points,
    quarter,
    recorded,
    same,
    says_markup,
    squares,
    summed,
    wheel,
)

# ------------------------------- cells of every kind -------------------------------

OF_CELLS: dict[str, Callable[[Any], Any]] = {
    "accumulator": lambda x: viz.accumulator([x, x, x]),
    "accumulator of a result": lambda x: viz.accumulator(summed(x)),
    "boundary_film": lambda x: viz.boundary_film(lambda p: p[:, 0] - 0.5, points(x)),
    "broadcast_ghosts": lambda x: viz.broadcast_ghosts(x, [[1.0]], "*"),
    "call_stack_film": lambda x: viz.call_stack_film(same, x),
    "computation_graph": lambda x: viz.computation_graph(summed(x)),
    "computation_graph with d_out": lambda x: viz.computation_graph(leaf(x) * 2.0, x),
    "diagnosis": lambda x: viz.diagnosis(x, ones(x), {"a rule": x}, d_out=x),
    "diagnosis_of": lambda x: viz.diagnosis_of(Mul, x, 2.0),
    "flow_explorer": lambda x: viz.flow_explorer("exp", tensor(x)),
    "flow_film": lambda x: viz.flow_film(summed(x)),
    "fold_back": lambda x: viz.fold_back("mul", x, 2.0, ones(x)),
    "grad_histogram": lambda x: viz.grad_histogram({"w": tensor(x), "b": [0.5]}),
    "gradient_flow": lambda x: viz.gradient_flow(summed(x)),
    "graph_explorer": lambda x: viz.graph_explorer(summed(x)),
    "influence": lambda x: viz.influence(
        {(f"x{k}", "y"): v for k, v in enumerate(np.ravel(x)[:12])}
    ),
    "jacobian_grid": lambda x: viz.jacobian_grid(squares, x, d_out=ones(x)),
    "loop_wheel": wheel,
    "loss_curve": lambda x: viz.loss_curve(np.ravel(x).tolist()),
    "loss_curve of a history": recorded,
    "loss_ladder": lambda x: viz.loss_ladder(x, np.zeros(np.shape(x)[:1], int)),
    "map_flow": lambda x: viz.map_flow("exp", x, ones(x)),
    "matmul_cube": lambda x: viz.matmul_cube(
        x, np.ones((np.shape(x)[-1] if np.ndim(x) else 1, 2))
    ),
    "path_ledger": ledger,
    "reduce_flow sum": lambda x: viz.reduce_flow("sum", x, None, 2.0),
    "reduce_flow max": lambda x: viz.reduce_flow("max", x, -1),
    "stride_board": lambda x: viz.stride_board(tensor(x)),
    "stride_explorer": lambda x: viz.stride_explorer(tensor(x)),
    "timing_bars": lambda x: viz.timing_bars({"loop": np.abs(np.ravel(x)).tolist()}),
    "vjp_grid": lambda x: viz.vjp_grid(squares, x, ones(x)),
    "zip_flow": lambda x: viz.zip_flow("mul", x, 2.0, ones(x)),
    "zip_flow with itself": lambda x: viz.zip_flow("/", x, x, x),
}

# ------------------------------ shapes of every kind ------------------------------

OF_SHAPES: dict[str, Callable[[Any], Any]] = {
    "alignment_board": lambda s: viz.alignment_board(s, (3, 1), s),
    "broadcast_ghosts of a shape": lambda s: viz.broadcast_ghosts(s, (1,)),
    "broadcasting_explorer": lambda s: viz.broadcasting_explorer(s, (1,)),
    "index_board": lambda s: viz.index_board(s, s, own_index),
    "rule_table": lambda s: viz.rule_table(s, (3, 1)),
    "stride_board of a shape": lambda s: viz.stride_board(s),
    "work_map": lambda s: viz.work_map(s, 4),
    "work_map of a reduce": lambda s: viz.work_map(s, 4, over="input", dim=0),
}

# ----------------------------- numbers of every kind -----------------------------

OF_NUMBERS: dict[str, Callable[[float], Any]] = {
    "accumulator of a Scalar": lambda v: viz.accumulator(Scalar(v, "a") * 2.0),
    "boundary_film of scores": lambda v: viz.boundary_film(
        lambda p: p[:, 0] * v, ([[0.2, 0.3], [0.8, 0.1]], [0, 1])
    ),
    "computation_graph of a Scalar": lambda v: viz.computation_graph(
        Scalar(v, "a") * Scalar(v, "b")
    ),
    "expression_explorer": lambda v: viz.expression_explorer("x * y", x=v, y=2.0),
    "gradient_field at": lambda v: viz.gradient_field(plane, (v, 0.0)),
    "gradient_field between": lambda v: viz.gradient_field(
        plane, (0.0, 0.0), x=(-v, v), y=(-v, v)
    ),
    "gradient_field of": lambda v: viz.gradient_field(
        lambda x, y: x * v + y * v, (1.0, 1.0)
    ),
    "influence of a Scalar": lambda v: viz.influence(Scalar(v, "a") * Scalar(v, "b")),
    "learning_rate_explorer": lambda v: viz.learning_rate_explorer(rate=v),
    "scalar_graph": lambda v: viz.scalar_graph(Scalar(v, "a") + 1.0, v),
    "slope_lens at": lambda v: viz.slope_lens(quarter, v),
    "slope_lens step": lambda v: viz.slope_lens(quarter, 1.0, v),
    "slope_lens of": lambda v: viz.slope_lens(lambda x: x * v, 2.0),
    "slope_lens d_out": lambda v: viz.slope_lens(quarter, 2.0, d_out=v),
    "timing_bars of one": lambda v: viz.timing_bars({"loop": v, "numpy": 1e-3}),
    "walk_film": lambda v: viz.walk_film(Scalar(v, "a") * Scalar(v, "b")),
}

# ------------------------------------- markup -------------------------------------

OF_MARKUP: dict[str, Make] = {
    "accumulator": lambda: viz.accumulator([1, 2], name=MARKUP),
    "accumulator of a result": lambda: viz.accumulator(odd(), MARKUP),
    "alignment_board": lambda: viz.alignment_board((2,), (3,), MARKUP),
    "boundary_film": lambda: viz.boundary_film(
        called(lambda p: p[:, 0]), ([[0.2, 0.3], [0.8, 0.1]], [0, 1])
    ),
    "broadcast_ghosts": lambda: viz.broadcast_ghosts(1, (2,), names=(MARKUP, "&<b>")),
    "broadcasting_explorer": lambda: viz.broadcasting_explorer(MARKUP),
    "call_stack_film": lambda: viz.call_stack_film(says_markup, 1),
    "call_stack_film of": lambda: viz.call_stack_film(called(says_markup), TAGS),
    "computation_graph": lambda: viz.computation_graph(odd()),
    "decision_boundary_explorer": lambda: viz.decision_boundary_explorer(MARKUP),
    "diagnosis": lambda: viz.diagnosis([1], [2], {MARKUP: [1]}, name=MARKUP),
    "diagnosis of text": lambda: viz.diagnosis(MARKUP, [2]),
    "diagnosis_of": lambda: viz.diagnosis_of(type(CLASS, (Mul,), {}), [1, 2], 3),
    "expression_explorer": lambda: viz.expression_explorer(MARKUP),
    "flow_explorer": lambda: viz.flow_explorer(called(lambda x: x * 2.0), [1.0]),
    "flow_explorer of text": lambda: viz.flow_explorer("exp", MARKUP),
    "flow_film": lambda: viz.flow_film(odd()),
    "fold_back": lambda: viz.fold_back("+", [1, 2], 3, [1, 1], names=(MARKUP, "<b>")),
    "fold_back of": lambda: viz.fold_back(MARKUP, [1, 2], 3, [1, 1]),
    "grad_histogram": lambda: viz.grad_histogram({MARKUP: [0.5], "&<b>": [1.0]}),
    "gradient_field": lambda: viz.gradient_field(called(plane), (0.0, 0.0)),
    "gradient_flow": lambda: viz.gradient_flow(odd()),
    "gradient_flow to": lambda: viz.gradient_flow(odd(), MARKUP),
    "graph_explorer": lambda: viz.graph_explorer(odd()),
    "index_board": lambda: viz.index_board((2,), (2,), lambda index, shape: MARKUP),
    "influence": lambda: viz.influence({(MARKUP, "&<b>"): 2}, {MARKUP: 1, "&<b>": 2}),
    "jacobian_grid": lambda: viz.jacobian_grid(squares, [1, 2], names=(MARKUP, "<b>")),
    "learning_rate_explorer": lambda: viz.learning_rate_explorer(called(squares)),
    "loop_wheel": lambda: wheel([1, 2, 3, 4], watch=MARKUP),
    "loss_curve": lambda: viz.loss_curve({MARKUP: [2, 1], "<b>": [1]}, label=MARKUP),
    "loss_ladder": lambda: viz.loss_ladder(
        [[1, 2]], [1], names=[MARKUP], classes=[MARKUP, "&<b>"]
    ),
    "map_flow": lambda: viz.map_flow("neg", [1, 2], [3, 4], name=MARKUP),
    "map_flow of": lambda: viz.map_flow(called(lambda x: x.exp()), [1, 2], [3, 4]),
    "matmul_cube": lambda: viz.matmul_cube(MARKUP, [[1]]),
    "path_ledger": odd_ledger,
    "reduce_flow": lambda: viz.reduce_flow("sum", [1, 2], None, 3, name=MARKUP),
    "rule_table": lambda: viz.rule_table(MARKUP, (2,)),
    "scalar_graph": lambda: viz.scalar_graph(Scalar(1, MARKUP) * Scalar(2, "&<b>")),
    "slope_lens": lambda: viz.slope_lens(quarter, 2.0, name=MARKUP),
    "slope_lens of": lambda: viz.slope_lens(called(quarter), 2.0),
    "stride_board": lambda: viz.stride_board(leaf([[1.0, 2.0]], MARKUP)),
    "stride_explorer": lambda: viz.stride_explorer(MARKUP),
    "timing_bars": lambda: viz.timing_bars({MARKUP: 0.1, "&<b>": [0.2, 0.3]}),
    "vjp_grid": lambda: viz.vjp_grid(squares, [1, 2], [3, 4], names=(MARKUP, "<b>")),
    "walk_film": lambda: viz.walk_film({MARKUP: ["&<b>"], "&<b>": ["c"]}),
    "walk_film of a result": lambda: viz.walk_film(odd(), "naive"),
    "work_map": lambda: viz.work_map(MARKUP, 2),
    "zip_flow": lambda: viz.zip_flow("+", 1, 2, 3, names=(MARKUP, "&<b>")),
}

# ------------------------------ graphs, thousands deep ------------------------------

OF_DEEP: dict[str, Make] = {
    "accumulator": lambda: viz.accumulator(deep_scalar(), "x"),
    "call_stack_film": lambda: viz.call_stack_film(down, DEEP),
    "computation_graph": lambda: viz.computation_graph(deep_tensor()),
    "diagnosis_of": lambda: viz.diagnosis_of(deep, [1.0, 2.0]),
    "flow_film": lambda: viz.flow_film(deep_tensor()),
    "fold_back": lambda: viz.fold_back(
        deep(leaf([1.0, 2.0])) * leaf([[1.0], [2.0]], "y"), d_out=ones([[1, 2], [3, 4]])
    ),
    "gradient_flow": lambda: viz.gradient_flow(deep_tensor()),
    "graph_explorer": lambda: viz.graph_explorer(deep_tensor()),
    "influence": lambda: viz.influence(deep_scalar()),
    "jacobian_grid": lambda: viz.jacobian_grid(deep, [1.0, 2.0]),
    "map_flow": lambda: viz.map_flow(deep(leaf([1.0, 2.0])).exp(), d_out=[1, 2]),
    "path_ledger": deep_ledger,
    "reduce_flow": lambda: viz.reduce_flow(deep_tensor(), d_out=2),
    "scalar_graph": lambda: viz.scalar_graph(deep_scalar()),
    "vjp_grid": lambda: viz.vjp_grid(deep, [1.0, 2.0], [1, 1]),
    "walk_film": lambda: viz.walk_film(deep_scalar()),
    "walk_film of a dict": lambda: viz.walk_film(
        {str(k): [str(k + 1)] for k in range(DEEP)}, "dfs"
    ),
    "zip_flow": lambda: viz.zip_flow(deep(leaf([1.0])) * leaf([2.0], "y"), d_out=[1]),
}

OF_SLOW: dict[str, Make] = {  # these run their function hundreds of times
    "gradient_field": lambda: viz.gradient_field(
        lambda x, y: deep(x, 100) + y, (1.0, 1.0), steps=2
    ),
    "slope_lens": lambda: viz.slope_lens(lambda x: deep(x, 100), 1.0),
}

# ------------------------------- what cannot be drawn -------------------------------

REFUSED: dict[str, str] = {
    "boundary_film: 0-d": "got x of shape () and y of shape ()",
    "boundary_film: size 0": "got x of shape (0, 3) and y of shape (0,)",
    "boundary_film: NaN": "Point 0 is at (1, NaN)",
    "boundary_film: inf": "Point 0 is at (1, inf)",
    "broadcasting_explorer: markup": "“<” is not part of a shape",
    "accumulator of a result: markup": "2 leaves are called '</text><script>",
    "decision_boundary_explorer: markup": "no data set '</text><script>",
    "expression_explorer: NaN": "x is NaN",
    "expression_explorer: inf": "x is inf",
    "expression_explorer: markup": "“<” at character 1",
    "flow_explorer: 10,000 cells": "x has 10,000 cells",
    "flow_explorer of text: markup": "“<” is not part of a shape",
    "fold_back of: markup": "no op '</text><script>",
    "gradient_field at: NaN": "got NaN",
    "gradient_field at: inf": "got inf",
    "gradient_field at: 1e300": "(1e300, 0) lies outside",
    "gradient_field between: NaN": "got NaN",
    "gradient_field between: inf": "got -inf",
    "gradient_field of: NaN": "f is NaN at (1, 1)",
    "gradient_field of: inf": "f is inf at (1, 1)",
    "gradient_flow to: markup": "'</text><script>alert",
    "influence: size 0": "got {}",
    "jacobian_grid: 10,000 cells": "10,000 rows and 10,000 columns",
    "learning_rate_explorer: NaN": "got NaN",
    "learning_rate_explorer: inf": "got inf",
    "loop_wheel: 0-d": "got (2.5, 1.0)",
    "loop_wheel: size 0": "no samples",
    "loop_wheel: markup": "no parameter '</text><script>",
    "loss_ladder: 0-d": "got shape ()",
    "loss_ladder: 5-d": "got shape (2, 3, 2, 2, 2)",
    "matmul_cube: 0-d": "got shape ()",
    "matmul_cube: 5-d": "got shape (2, 3, 2, 2, 2)",
    "matmul_cube: markup": "this is a str",
    "path_ledger: size 0": "no cell (0, 0) in shape (0, 3)",
    "rule_table: markup": "got '</text><script>",
    "slope_lens at: NaN": "got NaN",
    "slope_lens at: inf": "got inf",
    "slope_lens at: 1e300": "dx = 1 is lost beside x = 1e300",
    "slope_lens step: NaN": "got NaN",
    "slope_lens step: inf": "got inf",
    "slope_lens step: 1e-300": "dx = 1e-300 is lost beside x = 1",
    "slope_lens of: NaN": "f is NaN at 2",
    "slope_lens of: inf": "f is inf at 2",
    "slope_lens d_out: NaN": "got NaN",
    "slope_lens d_out: inf": "got inf",
    "stride_explorer: markup": "“<” is not part of a shape",
    "timing_bars: size 0": "'loop' has no time",
    "timing_bars: NaN": "got NaN",
    "timing_bars: inf": "got inf",
    "timing_bars of one: NaN": "got NaN",
    "timing_bars of one: inf": "got inf",
    "vjp_grid: 10,000 cells": "10,000 rows and 10,000 columns",
    "work_map of a reduce: 0-d": "the shape () has none",
    "work_map: markup": "got '</text><script>",
}


def _cases() -> Iterator[tuple[str, Make]]:
    kinds = ((CELLS, OF_CELLS), (SHAPES, OF_SHAPES), (NUMBERS, OF_NUMBERS))
    for inputs, drawers in kinds:
        for name, draw in drawers.items():
            for kind, given in inputs.items():
                yield f"{name}: {kind}", lambda draw=draw, given=given: draw(given)
    yield from ((f"{name}: markup", make) for name, make in OF_MARKUP.items())
    yield from ((f"{name}: 3,000 deep", make) for name, make in OF_DEEP.items())
    yield from ((f"{name}: 100 deep", make) for name, make in OF_SLOW.items())


AWKWARD = {name: Case(make, REFUSED.get(name, "")) for name, make in _cases()}
