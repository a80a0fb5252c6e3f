"""09.E8 Exp: the output is its own slope."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e8_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

ROWS = [[0, 1], [-1, 2]]
SMALL = "two rows"
SMALL_CALL = back(ROWS, d_out=[[5, -2], [10, 3]])

RULES = (
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the slopes, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "times x",
        answers.TimesX,
        "Your backward multiplies d_out by x. At x = 0 that lets nothing back, and "
        "there e^x has the slope 1.",
        at=SMALL,
    ),
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward hands d_out on as it came. That is right at x = 0 only.",
        at=SMALL,
    ),
    Rule(
        "as a power",
        answers.AsAPower,
        "Your backward lowers the exponent by 1, as for x to the power n. Here x is "
        "the exponent, and that rule does not hold.",
        at=SMALL,
    ),
    Rule(
        "exp of the output",
        answers.ExpOfTheOutput,
        "Your backward takes exp of what was saved, and that was the output already.",
        at=SMALL,
    ),
    Rule(
        "exp of d_out",
        answers.ExpOfDOut,
        "Your backward sends d_out itself through exp. A gradient is multiplied by a "
        "slope; it never goes through the function.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(ROWS), says="Forward does not give e^x in every cell."),
    Probe("one cell", back([0], d_out=[7])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(-2, 2),
)

HINTS = Hints(
    symptom=(
        "At x = 0 the output is 1. Compare x = 0.1: e^0.1 is about 1.105. What is the "
        "slope? And at x = 2, where the output is 7.39, e^2.1 is about 8.17?"
    ),
    concept=(
        "The slope of e^x is e^x. Forward has computed it, so it can be saved as it "
        "is: what forward saves may be an input, an output, or a slope."
    ),
    neighbour=(
        "The sigmoid's slope is made of its output too:\n"
        "    s = u.sigmoid()                    # forward\n"
        "    ctx.save_for_backward(s)\n"
        "    (s,) = ctx.saved_values            # backward\n"
        "    return d_out * s * (1 - s)"
    ),
)

EXERCISE = Exercise(
    id="09.E8",
    name="Exp",
    title="Its own slope",
    task="Write forward and backward of Exp: e to the power x, in every cell.",
    truth="tensors.functions.Exp",
    points=2,
    hidden_points=0.5,
    minutes=2,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Exp(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SavesTheOutput, "save the output"),
        Variant(answers.SavesX, "save the input, and take exp twice"),
        Variant(answers.WithAZip, "gradlab's own zip for it"),
    ),
    ways="Saving the output spares a second exp in every cell.",
    picture=both_ways(answers.SavesTheOutput),
    show=SMALL_CALL,
    next="E9",
)
