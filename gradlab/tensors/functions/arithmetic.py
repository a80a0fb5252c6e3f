"""Arithmetic: two numbers in, one out, in every cell of the broadcast shape.

backward multiplies d_out with the local derivative by each input, then sums back what
broadcasting had spread.
"""

from __future__ import annotations

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.cellwise import ZipFunction
from gradlab.tensors.f import ArrayOps
from gradlab.tensors.unbroadcast import stretched_dims, sum_to_shape

Gradient = Array | None  # None for an input that needs none


def chain(f: ArrayOps, d_out: Array, local: Array, shape: tuple[int, ...]) -> Array:
    """Return d_out times a local derivative, summed to the shape of the input."""
    if d_out.shape == shape:
        return f.mul_zip(d_out, local)
    dims = stretched_dims(d_out.shape, shape)
    return f.zip_reduce("mul", "add", d_out, local, dims).reshape(shape)


class Add(ZipFunction):
    """x + y."""

    scalar = "add"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Add the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.add_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """Both derivatives are 1."""
        x_shape, y_shape = ctx.saved_values
        dx = sum_to_shape(ctx.f, d_out, x_shape) if ctx.needs(0) else None
        dy = sum_to_shape(ctx.f, d_out, y_shape) if ctx.needs(1) else None
        return dx, dy


class Sub(ZipFunction):
    """x - y."""

    scalar = "sub"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Subtract the pairs."""
        ctx.save_for_backward(x.shape, y.shape)
        return ctx.f.sub_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """The derivatives are 1 and -1."""
        x_shape, y_shape = ctx.saved_values
        dx = sum_to_shape(ctx.f, d_out, x_shape) if ctx.needs(0) else None
        if not ctx.needs(1):
            return dx, None
        return dx, ctx.f.neg_map(sum_to_shape(ctx.f, d_out, y_shape))


class Mul(ZipFunction):
    """x * y."""

    scalar = "mul"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Multiply the pairs."""
        ctx.save_for_backward(x, y)
        return ctx.f.mul_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """Each number's derivative is the other number."""
        x, y = ctx.saved_values
        dx = chain(ctx.f, d_out, y, x.shape) if ctx.needs(0) else None
        dy = chain(ctx.f, d_out, x, y.shape) if ctx.needs(1) else None
        return dx, dy


class Div(ZipFunction):
    """x / y."""

    scalar = "div"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Divide the pairs."""
        ctx.save_for_backward(x, y)
        return ctx.f.div_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """By x: 1 / y. By y: -x / y²."""
        f, (x, y) = ctx.f, ctx.saved_values
        dx = sum_to_shape(f, f.div_zip(d_out, y), x.shape) if ctx.needs(0) else None
        dy = chain(f, d_out, f.div_dy_zip(x, y), y.shape) if ctx.needs(1) else None
        return dx, dy


class Pow(ZipFunction):
    """x to the power y."""

    scalar = "pow"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Raise the first of each pair to the power of the second."""
        ctx.save_for_backward(x, y)
        return ctx.f.pow_zip(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Gradient, Gradient]:
        """By x: y x^(y - 1). By y: x^y log x. Where a factor is 0, so are they."""
        f, (x, y) = ctx.f, ctx.saved_values
        dx = chain(f, d_out, f.pow_dx_zip(x, y), x.shape) if ctx.needs(0) else None
        dy = chain(f, d_out, f.pow_dy_zip(x, y), y.shape) if ctx.needs(1) else None
        return dx, dy
