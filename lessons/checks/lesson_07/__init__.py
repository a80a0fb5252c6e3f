"""The checks of lesson 07, Broadcasting: one file per exercise, one for the questions.

A file eN_name.py holds what one exercise needs, in the order in which an author thinks:
right ways, wrong rules and their sentences, probes, hints, EXERCISE.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Lesson

from . import (
    e1_shape_broadcast,
    e2_broadcast_index,
    e3_zip_into,
    e4_row_add,
    e5_mse,
    e6_table,
)
from .predictions import PREDICTIONS

LESSON = Lesson(
    id="07",
    title="Broadcasting",
    exercises=(
        e1_shape_broadcast.EXERCISE,
        e2_broadcast_index.EXERCISE,
        e3_zip_into.EXERCISE,
        e4_row_add.EXERCISE,
        e5_mse.EXERCISE,
        e6_table.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
