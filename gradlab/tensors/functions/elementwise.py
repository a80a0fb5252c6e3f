"""map: one number in, one number out, in every cell.

The Jacobian of a map is diagonal: cell i of the result depends on cell i alone, so
backward multiplies d_out, cell by cell, with the local derivative.
"""

from __future__ import annotations

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.cellwise import MapFunction
from gradlab.tensors.function import Function


class Neg(MapFunction):
    """-x."""

    scalar = "neg"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Turn every sign."""
        return ctx.f.neg_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is -1."""
        return ctx.f.neg_map(d_out)


class Inv(MapFunction):
    """1 / x."""

    scalar = "inv"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Invert every number."""
        ctx.save_for_backward(x)
        return ctx.f.inv_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is -1 / x²."""
        (x,) = ctx.saved_values
        return ctx.f.inv_back_zip(x, d_out)


class Log(MapFunction):
    """log x."""

    scalar = "log"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Take every logarithm."""
        ctx.save_for_backward(x)
        return ctx.f.log_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is 1 / x."""
        (x,) = ctx.saved_values
        return ctx.f.log_back_zip(x, d_out)


class Exp(MapFunction):
    """e^x."""

    scalar = "exp"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Raise e to every number, and save the result: it is the derivative."""
        y = ctx.f.exp_map(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is e^x."""
        (y,) = ctx.saved_values
        return ctx.f.mul_zip(y, d_out)


class Sqrt(MapFunction):
    """The square root of x."""

    scalar = "sqrt"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Take every square root."""
        ctx.save_for_backward(x)
        return ctx.f.sqrt_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is 1 / (2√x), which grows without end towards 0."""
        (x,) = ctx.saved_values
        return ctx.f.sqrt_back_zip(x, d_out)


class Abs(MapFunction):
    """x without its sign."""

    scalar = "abs"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Drop every sign."""
        ctx.save_for_backward(x)
        return ctx.f.abs_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is the sign of x; at 0 we choose 0."""
        (x,) = ctx.saved_values
        return ctx.f.abs_back_zip(x, d_out)


class Sign(Function):
    """1, 0 or -1: a step, and like every step without a gradient."""

    kind, scalar, on, differentiable = "map", "sign", "arrays", False

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Keep the signs alone."""
        return ctx.f.sign_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> None:
        """A small step of x changes no sign."""


class Sin(MapFunction):
    """The sine of x."""

    scalar = "sin"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Take every sine."""
        ctx.save_for_backward(x)
        return ctx.f.sin_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is cos x."""
        (x,) = ctx.saved_values
        return ctx.f.sin_back_zip(x, d_out)


class Cos(MapFunction):
    """The cosine of x."""

    scalar = "cos"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Take every cosine."""
        ctx.save_for_backward(x)
        return ctx.f.cos_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is -sin x."""
        (x,) = ctx.saved_values
        return ctx.f.cos_back_zip(x, d_out)


class Tanh(MapFunction):
    """The hyperbolic tangent of x."""

    scalar = "tanh"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Squash every number into -1 to 1."""
        ctx.save_for_backward(x)
        return ctx.f.tanh_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is 1 - tanh²x."""
        (x,) = ctx.saved_values
        return ctx.f.tanh_back_zip(x, d_out)


class Sigmoid(MapFunction):
    """1 / (1 + e^-x)."""

    scalar = "sigmoid"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Squash every number into 0 to 1."""
        ctx.save_for_backward(x)
        return ctx.f.sigmoid_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is s (1 - s)."""
        (x,) = ctx.saved_values
        return ctx.f.sigmoid_back_zip(x, d_out)


class ReLU(MapFunction):
    """x where positive, else 0."""

    scalar = "relu"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Keep what is positive."""
        ctx.save_for_backward(x)
        return ctx.f.relu_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is 1 where x is positive; at 0 we choose 0."""
        (x,) = ctx.saved_values
        return ctx.f.relu_back_zip(x, d_out)
