"""10.E1 unbroadcast: sum a gradient back to the shape that broadcasting stretched."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.probes import Probe, TensorSpec, call

from . import e1_answers as answers
from .calls import gradient_of
from .e1_rules import BOTH, COLUMN, EMPTY, NO_DIMS, ONE_CELL, ROW, RULES, SAME
from .pictures import own_sum

ELSEWHERE = "With other shapes the sums are not right."

PROBES = (
    Probe(
        SAME,
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
        ONE_CELL,
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
