"""Answers to 09.E6 as learners write them: the way back of Mean.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, ones

# -------------------- right ways --------------------


class SharesThenSpreads(Function):
    """Divide by n, then spread."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        return (d_out / n).view(*kept).expand(*shape)


class SpreadsThenShares(Function):
    """Spread as Sum does, then divide by n."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        return d_out.view(*kept).expand(*shape) / n


class TimesTheSlopes(Function):
    """Multiply the local derivatives, all 1 / n, by d_out."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        return d_out.view(*kept) * (ones(shape) / n)


# -------------------- wrong rules --------------------


class SumRule(Function):
    """Spread d_out as Sum does."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, _n = ctx.saved_values
        return d_out.view(*kept).expand(*shape)


class TimesN(Function):
    """Multiply by n."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        return (d_out * n).view(*kept).expand(*shape)


class DividesTwice(Function):
    """Divide by n before the spreading, and once more after it."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        share = (d_out / n).view(*kept)
        return share.expand(*shape) / n


class DividesByAll(Function):
    """Divide by the number of all cells."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, _n = ctx.saved_values
        grad = d_out.view(*kept).expand(*shape)
        return grad / grad.size


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, _kept, n = ctx.saved_values
        return ones(shape) / n


class LinesUpOnTheRight(Function):
    """Spread d_out without its folded dim."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, _kept, n = ctx.saved_values
        return (d_out / n).expand(*shape)


class NotSpread(Function):
    """Divide by n, and stop there."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        _shape, _kept, n = ctx.saved_values
        return d_out / n


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, kept, n = ctx.saved_values
        d_out = (d_out / n).view(*kept).expand(*shape)


# -------------------- slips that need no rule --------------------


class KeepsTheOne(Function):
    """Put the folded dim back, and stop there."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.add_reduce(x, dim)
        n = x.size // max(kept.size, 1)
        ctx.save_for_backward(x.shape, kept.shape, n)
        mean = kept / n
        return mean if keepdim else mean.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        _shape, kept, n = ctx.saved_values
        return (d_out / n).view(*kept)
