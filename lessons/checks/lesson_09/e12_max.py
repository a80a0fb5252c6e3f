"""09.E12 Max: the winners of each strip share what comes back."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e12_answers as answers
from .calls import ENGINE, along_dims, back
from .pictures import both_ways

ROWS = [[4, 1, 3], [2, 7, 5]]
TIES = [[6, 1, 6], [2, 2, 2], [3, 8, 1]]
SMALL, TIED = "one winner per row", "ties"
SMALL_CALL = back(ROWS, dim=1, d_out=[10, -2])
TIED_CALL = back(TIES, dim=1, d_out=[10, 9, -4])

RULES = (
    Rule(
        "all of it to each winner",
        answers.AllToEachWinner,
        "Every cell that ties for the largest got all of d_out. So more went back than "
        "came: 20 for the 10 of the first row. Here ties share.",
        at=TIED,
    ),
    Rule(
        "the first winner takes all",
        answers.FirstWinner,
        "Among equal cells your backward picks the first. Some libraries do; here they "
        "share evenly, so that none is preferred for where it stands.",
        at=TIED,
    ),
    Rule(
        "the rule of a sum",
        answers.SumRule,
        "Every cell got d_out. A cell below the largest may move a little, and the "
        "maximum stays.",
        at=SMALL,
    ),
    Rule(
        "the rule of a mean",
        answers.MeanRule,
        "Every cell got an equal share. Only the largest one moves the maximum.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "The winners got their share of 1, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "1 to each winner",
        answers.OneToEachWinner,
        "Every cell that is the largest of its strip got 1, whatever d_out is; and "
        "those that tie got 1 each, not a share.",
        at=TIED,
    ),
    Rule(
        "a 1 shared by all",
        answers.OneSharedByAll,
        "The winners of all strips shared a single 1, whatever d_out is: 1/2 each, as "
        "there are two here.",
        at=SMALL,
    ),
    Rule(
        "times the largest",
        answers.TimesTheMax,
        "Your backward multiplies by the largest number. The maximum moves with it one "
        "for one, however large it is.",
        at=SMALL,
    ),
    Rule(
        "the largest of all",
        answers.LargestOfAll,
        "Your backward looks for the largest number of the whole tensor. Each strip "
        "has a winner of its own.",
        at=SMALL,
    ),
    Rule(
        "all winners counted",
        answers.CountsAllWinners,
        "Your backward divides by the number of winners in the whole tensor. Only "
        "those of one strip share its d_out.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("one row", back([[2, 9, 4]], dim=1, d_out=[5])),
    Probe(SMALL, SMALL_CALL),
    Probe(TIED, TIED_CALL),
    Probe("along dim 0", back(ROWS, dim=0, d_out=[2, -3, 5])),
    Probe("all dims at once", back([[5, 3], [-1, 5]], dim=None, d_out=3)),
    *along_dims(0, 3, digits=0),
)

HINTS = Hints(
    symptom=(
        "Add up what your backward sends into each row. It should be the d_out of that "
        "row: no more, no less. Then look at a row in which two cells are the largest."
    ),
    concept=(
        "The largest cell moves the maximum one for one, the others do not move it. "
        "`x == kept` compares every cell with the result of its own strip: 1 for the "
        "winners, 0 for the others. Summed along dim, with the dim kept, it counts "
        "them. At a tie there is no slope, so one is chosen: equal shares."
    ),
    neighbour=(
        "Prize money in four races; whoever is first shares it:\n"
        "    first = time == best               # best has shape (4, 1)\n"
        "    many = first.sum(1, keepdim=True)  # how many share, per race\n"
        "    prize * first / many"
    ),
)

EXERCISE = Exercise(
    id="09.E12",
    name="Max",
    title="The winners share",
    task="Write backward of Max; cells that tie share evenly.",
    truth="tensors.functions.Max",
    points=4,
    hidden_points=1,
    minutes=6,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.NotSpread, "A gradient has exactly its input's shape"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Max(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.Shares, "count the winners with a reduce"),
        Variant(answers.SumsWithKeepdim, "count them with sum"),
        Variant(answers.Chooses, "choose with where"),
    ),
    ways="Each finds the winners by comparing, counts them, and shares.",
    picture=both_ways(answers.Shares),
    show=TIED_CALL,
    next="E13",
)
