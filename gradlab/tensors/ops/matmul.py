"""The rows of matrix products."""

from __future__ import annotations

import numpy as np

from gradlab.tensors import functions as F
from gradlab.tensors.ops.table import Op, lists
from gradlab.tensors.products import linear

MATMUL: tuple[Op, ...] = (
    Op(
        "matmul",
        F.MatMul,
        lambda x, y: x @ y,
        np.matmul,
        lists(
            ((2, 3), (3, 4)),
            ((1, 1), (1, 3)),
            ((0, 3), (3, 2)),
            ((2, 0), (0, 3)),
        ),
        "x @ y",
    ),
    Op(
        "matmul_vectors",
        F.MatMul,
        lambda x, y: x @ y,
        np.matmul,
        lists(
            ((3,), (3,)),
            ((3,), (3, 2)),
            ((2, 3), (3,)),
            ((3,), (2, 3, 2)),
            ((2, 2, 3), (3,)),
            ((0,), (0,)),
        ),
        "x @ y",
    ),
    Op(
        "matmul_stacks",
        F.MatMul,
        lambda x, y: x @ y,
        np.matmul,
        lists(
            ((2, 2, 3), (2, 3, 2)),
            ((2, 2, 3), (3, 2)),
            ((2, 3), (2, 3, 2)),
            ((2, 1, 2, 3), (3, 3, 1)),
            ((0, 2, 3), (1, 3, 2)),
        ),
        "x @ y",
    ),
    Op(
        "linear",
        F.Linear,
        linear,
        lambda x, weight, bias: x @ weight.T + bias,
        lists(((4, 2), (3, 2), (3,)), ((1, 2), (1, 2), (1,)), ((0, 2), (3, 2), (3,))),
        "torch.nn.functional.linear(*xs)",
    ),
)
