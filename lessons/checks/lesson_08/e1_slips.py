"""Wrong answers to 08.E1 that end in an error, or that the engine refuses."""

from __future__ import annotations

from gradlab import Function, tensor


class ReturnsAFloat(Function):
    """Return a Python number from forward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0].item() * x[1].item() * x[2].item()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class ThreeGradients(Function):
    """Return three gradients, one for each cell of the one input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x[1] * x[2], d_out * x[0] * x[2], d_out * x[0] * x[1]


class OneNumberBack(Function):
    """Add the three gradients up."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * (x[1] * x[2] + x[0] * x[2] + x[0] * x[1])


class ReturnsAList(Function):
    """Return the gradient as a list."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return [d_out * x[1] * x[2], d_out * x[0] * x[2], d_out * x[0] * x[1]]


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x):
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class NeverUnpacks(Function):
    """Take what was saved for x itself: it is a tuple."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        x = ctx.saved_values
        return d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class UsesForwardsNames(Function):
    """Use names of forward in backward."""

    @staticmethod
    def forward(ctx, x):
        first, second, third = x[0], x[1], x[2]
        return first * second * third

    @staticmethod
    def backward(ctx, d_out):
        return d_out * tensor([second * third, first * third, first * second])  # noqa: F821
