"""09.E7 Permute: every cell goes home, and the inverse order brings it there."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e7_answers as answers
from .calls import AT_OTHERS, ENGINE, anywhere, back
from .pictures import both_ways

CUBE = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
TURN = (1, 2, 0)
AROUND = "three equal dims"
AROUND_CALL = back(CUBE, order=TURN, d_out=[[[2, 3], [4, 5]], [[6, 7], [8, 9]]])

RULES = (
    Rule(
        "the same order again",
        answers.SameAgain,
        "Your backward uses the same order once more. Where two dims change places, "
        "that undoes it; after {order} each dim moves one place further instead.",
        at=AROUND,
    ),
    Rule(
        "the order from its end",
        answers.ReadBackwards,
        "Your backward reads the order from its end. That is another order, and it "
        "undoes this one only by chance.",
        at=AROUND,
    ),
    Rule(
        "not moved",
        answers.Unmoved,
        "Your backward hands d_out on as it came. Where all dims are equal its shape "
        "fits by chance; its cells stand where the result has them, not where x has.",
        at=AROUND,
    ),
    Rule(
        "all dims turned",
        answers.AllTurned,
        "Your backward turns all dims round. For a matrix that is right; three dims "
        "can be ordered in six ways.",
        at=AROUND,
    ),
    Rule(
        "renamed",
        answers.Renamed,
        "Right shape, wrong places: your backward gives d_out the shape of x and moves "
        "nothing. permute moved the cells to other places, and they have to go back.",
        at=AROUND,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Every cell got 1, whatever d_out is.",
        at=AROUND,
    ),
    Rule(
        "always one place back",
        answers.OneTooFew,
        "Your backward moves each dim by one place, whatever the order was. For some "
        "orders that is right; it has to be read off the order.",
        at="two of three dims",
    ),
)

PROBES = (
    Probe(
        "a matrix turned",
        back([[1, 2, 3], [4, 5, 6]], order=(1, 0), d_out=[[2, 3], [4, 5], [6, 7]]),
    ),
    Probe(AROUND, AROUND_CALL),
    Probe("the other way round", anywhere((2, 3, 4), order=(2, 0, 1))),
    Probe("two of three dims", anywhere((2, 3, 4), order=(0, 2, 1))),
    Probe("no move at all", anywhere((3, 2), order=(0, 1))),
    Probe(
        "four dims",
        anywhere((2, 3, 1, 4), order=(2, 3, 1, 0)),
        hidden=True,
        says=AT_OTHERS,
    ),
    Probe(
        "turned before",
        anywhere((3, 2, 4), turned=(2, 0, 1), order=TURN),
        hidden=True,
        says=AT_OTHERS,
    ),
    Probe("one dim", anywhere((5,), order=(0,)), hidden=True, says=AT_OTHERS),
)

HINTS = Hints(
    symptom=(
        "With order (1, 2, 0), dim 0 of the result is dim 1 of x, dim 1 is dim 2, and "
        "dim 2 is dim 0. Write it down as a table of two rows. Then ask the other way "
        "round: in which place of the result does dim 0 of x stand?"
    ),
    concept=(
        "d_out has the dims of the result. To come home, dim 0 of x has to be fetched "
        "from the place where it stands now, then dim 1, then dim 2. These places, in "
        "this order, are the inverse of the order. Only for some orders is it the same."
    ),
    neighbour=(
        "Three coats hang on hooks; hook k has coat[k]. Who comes for coat 0 must know "
        "its hook:\n"
        "    coat = (2, 0, 1)       # hook 0 has coat 2, hook 1 coat 0, hook 2 coat 1\n"
        "    hook = (1, 2, 0)       # coat 0 is on hook 1, coat 1 on 2, coat 2 on 0"
    ),
)

EXERCISE = Exercise(
    id="09.E7",
    name="Permute",
    title="Every cell goes home",
    task="Write backward of Permute: undo the order of the dims.",
    truth="tensors.functions.Permute",
    points=4,
    hidden_points=1,
    minutes=6,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.OneForTheOrder, "returned 2 gradients"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Permute(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.LooksUp, "ask for each dim where it stands"),
        Variant(answers.WritesDown, "go through the places, and write down"),
        Variant(answers.Sorts, "sort the places by what stands there"),
    ),
    ways="All three make the inverse order: order[back[dim]] is dim for every dim.",
    picture=both_ways(answers.LooksUp),
    show=AROUND_CALL,
    next="the whole way of a gradient (E8 to E14 are for later, if you like)",
)
