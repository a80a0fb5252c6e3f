"""Answers to 09.E8 as learners write them: Exp.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class SavesTheOutput(Function):
    """Save the output: it is the derivative."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y


class SavesX(Function):
    """Save the input, and take exp once more."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.exp()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x.exp()


class WithAZip(Function):
    """Use the zip that gradlab has for it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.f.exp_map(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out.f.exp_back_zip(x, d_out)


# -------------------- wrong rules --------------------


class ForgetsDOut(Function):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return y


class TimesX(Function):
    """Multiply by the input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.exp()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x


class PassesOn(Function):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class AsAPower(Function):
    """Lower the exponent, as for a power."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.exp()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x * (x - 1).exp()


class ExpOfTheOutput(Function):
    """Take exp of the output."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y.exp()


class ExpOfDOut(Function):
    """Send d_out through exp."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        return d_out.exp()


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x):
        y = x.exp()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        d_out = d_out * y


# -------------------- slips that need no rule --------------------


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return x.exp()

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y
