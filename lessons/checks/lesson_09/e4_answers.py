"""Answers to 09.E4 as learners write them: Sub.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class SignTurned(Function):
    """Turn the sign for the second input."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return d_out, -d_out


class PlusMinusOne(Function):
    """Multiply by the two local derivatives."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return d_out * 1, d_out * -1


class AsAddAndNeg(Function):
    """Read it as x + (-y): first through Add, then through Neg."""

    @staticmethod
    def forward(ctx, x, y):
        return x.f.add_zip(x, y.f.neg_map(y))

    @staticmethod
    def backward(ctx, d_out):
        d_sum = d_out
        return d_sum, d_sum.f.neg_map(d_sum)


# -------------------- wrong rules --------------------


class AsASum(Function):
    """Pass d_out on to both."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return d_out, d_out


class Swapped(Function):
    """Turn the sign for the first input."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return -d_out, d_out


class BothTurned(Function):
    """Turn the sign for both."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return -d_out, -d_out


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return d_out * 0 + 1, d_out * 0 - 1


class TimesTheInputs(Function):
    """Multiply by the inputs."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * x, -d_out * y


# -------------------- slips that need no rule --------------------


class PlainNumbers(Function):
    """Return the numbers 1 and -1."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return 1, -1


class OneGradient(Function):
    """Return the difference of both gradients."""

    @staticmethod
    def forward(ctx, x, y):
        return x - y

    @staticmethod
    def backward(ctx, d_out):
        return d_out - d_out
