"""Answers to 09.E11 as learners write them: the way back of Prod.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, broadcast_index, indices, ones, tensor

# -------------------- right ways --------------------


class TheOthers(Function):
    """Multiply the other cells of the same strip."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values

        others = ones(x.shape)
        for index in indices(x.shape):
            strip = broadcast_index(index, kept.shape)
            for other in indices(x.shape):
                if other != index and broadcast_index(other, kept.shape) == strip:
                    others.set(index, others.get(index) * x.get(other))
        return d_out.view(*kept.shape) * others


class OneInItsPlace(Function):
    """Put a 1 in the place of the cell, and fold again."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, dim, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, dim, shape = ctx.saved_values
        others = ones(x.shape)
        for index in indices(x.shape):
            without = tensor(x.tolist())
            without.set(index, 1.0)
            folded = without.f.mul_reduce(without, dim)
            others.set(index, folded.get(broadcast_index(index, shape)))
        return d_out.view(*shape) * others


class CountsZeros(Function):
    """Divide where that is allowed, and treat strips with zeros apart."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, dim, kept.shape)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, dim, shape = ctx.saved_values
        zero = x == 0
        filled = x + zero
        rest = filled.f.mul_reduce(filled, dim)
        zeros_in_strip = zero.f.add_reduce(zero, dim)
        others = (zeros_in_strip == 0) * rest / filled
        others = others + zero * (zeros_in_strip == 1) * rest
        return d_out.view(*shape) * others


# -------------------- wrong rules --------------------


class Divides(Function):
    """Divide the product by the cell."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return d_out.view(*kept.shape) * kept / x


class DividesWithoutDOut(Function):
    """Divide the product by the cell, and leave d_out out."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return kept / x


class NothingFromZero(Function):
    """Divide, and let nothing back to a zero."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        safe = x + (x == 0)
        return d_out.view(*kept.shape) * kept / safe


class TheWholeProduct(Function):
    """Multiply by the whole product."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return (d_out.view(*kept.shape) * kept).expand(*x.shape)


class SumRule(Function):
    """Spread d_out as Sum does."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return d_out.view(*kept.shape).expand(*x.shape)


class TimesX(Function):
    """Multiply by the cell itself."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        return d_out.view(*kept.shape) * x


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values

        others = ones(x.shape)
        for index in indices(x.shape):
            strip = broadcast_index(index, kept.shape)
            for other in indices(x.shape):
                if other != index and broadcast_index(other, kept.shape) == strip:
                    others.set(index, others.get(index) * x.get(other))
        return others


class AllStrips(Function):
    """Multiply all other cells, of every strip."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values

        others = ones(x.shape)
        for index in indices(x.shape):
            for other in indices(x.shape):
                if other != index:
                    others.set(index, others.get(index) * x.get(other))
        return d_out.view(*kept.shape) * others


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        d_out = d_out.view(*kept.shape) * kept / x


class ByRows(Function):
    """Take each row for a strip, whatever dim is."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        x, kept = ctx.saved_values
        others = ones(x.shape)
        for index in indices(x.shape):
            for other in indices(x.shape):
                if other != index and other[0] == index[0]:
                    others.set(index, others.get(index) * x.get(other))
        return d_out.view(*kept.shape) * others


# -------------------- slips that need no rule --------------------


class NotSpread(Function):
    """Multiply d_out by the product, and stop there."""

    @staticmethod
    def forward(ctx, x, dim=None, keepdim=False):
        kept = x.f.mul_reduce(x, dim)
        ctx.save_for_backward(x, kept)
        return kept if keepdim else kept.squeeze(dim)

    @staticmethod
    def backward(ctx, d_out):
        _x, kept = ctx.saved_values
        return d_out.view(*kept.shape) * kept
