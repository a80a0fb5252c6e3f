"""The checks of lesson 09, Backward of map, zip and reduce: one file per exercise.

The first thirteen are Functions of tensors under gradlab's own names, the last one is
a test for them. E1 to E7 are the core.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Lesson

from . import (
    e1_inv,
    e2_relu,
    e3_mul,
    e4_sub,
    e5_sum,
    e6_mean,
    e7_permute,
    e8_exp,
    e9_log,
    e10_div,
    e11_prod,
    e12_max,
    e13_view,
    e14_wrong_cells,
)
from .predictions import PREDICTIONS

LESSON = Lesson(
    id="09",
    title="Backward of map, zip and reduce",
    exercises=(
        e1_inv.EXERCISE,
        e2_relu.EXERCISE,
        e3_mul.EXERCISE,
        e4_sub.EXERCISE,
        e5_sum.EXERCISE,
        e6_mean.EXERCISE,
        e7_permute.EXERCISE,
        e8_exp.EXERCISE,
        e9_log.EXERCISE,
        e10_div.EXERCISE,
        e11_prod.EXERCISE,
        e12_max.EXERCISE,
        e13_view.EXERCISE,
        e14_wrong_cells.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
