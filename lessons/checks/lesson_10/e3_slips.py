"""Answers to 10.E3 that do something else for x or for y; each has its wrong rule."""

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


class ReturnedSwapped(Function):
    """Return the gradient of y first."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * x, y.shape), unbroadcast(d_out * y, x.shape)


class SumsForX(Function):
    """Forget the product for x."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out, x.shape), unbroadcast(d_out * x, y.shape)


class SumsForY(Function):
    """Forget the product for y."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out, y.shape)


class OthersAsTheyAre(Function):
    """Sum the other input back, without d_out."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(y, x.shape), unbroadcast(x, y.shape)
