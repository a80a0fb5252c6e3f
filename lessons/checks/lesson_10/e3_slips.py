"""Answers to 10.E3 that divide where a product multiplies; each has its wrong rule."""

from __future__ import annotations

from gradlab import Function


class ForwardDivides(Function):
    """Divide in forward."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)


class DividesForX(Function):
    """Divide by y for the gradient of x."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out / y, x.shape), unbroadcast(d_out * x, y.shape)


class DividesForY(Function):
    """Divide by x for the gradient of y."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out / x, y.shape)


class DividesForBoth(Function):
    """Divide by the other input, for both gradients."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out / y, x.shape), unbroadcast(d_out / x, y.shape)
