"""07.E2 broadcast_index: the cell of an input that an output cell reads."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, call, cases
from gradlab.exercises.values import plainly

from . import e2_answers as answers

RULES = (
    Rule(
        "left-aligned",
        answers.left_aligned,
        "You used the first indices; the input's dims are the last ones: {out_index} "
        "and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "first indices, kept",
        answers.first_indices_kept,
        "You used the first indices as they are; the input's dims are the last ones: "
        "{out_index} and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "keeps the index",
        answers.keeps_index,
        "Your code asks a dim of size 1 for cell 1; it has only cell 0: {out_index} "
        "and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "keeps all dims",
        answers.keeps_all_dims,
        "You returned {len_got} indices; the input has {len_shape} dims: {out_index} "
        "and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "everything for rank 0",
        answers.slice_from_minus_zero,
        "For shape () your code returned {got}. An input without dims has one cell, "
        "and the index of that cell is ().",
        at="(2, 3), ()",
    ),
    Rule(
        "never turned back",
        answers.never_turned_back,
        "Your indices stand in the order in which they were collected, last dim first: "
        "{out_index} and shape {shape} gave {got}.",
        at="(2, 1), (3, 2)",
    ),
    Rule(
        "always cell 0",
        answers.always_zero,
        "Your code reads the first cell for every output cell; only a dim of size 1 "
        "has nothing but cell 0.",
        at="(2, 1), (3, 2)",
    ),
    Rule(
        "size for index",
        answers.one_for_one,
        "Where the size is 1 your code returned the index 1: {out_index} and shape "
        "{shape} gave {got}. A size counts cells, an index names one; the first cell "
        "is number 0.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "choice turned round",
        answers.choice_turned_round,
        "Your code keeps the index where the size is 1, and returns 0 everywhere else: "
        "{out_index} and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "cell -1",
        answers.last_cell_from_the_end,
        "Where the size is 1 your code returned the index -1: {out_index} and shape "
        "{shape} gave {got}. Cells are numbered from 0 on.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "cell 0 of a size 2",
        answers.zero_beside_a_two,
        "Your code returned 0 for a dim of size 2, which has a cell 1 too: {out_index} "
        "and shape {shape} gave {got}. In a dim of size 1 it kept the index.",
        at="(2, 1), (3, 2)",
    ),
    Rule(
        "from the rank on",
        answers.from_the_rank_on,
        "Your code leaves out the first {len_shape} indices, as many as the input has "
        "dims: {out_index} and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "a size for every index",
        answers.a_size_for_every_index,
        "Your code asks for a size for every index of the output, from the left: "
        "{out_index} has {len_out_index} indices, {shape} has {len_shape} sizes, and "
        "your code raised an error.",
        at="(1, 2, 1), (3, 1)",
    ),
    Rule(
        "the first index only",
        answers.first_index_only,
        "Your result holds one index only, that of the input's first dim: {out_index} "
        "and shape {shape} gave {got}.",
        at="(2, 1), (3, 2)",
    ),
    Rule(
        "the last index only",
        answers.last_index_only,
        "Your result holds one index only, that of the input's last dim: {out_index} "
        "and shape {shape} gave {got}.",
        at="(2, 1), (3, 2)",
    ),
    Rule(
        "the first dim only",
        answers.first_dim_only,
        "Your code asks the input's first dim only whether its size is 1, and keeps "
        "all other indices: {out_index} and shape {shape} gave {got}.",
        at="(1, 2, 1), (3, 1)",
    ),
)

# -------------------- probes --------------------


def any_cell(rng: np.random.Generator) -> Call:
    """Make a random cell of a random output, and an input of lower rank that fits."""
    out = rng.integers(2, 7, size=rng.integers(2, 5))
    index = tuple(int(rng.integers(1, n)) for n in out)
    start = int(rng.integers(1, len(out)))
    stretched = rng.random(len(out)) < 0.4
    stretched[rng.integers(start, len(out))] = True
    shape = tuple(int(n) for n in np.where(stretched, 1, out))
    return call(index, shape[start:])


PROBES = (
    *cases(
        ((2, 1), (3, 2)),
        ((2, 1), (3, 1)),
        ((1, 0, 2), (4,)),
        ((1, 2, 1), (3, 1)),
        ((2, 1, 3), (1, 4)),
        ((2, 1, 3), (1, 1)),
        ((2, 3, 1), (1, 4, 1)),
        ((2, 3), ()),
    ),
    Probe("[2, 1, 3], (4, 1)", call([2, 1, 3], (4, 1))),
    Probe(
        "a random cell",
        any_cell,
        hidden=True,
        says="Some output cells read another input cell than the one you returned.",
    ),
    Probe(
        "another random cell",
        any_cell,
        hidden=True,
        says="Some output cells read another input cell than the one you returned.",
    ),
    Probe(
        "no dims at all",
        call((), ()),
        hidden=True,
        says="A result without dims has one cell too; its index is ().",
    ),
    Probe(
        "an input of one dim, three dims up",
        call((4, 2, 3, 5), (6,)),
        hidden=True,
        says="An input with a single dim is read along the output's last dim.",
    ),
)

HINTS = Hints(
    symptom=(
        "Write `out_index` above `shape`, last number above last number. Read your "
        "result as a question: 'give me this cell of the input'. Which of its numbers "
        "asks for a cell that the input does not have? Which one has no dim below it?"
    ),
    concept=(
        "Look at the picture under question P10: every wire ends in a real cell, never "
        "in a ghost. The input's dims are the last dims of the output; the dims to "
        "the left of them make no difference to it. A dim of size 1 has a single cell, "
        "whatever the output asks for."
    ),
    neighbour=(
        "A cinema has halls, rows and seats. There is one lamp per row, and all halls "
        "look the same, so the lamps are a tensor of shape (rows, 1). Which lamp "
        "lights hall 2, row 5, seat 7?\n"
        "    (2, 5, 7)   hall 2, row 5, seat 7\n"
        "       (5, 0)   lamp 0 of row 5: no number for the hall, and no lamp 7"
    ),
)


def picture(fn, call):
    """Draw the output grid with the index that this code returned in each cell."""
    from gradlab import broadcast_index
    from gradlab.visualization import index_board

    out_index, shape = call.args
    sizes = (1,) * (len(out_index) - len(shape)) + tuple(shape)
    out = (max(i + 1, 2) if n == 1 else n for i, n in zip(out_index, sizes))
    board = index_board(tuple(out), shape, plainly(fn))
    return board.truth() if fn is broadcast_index else board


EXERCISE = Exercise(
    id="07.E2",
    name="broadcast_index",
    title="Which input cell feeds this output cell?",
    task="Write broadcast_index(out_index, shape): the index of the input's cell.",
    truth="broadcast_index",
    points=5,
    hidden_points=2,
    minutes=12,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.changes_out_index, "the caller still needs it"),
        WrongAnswer(answers.a_list, "return a tuple"),
    ),
    borrowed=("gradlab.broadcast_index", "numpy.broadcast_to"),
    own_work="Write the choice for each dim yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.choose, "0 if n == 1 else i"),
        Variant(answers.remainder, "i % n"),
        Variant(answers.smaller, "min(i, n - 1)"),
    ),
    ways=(
        "Why do all three agree? An index i of the output is below n wherever n is not "
        "1, and there i % n and min(i, n - 1) leave it alone. Where n is 1, all three "
        "give 0. The first says what it means; the others need this argument."
    ),
    picture=picture,
    show=call((1, 2, 1), (3, 1)),
    next="E4",
)
