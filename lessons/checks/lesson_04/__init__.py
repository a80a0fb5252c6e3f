"""The checks of lesson 04, Your scalar autograd: one file per exercise.

The first six and the last are ScalarFunctions, E7 to E10 the walk back over the graph.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Lesson

from . import (
    e1_mul,
    e2_exp,
    e3_relu,
    e4_inv,
    e5_log,
    e6_sigmoid,
    e7_node_kind,
    e8_chain_rule,
    e9_backpropagate,
    e10_zero_grad,
    e11_cube,
)
from .predictions import PREDICTIONS

LESSON = Lesson(
    id="04",
    title="Your scalar autograd",
    exercises=(
        e1_mul.EXERCISE,
        e2_exp.EXERCISE,
        e3_relu.EXERCISE,
        e4_inv.EXERCISE,
        e5_log.EXERCISE,
        e6_sigmoid.EXERCISE,
        e7_node_kind.EXERCISE,
        e8_chain_rule.EXERCISE,
        e9_backpropagate.EXERCISE,
        e10_zero_grad.EXERCISE,
        e11_cube.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
