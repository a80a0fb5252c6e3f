"""Answers to 10.E4 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

from gradlab import Function

# -------------------- right ways --------------------


class SavesShapes(Function):
    """Save the shapes; nothing else is needed."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x.shape, y.shape)
        return x.f.add_zip(x, y)

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x_shape, y_shape = ctx.saved_values
        return unbroadcast(d_out, x_shape), unbroadcast(d_out, y_shape)


class OnTheContext(Function):
    """Keep the shapes as an attribute of the context."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.shapes = x.shape, y.shape
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        return tuple(unbroadcast(d_out, shape) for shape in ctx.shapes)


class SavesInputs(Function):
    """Save the inputs themselves, for their shapes."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out, x.shape), unbroadcast(d_out, y.shape)


# -------------------- wrong rules --------------------


class AsPrinted(Function):
    """Leave it as the slide has it."""

    @staticmethod
    def forward(ctx, x, y):
        return x.f.add_zip(x, y)

    @staticmethod
    def backward(ctx, d_out):
        return d_out, d_out


class OnlyTheSecond(Function):
    """Sum back for the second input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(y.shape)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        (y_shape,) = ctx.saved_values
        return d_out, unbroadcast(d_out, y_shape)


class OnlyTheFirst(Function):
    """Sum back for the first input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x.shape)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        (x_shape,) = ctx.saved_values
        return unbroadcast(d_out, x_shape), d_out


class OnesOnly(Function):
    """Count the readings, whatever d_out is."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x.shape, y.shape)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import ones, unbroadcast

        x_shape, y_shape = ctx.saved_values
        local = ones(d_out.shape)
        return unbroadcast(local, x_shape), unbroadcast(local, y_shape)


class AsAProduct(Function):
    """Multiply by the other input."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        return unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)


class Means(Function):
    """Take the mean of what comes to a cell."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x, y = ctx.saved_values
        dx, dy = unbroadcast(d_out, x.shape), unbroadcast(d_out, y.shape)
        return dx * (x.size / d_out.size), dy * (y.size / d_out.size)


class AsASub(Function):
    """Turn the sign of the second one."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x.shape, y.shape)
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x_shape, y_shape = ctx.saved_values
        return unbroadcast(d_out, x_shape), unbroadcast(-d_out, y_shape)


# -------------------- slips that need no rule --------------------


class ShapesOfNothing(Function):
    """Use the shapes without saving them."""

    @staticmethod
    def forward(ctx, x, y):
        return x + y

    @staticmethod
    def backward(ctx, d_out):
        from gradlab import unbroadcast

        x_shape, y_shape = ctx.saved_values
        return unbroadcast(d_out, x_shape), unbroadcast(d_out, y_shape)


def by_the_engine(x, y):
    """Write a function in place of a Function: the engine goes back through it."""
    return x + y
