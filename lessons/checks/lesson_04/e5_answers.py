"""Answers to 04.E5 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

import math

from gradlab import ScalarFunction

# -------------------- right ways --------------------


class SavesTheInput(ScalarFunction):
    """Save x."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x


class SavesTheSlope(ScalarFunction):
    """Save the slope, 1 / x, already in forward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(1 / x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (slope,) = ctx.saved_values
        return d_out * slope


# -------------------- wrong rules --------------------


class ForgetsDOut(ScalarFunction):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return 1 / x


class TimesTheInput(ScalarFunction):
    """Multiply where it divides."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x


class OneOverTheOutput(ScalarFunction):
    """Divide by the logarithm."""

    @staticmethod
    def forward(ctx, x):
        y = math.log(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out / y


class PassesOn(ScalarFunction):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x):
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class AsAnInverse(ScalarFunction):
    """Use the rule for 1 / x."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x**2


class BaseTen(ScalarFunction):
    """Take the logarithm to base 10, forward only."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log10(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x


class TimesTheOutput(ScalarFunction):
    """Multiply d_out by what came out."""

    @staticmethod
    def forward(ctx, x):
        y = math.log(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y


class ReturnsNothing(ScalarFunction):
    """Compute in backward, and return nothing."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = d_out / x


# -------------------- slips that need no rule --------------------


class SavesNothing(ScalarFunction):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return math.log(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x
