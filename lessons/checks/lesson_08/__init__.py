"""The checks of lesson 08, Gradients of tensor functions: one file per exercise."""

from __future__ import annotations

from gradlab.exercises.exercise import Lesson

from . import (
    e1_prod3,
    e2_my_fun,
    e3_vjp,
    e4_jacobian_shape,
    e5_jacobian_rows,
    e6_numeric_jacobian,
)
from .predictions import PREDICTIONS

LESSON = Lesson(
    id="08",
    title="Gradients of tensor functions",
    exercises=(
        e1_prod3.EXERCISE,
        e2_my_fun.EXERCISE,
        e3_vjp.EXERCISE,
        e4_jacobian_shape.EXERCISE,
        e5_jacobian_rows.EXERCISE,
        e6_numeric_jacobian.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
