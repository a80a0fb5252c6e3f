"""Answers to 08.E1 as learners write them: right ways and wrong rules."""

from __future__ import annotations

import numpy as np

from gradlab import Function, tensor

# -------------------- right ways --------------------


class TheOtherTwo(Function):
    """Multiply the other two cells."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class SavesTheDerivatives(Function):
    """Work the three derivatives out in forward, and save them."""

    @staticmethod
    def forward(ctx, x):
        a, b, c = x[0], x[1], x[2]
        ctx.save_for_backward(tensor([b * c, a * c, a * b]))
        return a * b * c

    @staticmethod
    def backward(ctx, d_out):
        (local,) = ctx.saved_values
        return local * d_out


class BeforeAndAfter(Function):
    """Multiply what stands before a cell with what stands after it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.prod()

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        numbers = x.tolist()
        before, after = [1.0], [1.0]
        for number in numbers[:-1]:
            before.append(before[-1] * number)
        for number in numbers[:0:-1]:
            after.insert(0, after[0] * number)
        return tensor([d_out.item() * b * a for b, a in zip(before, after)])


class TurnedRound(Function):
    """Turn the cells round by one and by two places: each meets the other two."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.prod()

    @staticmethod
    def backward(ctx, d_out):
        cells = ctx.saved_values[0].to_numpy()
        return tensor(np.roll(cells, 1) * np.roll(cells, 2)) * d_out


# -------------------- wrong rules --------------------


class Divides(Function):
    """Divide the product by each cell, as the slides do."""

    @staticmethod
    def forward(ctx, x):
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    @staticmethod
    def backward(ctx, d_out):
        prod, x = ctx.saved_values
        return d_out * prod / x


class DividesButForZeros(Function):
    """Divide, and give a cell of 0 the gradient 0."""

    @staticmethod
    def forward(ctx, x):
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    @staticmethod
    def backward(ctx, d_out):
        prod, x = ctx.saved_values
        product, d = prod.item(), d_out.item()
        return tensor([d * product / n if n != 0 else 0.0 for n in x.tolist()])


class DividesWithoutDOut(Function):
    """Divide, and forget d_out."""

    @staticmethod
    def forward(ctx, x):
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    @staticmethod
    def backward(ctx, d_out):
        prod, x = ctx.saved_values
        return prod / x


class ForgetsDOut(Function):
    """Return the three derivatives alone."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class TheWholeProduct(Function):
    """Multiply d_out by the whole product, for every cell."""

    @staticmethod
    def forward(ctx, x):
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    @staticmethod
    def backward(ctx, d_out):
        prod, _ = ctx.saved_values
        return tensor([1, 1, 1]) * prod * d_out


class AsASum(Function):
    """Pass d_out on to every cell."""

    @staticmethod
    def forward(ctx, x):
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        return tensor([1, 1, 1]) * d_out


class ItsOwnNumber(Function):
    """Send d_out times itself to every cell."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return x * d_out


class OthersAdded(Function):
    """Add the other two cells."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([x[1] + x[2], x[0] + x[2], x[0] + x[1]]) * d_out


class OnlyTheNext(Function):
    """Take one of the others only, the next one."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([x[1], x[2], x[0]]) * d_out


class AddsDOut(Function):
    """Add d_out where it multiplies."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]]) + d_out


class ReturnsNothing(Function):
    """Work the gradient out, and never return it."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class InAList(Function):
    """Give the product in a tensor of shape (1,)."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0] * x[1] * x[2]])

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([x[1] * x[2], x[0] * x[2], x[0] * x[1]])


class InReverse(Function):
    """Put the three derivatives in the order in which they are written."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * tensor([x[0] * x[1], x[0] * x[2], x[1] * x[2]])


class DOutOnTheFirst(Function):
    """Multiply the first derivative by d_out, and none of the others."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x[0] * x[1] * x[2]

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return tensor([d_out * x[1] * x[2], x[0] * x[2], x[0] * x[1]])
