"""The wrong rules of 10.E1, each with the sentence that says what the code did."""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

from . import e1_answers as answers
from . import e1_slips as slips

ROW, COLUMN, BOTH = "(3, 2) to (2,)", "(3, 2) to (3, 1)", "(2, 3, 4) to (3, 1)"
ONE_CELL, NO_DIMS, EMPTY = "(3, 2) to (1,)", "(3, 2) to ()", "(0, 2) to (1, 2)"
SAME = "(2, 3) to (2, 3)"
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
    Rule(
        "dim 1 summed away",
        slips.sums_dim_one,
        "From (3, 2) to (2,) your code sums dim 1 away. Rule 3 adds on the left: the "
        "dim that it added is the first one, dim 0.",
        at=ROW,
    ),
    Rule(
        "one dim more summed away",
        slips.one_sum_more,
        "Your code sums one dim more away than rule 3 added: from (2, 3) to (2, 3) "
        "none was added, and one went. Then too few dims are left for the shape, and "
        "an IndexError comes.",
        at=SAME,
    ),
    Rule(
        "summed where nothing stretched",
        slips.where_it_is_not_one,
        "From (3, 2) to (3, 1) your code sums dim 0, which is 3 in both, and leaves "
        "dim 1, which was stretched. It sums just where nothing was stretched.",
        at=COLUMN,
    ),
    Rule(
        "compared with the dim beside",
        slips.beside,
        "From (2, 3) to (2, 3) nothing was stretched, and your code sums both dims. It "
        "compares a size with the one to the left of its place; for dim 0 that is "
        "dim -1, the last one.",
        at=SAME,
    ),
    Rule(
        "from dim 1 on",
        slips.starts_at_dim_one,
        "Your code looks for stretched dims from dim 1 on. A dim 0 that was stretched "
        "stays as it is: shape (2,) came where (1,) was asked.",
        at=ONE_CELL,
    ),
    Rule(
        "all but the last dim",
        slips.stops_before_the_last,
        "Your code looks for stretched dims up to the last but one. A last dim that "
        "was stretched stays as it is: (3, 2) for an input of (3, 1).",
        at=COLUMN,
    ),
)
