"""Answers to 09.E3 as learners write them: Mul, two inputs.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class SavesBoth(Function):
    """Save both inputs."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class WithZips(Function):
    """Write every product as a zip."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x.f.mul_zip(x, y)

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out.f.mul_zip(y, d_out), d_out.f.mul_zip(x, d_out)


class SavesSlopes(Function):
    """Save the two local derivatives, in the order of the inputs."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(y, x)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        by_x, by_y = ctx.saved_values
        return by_x * d_out, by_y * d_out


# -------------------- wrong rules --------------------


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return y, x


class Swapped(Function):
    """Send each input its own numbers."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * x, d_out * y


class SwappedWithoutDOut(Function):
    """Send each input its own numbers, without d_out."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        return ctx.saved_values


class AsASum(Function):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        return d_out, d_out


class BothTheSame(Function):
    """Send what belongs to the first input to both."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        _x, y = ctx.saved_values
        return d_out * y, d_out * y


class ByTheProduct(Function):
    """Multiply by the product, for both."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * x * y, d_out * x * y


class AddsDOut(Function):
    """Add d_out where it multiplies."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out + y, d_out + x


class DOutForXAlone(Function):
    """Multiply by d_out once, and forget it the second time."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, x


# -------------------- slips that need no rule --------------------


class OneGradient(Function):
    """Return a gradient for the first input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        _x, y = ctx.saved_values
        return d_out * y


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x, y):
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class OneNumberEach(Function):
    """Add the derivatives of each input up."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return (d_out * y).sum(), (d_out * x).sum()


def by_the_engine(x, y):
    """Leave the way back to gradlab's own op."""
    return x * y
