"""Answers to 09.E7 as learners write them: the way back of Permute.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, ones

# -------------------- right ways --------------------


class LooksUp(Function):
    """Ask for each dim where it went."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        back = [order.index(dim) for dim in range(len(order))]
        return d_out.permute(*back)


class WritesDown(Function):
    """Write down for each dim of the result where it belongs."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        back = [0] * len(order)
        for place, dim in enumerate(order):
            back[dim] = place
        return d_out.permute(*back)


class Sorts(Function):
    """Sort the places by the dims that stand there."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        places = range(len(order))
        return d_out.permute(*sorted(places, key=lambda place: order[place]))


# -------------------- wrong rules --------------------


class SameAgain(Function):
    """Use the same order once more."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        return d_out.permute(*order)


class ReadBackwards(Function):
    """Read the order from its end."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        return d_out.permute(*order[::-1])


class Unmoved(Function):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class AllTurned(Function):
    """Turn all dims round."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        return d_out.T


class Renamed(Function):
    """Give d_out the shape of x by view."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(x.shape)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (shape,) = ctx.saved_values
        return d_out.reshape(*shape)


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(x.shape)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (shape,) = ctx.saved_values
        return ones(shape)


class OneTooFew(Function):
    """Rotate the dims back by one place."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        dims = range(len(order))
        return d_out.permute(*[(dim - 1) % len(order) for dim in dims])


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        back = [order.index(dim) for dim in range(len(order))]
        d_out = d_out.permute(*back)


# -------------------- slips that need no rule --------------------


class OneForTheOrder(Function):
    """Return a None for the order as well."""

    @staticmethod
    def forward(ctx, x, order):
        ctx.save_for_backward(order)
        return x.permute(*order)

    @staticmethod
    def backward(ctx, d_out):
        (order,) = ctx.saved_values
        back = [order.index(dim) for dim in range(len(order))]
        return d_out.permute(*back), None
