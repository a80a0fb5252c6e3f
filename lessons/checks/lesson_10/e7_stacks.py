"""10.E7 unbroadcast_stacks: to_keep, for the stacks of matrices that matmul takes."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.probes import Probe, TensorSpec, call

from . import e7_answers as answers
from .calls import gradient_of
from .e7_rules import LAST, NONE, ONE, RULES, SINGLE, SLIP, STACK
from .pictures import own_sum

SAYS = "With other stacks the sums are not right."

PROBES = (
    Probe(
        SINGLE,
        gradient_of((2, 3), (2, 3), to_keep=2),
        says="One matrix, no stack: there is nothing to sum.",
    ),
    Probe(
        STACK,
        gradient_of((4, 2, 3), (2, 3), to_keep=2),
        says="One matrix was used for a stack of 4: 4 gradients add up, dim 0 goes.",
    ),
    Probe(
        ONE,
        gradient_of((4, 2, 3), (1, 2, 3), to_keep=2),
        says="A stack of 1 became a stack of 4: dim 0 is summed and stays, as 1.",
    ),
    Probe(
        "(2, 3, 2, 4) to (3, 2, 4), 2",
        gradient_of((2, 3, 2, 4), (3, 2, 4), to_keep=2),
        says="A stack of 3 was used twice: dim 0 goes, the stack of 3 stays.",
    ),
    Probe(
        LAST,
        gradient_of((3, 4, 2), (1, 2), to_keep=1),
        says="Only the last dim is kept: dim 0 goes, and dim 1 becomes 1 again.",
    ),
    Probe(
        NONE,
        gradient_of((3, 2), (3, 1), to_keep=0),
        says="Nothing is kept back: this is E1.",
    ),
    Probe(
        SLIP,
        gradient_of((4, 2, 3), (2, 1), to_keep=2),
        says="The kept dims are 2 and 3 here, 2 and 1 there.",
    ),
    Probe(
        "two stacks",
        gradient_of((2, 3, 2, 4), (1, 1, 2, 4), (3, 0, 2, 1), to_keep=2),
        hidden=True,
        says=SAYS,
    ),
)

HINTS = Hints(
    symptom=(
        "Mark the last to_keep dims of both shapes with a line in front of them. What "
        "is left of the line may be summed. Does your code stay on the left, also for "
        "to_keep = 0, and for a shape with fewer dims than the gradient?"
    ),
    concept=(
        "On the left of the line everything is as in E1: added dims are summed away, "
        "stretched ones are summed and kept. On the right nothing was ever stretched, "
        "so there is nothing to sum: sizes that differ there are an error."
    ),
    neighbour=(
        "Five photos (5, 48, 64, 3) were brightened by one mask of shape (48, 64, 3). "
        "The three last dims belong to the mask, so only the stack is summed:\n"
        "    grad.sum(0).shape          # (48, 64, 3)"
    ),
)

EXERCISE = Exercise(
    id="10.E7",
    name="unbroadcast_stacks",
    title="Stacks of matrices",
    task="Write unbroadcast_stacks(grad, shape, to_keep): leave the last dims alone.",
    truth="unbroadcast",
    points=3,
    hidden_points=1,
    minutes=12,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.library, "gradlab's `unbroadcast` did the work"),
    ),
    borrowed=("gradlab.unbroadcast",),
    own_work="Write the sums yourself, or use the ones that passed in E1.",
    hints=HINTS,
    variants=(
        Variant(answers.compared_first, "compare the matrices, then sum the stack"),
        Variant(answers.compared_last, "sum the stack, then see whether it fits"),
        Variant(answers.one_sum, "one sum over the dims in front"),
    ),
    ways="All of them treat the dims in front as E1 does, and sum no others.",
    picture=own_sum,
    show=call(TensorSpec([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), (2, 2), to_keep=2),
    next="your engine",
)
