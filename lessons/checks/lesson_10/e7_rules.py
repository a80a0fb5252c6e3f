"""The wrong rules of 10.E7, each with the sentence that says what the code did."""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

from . import e7_answers as answers
from . import e7_slips as slips

STACK, ONE, SLIP = (
    "(4, 2, 3) to (2, 3), 2",
    "(4, 2, 3) to (1, 2, 3), 2",
    "(4, 2, 3) to (2, 1), 2",
)
LAST, NONE = "(3, 4, 2) to (1, 2), 1", "(3, 2) to (3, 1), 0"
SINGLE = "(2, 3) to (2, 3), 2"

RULES = (
    Rule(
        "to_keep not used",
        answers.ignores_to_keep,
        "Your code summed a dim that was to be kept: (4, 2, 3) came back as (2, 1). "
        "Nothing stretched there, so the size is a slip of whoever made the gradient; "
        "a sum hides it.",
        at=SLIP,
    ),
    Rule(
        "kept dims not compared",
        answers.not_compared,
        "Your code leaves the kept dims alone and does not look at them: (2, 3) came "
        "back where (2, 1) was asked, and nobody was told.",
        at=SLIP,
    ),
    Rule(
        "the first dims kept",
        answers.keeps_the_first,
        "Your code leaves the first dims alone. to_keep counts from the right: the "
        "matrices are the last dims, the stack stands in front of them.",
        at=ONE,
    ),
    Rule(
        "always two",
        answers.always_two,
        "Your code keeps two dims, also where to_keep says another number.",
        at=LAST,
    ),
    Rule(
        "minus zero",
        answers.minus_zero,
        "With to_keep = 0 your code takes all dims for kept ones and refuses: in "
        "Python -0 is 0, so [-0:] is everything.",
        at=NONE,
    ),
    Rule(
        "nothing in front of minus zero",
        answers.minus_zero_sums_nothing,
        "With to_keep = 0 your code finds no dims to sum. In Python -0 is 0, so a "
        "slice [:-0] is empty.",
        at=NONE,
    ),
    Rule(
        "only the added dims",
        answers.only_added,
        "A stack of one matrix was used 4 times, and your code still has 4 gradients "
        "for it: (1, 2, 3) was asked.",
        at=ONE,
    ),
    Rule(
        "mean for sum",
        answers.means,
        "Your code takes means over the stack. A matrix that was used 4 times gets "
        "the sum of 4 gradients.",
        at=STACK,
    ),
    # -------------------- the comparison of the kept dims --------------------
    Rule(
        "every other shape refused",
        slips.refuses_other_shapes,
        "Your code refuses every gradient that does not have the asked shape already, "
        "as (4, 2, 3) for (2, 3). Only the kept dims must agree: the last two are 2 "
        "and 3 in both.",
        at=STACK,
    ),
    Rule(
        "kept dims against the whole shape",
        slips.kept_with_the_whole,
        "Your code compares the kept dims of the gradient with the whole shape: "
        "(2, 3) with (1, 2, 3). So it refuses wherever the shape has a stack of its "
        "own.",
        at=ONE,
    ),
    Rule(
        "refuses whatever is kept",
        slips.kept_with_nothing,
        "Your code refuses whenever to_keep is above 0, also (2, 3) for (2, 3). What "
        "it compares are not the last dims of both.",
        at=SINGLE,
    ),
    Rule(
        "refuses what agrees",
        slips.turned_round,
        "Your comparison is turned round: kept dims that agree are refused, as in "
        "(2, 3) for (2, 3), and kept dims that differ go through, as in (4, 2, 3) for "
        "(2, 1).",
        at=SINGLE,
    ),
    Rule(
        "the first dims compared",
        slips.first_compared,
        "Your code compares the first dims: (4, 2) of (4, 2, 3) with (2, 3). to_keep "
        "counts from the right, and there 2 and 3 agree.",
        at=STACK,
    ),
    Rule(
        "one dim too many compared",
        slips.one_kept_too_many,
        "Your code compares one dim more than to_keep says, and refuses (4, 2, 3) for "
        "(2, 3). The kept dims, 2 and 3, agree; the 4 is the stack, and may go.",
        at=STACK,
    ),
    # -------------------- the sums in front of them --------------------
    Rule(
        "no dim dropped",
        slips.never_drops,
        "Your code never makes a dim disappear: (4, 2, 3) came back where (2, 3) was "
        "asked. The dim of 4 was added on the left.",
        at=STACK,
    ),
    Rule(
        "one dim more summed away",
        slips.one_sum_more,
        "Your code sums one dim more away than was added: a single matrix of shape "
        "(2, 3), without a stack, came back as (3,).",
        at=SINGLE,
    ),
    Rule(
        "dim 1 summed away",
        slips.sums_dim_one,
        "Your code sums dim 1 away, and that is a dim of the matrices: (4, 2, 3) "
        "became (4, 3). The dim that was added is the first one, dim 0.",
        at=STACK,
    ),
    Rule(
        "summed from the right",
        slips.from_the_right,
        "Your code sums dims away on the right, where the matrices are: (4, 2, 3) "
        "became (4, 2). The stack was added on the left.",
        at=STACK,
    ),
    Rule(
        "summed where nothing stretched",
        slips.where_it_is_not_one,
        "From (3, 2) to (3, 1), nothing kept, your code sums dim 0, which is 3 in "
        "both, and leaves dim 1, which was stretched. It sums just where nothing was "
        "stretched.",
        at=NONE,
    ),
    Rule(
        "one place left in the gradient",
        slips.beside_in_the_gradient,
        "From (3, 2) to (3, 1), nothing kept, your code sums dim 0 and leaves dim 1. "
        "It looks in the gradient one place too far left; for dim 0 that is dim -1, "
        "the last one.",
        at=NONE,
    ),
    Rule(
        "one place left in the shape",
        slips.beside_in_the_shape,
        "From (3, 2) to (3, 1), nothing kept, your code sums both dims. It looks in "
        "the shape one place too far left; for dim 0 that is dim -1, the last one.",
        at=NONE,
    ),
    Rule(
        "from dim 1 on",
        slips.starts_at_dim_one,
        "Your code looks for stretched dims from dim 1 on. A dim 0 that was stretched "
        "stays as it is: (4, 2, 3) came back where (1, 2, 3) was asked.",
        at=ONE,
    ),
    Rule(
        "one dim too far",
        slips.one_place_too_far,
        "Your code looks for stretched dims one dim too far to the right. A kept dim "
        "agrees, so nothing comes of it; with to_keep = 0 there is no such dim, and an "
        "IndexError comes.",
        at=NONE,
    ),
    Rule(
        "the stretched dim dropped",
        slips.drops_stretched,
        "Your code drops the dim that it sums: a stack of one matrix has shape "
        "(1, 2, 3), your gradient has (2, 3).",
        at=ONE,
    ),
)
