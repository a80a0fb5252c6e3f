"""Dropout: some cells set to 0 by chance, so that no cell can be relied on."""

from __future__ import annotations

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.function import Function


class Dropout(Function):
    """Each cell is 0 with probability p, else x / (1 - p): the mean stays."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(
        ctx: Context, x: Array, *, p: float, generator: np.random.Generator
    ) -> Array:
        """Draw which cells stay, and scale them up."""
        stay = generator.random(x.shape) >= p
        factor = (stay / (1.0 - p) if p < 1 else np.zeros(x.shape)).astype(x.dtype)
        ctx.save_for_backward(factor)
        return ctx.f.mul_zip(x, factor)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is the factor: 0, or 1 / (1 - p)."""
        (factor,) = ctx.saved_values
        return ctx.f.mul_zip(d_out, factor)
