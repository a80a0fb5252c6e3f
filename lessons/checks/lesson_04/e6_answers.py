"""Answers to 04.E6 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

import math

from gradlab import ScalarFunction

# -------------------- right ways --------------------


class SavesTheOutput(ScalarFunction):
    """Save s: the slope is made of it."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * s * (1 - s)


class SavesTheInput(ScalarFunction):
    """Save x, and compute the slope from e to the -x."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / (1 + math.exp(-x))

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        small = math.exp(-x)
        return d_out * small / (1 + small) ** 2


class NeverOverflows(ScalarFunction):
    """Ask for the sign first, so that no exponent is large."""

    @staticmethod
    def forward(ctx, x):
        small = math.exp(-abs(x))
        s = 1 / (1 + small) if x >= 0 else small / (1 + small)
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * (s - s * s)


# -------------------- wrong rules --------------------


class ForgetsDOut(ScalarFunction):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return s * (1 - s)


class OnlyS(ScalarFunction):
    """Multiply by s alone."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * s


class OnlyTheRest(ScalarFunction):
    """Multiply by 1 - s alone."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * (1 - s)


class InputForOutput(ScalarFunction):
    """Save x and use it as if it were s."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / (1 + math.exp(-x))

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x * (1 - x)


class TurnedRound(ScalarFunction):
    """Take s - 1 for 1 - s."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * s * (s - 1)


class AsATanh(ScalarFunction):
    """Use the rule for tanh."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(-x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * (1 - s * s)


class SignLost(ScalarFunction):
    """Lose the minus in the exponent, forward only."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / (1 + math.exp(x))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * s * (1 - s)


class ReturnsNothing(ScalarFunction):
    """Compute in backward, and return nothing."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / (1 + math.exp(-x))

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = d_out * math.exp(-x) / (1 + math.exp(-x)) ** 2


# -------------------- slips that need no rule --------------------


class BracketsLost(ScalarFunction):
    """Lose the brackets below the fraction."""

    @staticmethod
    def forward(ctx, x):
        s = 1 / 1 + math.exp(-x)
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, d_out):
        (s,) = ctx.saved_values
        return d_out * s * (1 - s)
