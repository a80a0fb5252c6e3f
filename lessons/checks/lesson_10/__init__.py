"""The checks of lesson 10, Undoing broadcasting: one file per exercise.

E1 sums a gradient back to a shape; the others use it: by hand, in Functions, without a
trace, and for the stacks of matmul.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Lesson

from . import (
    e1_unbroadcast,
    e2_sum_gradients,
    e3_mul,
    e4_add,
    e5_sum,
    e6_quiet,
    e7_stacks,
)
from .predictions import PREDICTIONS

LESSON = Lesson(
    id="10",
    title="Undoing broadcasting",
    exercises=(
        e1_unbroadcast.EXERCISE,
        e2_sum_gradients.EXERCISE,
        e3_mul.EXERCISE,
        e4_add.EXERCISE,
        e5_sum.EXERCISE,
        e6_quiet.EXERCISE,
        e7_stacks.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
