"""Answers to 10.E5 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class KeepsTheShape(Function):
    """Save the shape of the sum with its dims kept: it stretches by itself."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape, x.sum(dim, keepdim=True).shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return d_out.view(*kept).expand(*shape)


class AddsZeros(Function):
    """Let + do the stretching."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x * 0, x.sum(dim, keepdim=True).shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        zeros, kept = ctx.saved_values
        return zeros + d_out.view(*kept)


class OnesInPlaceOfSizes(Function):
    """Work the kept shape out from the dims."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        dims = range(x.ndim) if dim is None else dim
        dims = (dims,) if isinstance(dims, int) else dims
        dims = [d % x.ndim for d in dims]
        ctx.shape = x.shape
        ctx.kept = [1 if d in dims else n for d, n in enumerate(x.shape)]
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        return d_out.view(*ctx.kept).expand(*ctx.shape)


# -------------------- wrong rules --------------------


class AsPrinted(Function):
    """Pass d_out on in the shape in which it came."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class WithoutTheDim(Function):
    """Stretch d_out without giving it its dim back."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        (shape,) = ctx.saved_values
        return d_out.expand(*shape)


class AsAMean(Function):
    """Share d_out among the cells of a strip."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.sum(dim, keepdim=True)
        ctx.save_for_backward(x.shape, kept.shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import zeros

        shape, kept = ctx.saved_values
        return d_out.view(*kept).expand(*shape) * (d_out.size / zeros(shape).size)


class ForgetsDOut(Function):
    """Return ones."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import ones

        (shape,) = ctx.saved_values
        return ones(shape)


class TimesX(Function):
    """Multiply by the input."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x, x.sum(dim, keepdim=True).shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return x * d_out.view(*kept)


class KeepsTheDim(Function):
    """Keep the dim in forward."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape)
        return x.sum(dim, keepdim=True)

    @staticmethod
    def backward(ctx, d_out):
        (shape,) = ctx.saved_values
        return d_out.expand(*shape)


class SavesTheShapeOfTheSum(Function):
    """Save the shape of the sum as it is, without the lost dim."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape, x.sum(dim).shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        shape, summed = ctx.saved_values
        return d_out.view(*summed).expand(*shape)


class PutsTheDimLast(Function):
    """Put the lost dim back at the end, wherever it was."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        (shape,) = ctx.saved_values
        return d_out.view(*d_out.shape, 1).expand(*shape)


# -------------------- slips that need no rule --------------------


class TwoGradients(Function):
    """Return a gradient for dim, as the slide does."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        ctx.save_for_backward(x.shape, x.sum(dim, keepdim=True).shape)
        return x.sum(dim, keepdim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return d_out.view(*kept).expand(*shape), 0.0


def by_the_engine(x, dim=None, keepdim=False):
    """Write a function in place of a Function: the engine goes back through it."""
    return x.sum(dim, keepdim)
