"""The variance: how far cells lie from their mean, squared."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array, accumulator
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.reduce import cells_along, drop_dims, spread


class Var(Function):
    """The variance along dims: sum of (x - mean)², over n - correction."""

    kind, on = "reduce", "arrays"

    @staticmethod
    def forward(
        ctx: Context,
        x: Array,
        *,
        dim: Any = None,
        correction: float = 1,
        keepdim: bool = False,
    ) -> Array:
        """Square the distances from the mean, add them up, divide."""
        dims = as_dims(dim, x.ndim)
        n = cells_along(x.shape, dims)
        # In float64, as a float32 mean is off by more than a small variance.
        wide = x.astype(accumulator(x), copy=False)
        mean = ctx.f.div_zip(ctx.f.add_reduce(wide, dims), np.array(float(n)))
        off, divisor = ctx.f.sub_zip(wide, mean), np.array(max(n - correction, 0.0))
        ctx.save_for_backward(off, dims, divisor)
        squares = ctx.f.add_reduce(ctx.f.mul_zip(off, off), dims)
        spreads = ctx.f.div_zip(squares, divisor).astype(x.dtype, copy=False)
        return drop_dims(spreads, dims, keepdim)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """By x: 2 (x - mean) / divisor. The way through the mean adds up to 0."""
        off, dims, divisor = ctx.saved_values
        twice = ctx.f.div_zip(d_out.astype(off.dtype, copy=False), divisor / 2)
        dx = ctx.f.mul_zip(spread(twice, off.shape, dims), off)
        return dx.astype(d_out.dtype, copy=False)
