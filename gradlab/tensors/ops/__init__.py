"""OPS: one row per Function, the list that tests, pictures and benchmarks work through.

Examples
--------
>>> sorted({op.kind for op in OPS})
['index', 'join', 'map', 'other', 'reduce', 'view', 'zip']
"""

from __future__ import annotations

from gradlab.tensors.ops.elementwise import ELEMENTWISE
from gradlab.tensors.ops.losses import LOSSES
from gradlab.tensors.ops.matmul import MATMUL
from gradlab.tensors.ops.nn import NN
from gradlab.tensors.ops.reduce import REDUCE
from gradlab.tensors.ops.shapes import SHAPES
from gradlab.tensors.ops.table import Op

__all__ = ["OPS", "Op"]

OPS: tuple[Op, ...] = (*ELEMENTWISE, *REDUCE, *SHAPES, *MATMUL, *NN, *LOSSES)
