"""Answers to 09.E9 as learners write them: Log.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class SavesX(Function):
    """Save the input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x


class WithAZip(Function):
    """Use the zip that gradlab has for it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.f.log_map(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out.f.log_back_zip(x, d_out)


class SavesTheSlope(Function):
    """Save the slope, 1 / x, already in forward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(1 / x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (slope,) = ctx.saved_values
        return slope * d_out


# -------------------- wrong rules --------------------


class ForgetsDOut(Function):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return 1 / x


class TimesX(Function):
    """Multiply by the input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x


class ByTheOutput(Function):
    """Divide by the output."""

    @staticmethod
    def forward(ctx, x):
        y = x.log()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out / y


class PassesOn(Function):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class OneStepTooFar(Function):
    """Take the derivative of the derivative."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / (x * x)


class TimesTheOutput(Function):
    """Multiply by the output."""

    @staticmethod
    def forward(ctx, x):
        y = x.log()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        d_out = d_out / x


# -------------------- slips that need no rule --------------------


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return x.log()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x
