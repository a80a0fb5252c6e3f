"""07.E1 shape_broadcast: the shape of the result, or an error that helps."""

from __future__ import annotations

import re

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Outcome, Probe, call, cases

from . import e1_answers as answers

RULES = (
    Rule(
        "left-aligned",
        answers.left_aligned,
        "Your code lines the shapes up on the left: {a} with {b} went through.",
        at="(4, 3), (4,)",
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
)


# -------------------- probes --------------------


def names_the_sizes(outcome: Outcome) -> str | None:
    """Ask that the message of the error holds the two sizes that clash, 4 and 5."""
    message = outcome.error.message if outcome.error else ""
    if {"4", "5"} <= set(re.findall(r"\d+", message)):
        return None
    return (
        f"Your error says {message!r}. Name both shapes and the dim that clashes, so "
        "that whoever reads it can mend the call."
    )


def fit(rng: np.random.Generator) -> Call:
    """Make two random shapes that broadcast."""
    whole = rng.permutation([2, 3, 4, 5, 6])[:4]
    a, b = (
        tuple(int(n) for n in np.where(rng.random(4) < 0.4, 1, whole)) for _ in "ab"
    )
    return call(a, b[rng.integers(0, 3) :])


def one_clash(rng: np.random.Generator) -> Call:
    """Make two random shapes that clash in one dim only."""
    shape = [int(n) for n in rng.permutation([2, 3, 4, 5, 6])[:4]]
    dim = int(rng.integers(1, 4))
    other = [*shape[:dim], shape[dim] + 5, *shape[dim + 1 :]]
    return call(tuple(shape), tuple(other[rng.integers(0, 2) :]))


PROBES = (
    *cases(
        ((3, 4, 5), (3, 1, 5)),
        ((4, 3), (3,)),
        ((4, 3), (4, 1)),
        ((3, 4, 1), (3, 1, 5)),
        ((3, 4, 1), (1, 5)),
        ((1, 3, 4), (1, 3, 1)),
        ((3, 4, 1), (1,)),
        ((), (2, 3)),
        ((3, 1), (1, 0)),
        ((4, 3), (4,)),
        ((3, 4, 1), (3, 5)),
        ((2,), (4,)),
    ),
    Probe("(1, 4, 4), (3, 1, 5)", call((1, 4, 4), (3, 1, 5)), also=names_the_sizes),
    Probe(
        "two random shapes that fit",
        fit,
        hidden=True,
        says="With some shapes that fit, the result has another shape.",
    ),
    Probe(
        "the shorter shape first",
        lambda rng: call(*reversed(fit(rng).args)),
        hidden=True,
        says="The result changes when the two shapes change places.",
    ),
    Probe(
        "two random shapes that clash",
        one_clash,
        hidden=True,
        says="Some shapes that clash in a single dim went through.",
    ),
    Probe(
        "sizes of 0",
        call((2, 1, 0), (3, 1)),
        hidden=True,
        says="A 1 beside a 0 becomes 0, and a 0 beside a 0 stays.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take the first line of the table that fails. Write its two shapes under each "
        "other, last dim above last dim, and go through the columns with your finger "
        "as your code does. In which column do you and your code disagree?"
    ),
    concept=(
        "The section 'Three rules, in working order' above has the order: first line "
        "the shapes up, then fill the gaps, then compare column by column. The columns "
        "drawn under questions P6 to P9 show all three, one verdict per dim. Only a 1 "
        "gives way; every other size must meet its equal."
    ),
    neighbour=(
        "Adding 95 and 123 on paper has the same first two steps. The digits meet at "
        "the right end, and a missing digit counts as 0:\n"
        "    (0, 9, 5)\n"
        "    (1, 2, 3)\n"
        "    columns from the right: 5 and 3, 9 and 2, 0 and 1\n"
        "In shapes the place-holder is 1, not 0, and you compare where here you add."
    ),
)


def outcome(fn, a, b):
    """Return what fn gives for two shapes, or the error that it raises."""
    try:
        return fn(a, b)
    except Exception as error:
        return error


def ways(fn):
    """Return what fn makes of shapes of unequal rank: sizes, or the kind of error."""
    pairs = [probe.make.args for probe in PROBES if not probe.hidden]
    found = [outcome(fn, a, b) for a, b in pairs if len(a) != len(b)]
    return [type(x).__name__ if isinstance(x, Exception) else x for x in found]


def picture(fn, call):
    """Draw how this code lines two shapes up, and what it makes of them."""
    from gradlab import shape_broadcast
    from gradlab.visualization import alignment_board

    align = "left" if ways(fn) == ways(answers.left_aligned) else "right"
    board = alignment_board(*call.args, outcome(fn, *call.args), align)
    return board.truth() if fn is shape_broadcast else board


EXERCISE = Exercise(
    id="07.E1",
    name="shape_broadcast",
    title="What shape comes out?",
    task="Write shape_broadcast(a, b): the shape of the result, or a ValueError.",
    truth="shape_broadcast",
    points=6,
    hidden_points=2,
    minutes=18,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.a_list, "return a tuple"),
        WrongAnswer(answers.assertion_error, "naming both shapes and the dim"),
        WrongAnswer(answers.silent_error, "Name both shapes and the dim"),
    ),
    errors="both shapes and the dim",
    borrowed=(
        "gradlab.shape_broadcast",
        "numpy.broadcast_shapes",
        "numpy.broadcast",
        "numpy.broadcast_arrays",
        "torch.broadcast_shapes",
    ),
    own_work="Write the comparison yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.pad_then_zip, "pad the shorter shape with 1s, then zip"),
        Variant(answers.count_from_the_end, "count the dims from the end: -1, -2, ..."),
        Variant(answers.zip_longest_reversed, "zip_longest fills in the 1s"),
    ),
    ways=(
        "All of them line up on the right first, and all of them ask 'is it 1?' before "
        "they ask which size is larger: that is what keeps a size of 0 alive."
    ),
    picture=picture,
    show=call((3, 4, 1), (1, 5)),
    next="E2",
)
