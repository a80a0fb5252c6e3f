"""Answers to 04.E11 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import ScalarFunction

# -------------------- right ways --------------------


class SavesTheInput(ScalarFunction):
    """Save x."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * 3 * x**2


class SavesTheSlope(ScalarFunction):
    """Save the slope already in forward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(3 * x * x)
        return x * x * x

    @staticmethod
    def backward(ctx, d_out):
        (slope,) = ctx.saved_values
        return slope * d_out


class OnTheContext(ScalarFunction):
    """Keep x as an attribute of the context."""

    @staticmethod
    def forward(ctx, x):
        ctx.x = x
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        return 3 * ctx.x**2 * d_out


# -------------------- wrong rules --------------------


class ForgetsDOut(ScalarFunction):
    """Return the local derivative alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return 3 * x**2


class ForgetsTheThree(ScalarFunction):
    """Lose the factor 3."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x**2


class KeepsTheExponent(ScalarFunction):
    """Put the 3 in front and leave the exponent."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * 3 * x**3


class ThreeX(ScalarFunction):
    """Put the 3 in front and drop the exponent."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * 3 * x


class OutputForInput(ScalarFunction):
    """Save the output and use it as if it were x."""

    @staticmethod
    def forward(ctx, x):
        y = x**3
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * 3 * y**2


class CubesDOut(ScalarFunction):
    """Apply the cube to d_out as well."""

    @staticmethod
    def forward(ctx, x):
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        return d_out**3


class TimesTheOutput(ScalarFunction):
    """Multiply d_out by what came out."""

    @staticmethod
    def forward(ctx, x):
        y = x**3
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
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = d_out * 3 * x**2


# -------------------- slips that need no rule --------------------


class SavesNothing(ScalarFunction):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return x**3

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * 3 * x**2
