"""Answers to 04.E4 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import ScalarFunction

# -------------------- right ways --------------------


class SavesTheInput(ScalarFunction):
    """Save x."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x**2


class SavesTheOutput(ScalarFunction):
    """Save 1 / x: its square is the slope, but for the sign."""

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


class ForgetsDOut(ScalarFunction):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -1 / x**2


class ForgetsTheMinus(ScalarFunction):
    """Lose the sign."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x**2


class ForgetsTheSquare(ScalarFunction):
    """Divide by x once."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x


class AsALogarithm(ScalarFunction):
    """Use the rule for the logarithm."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out / x


class OutputForInput(ScalarFunction):
    """Save the output and use it as if it were x."""

    @staticmethod
    def forward(ctx, x):
        y = 1 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return -d_out / y**2


class InverseOfDOut(ScalarFunction):
    """Divide by d_out."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -1 / (x**2 * d_out)


class ReturnsNothing(ScalarFunction):
    """Compute in backward, and return nothing."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = -d_out / x**2


# -------------------- slips that need no rule --------------------


class SavesNothing(ScalarFunction):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return 1 / x

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return -d_out / x**2
