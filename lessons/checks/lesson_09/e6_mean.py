"""09.E6 Mean: d_out spreads, in equal shares."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e6_answers as answers
from .calls import ENGINE, along_dims, back
from .pictures import both_ways

ROWS = [[1, 2, 3, 6], [3, 4, 5, 0]]
SQUARE = [[1, 2], [3, 4]]
SMALL, LINED_UP = "along dim 1", "as many rows as columns"
SMALL_CALL = back(ROWS, dim=1, d_out=[8, -20])

RULES = (
    Rule(
        "the rule of a sum",
        answers.SumRule,
        "Every cell got all of d_out. Of four cells, one that moves by 1 moves the "
        "mean by a quarter only.",
        at=SMALL,
    ),
    Rule(
        "times n",
        answers.TimesN,
        "Your backward multiplies by the number of cells. The more cells there are, "
        "the less one of them moves their mean.",
        at=SMALL,
    ),
    Rule(
        "divided twice",
        answers.DividesTwice,
        "Every cell got d_out divided by n twice: 8 / 4 / 4 = 0.5 in the first row. Of "
        "four cells, one that moves by 1 moves the mean by a quarter.",
        at=SMALL,
    ),
    Rule(
        "divided by all cells",
        answers.DividesByAll,
        "Your backward divides by 8, the number of all cells of x. Each mean was taken "
        "of the 4 cells that were folded into it.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Every cell got the local derivative alone, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "lined up on the right",
        answers.LinesUpOnTheRight,
        "The shares are right, and went to the wrong cells: without its folded dim, "
        "d_out met the columns, and along dim 1 it belongs to the rows.",
        at=LINED_UP,
    ),
    Rule(
        "gradients of another shape",
        answers.NotSpread,
        "On every call the gradient came back in a shape that is not that of x. d_out "
        "has one number for each mean; each cell of x has a gradient of its own.",
        raising="^Mean.backward returned shape",
    ),
)

PROBES = (
    Probe("one row", back([[1, 2]], dim=1, d_out=[5])),
    Probe(SMALL, SMALL_CALL),
    Probe(LINED_UP, back(SQUARE, dim=1, d_out=[10, 20])),
    Probe("the dim kept", back(ROWS, dim=0, keepdim=True, d_out=[[2, 10, -30, 4]])),
    Probe("all dims at once", back(ROWS, dim=None, d_out=7)),
    *along_dims(),
)

HINTS = Hints(
    symptom=(
        "The mean of 1, 2, 3 and 6 is 3. Let the 6 become 7: what is the mean now? "
        "That is the slope of one cell. Compare it with what your code sends back for "
        "d_out = 8."
    ),
    concept=(
        "A mean is a sum, divided by n. The way back passes the division first, and "
        "then the sum. n counts the cells that were folded into one, not all of them."
    ),
    neighbour=(
        "Twice the sum of a strip, 2 * sum(u), of the strip 5, 8, 1 and with d_out 3:\n"
        "    3 arrives\n"
        "    2 * 3 = 6              # back through the factor\n"
        "    6, 6, 6                # back through the sum"
    ),
)

EXERCISE = Exercise(
    id="09.E6",
    name="Mean",
    title="A mean gives back shares",
    task="Write backward of Mean: a gradient of exactly x's shape.",
    truth="tensors.functions.Mean",
    points=2,
    hidden_points=0.5,
    minutes=3,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.KeepsTheOne, "spread d_out over them again"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Mean(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SharesThenSpreads, "share first, then spread"),
        Variant(answers.SpreadsThenShares, "spread first, then share"),
        Variant(answers.TimesTheSlopes, "the local derivatives, all 1 / n"),
    ),
    ways="Sharing and spreading may change places: dividing is the same in every cell.",
    picture=both_ways(answers.SharesThenSpreads),
    show=SMALL_CALL,
    next="E7",
)
