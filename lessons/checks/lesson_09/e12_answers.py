"""Answers to 09.E12 as learners write them: the way back of Max.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, broadcast_index, indices, where, zeros

# -------------------- right ways --------------------


class Shares(Function):
    """Count the winners of each strip, and share."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        winners = won.f.add_reduce(won, dim)
        return d_out.view(*kept.shape) * won / winners


class SumsWithKeepdim(Function):
    """Count with sum, which can keep the dim as well."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        share = won / won.sum(dim, keepdim=True)
        return share * d_out.view(*kept.shape)


class Chooses(Function):
    """Choose with where: a share for winners, 0 for the others."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        share = d_out.view(*kept.shape) / won.f.add_reduce(won, dim)
        return where(won, share, share * 0)


# -------------------- wrong rules --------------------


class AllToEachWinner(Function):
    """Give every winner all of it."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, _dim = ctx.saved_values
        return d_out.view(*kept.shape) * (x == kept)


class FirstWinner(Function):
    """Give it to the first winner alone."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, _dim = ctx.saved_values

        grad, given = zeros(x.shape), set()
        for index in indices(x.shape):
            strip = broadcast_index(index, kept.shape)
            if strip not in given and x.get(index) == kept.get(strip):
                grad.set(index, d_out.view(*kept.shape).get(strip))
                given.add(strip)
        return grad


class SumRule(Function):
    """Spread d_out as Sum does."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, _dim = ctx.saved_values
        return d_out.view(*kept.shape).expand(*x.shape)


class MeanRule(Function):
    """Spread d_out as Mean does."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, _dim = ctx.saved_values
        grad = d_out.view(*kept.shape).expand(*x.shape)
        return grad * kept.size / x.size


class ForgetsDOut(Function):
    """Return the shares alone."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        return won / won.f.add_reduce(won, dim)


class OneToEachWinner(Function):
    """Return where x is the largest: 1 for each winner."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return x == kept


class OneSharedByAll(Function):
    """Share a 1 among the winners of all strips."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        won = x == kept
        return won / won.sum()


class TimesTheMax(Function):
    """Multiply by the largest number."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        return d_out.view(*kept.shape) * won * kept / won.f.add_reduce(won, dim)


class LargestOfAll(Function):
    """Look for the largest number of all strips."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, _dim = ctx.saved_values
        won = x == x.max()
        return d_out.view(*kept.shape) * won / won.sum()


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept, dim = ctx.saved_values
        won = x == kept
        d_out = d_out.view(*kept.shape) * won / won.f.add_reduce(won, dim)


class CountsAllWinners(Function):
    """Share among the winners of all strips."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        won = x == kept
        return d_out.view(*kept.shape) * won / won.sum()


# -------------------- slips that need no rule --------------------


class NotSpread(Function):
    """Return d_out as it came."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.maximum_reduce(x, dim)
        ctx.save_for_backward(x, kept, dim)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        return d_out
