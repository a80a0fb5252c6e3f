"""Answers to 09.E1 as learners write them: Inv, one over x.

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
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / (x * x)


class AsPrinted(Function):
    """Write it as the slide does: a map forward, a zip backward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.f.inv_map(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out.f.inv_back_zip(x, d_out)


class SavesTheOutput(Function):
    """Save the output: its square is 1 / x²."""

    @staticmethod
    def forward(ctx, x):
        y = 1 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return -d_out * y * y


# -------------------- wrong rules --------------------


class ForgetsDOut(Function):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -1 / (x * x)


class NoMinus(Function):
    """Leave the minus out."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / (x * x)


class NotSquared(Function):
    """Divide by x once."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x


class ByTheOutput(Function):
    """Multiply by what came out."""

    @staticmethod
    def forward(ctx, x):
        y = 1 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y


class MistakesTheSaved(Function):
    """Save the output, and take it for the input."""

    @staticmethod
    def forward(ctx, x):
        y = 1 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / (x * x)


class PassesOn(Function):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x):
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class AddsUp(Function):
    """Weigh the slopes with the sum of d_out."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out.sum() / (x * x)


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        d_out = -d_out / (x * x)


class CancelsX(Function):
    """Leave out the brackets: divide by x, and multiply by it again."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x * x


# -------------------- slips that need no rule --------------------


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / (x * x)


class TakesTheTuple(Function):
    """Take the tuple of saved values for the tensor."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        x = ctx.saved_values
        return -d_out / (x * x)


class OneNumber(Function):
    """Add all derivatives up."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return (-d_out / (x * x)).sum()


def by_the_engine(x):
    """Leave the way back to gradlab's own op."""
    return 1 / x
