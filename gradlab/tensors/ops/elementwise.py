"""The rows of map and zip."""

from __future__ import annotations

import numpy as np

from gradlab.tensors import functions as F
from gradlab.tensors.ops.table import Op, map_row, zip_row

ELEMENTWISE: tuple[Op, ...] = (
    map_row("neg", F.Neg, np.negative, "-x"),
    map_row("inv", F.Inv, np.reciprocal, "1 / x"),
    map_row("log", F.Log, np.log, "x.log()"),
    map_row("exp", F.Exp, np.exp, "x.exp()"),
    map_row("sigmoid", F.Sigmoid, lambda x: 1 / (1 + np.exp(-x)), "x.sigmoid()"),
    map_row("relu", F.ReLU, lambda x: np.maximum(x, 0), "x.relu()"),
    zip_row("add", F.Add, np.add, "x + y"),
    zip_row("sub", F.Sub, np.subtract, "x - y"),
    zip_row("mul", F.Mul, np.multiply, "x * y"),
    zip_row("div", F.Div, np.divide, "x / y"),
)
