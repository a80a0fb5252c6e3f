"""Answers to 09.E2 as learners write them: ReLU, cell by cell.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class AsksX(Function):
    """Multiply by 1 where x is positive, by 0 elsewhere."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * (x > 0)


class WithAZip(Function):
    """Use the zip that gradlab has for it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.f.relu_map(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out.f.relu_back_zip(x, d_out)


class SavesTheGate(Function):
    """Save the gates, 1 or 0 in each cell, already in forward."""

    @staticmethod
    def forward(ctx, x):
        gate = x > 0
        ctx.save_for_backward(gate)
        return gate * x

    @staticmethod
    def backward(ctx, d_out):
        (gate,) = ctx.saved_values
        return gate * d_out


# -------------------- wrong rules --------------------


class PassesOn(Function):
    """Pass d_out on, wherever x is."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class ForgetsDOut(Function):
    """Return the slopes alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return x > 0


class AsksDOut(Function):
    """Ask whether d_out is positive."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        return d_out.relu()


class AsksBoth(Function):
    """Put a gate on d_out, too."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out.relu() * (x > 0)


class OneAtZero(Function):
    """Take the slope 1 at the kink."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * (x >= 0)


class HalfAtZero(Function):
    """Take the slope 1/2 at the kink."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * ((x > 0) + (x >= 0)) / 2


class TimesTheOutput(Function):
    """Multiply d_out by what came out."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x.relu()


class TurnedRound(Function):
    """Let it through where x is negative."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * (x < 0)


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        d_out = d_out * (x > 0)


class TimesX(Function):
    """Multiply by the input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x


class OneGate(Function):
    """Set one gate for all cells: open where every x is positive."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        if (x > 0).all():
            return d_out
        return d_out * 0


# -------------------- slips that need no rule --------------------


class OneIfForAll(Function):
    """Ask one question about all cells."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out if x > 0 else d_out * 0


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return x.relu()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * (x > 0)
