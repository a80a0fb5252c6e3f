"""09.E9 Log: one over x on the way back."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e9_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

ROWS = [[1.5, 2], [4, 10]]
SMALL = "two rows"
SMALL_CALL = back(ROWS, d_out=[[6, -8], [2, 50]])

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
        "Your backward multiplies by x. The larger x is, the flatter the logarithm "
        "gets: large cells get small gradients.",
        at=SMALL,
    ),
    Rule(
        "divided by the output",
        answers.ByTheOutput,
        "Your backward divides by what came out, log x. The slope is made of what went "
        "in.",
        at=SMALL,
    ),
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward hands d_out on as it came. That is right at x = 1 only.",
        at=SMALL,
    ),
    Rule(
        "one step too far",
        answers.OneStepTooFar,
        "Your backward multiplies by -1 / x², as Inv does. That is the derivative of "
        "1 / x, and so one step too far.",
        at=SMALL,
    ),
    Rule(
        "times the output",
        answers.TimesTheOutput,
        "Your backward multiplies d_out by what came out. That is the value of the "
        "logarithm, not its slope.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(ROWS), says="Forward does not give log x in every cell."),
    Probe("one cell", back([2], d_out=[6])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(0.5, 4),
)

HINTS = Hints(
    symptom=(
        "log 10 is about 2.303, and log 11 about 2.398. How fast does it move there? "
        "Compare with what your code makes of x = 10 and d_out = 50."
    ),
    concept=(
        "The slope of the logarithm is one over x: steep near 0, flat far out. One "
        "division of two tensors is a zip, and gives every cell its own."
    ),
    neighbour=(
        "log(1 + u) has the slope 1 / (1 + u):\n"
        "    ctx.save_for_backward(u)           # forward\n"
        "    (u,) = ctx.saved_values            # backward\n"
        "    return d_out / (1 + u)"
    ),
)

EXERCISE = Exercise(
    id="09.E9",
    name="Log",
    title="A logarithm in every cell",
    task="Write forward and backward of Log: the natural logarithm of every cell.",
    truth="tensors.functions.Log",
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
    own_work="Write the way back yourself, in a class Log(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SavesX, "save the input"),
        Variant(answers.WithAZip, "gradlab's own zip for it"),
        Variant(answers.SavesTheSlope, "save the slope"),
    ),
    ways="All three divide d_out by x, now or already in forward.",
    picture=both_ways(answers.SavesX),
    show=SMALL_CALL,
    next="E10",
)
