"""The rows of reduce."""

from __future__ import annotations

import numpy as np

from gradlab.tensors import functions as F
from gradlab.tensors.ops.table import CUBES, Op, tensors

REDUCE: tuple[Op, ...] = (
    Op(
        "sum",
        F.Sum,
        lambda x: x.sum(),
        np.sum,
        tensors((), (3,), (2, 3), (0, 2)),
        "x.sum()",
    ),
    Op(
        "sum_dim",
        F.Sum,
        lambda x: x.sum(-2),
        lambda x: x.sum(-2),
        CUBES,
        "x.sum(-2)",
    ),
    Op(
        "sum_dims",
        F.Sum,
        lambda x: x.sum((2, 0), keepdim=True),
        lambda x: x.sum((0, 2), keepdims=True),
        CUBES,
        "x.sum((2, 0), keepdim=True)",
    ),
    Op(
        "mean",
        F.Mean,
        lambda x: x.mean(),
        np.mean,
        tensors((), (3,), (2, 3)),
        "x.mean()",
    ),
    Op(
        "mean_dims",
        F.Mean,
        lambda x: x.mean((0, -1)),
        lambda x: x.mean((0, -1)),
        tensors((2, 3, 4), (2, 1, 3)),
        "x.mean((0, -1))",
    ),
)
