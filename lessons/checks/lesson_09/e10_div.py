"""09.E10 Div: the quotient rule, one half for each input."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e10_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

X, Y = [[6, 2], [-9, 5], [0, 8]], [[2, 4], [3, -10], [5, 0.5]]
SMALL = "three rows"
SMALL_CALL = back(X, Y, d_out=[[4, 8], [-3, 20], [10, 7]])

RULES = (
    Rule(
        "no minus",
        answers.NoMinus,
        "The gradient of y has the wrong sign: where a divisor grows, a quotient of "
        "two positive numbers falls.",
        at=SMALL,
    ),
    Rule(
        "y not squared",
        answers.NotSquared,
        "Your gradient of y is -d_out * x / y. 1 / y by itself has the slope -1 / y², "
        "as Inv has.",
        at=SMALL,
    ),
    Rule(
        "y cancelled",
        answers.CancelsY,
        "y got -d_out times x, and y has no part in it. (Without brackets, x / y * y "
        "is x again.)",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the local derivatives, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "swapped",
        answers.Swapped,
        "Both numbers are right, and each went to the other input. backward returns "
        "them in the order in which forward got x and y.",
        at=SMALL,
    ),
    Rule(
        "the backward of a product",
        answers.AsAProduct,
        "Your backward is that of Mul. A quotient moves with x by 1 / y, not by y.",
        at=SMALL,
    ),
    Rule(
        "x left out",
        answers.ForgetsX,
        "For y your backward goes back through 1 / y alone. That 1 / y was multiplied "
        "by x, so x is part of the slope.",
        at=SMALL,
    ),
    Rule(
        "the backward of a difference",
        answers.AsADifference,
        "x got d_out, and y got it with the sign turned: that is how Sub goes back.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(X, Y), says="Forward does not give x / y in every cell."),
    Probe("one cell each", back([6], [2], d_out=[4])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(0.5, 4, inputs=2),
)

HINTS = Hints(
    symptom=(
        "6 / 2 is 3. Let x become 6.1, then y 2.1: how far does the quotient move each "
        "time, and in which direction?"
    ),
    concept=(
        "x / y is x times 1 / y, so a Mul and an Inv. By x the slope is 1 / y, the "
        "other factor. By y, d_out first passes the product and meets x, then passes "
        "Inv and meets -1 / y². Along a way, local derivatives multiply."
    ),
    neighbour=(
        "u squared over v has the slopes 2 u / v and -u² / v²:\n"
        "    u, v = ctx.saved_values\n"
        "    return 2 * u / v * d_out, -(u * u) / (v * v) * d_out"
    ),
)

EXERCISE = Exercise(
    id="09.E10",
    name="Div",
    title="A quotient of two tensors",
    task="Write forward and backward of Div: x / y, two inputs of one shape.",
    truth="tensors.functions.Div",
    points=3,
    hidden_points=1,
    minutes=6,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(WrongAnswer(answers.OneGradient, "returned 1 gradient"),),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Div(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.QuotientRule, "the quotient rule"),
        Variant(answers.SavesTheResult, "made of the result: -out / y"),
        Variant(answers.AsMulAndInv, "as x times 1 / y"),
    ),
    ways="The quotient rule is the product rule and Inv, one after the other.",
    picture=both_ways(answers.QuotientRule),
    show=SMALL_CALL,
    next="E11",
)
