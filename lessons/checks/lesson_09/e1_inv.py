"""09.E1 Inv: the first map with its way back, cell by cell."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e1_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

GRID = [[1, 2], [4, -5], [10, -1]]
SMALL = "three rows"
SMALL_CALL = back(GRID, d_out=[[3, 2], [16, 25], [-100, 7]])

RULES = (
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the slopes, whatever d_out is. With a d_out of ones "
        "nobody would notice.",
        at=SMALL,
    ),
    Rule(
        "no minus",
        answers.NoMinus,
        "Every sign is turned round. Where x grows, 1 / x falls, so the slope is "
        "negative.",
        at=SMALL,
    ),
    Rule(
        "not squared",
        answers.NotSquared,
        "Your gradient is -d_out / x. At x = 10 the slope is a hundredth, not a "
        "tenth: from 10 to 11, 1 / x falls from 0.1 to about 0.09.",
        at=SMALL,
    ),
    Rule(
        "x cancelled",
        answers.CancelsX,
        "Your backward gives -d_out, and x has no part in it. (Without brackets, "
        "d_out / x * x is d_out again.)",
        at=SMALL,
    ),
    Rule(
        "times the output",
        answers.ByTheOutput,
        "Your gradient is d_out times what came out, 1 / x. That is the value; the "
        "slope is another number.",
        at=SMALL,
    ),
    Rule(
        "took the output for x",
        answers.MistakesTheSaved,
        "Your gradient is -d_out times x²: cells far from 0 get the large gradients, "
        "and they should get the small ones. Was 1 / x saved, and taken for x?",
        at=SMALL,
    ),
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward hands d_out on as it came. That is right where the slope is 1, "
        "and here it is 1 nowhere.",
        at=SMALL,
    ),
    Rule(
        "sum of d_out",
        answers.AddsUp,
        "Every cell got the sum of d_out times its slope. In a map, cell i of the "
        "result depends on cell i alone, so only its own d_out comes back to it.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(GRID), says="Forward does not give 1 / x in every cell."),
    Probe("one cell", back([2], d_out=[8])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(0.5, 4),
)

HINTS = Hints(
    symptom=(
        "Take the single cell x = 2, with d_out = 8. Move x to 2.1: how far does 1 / x "
        "move? Divided by 0.1, that is the slope. What goes back is d_out times that."
    ),
    concept=(
        "A map is many scalar functions side by side, one per cell. Nothing new is to "
        "be derived: the rule is that of Inv on one number, and tensor arithmetic does "
        "it in every cell at once. What backward needs, forward saves; "
        "`ctx.saved_values` is a tuple, even of one."
    ),
    neighbour=(
        "The square root has the slope 1 / (2 * sqrt(u)):\n"
        "    out = u.sqrt()                     # forward\n"
        "    ctx.save_for_backward(out)\n"
        "    (out,) = ctx.saved_values          # backward\n"
        "    return d_out / (2 * out)"
    ),
)

EXERCISE = Exercise(
    id="09.E1",
    name="Inv",
    title="One over x, in every cell",
    task="Write forward and backward of Inv: 1 / x in every cell.",
    truth="tensors.functions.Inv",
    points=3,
    hidden_points=1,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.by_the_engine, "functions.Div.backward` did the work"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
        WrongAnswer(answers.TakesTheTuple, "TypeError"),
        WrongAnswer(answers.OneNumber, "A gradient has exactly its input's shape"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Inv(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SavesX, "save the input"),
        Variant(answers.AsPrinted, "as the slide has it: `inv_back_zip` is a zip"),
        Variant(answers.SavesTheOutput, "save the output: no second division"),
    ),
    ways="All three multiply -1 / x² by d_out, cell by cell.",
    picture=both_ways(answers.SavesX),
    show=SMALL_CALL,
    next="E2",
)
