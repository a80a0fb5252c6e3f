"""The wrong rules of 07.E1, each with the sentence that says what the code did."""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

from . import e1_answers as answers
from . import e1_choices, e1_reads, e1_walks

RULES = (
    Rule(
        "left-aligned",
        answers.left_aligned,
        "Your code lines the shapes up on the left: {a} with {b} went through.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "left-aligned, larger size",
        answers.left_aligned_larger,
        "Your code lines the shapes up on the left, and takes the larger size even "
        "where neither is 1: {a} with {b} gave {got}.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "left pairs",
        answers.left_pairs,
        "Your code pairs the sizes from the left, and stops where the shorter shape "
        "ends: {a} with {b} gave {got}.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "left pairs, larger size",
        answers.left_pairs_larger,
        "Your code takes the larger of each pair of sizes, paired from the left: {a} "
        "with {b} gave {got}.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "the larger size",
        answers.larger_size,
        "Your code takes the larger size even where neither is 1: {a} with {b} "
        "gave {got}.",
        at="(2,), (4,)",
    ),
    Rule(
        "divisible",
        answers.divisible,
        "Your code lets 2 stretch to 4: {a} with {b} gave {got}. Broadcasting never "
        "tiles; only a 1 stretches.",
        at="(2,), (4,)",
    ),
    Rule(
        "only the first stretches",
        answers.only_the_first_stretches,
        "Only the first shape's 1 stretches in your code: {a} with {b} was refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "only the second stretches",
        answers.only_the_second_stretches,
        "Only the second shape's 1 stretches in your code: {a} with {b} was refused.",
        at="(3, 4, 1), (1, 5)",
    ),
    Rule(
        "max behind a guard",
        answers.max_behind_a_guard,
        "{a} with {b} gave {got}. A 1 becomes the other size, even when that is 0.",
        at="(3, 1), (1, 0)",
    ),
    Rule(
        "never turned back",
        answers.never_turned_back,
        "Your result stands in the order in which it was collected, last dim first: "
        "{a} with {b} gave {got}.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "the shorter shape wins",
        answers.shorter_wins,
        "Your result has only as many dims as the shorter shape: {a} with {b} "
        "gave {got}.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "the shorter shape wins, larger size",
        answers.shorter_wins_larger,
        "Your result has only as many dims as the shorter shape, and the larger size "
        "in each: {a} with {b} gave {got}.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "a missing dim counts as 0",
        answers.missing_is_0,
        "Your code counts a missing dim as 0: {a} with {b} gave {got}.",
        at="(1, 4), (4,)",
    ),
    Rule(
        "leading 1s lost",
        answers.leading_ones_lost,
        "Your result has lost the 1 in front: {a} with {b} gave {got}. A dim of size 1 "
        "is a dim.",
        at="(1, 4), (4,)",
    ),
    Rule(
        "same number of dims only",
        answers.same_rank_only,
        "Your code refuses {a} with {b}. A dim missing on the left counts as 1.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "None for an error",
        answers.none_for_an_error,
        "{a} with {b} gave None. The caller would go on with it; shapes that clash "
        "are an error: raise ValueError.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "False for an error",
        answers.false_for_an_error,
        "{a} with {b} gave False. The caller would go on with it; shapes that clash "
        "are an error: raise ValueError.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "the first size on a clash",
        answers.first_size_on_a_clash,
        "Where neither size is 1, your code takes the one of the first shape: {a} with "
        "{b} gave {got}.",
        at="(4, 3), (4,)",
    ),
    Rule(
        "one dim short",
        answers.one_dim_short,
        "Your code stops before the first dim: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "two arrays",
        answers.two_arrays,
        "Right shapes, but arithmetic on two arrays did the work; where the shapes are "
        "too large for memory, your code fails.",
        at="sizes beyond any memory",
        borrowed=True,
    ),
    *e1_walks.RULES,
    *e1_reads.RULES,
    *e1_choices.RULES,
)
