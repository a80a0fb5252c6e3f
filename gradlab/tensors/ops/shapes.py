"""The rows of views, indexing and joining."""

from __future__ import annotations

import numpy as np

from gradlab.tensors import functions as F
from gradlab.tensors.creation import cat, stack
from gradlab.tensors.ops.table import CUBES, Op, lists, tensors

SHAPES: tuple[Op, ...] = (
    Op(
        "view",
        F.View,
        lambda x: x.contiguous().view(3, -1, 1),
        lambda x: x.reshape(3, -1, 1),
        tensors((3,), (2, 3), (2, 3, 4)),
        "x.reshape(3, -1, 1)",
    ),
    Op(
        "permute",
        F.Permute,
        lambda x: x.permute(2, 0, 1),
        lambda x: x.transpose(2, 0, 1),
        CUBES,
        "x.permute(2, 0, 1)",
    ),
    Op(
        "contiguous",
        F.Contiguous,
        lambda x: x.permute(1, 0).contiguous(),
        lambda x: x.T,
        tensors((2, 3), (1, 4), (0, 2)),
        "x.t().contiguous()",
    ),
    Op(
        "getitem_cell",
        F.GetItem,
        lambda x: x[1, -1],
        lambda x: x[1, -1],
        tensors((2, 3), (4, 1)),
        "x[1, -1]",
    ),
    Op(
        "getitem_slices",
        F.GetItem,
        lambda x: x[..., None, ::2],
        lambda x: x[..., None, ::2],
        tensors((3,), (2, 3), (2, 0), (2, 3, 4)),
        "x[..., None, ::2]",
    ),
    Op(
        "getitem_backwards",
        F.GetItem,
        lambda x: x[::-1, 0],
        lambda x: x[::-1, 0],
        tensors((2, 3), (4, 1, 2)),
    ),
    Op(
        "cat",
        F.Cat,
        lambda *x: cat(x, dim=-1),
        lambda *x: np.concatenate(x, axis=-1),
        lists(((2,), (3,)), ((2, 1), (2, 3), (2, 2)), ((2, 0), (2, 3))),
        "torch.cat(xs, -1)",
    ),
    Op(
        "stack",
        F.Stack,
        lambda *x: stack(x, dim=1),
        lambda *x: np.stack(x, axis=1),
        lists(((2,), (2,)), ((2, 3), (2, 3), (2, 3))),
        "torch.stack(xs, 1)",
    ),
)
