"""Answers to 08.E2 as learners write them: right ways and wrong rules."""

from __future__ import annotations

import numpy as np

from gradlab import Function, stack, tensor

# -------------------- right ways --------------------


class CellByCell(Function):
    """Write the sum for each input cell."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * 1 + d_out[1] * x[1], d_out[1] * x[0]])


class RowByRow(Function):
    """Add the rows of the Jacobian, each times its own d."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return stack([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        first, second = tensor([1, 0]), tensor([x[1], x[0]])
        return d_out[0] * first + d_out[1] * second


class WithTheJacobian(Function):
    """Save the Jacobian, and multiply."""

    @staticmethod
    def forward(ctx, x):
        a, b = x.tolist()
        ctx.save_for_backward(np.array([[1, 0], [b, a]]))
        return tensor([a, a * b])

    @staticmethod
    def backward(ctx, d_out):
        (J,) = ctx.saved_values
        return tensor(d_out.to_numpy() @ J)


# -------------------- wrong rules --------------------


class Transposed(Function):
    """Multiply the Jacobian by d_out from the right: sums along its rows."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * 1, d_out[0] * x[1] + d_out[1] * x[0]])


class ForgetsDOut(Function):
    """Add the derivatives alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([1 + x[1], x[0]])


class ForgetsThePlainOutput(Function):
    """Leave out that the first input is an output, too."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[1] * x[1], d_out[1] * x[0]])


class OwnOutputOnly(Function):
    """Let each input cell listen to the output cell of its own place only."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * 1, d_out[1] * x[0]])


class Swapped(Function):
    """Send each factor of the product its own number."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * 1 + d_out[1] * x[0], d_out[1] * x[1]])


class FirstDForAll(Function):
    """Use d_out[0] for every output."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * (1 + x[1]), d_out[0] * x[0]])


class SumOfDForAll(Function):
    """Use the sum of d_out for every output."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([1 + x[1], x[0]]) * d_out.sum()


class DOutAsItCame(Function):
    """Pass d_out on."""

    @staticmethod
    def forward(ctx, x):
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class TimesTheResult(Function):
    """Multiply d_out by the result."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * x[0], d_out[1] * x[0] * x[1]])


class ReturnsNothing(Function):
    """Work the gradient out, and never return it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = tensor([d_out[0] * 1 + d_out[1] * x[1], d_out[1] * x[0]])


class OutputsSwapped(Function):
    """Give the product first."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0] * x[1], x[0]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[1] * 1 + d_out[0] * x[1], d_out[0] * x[0]])


class ByOutput(Function):
    """Put everything of one output into one number."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * 1, d_out[1] * x[1] + d_out[1] * x[0]])


class ColumnSums(Function):
    """Add each column, then multiply by the d of the same place."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([1 + x[1], x[0]])


class PlainPathWithoutD(Function):
    """Let the path to the first output bring 1."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([1 + d_out[1] * x[1], d_out[1] * x[0]])


class ItselfForOne(Function):
    """Take x1 for the derivative of x1."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] * x[0] + d_out[1] * x[1], d_out[1] * x[0]])


class DsSwapped(Function):
    """Use the d of the one output for the other."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[1] * 1 + d_out[0] * x[1], d_out[0] * x[0]])
