"""04.E1 Mul: the first ScalarFunction of one's own, forward and backward."""

from __future__ import annotations

from gradlab import ScalarFunction
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from .calls import SPEED, back, forward, random_ways_back
from .pictures import both_ways

# -------------------- right ways --------------------


class SavesBoth(ScalarFunction):
    """Save both numbers."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class SavesSlopes(ScalarFunction):
    """Save the two local derivatives themselves."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(y, x)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        by_x, by_y = ctx.saved_values
        return by_x * d_out, by_y * d_out


class OnTheContext(ScalarFunction):
    """Keep the numbers as attributes of the context."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.x, ctx.y = x, y
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        return ctx.y * d_out, ctx.x * d_out


# -------------------- wrong rules --------------------


class ForgetsDOut(ScalarFunction):
    """Return the local derivatives alone."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return y, x


class Swapped(ScalarFunction):
    """Send each input its own number."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * x, d_out * y


class SwappedWithoutDOut(ScalarFunction):
    """Send each input its own number, without d_out."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        return ctx.saved_values


class AsASum(ScalarFunction):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x, y):
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        return d_out, d_out


class ByTheProduct(ScalarFunction):
    """Multiply by the product, for both."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x * y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        (z,) = ctx.saved_values
        return d_out * z, d_out * z


class AddsDOut(ScalarFunction):
    """Add d_out where it multiplies."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out + y, d_out + x


RULES = (
    Rule(
        "forgot d_out",
        ForgetsDOut,
        "Your backward sends back the local derivatives, whatever d_out is. With "
        "d_out = 1 nobody would notice; here d_out is 2, and half is missing.",
        at="d_out = 2",
    ),
    Rule(
        "swapped",
        Swapped,
        "Your backward sends d_out times 3 to the 3 and d_out times 4 to the 4. How "
        "fast the product moves with one of them is set by the other.",
        at="d_out = 2",
    ),
    Rule(
        "swapped, and forgot d_out",
        SwappedWithoutDOut,
        "Your backward sends every input its own number back, and d_out has no part "
        "in it.",
        at="d_out = 2",
    ),
    Rule(
        "the backward of a sum",
        AsASum,
        "Both inputs get d_out as it came. That is how a sum goes back; a product "
        "moves faster or slower, by its local derivatives.",
        at="d_out = 2",
    ),
    Rule(
        "times the product",
        ByTheProduct,
        "Both inputs get d_out times the product, 12. The product is what came out; "
        "how fast it moves with one input is another number.",
        at="d_out = 2",
    ),
    Rule(
        "added d_out",
        AddsDOut,
        "Your backward adds d_out to the local derivative. Along a path, derivatives "
        "multiply; they add up only where paths meet.",
        at="d_out = 2",
    ),
)

# -------------------- slips that need no rule --------------------


class OneGradient(ScalarFunction):
    """Return a gradient for the first input only."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        _, y = ctx.saved_values
        return d_out * y


class SavesNothing(ScalarFunction):
    """Forget to save in forward."""

    @staticmethod
    def forward(ctx, x, y):
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


# -------------------- probes --------------------

PROBES = (
    Probe("forward", forward(3, 4), says="Forward does not give x * y."),
    Probe("d_out = 2", back(3, 4, d_out=2), says=SPEED),
    Probe("a zero", back(0, 5, d_out=-3), says=SPEED),
    *random_ways_back(0.3, 4, inputs=2),
)

HINTS = Hints(
    symptom=(
        "Take x = 3, y = 4, so the product is 12. Move x by a little, to 3.1, and "
        "compute the product again. How much faster than x did it move? That is one "
        "local derivative. Then do the same with y."
    ),
    concept=(
        "f'(z) arrives as d_out. What goes back to an input is the local derivative "
        "times d_out, one number for each input, in the order in which forward got "
        "them. Backward knows no inputs by itself: whatever it needs, forward puts "
        "into `ctx`, and `ctx.saved_values` is always a tuple."
    ),
    neighbour=(
        "A quotient u / v has the local derivatives 1 / v by u, and -u / v**2 by v:\n"
        "    ctx.save_for_backward(u, v)            # forward\n"
        "    u, v = ctx.saved_values                # backward\n"
        "    return d_out / v, -d_out * u / v**2"
    ),
)

EXERCISE = Exercise(
    id="04.E1",
    name="Mul",
    title="A product that knows its way back",
    task="Write forward and backward of Mul: x * y, and its two derivatives.",
    truth="scalar_functions.Mul",
    points=4,
    hidden_points=1,
    minutes=8,
    probes=PROBES,
    rules=RULES,
    raises=(
        (
            "returned 1 gradient|returned a list",
            "A function of two inputs sends back two numbers: one to each.",
        ),
    ),
    wrong_answers=(
        WrongAnswer(OneGradient, "returned 1 gradient, but forward had 2 inputs"),
        WrongAnswer(SavesNothing, "not enough values to unpack"),
    ),
    hints=HINTS,
    variants=(
        Variant(SavesBoth, "save the two numbers"),
        Variant(SavesSlopes, "save the two local derivatives, already in order"),
        Variant(OnTheContext, "attributes of `ctx` work as well"),
    ),
    ways="All of them carry two numbers from forward to backward.",
    picture=both_ways(SavesBoth),
    show=back(3, 4, d_out=2),
    next="E2",
)
