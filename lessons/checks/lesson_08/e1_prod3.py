"""08.E1 Prod3: one number from three, and three derivatives back."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, call

from . import e1_answers as answers
from . import e1_slips as slips
from .calls import (
    LATER,
    PAST_THE_END,
    back,
    leaf,
    random_way_back,
    random_ways_back,
    some,
)
from .pictures import own_way_back

FIRST = "x = [2, 3, 4], d_out = 10"
ONE_ZERO = "one zero"

RULES = (
    Rule(
        "divides by the cell",
        answers.Divides,
        "Your backward divides the product by each cell. At {x} the product is 0, so "
        "one cell gets 0 / 0, which is no number: {grad_x}.",
        at=ONE_ZERO,
    ),
    Rule(
        "divides, a zero gets 0",
        answers.DividesButForZeros,
        "A cell that holds 0 gets the gradient 0 from your code: at {x}, {grad_x}. "
        "But when that cell moves away from 0, the product moves, too.",
        at=ONE_ZERO,
    ),
    Rule(
        "divides, and forgot d_out",
        answers.DividesWithoutDOut,
        "Your backward gives the same whatever d_out is, and it divides by the cells, "
        "so that a zero becomes 0 / 0.",
        at=FIRST,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the three derivatives, whatever d_out is. Here d_out "
        "is 10, and {grad_x} came.",
        at=FIRST,
    ),
    Rule(
        "times the whole product",
        answers.TheWholeProduct,
        "Every cell gets d_out times the whole product. How fast the product moves "
        "with a cell does not depend on that cell itself.",
        at=FIRST,
    ),
    Rule(
        "the backward of a sum",
        answers.AsASum,
        "Every cell gets d_out as it came. That is how x1 + x2 + x3 goes back; a "
        "product moves faster with one cell than with another.",
        at=FIRST,
    ),
    Rule(
        "its own number",
        answers.ItsOwnNumber,
        "Every cell gets d_out times its own number. The product moves with one cell "
        "as fast as the other cells make it.",
        at=FIRST,
    ),
    Rule(
        "the others added",
        answers.OthersAdded,
        "Your backward adds the other two cells. G multiplies them.",
        at=FIRST,
    ),
    Rule(
        "one of the others",
        answers.OnlyTheNext,
        "Every cell gets d_out times one other cell. There are two others, and both "
        "have a part in how fast the product moves.",
        at=FIRST,
    ),
    Rule(
        "added d_out",
        answers.AddsDOut,
        "Your backward adds d_out to the derivatives. Along a path, derivatives "
        "multiply.",
        at=FIRST,
    ),
    Rule(
        "in reverse",
        answers.InReverse,
        "Right numbers, and the first stands where the last belongs: {grad_x}. The "
        "product moves with x1 by x2 x3.",
        at=FIRST,
    ),
    Rule(
        "d_out on the first only",
        answers.DOutOnTheFirst,
        "d_out meets the first of the three derivatives; the others come back without "
        "it: {grad_x}. z moves with every cell, and d_out came for z.",
        at=FIRST,
    ),
    Rule(
        "asks past the end",
        slips.NeverUnpacks,
        PAST_THE_END,
        at=FIRST,
    ),
    Rule(
        "a name it does not know",
        slips.UsesForwardsNames,
        "Your backward uses a name that it does not know. The names of forward are "
        "gone by then: only what ctx saved is still there.",
        at=FIRST,
    ),
    Rule(
        "a result of shape (1,)",
        answers.InAList,
        "Your result has shape (1,), a list with one number in it. One number alone "
        "has shape ().",
        at="forward",
    ),
)

# -------------------- probes --------------------


def a_zero_anywhere(rng: np.random.Generator) -> Call:
    """Make a way back where one random cell is 0."""
    cells = some(rng, 3)
    cells[rng.integers(3)] = 0
    return back(cells, some(rng))


PROBES = (
    Probe("forward", call(leaf([2, 3, 4])), says="Forward does not give x1 x2 x3."),
    Probe(
        FIRST,
        back([2, 3, 4], 10),
        says="The derivatives are 12, 8 and 6 here, and each comes back times 10.",
    ),
    Probe(
        ONE_ZERO,
        back([2, 0, 3], 5),
        says="Only the middle cell moves the product here, 6 times as fast as itself.",
    ),
    Probe(
        "two zeros",
        back([0, 4, 0], -2),
        says="Whichever single cell moves here, another one keeps the product at 0.",
    ),
    *random_ways_back(3),
    Probe("other random numbers", random_way_back(3), hidden=True, says=LATER),
    Probe(
        "a zero anywhere",
        a_zero_anywhere,
        hidden=True,
        says="Where one cell is 0, in another place, the gradient is not right.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take x = [2, 3, 4], product 24. Move the first cell to 2.1 and multiply "
        "again: how much faster than the cell did the product move? Now do it with "
        "x = [2, 0, 3] and move the 0 to 0.1."
    ),
    concept=(
        "As long as only one cell moves, the other two are plain constants, c times "
        "that cell. Which number is c, for each of the three? It can be found without "
        "dividing. Then the chain rule: d_out times it, three numbers in one tensor "
        "of shape (3,)."
    ),
    neighbour=(
        "The first cell times the square of the second, of a tensor (2,), has the "
        "derivatives x2 * x2 and 2 * x1 * x2. Its backward, with x read:\n"
        "    derivatives = tensor([x[1] * x[1], 2 * x[0] * x[1]])\n"
        "    return derivatives * d_out      # (2,) times (): broadcasting"
    ),
)

EXERCISE = Exercise(
    id="08.E1",
    name="Prod3",
    title="A product, and the way back",
    task="Write forward and backward of Prod3: x1 x2 x3 of a tensor of shape (3,).",
    truth=answers.TheOtherTwo,
    points=5,
    hidden_points=2,
    minutes=15,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(slips.ReturnsAFloat, "forward returned float; return one tensor"),
        WrongAnswer(slips.ThreeGradients, "returned 3 gradients"),
        WrongAnswer(slips.OneNumberBack, "shape () for input 1 of shape (3,)"),
        WrongAnswer(slips.ReturnsAList, "backward returned list for input 1"),
        WrongAnswer(slips.SavesNothing, "not enough values to unpack"),
    ),
    borrowed=("gradlab.tensors.functions.Prod.backward",),
    own_work="Write the three derivatives yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.TheOtherTwo, "for each cell, the product of the other two"),
        Variant(answers.SavesTheDerivatives, "the derivatives are saved, not x"),
        Variant(answers.BeforeAndAfter, "what stands before, times what stands after"),
        Variant(answers.TurnedRound, "turned by one place and by two"),
    ),
    ways=(
        "None of them divides. What stands before times what stands after works for "
        "any number of cells, in few steps: gradlab's own `prod` does it that way."
    ),
    picture=own_way_back(answers.TheOtherTwo),
    show=back([2, 0, 3], 5),
    next="E2",
)
