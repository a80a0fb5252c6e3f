"""04.E2 Exp: the function that is its own derivative, so its output is worth saving."""

from __future__ import annotations

import math

from gradlab import ScalarFunction
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from .calls import SPEED, back, forward, random_ways_back
from .pictures import both_ways

# -------------------- right ways --------------------


class SavesTheOutput(ScalarFunction):
    """Save what comes out: it is the derivative."""

    @staticmethod
    def forward(ctx, x):
        y = math.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return d_out * y


class SavesTheInput(ScalarFunction):
    """Save x, and take e to the x a second time."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        return d_out * math.exp(ctx.saved_values[0])


# -------------------- wrong rules --------------------


class ForgetsDOut(ScalarFunction):
    """Return e to the x alone."""

    @staticmethod
    def forward(ctx, x):
        y = math.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, d_out):
        (y,) = ctx.saved_values
        return y


class TimesTheInput(ScalarFunction):
    """Save x, and use it as if it were the output."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x


class AsAPower(ScalarFunction):
    """Use the rule for x to the n."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        return d_out * x * math.exp(x - 1)


class PassesOn(ScalarFunction):
    """Pass d_out on as it is."""

    @staticmethod
    def forward(ctx, x):
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        return d_out


class ExpOfDOut(ScalarFunction):
    """Take e to the d_out."""

    @staticmethod
    def forward(ctx, x):
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        return math.exp(d_out)


class ReturnsNothing(ScalarFunction):
    """Compute in backward, and return nothing."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return math.exp(x)

    @staticmethod
    def backward(ctx, d_out):
        (x,) = ctx.saved_values
        x = d_out * math.exp(x)


RULES = (
    Rule(
        "forgot d_out",
        ForgetsDOut,
        "Your backward sends back the local derivative, whatever d_out is. With "
        "d_out = 1 nobody would notice.",
        at="d_out = 3",
    ),
    Rule(
        "times the input",
        TimesTheInput,
        "Your backward multiplies d_out by x. The local derivative of e^x is e^x; at "
        "x = 2 that is 7.389, not 2.",
        at="d_out = 3",
    ),
    Rule(
        "the rule for a power",
        AsAPower,
        "Your backward follows the rule for x^n, n x^(n-1). In e^x it is the exponent "
        "that moves; the base stays.",
        at="d_out = 3",
    ),
    Rule(
        "passed on",
        PassesOn,
        "Your backward hands d_out on as it came. That is right only where the local "
        "derivative is 1; for e^x this is at x = 0.",
        at="d_out = 3",
    ),
    Rule(
        "e to the d_out",
        ExpOfDOut,
        "Your backward takes e to the power of d_out. d_out is a derivative that came "
        "in, not a place at which to compute.",
        at="d_out = 3",
    ),
)

# -------------------- slips that need no rule --------------------


class TwoToThe(ScalarFunction):
    """Take 2 for the base."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(2.0**x)
        return 2.0**x

    @staticmethod
    def backward(ctx, d_out):
        return d_out * ctx.saved_values[0]


# -------------------- probes --------------------

PROBES = (
    Probe("forward", forward(1), says="Forward does not give e to the power x."),
    Probe("d_out = 3", back(2, d_out=3), says=SPEED),
    Probe("at 0", back(0, d_out=-2), says=SPEED),
    *random_ways_back(0.3, 2),
)

HINTS = Hints(
    symptom=(
        f"At x = 2, e^x is {math.exp(2):.4g}. At x = 2.001 it is "
        f"{math.exp(2.001):.6g}. By how much did it grow, divided by 0.001? Compare "
        "that with what your backward sends for d_out = 1."
    ),
    concept=(
        "e^x is its own derivative. So the number that forward computes is the very "
        "number that backward needs; saved, it need not be computed twice."
    ),
    neighbour=(
        "The square root, too, has a derivative that is made of its output r: "
        "1 / (2 r).\n"
        "    r = math.sqrt(u)          # forward, then save r\n"
        "    d_out / (2 * r)           # backward"
    ),
)

EXERCISE = Exercise(
    id="04.E2",
    name="Exp",
    title="Save what comes out",
    task="Write forward and backward of Exp: e to the power x.",
    truth="scalar_functions.Exp",
    points=2,
    hidden_points=0.5,
    minutes=5,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(ReturnsNothing, "Your backward gave None"),
        WrongAnswer(TwoToThe, "Forward does not give e to the power x"),
    ),
    hints=HINTS,
    variants=(
        Variant(SavesTheOutput, "save the output"),
        Variant(SavesTheInput, "save the input, and compute e^x twice"),
    ),
    ways="The first saves the costly part of the work; the second is as right.",
    picture=both_ways(SavesTheOutput),
    show=back(2, d_out=3),
    next="E3",
)
