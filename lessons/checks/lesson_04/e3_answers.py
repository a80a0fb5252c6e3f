"""Answers to 04.E3 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import ScalarFunction

# -------------------- right ways --------------------


class AsksX(ScalarFunction):
    """Ask whether x is positive."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x if x > 0 else 0.0

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out if x > 0 else 0.0


class SavesTheSlope(ScalarFunction):
    """Save the slope, 1 or 0, already in forward."""

    @staticmethod
    def forward(ctx, x):
        slope = 1.0 if x > 0 else 0.0
        ctx.save_for_backward(slope)
        return slope * x

    @staticmethod
    def backward(ctx, d_out):
        (slope,) = ctx.saved_values
        return d_out * slope


class AsksTheOutput(ScalarFunction):
    """Save the output: it is positive exactly where x is."""

    @staticmethod
    def forward(ctx, x):
        y = max(x, 0.0)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * (y > 0)


# -------------------- wrong rules --------------------


class PassesOn(ScalarFunction):
    """Pass d_out on, wherever x is."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class ForgetsDOut(ScalarFunction):
    """Return the slope alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return 1.0 if x > 0 else 0.0


class AsksDOut(ScalarFunction):
    """Ask whether d_out is positive."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        return d_out if d_out > 0 else 0.0


class OneAtZero(ScalarFunction):
    """Take the slope 1 at the kink."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out if x >= 0 else 0.0


class HalfAtZero(ScalarFunction):
    """Take the slope 1/2 at the kink."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        if x == 0:
            return d_out / 2
        return d_out if x > 0 else 0.0


class TimesTheOutput(ScalarFunction):
    """Multiply d_out by what came out."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * max(x, 0.0)


class SendsTheOutput(ScalarFunction):
    """Return what came out, without d_out."""

    @staticmethod
    def forward(ctx, x):
        y = max(x, 0.0)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return y


class TurnedRound(ScalarFunction):
    """Let it through where x is negative."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out if x < 0 else 0.0


class ReturnsNone(ScalarFunction):
    """Return None where x is not positive."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        if x > 0:
            return d_out
        return None


# -------------------- slips that need no rule --------------------


class SavesNothing(ScalarFunction):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return max(x, 0.0)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out if x > 0 else 0.0
