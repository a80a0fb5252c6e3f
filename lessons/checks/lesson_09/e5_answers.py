"""Answers to 09.E5 as learners write them: the way back of Sum.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, ones, zeros

# -------------------- right ways --------------------


class ViewAndExpand(Function):
    """Give d_out its dims back, then let them stretch."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return d_out.view(*kept).expand(*shape)


class AddsToZeros(Function):
    """Let broadcasting do the spreading: a zip with zeros."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return zeros(shape) + d_out.view(*kept)


class TimesOnes(Function):
    """Multiply the local derivatives, all 1, by d_out."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return ones(shape) * d_out.view(*kept)


# -------------------- wrong rules --------------------


class MeanRule(Function):
    """Share d_out among the cells."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        grad = d_out.view(*kept).expand(*shape)
        return grad * d_out.size / grad.size


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, _kept = ctx.saved_values
        return ones(shape)


class LinesUpOnTheRight(Function):
    """Spread d_out without its folded dim."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, _kept = ctx.saved_values
        return d_out.expand(*shape)


class AllToEach(Function):
    """Send the sum of d_out to every cell."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, _kept = ctx.saved_values
        return d_out.sum().expand(*shape)


class TimesX(Function):
    """Multiply by the cells, as a product would."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return x * d_out.view(*kept)


class OneDimBack(Function):
    """Put the one dim back that is called dim."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, dim = ctx.saved_values
        return d_out.unsqueeze(dim).expand(*shape)


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        d_out = d_out.view(*kept).expand(*shape)


# -------------------- slips that need no rule --------------------


class AsPrinted(Function):
    """Return d_out as it came."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class KeepsTheOne(Function):
    """Put the folded dim back, and stop there."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        _shape, kept = ctx.saved_values
        return d_out.view(*kept)


class OneForDim(Function):
    """Return a 0 for dim as well."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        ctx.save_for_backward(x.shape, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept = ctx.saved_values
        return d_out.view(*kept).expand(*shape), 0.0


def by_the_engine(x, *, dim=None, keepdim=False):
    """Leave the way back to gradlab's own op."""
    return x.sum(dim, keepdim=keepdim)
