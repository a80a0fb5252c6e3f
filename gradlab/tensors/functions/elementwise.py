"""map and zip: one number in one cell out, or two.

The Jacobian of a map is diagonal: cell i of the result depends on cell i alone, so
backward multiplies d_out, cell by cell, with the local derivative. A zip does that
once per input and then sums back what broadcasting had spread.
"""

from __future__ import annotations

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.function import Function
from gradlab.tensors.unbroadcast import sum_to_shape

# ---------------------------------------- map ----------------------------------------


class Neg(Function):
    """-x."""

    kind, scalar, on = "map", "neg", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array) -> Array:
        """Turn every sign."""
        return ctx.f.neg_map(x)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """The derivative is -1."""
        return ctx.f.neg_map(d_out)


class Inv(Function):
    """1 / x."""

    kind, scalar, on = "map", "inv", "arrays"

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


class Log(Function):
    """log x."""

    kind, scalar, on = "map", "log", "arrays"

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


class Exp(Function):
    """e^x."""

    kind, scalar, on = "map", "exp", "arrays"

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


class Sigmoid(Function):
    """1 / (1 + e^-x)."""

    kind, scalar, on = "map", "sigmoid", "arrays"

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


class ReLU(Function):
    """x where positive, else 0."""

    kind, scalar, on = "map", "relu", "arrays"

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


# ---------------------------------------- zip ----------------------------------------


class Add(Function):
    """x + y."""

    kind, scalar, on = "zip", "add", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Add the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.add_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """Both derivatives are 1."""
        x_shape, y_shape = ctx.saved_values
        to = ctx.f
        return sum_to_shape(to, d_out, x_shape), sum_to_shape(to, d_out, y_shape)


class Sub(Function):
    """x - y."""

    kind, scalar, on = "zip", "sub", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Subtract the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.sub_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """The derivatives are 1 and -1."""
        x_shape, y_shape = ctx.saved_values
        dy = sum_to_shape(ctx.f, d_out, y_shape)
        return sum_to_shape(ctx.f, d_out, x_shape), ctx.f.neg_map(dy)


class Mul(Function):
    """x * y."""

    kind, scalar, on = "zip", "mul", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Multiply the pairs."""
        ctx.save_for_backward(x, y)
        return ctx.f.mul_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """Each number's derivative is the other number."""
        x, y = ctx.saved_values
        dx, dy = ctx.f.mul_zip(d_out, y), ctx.f.mul_zip(d_out, x)
        return sum_to_shape(ctx.f, dx, x.shape), sum_to_shape(ctx.f, dy, y.shape)


class Div(Function):
    """x / y."""

    kind, scalar, on = "zip", "div", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Divide the pairs."""
        ctx.save_for_backward(x, y)
        return ctx.f.div_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, Array]:
        """By x: 1 / y. By y: -x / y²."""
        x, y = ctx.saved_values
        dx = ctx.f.div_zip(d_out, y)
        dy = ctx.f.mul_zip(d_out, ctx.f.mul_zip(x, ctx.f.inv_back_zip(y, _one(y))))
        return sum_to_shape(ctx.f, dx, x.shape), sum_to_shape(ctx.f, dy, y.shape)


def _one(like: Array) -> Array:
    """Return the number 1 in the dtype of another array."""
    return like.dtype.type(1).reshape(())
