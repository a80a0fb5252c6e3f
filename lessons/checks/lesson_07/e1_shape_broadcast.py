"""07.E1 shape_broadcast: the shape of the result, or an error that helps."""

from __future__ import annotations

import re

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.probes import Call, Outcome, Probe, call, cases
from gradlab.exercises.values import plainly

from . import e1_answers as answers
from . import e1_slips as slips
from .e1_rules import RULES

# -------------------- probes --------------------


CLASH = ((1, 4, 4), (3, 1, 5))
NAME_THEM = (
    "Name both shapes and the dim that clashes, so that whoever reads it can mend the "
    "call."
)


def helps(outcome: Outcome) -> str | None:
    """Ask that the message of the error at CLASH names both shapes and the dim."""
    message = outcome.error.message.strip() if outcome.error else ""
    if not message:
        return f"Your error has no message. {NAME_THEM}"
    said = f"Your error says {message[:100]!r}."
    rest = " ".join(re.findall(r"\d+|last", message))
    for shape in CLASH:
        sizes = " ".join(map(str, shape))
        if sizes not in rest:
            turned = " That names the shapes turned round." * (sizes[::-1] in rest)
            return f"{said}{turned} {NAME_THEM}"
        rest = rest.replace(sizes, "", 1)
    if rest.strip():
        return None
    return f"{said} That names both shapes. Name the dim that clashes, too."


def fit(rng: np.random.Generator) -> Call:
    """Make two random shapes that broadcast; the second has fewer dims."""
    whole = rng.permutation([2, 3, 4, 5, 6])[:4]
    a, b = (
        tuple(int(n) for n in np.where(rng.random(4) < 0.4, 1, whole)) for _ in "ab"
    )
    return call(a, b[rng.integers(1, 4) :])


def one_clash(rng: np.random.Generator) -> Call:
    """Make two random shapes that clash in one dim only."""
    shape = [int(n) for n in rng.permutation([2, 3, 4, 5, 6])[:4]]
    dim = int(rng.integers(1, 4))
    other = [*shape[:dim], shape[dim] + 5, *shape[dim + 1 :]]
    return call(tuple(shape), tuple(other[rng.integers(0, 2) :]))


PROBES = (
    *cases(
        ((3, 4), (3, 4)),
        ((3, 4, 5), (3, 1, 5)),
        ((4, 3), (3,)),
        ((4, 3), (4, 1)),
        ((3, 4, 1), (3, 1, 5)),
        ((3, 4, 1), (1, 5)),
        ((1, 3, 4), (1, 3, 1)),
        ((3, 4, 1), (1,)),
        ((1, 4), (4,)),
        ((), (2, 3)),
        ((), (1, 3)),
        ((3, 1), (1, 0)),
        ((4, 3), (4,)),
        ((3, 4, 1), (3, 5)),
        ((2,), (4,)),
    ),
    Probe("(1, 4, 4), (3, 1, 5)", call(*CLASH), also=helps),
    *cases(((2, 3, 4), (2, 5, 4))),
    Probe(
        "sizes beyond any memory",
        call((10**8, 1, 10**8), (7, 1)),
        says="A shape is a few numbers, whatever their size: compare these.",
    ),
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
        says="A 0 beside a 1 stays 0.",
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


def picture(fn, call, rule=""):
    """Draw how this code lines two shapes up, and what it makes of them."""
    from gradlab import shape_broadcast
    from gradlab.visualization import alignment_board
    from gradlab.visualization.own_code import outcome

    align = "left" if rule.startswith("left") else "right"
    board = alignment_board(*call.args, outcome(plainly(fn), *call.args), align)
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
        WrongAnswer(slips.a_list, "return a tuple"),
        WrongAnswer(slips.assertion_error, "naming both shapes and the dim"),
        WrongAnswer(slips.silent_error, "Name both shapes and the dim"),
        WrongAnswer(slips.bare_error, "Your error has no message. Name both shapes"),
        WrongAnswer(slips.no_dim_named, "Name the dim that clashes, too."),
        WrongAnswer(slips.prints_it, "printed `(3, 4)` and returned None; return"),
        WrongAnswer(slips.returns_the_error, "returned ValueError("),
    ),
    errors="both shapes and the dim",
    borrowed=(
        "gradlab.shape_broadcast",
        "numpy.broadcast_shapes",
        "numpy.broadcast",
        "numpy.broadcast_arrays",
        "numpy.broadcast_to",
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
