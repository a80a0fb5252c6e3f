"""Answers to 09.E10 as learners write them: Div.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class QuotientRule(Function):
    """Use the quotient rule, once by x and once by y."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out / y, -d_out * x / (y * y)


class SavesTheResult(Function):
    """Save the quotient: by y the slope is minus the quotient, over y."""

    @staticmethod
    def forward(ctx, x, y):
        out = x / y
        ctx.save_for_backward(out, y)
        return out

    @staticmethod
    def backward(ctx, d_out):
        out, y = ctx.saved_values
        d_x = d_out / y
        return d_x, -d_x * out


class AsMulAndInv(Function):
    """Read it as x times 1 / y: first through Mul, then through Inv."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        inverse = 1 / y
        d_inverse = d_out * x
        return d_out * inverse, -d_inverse * inverse * inverse


# -------------------- wrong rules --------------------


class NoMinus(Function):
    """Leave the minus out."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out / y, d_out * x / (y * y)


class NotSquared(Function):
    """Divide by y once."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out / y, -d_out * x / y


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return 1 / y, -x / (y * y)


class Swapped(Function):
    """Return the two in the other order."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return -d_out * x / (y * y), d_out / y


class AsAProduct(Function):
    """Go back as a product does."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class ForgetsX(Function):
    """Go back through 1 / y alone."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        _x, y = ctx.saved_values
        return d_out / y, -d_out / (y * y)


class AsADifference(Function):
    """Send d_out to both, with the sign turned for y."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        return d_out, -d_out


class CancelsY(Function):
    """Leave out the brackets: divide by y, and multiply by it again."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out / y, -d_out * x / y * y


# -------------------- slips that need no rule --------------------


class OneGradient(Function):
    """Return a gradient for the first input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx, d_out):
        _x, y = ctx.saved_values
        return d_out / y
