"""Answers to 09.E13 as learners write them: the way back of View.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import Function, indices, ones, tensor

# -------------------- right ways --------------------


class Reshapes(Function):
    """Rename back, and move what must be moved."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        return d_out.reshape(*own_shape)


class MovesThenViews(Function):
    """Lay d_out out row by row first."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        return d_out.contiguous().view(*own_shape)


class Copies(Function):
    """Start from the plain numbers."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        numbers = [d_out.get(index) for index in indices(d_out.shape)]
        return tensor(numbers).view(*own_shape)


# -------------------- wrong rules --------------------


class ViewsAtOnce(Function):
    """Rename back, however d_out lies in storage."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        return d_out.view(*own_shape)


class Turns(Function):
    """Turn d_out by permute where its dims allow it."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        turned = d_out.T
        return turned if turned.shape == own_shape else d_out.reshape(*own_shape)


class ForgetsDOut(Function):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        return ones(own_shape)


class ReturnsNothing(Function):
    """Compute the gradient, and leave out the return."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        d_out = d_out.reshape(*own_shape)


# -------------------- slips that need no rule --------------------


class AsItCame(Function):
    """Return d_out as it came."""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.save_for_backward(x.shape)
        return x.view(*shape)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class SavesTheNewShape(Function):
    """Save the shape of the result."""

    @staticmethod
    def forward(ctx, x, shape):
        out = x.view(*shape)
        ctx.save_for_backward(out.shape)
        return out

    @staticmethod
    def backward(ctx, d_out):
        (own_shape,) = ctx.saved_values
        return d_out.reshape(*own_shape)
