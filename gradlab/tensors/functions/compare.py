"""Comparisons: 1 where they hold, else 0.

A small step of x or y changes no answer, but for the jump at equality, where there is
no derivative: comparisons have no gradient, and their results are constants.
"""

from __future__ import annotations

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.function import Function


class Comparison(Function):
    """A zip that answers with 1 or 0 and has no gradient."""

    kind, on, differentiable = "zip", "arrays", False

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[None, None]:
        """A small step changes no answer."""
        return None, None


class Lt(Comparison):
    """x < y."""

    scalar = "lt"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the first is smaller."""
        return ctx.f.lt_zip(x, y)


class Gt(Comparison):
    """x > y."""

    scalar = "gt"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the first is larger."""
        return ctx.f.gt_zip(x, y)


class Le(Comparison):
    """x <= y."""

    scalar = "le"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the first is smaller or equal."""
        return ctx.f.le_zip(x, y)


class Ge(Comparison):
    """x >= y."""

    scalar = "ge"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the first is larger or equal."""
        return ctx.f.ge_zip(x, y)


class Eq(Comparison):
    """x == y."""

    scalar = "eq"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the numbers are equal."""
        return ctx.f.eq_zip(x, y)


class Ne(Comparison):
    """x != y."""

    scalar = "ne"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the numbers differ."""
        return ctx.f.ne_zip(x, y)


class IsClose(Comparison):
    """|x - y| <= 1e-8 + 1e-5 |y|."""

    scalar = "is_close"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Ask of every pair whether the numbers are equal up to rounding."""
        return ctx.f.is_close_zip(x, y)
