"""08.E5 jacobian_rows: a whole Jacobian, one backward for each row."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, call

from . import e5_answers as answers
from .calls import LATER, leaf, sample, some
from .pictures import own_array

ROWS = "Each row is what comes back with a 1 at its own output, and 0 elsewhere."
FIRST = "Fun"

RULES = (
    Rule(
        "rows add up",
        answers.never_emptied,
        "Your second row holds the first one as well: your rows add up. Either x.grad "
        "still held the last gradient, or d_out still held the last 1.",
        at=FIRST,
    ),
    Rule(
        "ones",
        answers.ones_every_time,
        "Your rows are all the same: the sum of all rows of J. That is what a "
        "d_out of ones brings.",
        at=FIRST,
    ),
    Rule(
        "one backward",
        answers.one_backward,
        "Your code runs one backward, with ones: {got}. That is the sum of all rows "
        "of J, one row and no table.",
        at=FIRST,
    ),
    Rule(
        "turned round",
        answers.turned_round,
        "Your Jacobian is turned round: a row for each input. What one backward brings "
        "belongs to one output, one row.",
        at=FIRST,
    ),
    Rule(
        "into columns",
        answers.into_columns,
        "Each column of yours is what one backward brought, a row of J. With 3 inputs "
        "and 2 outputs that does not even fit.",
        at=FIRST,
    ),
    Rule(
        "row 0 only",
        answers.returns_too_early,
        "Only row 0 of your table is filled; the other rows stayed 0.",
        at=FIRST,
    ),
    Rule(
        "zeros only",
        answers.no_one_in_d_out,
        "Your table holds zeros only: either there was no 1 in any d_out, or nothing "
        "that came back was put into the table.",
        at=FIRST,
    ),
    Rule(
        "rows pile up",
        answers.nothing_emptied,
        "Your second row holds the first one twice as well. Two things go on holding "
        "what they held: x.grad the last gradient, and d_out the last 1.",
        at=FIRST,
    ),
    Rule(
        "without the last row",
        answers.without_the_last_row,
        "The last row of your table stayed 0; the rows before it are right. With one "
        "output nothing is filled at all.",
        at=FIRST,
    ),
    Rule(
        "without the first row",
        answers.without_the_first_row,
        "Row 0 of your table stayed 0; the rows after it are right. With one output "
        "nothing is filled at all.",
        at=FIRST,
    ),
    Rule(
        "the same d_out",
        answers.only_the_first,
        "Each of your rows is row 0 of J: the 1 in d_out stays at the first output.",
        at=FIRST,
    ),
    Rule(
        "a row for each input",
        answers.a_row_for_each_input,
        "Your code runs one backward for each input. Rows belong to outputs: here 3 "
        "numbers come in and 2 come out, so the third d_out has no place for its 1.",
        at="2 outputs, 3 inputs",
    ),
)


def of(name: str, cells: int):
    """Return the maker of a call with a function and random cells."""

    def make(rng: np.random.Generator) -> Call:
        return call(sample(name), leaf(some(rng, cells)))

    return make


PROBES = (
    Probe(
        FIRST,
        call(sample("fun"), leaf([3, 5])),
        says="Row 0 is what comes back with d_out = [1, 0], and row 1 with [0, 1].",
    ),
    Probe("2 outputs, 3 inputs", of("neighbours_multiplied", 3), says=ROWS),
    Probe("3 outputs, 2 inputs", of("squares_and_product", 2), says=ROWS),
    Probe("1 output", of("all_multiplied", 3), says=ROWS),
    Probe("a map", of("exponentials", 4), hidden=True, says=LATER),
    Probe("more outputs", of("neighbours_multiplied", 6), hidden=True, says=LATER),
)

HINTS = Hints(
    symptom=(
        "In the scratch cell, run one backward by hand with d_out = [0, 1] and look at "
        "x.grad. Run it a second time, and look again."
    ),
    concept=(
        "d_out times J, with a 1 at one place and 0 elsewhere, is one row of J: all "
        "other rows are covered. So K backwards give K rows. Between two of them the "
        "leaf must forget what it holds."
    ),
    neighbour=(
        "To weigh the parts of a parcel on a scale that adds: put one part on it, "
        "read, empty the scale, and take the next.\n"
        "    for k, part in enumerate(parts):\n"
        "        scale.empty()\n"
        "        scale.put(part)\n"
        "        weights[k] = scale.read()"
    ),
)

EXERCISE = Exercise(
    id="08.E5",
    name="jacobian_rows",
    title="A Jacobian, one row at a time",
    task="Write jacobian_rows(f, x): the Jacobian as an array, one backward per row.",
    truth=answers.emptied_each_time,
    points=4,
    hidden_points=1,
    minutes=12,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.no_d_out, "backward"),
        WrongAnswer(answers.d_out_like_x, "shape"),
        WrongAnswer(answers.a_list, "return a NumPy array"),
    ),
    borrowed=("gradlab.jacobian",),
    own_work="Run one backward for each row yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.emptied_each_time, "one graph, gone back over K times"),
        Variant(answers.a_fresh_leaf, "a fresh leaf and a fresh graph for each row"),
        Variant(answers.with_grad, "gradlab's `grad`, which touches no `.grad`"),
    ),
    ways="K outputs need K backwards, however many inputs there are.",
    picture=own_array(answers.emptied_each_time, "J"),
    show=call(sample("fun"), leaf([3, 5])),
    next="E6",
)
