"""09.E11 Prod: every cell gets the product of the others, zeros included."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e11_answers as answers
from .calls import ENGINE, along_dims, back
from .pictures import both_ways

ROWS = [[2, 3, 4], [5, -1, 2]]
WITH_ZEROS = [[2, 0, 3], [0, 0, 4], [1, 2, 3]]
SMALL, ZEROS = "along dim 1", "one zero, two zeros, none"
SMALL_CALL = back(ROWS, dim=1, d_out=[10, -2])

RULES = (
    Rule(
        "divides",
        answers.Divides,
        "Your backward divides the product by the cell. Where the cell is 0, that is "
        "0 / 0: nan. The product of the others is well known there.",
        at=ZEROS,
    ),
    Rule(
        "divides, without d_out",
        answers.DividesWithoutDOut,
        "Every cell got the product divided by the cell, whatever d_out is. And where "
        "the cell is 0, that is 0 / 0: nan.",
        at=ZEROS,
    ),
    Rule(
        "nothing back to a zero",
        answers.NothingFromZero,
        "Your backward sends 0 to every cell that is 0. If such a cell moves and all "
        "others are not 0, the product moves.",
        at=ZEROS,
    ),
    Rule(
        "the whole product",
        answers.TheWholeProduct,
        "Every cell got d_out times the product, itself included. A product moves with "
        "one of its cells as fast as the others are large.",
        at=SMALL,
    ),
    Rule(
        "the rule of a sum",
        answers.SumRule,
        "Every cell got d_out as it came. That is how Sum goes back.",
        at=SMALL,
    ),
    Rule(
        "times the cell itself",
        answers.TimesX,
        "Every cell got d_out times its own number. The others make the slope.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Every cell got the product of the others, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "the others of all strips",
        answers.AllStrips,
        "Your backward multiplies all other cells of x. Into one product went only the "
        "cells that were folded together.",
        at=SMALL,
    ),
    Rule(
        "each row a strip",
        answers.ByRows,
        "Your backward takes each row for a strip. Which cells were folded together "
        "depends on dim: along dim 0, those of a column.",
        at="along dim 0",
    ),
)

PROBES = (
    Probe("one row", back([[2, 3, 4]], dim=1, d_out=[10])),
    Probe(SMALL, SMALL_CALL),
    Probe("along dim 0", back(ROWS, dim=0, d_out=[2, -3, 5])),
    Probe(ZEROS, back(WITH_ZEROS, dim=1, d_out=[10, 5, -2])),
    Probe("all dims at once", back([[2, 3], [-1, 4]], dim=None, d_out=3)),
    *along_dims(0.5, 3),
)

HINTS = Hints(
    symptom=(
        "Take the row 2, 0, 3 and let its 0 become 0.1. How far does the product move? "
        "Then let the 2 become 2.1. Which cells of this row have a slope at all?"
    ),
    concept=(
        "Moving one cell moves the product by the product of the other cells of its "
        "strip. Dividing by the cell gives that too, until the cell is 0. Two plain "
        "loops are good enough: `indices(shape)` gives all indices, and two cells "
        "belong to one strip if `broadcast_index(index, kept.shape)` is the same."
    ),
    neighbour=(
        "The sum of the others, for each cell of a strip u:\n"
        "    total = u.f.add_reduce(u, dim)     # with its dim of size 1\n"
        "    others = total - u                 # taking away always works"
    ),
)

EXERCISE = Exercise(
    id="09.E11",
    name="Prod",
    title="The product of the others",
    task="Write backward of Prod; a zero in x must do no harm.",
    truth="tensors.functions.Prod",
    points=4,
    hidden_points=1,
    minutes=8,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.NotSpread, "A gradient has exactly its input's shape"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Prod(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.TheOthers, "multiply the others, one by one"),
        Variant(answers.OneInItsPlace, "put a 1 in its place, and fold again"),
        Variant(answers.CountsZeros, "divide, with the zeros counted first"),
    ),
    ways=(
        "A 1 changes no product, and nothing has to be divided. Counting zeros is more "
        "work to think through: one zero leaves one slope, two leave none."
    ),
    picture=both_ways(answers.TheOthers),
    show=SMALL_CALL,
    next="E12",
)
