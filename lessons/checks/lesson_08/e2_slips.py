"""Wrong answers to 08.E2 that end in an error, or that the engine refuses."""

from __future__ import annotations

from gradlab import Function, tensor


class TwoGradients(Function):
    """Return two gradients, one for each cell of the one input."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out[0] + d_out[1] * x[1], d_out[1] * x[0]


class ReturnsAList(Function):
    """Return a list from forward."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return [x[0], x[0] * x[1]]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[0] + d_out[1] * x[1], d_out[1] * x[0]])


class CountsFromOne(Function):
    """Count cells from 1, as the formula does."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[1], x[1] * x[2]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out[1] + d_out[2] * x[2], d_out[2] * x[1]])


class AllAddedUp(Function):
    """Add both gradients into one number."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out[0] + d_out[1] * x[1] + d_out[1] * x[0]


class NeverUnpacks(Function):
    """Take what was saved for x itself: it is a tuple."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        x = ctx.saved_values
        return tensor([d_out[0] * 1 + d_out[1] * x[1], d_out[1] * x[0]])


class AllOfDOut(Function):
    """Multiply by all of d_out where one number of it is meant."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out * (1 + x[1]), d_out * x[0]])


def by_the_engine(x):
    """Leave the way back to gradlab's own ops."""
    from gradlab import stack

    return stack([x[0], x[0] * x[1]])
