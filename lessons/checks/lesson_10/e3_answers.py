"""Answers to 10.E3 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class InThreeSteps(Function):
    """Gradients on the result's shape, then sums, then return."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)


class ByTheLoops(Function):
    """Use the loops below the tensors, as MiniTorch does."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x.f.mul_zip(x, y)

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        by_x, by_y = d_out.f.mul_zip(d_out, y), d_out.f.mul_zip(d_out, x)
        return unbroadcast(by_x, x.shape), unbroadcast(by_y, y.shape)


class StretchedFirst(Function):
    """Stretch both inputs in forward; sum by hand in backward."""

    @staticmethod
    def forward(ctx, x, y):
        z = x * y
        ctx.x_shape, ctx.y_shape = x.shape, y.shape
        ctx.save_for_backward(x.expand(*z.shape), y.expand(*z.shape))
        return z

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        gradients = []
        for d, shape in ((d_out * y, ctx.x_shape), (d_out * x, ctx.y_shape)):
            while d.ndim > len(shape):
                d = d.sum(0)
            for dim, size in enumerate(shape):
                if d.shape[dim] != size:
                    d = d.sum(dim, keepdim=True)
            gradients.append(d)
        return tuple(gradients)


# -------------------- wrong rules --------------------


class ForgetsDOut(Function):
    """Sum the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        x_full, y_full = x.expand(*d_out.shape), y.expand(*d_out.shape)
        return unbroadcast(y_full, x.shape), unbroadcast(x_full, y.shape)


class Means(Function):
    """Take the mean of what comes to a cell."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        dx, dy = unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)
        return dx * (x.size / d_out.size), dy * (y.size / d_out.size)


class Swapped(Function):
    """Multiply each gradient by the input's own number."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * x, x.shape), unbroadcast(d_out * y, y.shape)


class AsASum(Function):
    """Pass d_out on, as a sum does."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out, x.shape), unbroadcast(d_out, y.shape)


class NeverSums(Function):
    """Return both gradients on the shape of the result."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class OnlyTheSecond(Function):
    """Sum back for the second input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return d_out * y, unbroadcast(d_out * x, y.shape)


class OnlyTheFirst(Function):
    """Sum back for the first input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), d_out * x


class ByTheOutput(Function):
    """Multiply by the result, for both."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        back = d_out * (x * y)
        return unbroadcast(back, x.shape), unbroadcast(back, y.shape)


class SummedDOutTimesSum(Function):
    """Sum d_out and the other input apart, then multiply the sums."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        x_full, y_full = x.expand(*d_out.shape), y.expand(*d_out.shape)
        dx = unbroadcast(d_out, x.shape) * unbroadcast(y_full, x.shape)
        dy = unbroadcast(d_out, y.shape) * unbroadcast(x_full, y.shape)
        return dx, dy


# -------------------- slips that need no rule --------------------


class OneGradient(Function):
    """Return the first gradient only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape)


class SavesNothing(Function):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x, y):
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)


def by_the_engine(x, y):
    """Write a function in place of a Function: the engine goes back through it."""
    return x * y
