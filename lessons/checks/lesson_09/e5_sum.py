"""09.E5 Sum: d_out spreads over the cells that were folded."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e5_answers as answers
from .calls import ENGINE, along_dims, back
from .pictures import both_ways

ROWS = [[1, 2], [3, 4], [5, 6]]
SQUARE = [[1, 2], [3, 4]]
SMALL, LINED_UP = "along dim 1", "as many rows as columns"
SMALL_CALL = back(ROWS, dim=1, d_out=[2, 10, -30])

RULES = (
    Rule(
        "the rule of a mean",
        answers.MeanRule,
        "Your backward shares d_out among the cells. Each of them moves the sum by as "
        "much as it moves itself, so each gets all of it; sharing is the rule of Mean.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Every cell got 1, the local derivative, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "lined up on the right",
        answers.LinesUpOnTheRight,
        "Your backward spreads d_out as it came. Shapes meet on the right, so its "
        "numbers met the columns; along dim 1 they belong to the rows.",
        at=LINED_UP,
    ),
    Rule(
        "all of d_out to each",
        answers.AllToEach,
        "Every cell got the sum of d_out. A cell went into one sum only, so the d_out "
        "of that one comes back to it.",
        at=SMALL,
    ),
    Rule(
        "times x",
        answers.TimesX,
        "Your backward multiplies d_out by the cells. A sum moves with each of its "
        "cells one for one, however large they are.",
        at=SMALL,
    ),
    Rule(
        "one dim put back",
        answers.OneDimBack,
        "Your backward puts the dim back that is called dim. With keepdim=True it "
        "never went away, so now there is one too many.",
        at="the dim kept",
    ),
)

PROBES = (
    Probe("one row", back([[1, 2, 3]], dim=1, d_out=[5])),
    Probe(SMALL, SMALL_CALL),
    Probe("along dim 0", back(ROWS, dim=0, d_out=[2, -3])),
    Probe(LINED_UP, back(SQUARE, dim=1, d_out=[10, 20])),
    Probe("the dim kept", back(ROWS, dim=1, keepdim=True, d_out=[[2], [10], [-30]])),
    Probe("all dims at once", back(ROWS, dim=None, d_out=7)),
    *along_dims(),
)

HINTS = Hints(
    symptom=(
        "Compare three shapes on paper: x's, the result's, and that of what your "
        "backward returns. The first and the last must be equal. Then take one cell "
        "of x: into which sum did it go, and which d_out belongs to that sum?"
    ),
    concept=(
        "Spreading is broadcasting. A dim of size 1 stretches by itself, a dim that "
        "is missing counts as 1 on the left only. So the dim that was folded first "
        "has to be a dim of size 1 again, in its own place; forward has saved that "
        "shape. `t.expand(*shape)` stretches; so does any zip with a tensor of the "
        "large one."
    ),
    neighbour=(
        "A bill is split over 4 tables, one price per table. Each of the 3 guests of a "
        "table shall see the price of the table:\n"
        "    prices                             # shape (4,)\n"
        "    prices.view(4, 1)                  # shape (4, 1)\n"
        "    prices.view(4, 1).expand(4, 3)     # shape (4, 3)"
    ),
)

EXERCISE = Exercise(
    id="09.E5",
    name="Sum",
    title="A sum gives back",
    task="Write backward of Sum: a gradient of exactly x's shape.",
    truth="tensors.functions.Sum",
    points=5,
    hidden_points=1,
    minutes=8,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.by_the_engine, "functions.Sum.backward` did the work"),
        WrongAnswer(answers.AsPrinted, "A gradient has exactly its input's shape"),
        WrongAnswer(answers.KeepsTheOne, "spread d_out over them again"),
        WrongAnswer(answers.OneForDim, "returned 2 gradients"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Sum(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.ViewAndExpand, "view gives the dim back, expand stretches it"),
        Variant(answers.AddsToZeros, "any zip stretches: d_out plus zeros"),
        Variant(answers.TimesOnes, "the local derivatives, all 1, times d_out"),
    ),
    ways="All three give the folded dims back as 1, and let broadcasting spread.",
    picture=both_ways(answers.ViewAndExpand),
    show=SMALL_CALL,
    next="E6",
)
