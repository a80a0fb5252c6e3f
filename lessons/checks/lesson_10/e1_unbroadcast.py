"""10.E1 unbroadcast: sum a gradient back to the shape that broadcasting stretched."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe, TensorSpec, call

from . import e1_answers as answers
from .calls import gradient_of
from .pictures import own_sum

ROW, COLUMN, BOTH = "(3, 2) to (2,)", "(3, 2) to (3, 1)", "(2, 3, 4) to (3, 1)"
NO_DIMS, EMPTY = "(3, 2) to ()", "(0, 2) to (1, 2)"
ON_THE_RIGHT = (
    "Your code summed dims away on the right. Rule 3 puts missing dims on the left, so "
    "there they have to go."
)

RULES = (
    Rule(
        "nothing summed",
        answers.nothing_summed,
        "Your gradient still has the shape of the result, (3, 2). The input has 2 "
        "cells, so 2 numbers must come back.",
        at=ROW,
    ),
    Rule(
        "the stretched dim dropped",
        answers.drops_stretched,
        "Your code drops the dim that it sums: the input had shape (3, 1), your "
        "gradient has (3,). And the dims behind it move up, so a later one is looked "
        "for where it no longer is.",
        at=COLUMN,
    ),
    Rule(
        "all summed dims dropped",
        answers.drops_all_at_once,
        "Right numbers, but the dim of size 1 is gone: the input had shape (3, 1), "
        "your gradient has (3,).",
        at=COLUMN,
    ),
    Rule(
        "compared from the left",
        answers.compared_from_the_left,
        "Your code compares the shapes from the left: the 3 of (3, 2) with the 2 of "
        "(2,). They meet on the right, and the dim that is left over was added.",
        at=ROW,
    ),
    Rule(
        "mean for sum",
        answers.means,
        "Your code takes means. A cell that was read 3 times moved the result in 3 "
        "places, and the 3 numbers that come back add up.",
        at=ROW,
    ),
    Rule(
        "mean over the added dims",
        answers.mean_over_added,
        "Along the dims that rule 3 added, your code takes the mean; along the "
        "stretched ones, the sum. Both repeat cells, and both add up.",
        at=ROW,
    ),
    Rule(
        "summed from the right",
        answers.from_the_right,
        ON_THE_RIGHT,
        at=ROW,
    ),
    Rule(
        "summed from the right, then at the ones",
        answers.ones_from_the_right,
        ON_THE_RIGHT,
        at=ROW,
    ),
    Rule(
        "one added dim only",
        answers.one_added_dim,
        "Your code sums one added dim away and stops. Rule 3 may have added more of "
        "them: from () to (3, 2) it added two.",
        at=NO_DIMS,
    ),
    Rule(
        "places that moved",
        answers.moving_places,
        "Your code counts the dims up, 0 and then 1, while it sums them away. After "
        "the first sum the other dims have moved up: what was dim 1 is dim 0 now.",
        at=NO_DIMS,
    ),
    Rule(
        "only the added dims",
        answers.only_added,
        "The dims on the left are summed away, but a dim of size 1 that was stretched "
        "is still stretched: (3, 2) for an input of (3, 1).",
        at=COLUMN,
    ),
    Rule(
        "added dims kept",
        answers.keeps_added,
        "Right numbers, but the dims that rule 3 added are still there, as ones: "
        "(1, 2) for an input of shape (2,).",
        at=ROW,
    ),
    Rule(
        "only the stretched dims",
        answers.only_stretched,
        "Stretched dims are summed, but those that rule 3 added on the left are not: "
        "your gradient has shape (2, 3, 1), the input (3, 1).",
        at=BOTH,
    ),
    Rule(
        "counted from the left",
        answers.counted_from_the_left,
        "Dim 1 of an input (3, 1) is dim 2 of a gradient (2, 3, 4): the places shift "
        "by the dims added on the left. Your code summed dim 1 of the gradient.",
        at=BOTH,
    ),
    Rule(
        "everything summed",
        answers.everything,
        "Your code adds all the numbers of the gradient up, for every cell. Only "
        "those that were read from the same cell belong together.",
        at=ROW,
    ),
    Rule(
        "the last one wins",
        answers.last_one_wins,
        "Of the numbers that come to one cell, your code keeps the last. It is `=` "
        "where `+=` is meant.",
        at=ROW,
    ),
    Rule(
        "the first one only",
        answers.first_one_only,
        "Of the numbers that come to one cell, your code takes the first. The other "
        "readings moved the result as well.",
        at=ROW,
    ),
    Rule(
        "only more than one",
        answers.more_than_one,
        "A 1 may also stretch to 0: then nothing comes back, and the sum of nothing "
        "is 0. Your code left the dim at size 0.",
        at=EMPTY,
    ),
)

ELSEWHERE = "With other shapes the sums are not right."

PROBES = (
    Probe(
        "(2, 3) to (2, 3)",
        gradient_of((2, 3), (2, 3)),
        says="Nothing was stretched here, so there is nothing to sum.",
    ),
    Probe(
        ROW,
        gradient_of((3, 2), (2,)),
        says="Rule 3 added dim 0 on the left: each of the 2 cells was read 3 times.",
    ),
    Probe(
        COLUMN,
        gradient_of((3, 2), (3, 1)),
        says="Dim 1 was stretched from 1 to 2: each of the 3 cells was read twice.",
    ),
    Probe(
        "(3, 2) to (1,)",
        gradient_of((3, 2), (1,)),
        says="One dim was added and one stretched: the single cell was read 6 times.",
    ),
    Probe(
        NO_DIMS,
        gradient_of((3, 2), ()),
        says="A shape without dims has one cell. It was read 6 times.",
    ),
    Probe(
        BOTH,
        gradient_of((2, 3, 4), (3, 1)),
        says="Dim 0 was added on the left, and dim 2 was stretched from 1 to 4.",
    ),
    Probe(
        "a permuted gradient",
        gradient_of((4, 3), (1, 3), order=(1, 0)),
        says="The strides of a permuted gradient differ; its numbers do not.",
    ),
    Probe(
        EMPTY,
        gradient_of((0, 2), (1, 2)),
        says="A 1 that became 0 was never read, and the sum of nothing is 0.",
    ),
    Probe(
        "four dims", gradient_of((2, 3, 2, 4), (1, 2, 1)), hidden=True, says=ELSEWHERE
    ),
    Probe(
        "two added dims",
        gradient_of((5, 2, 3), (3,), order=(2, 0, 1)),
        hidden=True,
        says=ELSEWHERE,
    ),
)

HINTS = Hints(
    symptom=(
        "Write the two shapes under each other, last dim below last dim, as in lesson "
        "07. Mark every column in which a cell was read more than once. Over which "
        "dims of the gradient does your code sum, and are they the marked ones?"
    ),
    concept=(
        "Forward, rule 3 added dims on the left, then rule 1 stretched the ones. Going "
        "back undoes the later step on dims that still exist, and the earlier one by "
        "making dims disappear. So one kind of sum keeps its dim, and the other kind "
        "does not."
    ),
    neighbour=(
        "A photo (height, width, 3) was made from one grey value per column, a row of "
        "shape (width, 1). To count how much each grey value was used:\n"
        "    use.shape                                  # (480, 640, 3)\n"
        "    use.sum(2, keepdim=True).shape             # (480, 640, 1)\n"
        "    use.sum(2, keepdim=True).sum(0).shape      # (640, 1)"
    ),
)

EXERCISE = Exercise(
    id="10.E1",
    name="unbroadcast",
    title="Back to the shape of the input",
    task="Write unbroadcast(grad, shape): the gradient summed back to that shape.",
    truth="unbroadcast",
    points=6,
    hidden_points=2,
    minutes=14,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.a_list, "return a tensor"),
        WrongAnswer(answers.renamed_places, "raised ValueError"),
        WrongAnswer(answers.library, "gradlab's `unbroadcast` did the work"),
    ),
    borrowed=("gradlab.unbroadcast",),
    own_work="Write the sums yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.dim_by_dim, "dim by dim: first those to drop, then to keep"),
        Variant(answers.all_at_once, "all dims in one sum, then a view"),
        Variant(answers.padded, "rule 3 once more: pad the shape with ones"),
        Variant(answers.cell_by_cell, "every number goes to the cell that was read"),
    ),
    ways="All of them add up the numbers whose cells were one cell of the input.",
    picture=own_sum,
    show=call(TensorSpec([[1, 2], [3, 4], [5, 6]]), (3, 1)),
    next="E2",
)
