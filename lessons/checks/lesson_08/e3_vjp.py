"""08.E3 vjp: d_out times a Jacobian."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, call

from . import e3_answers as answers
from .calls import LATER, some
from .pictures import own_array

ROWS = "Each row counts times its own d, and every column has a sum."
FIRST = "the Jacobian of Fun"
WIDE = "two rows, three columns"

RULES = (
    Rule(
        "J times d_out",
        answers.from_the_right,
        "{got} is J times d_out: sums along the rows of J. The gradient has one sum "
        "for each column.",
        at=FIRST,
    ),
    Rule(
        "forgot d_out",
        answers.forgets_d_out,
        "Your code adds the rows of J as they are: {got}, whatever d_out is.",
        at=FIRST,
    ),
    Rule(
        "not added",
        answers.not_added,
        "Every row is multiplied by its own d, and there it ends: your result still "
        "has the shape of J.",
        at=FIRST,
    ),
    Rule(
        "added along the rows",
        answers.added_along_rows,
        "Right products, added along the rows: that gives one number for each output. "
        "A gradient has one for each input.",
        at=WIDE,
    ),
    Rule(
        "all added up",
        answers.all_added_up,
        "Your code adds all products into one number. Each column of J has a sum of "
        "its own.",
        at=FIRST,
    ),
    Rule(
        "the mean",
        answers.the_mean,
        "Your code takes the mean over the outputs. What comes back along several "
        "paths is added, not averaged.",
        at=FIRST,
    ),
    Rule(
        "d_out on the columns",
        answers.d_out_on_the_columns,
        "Your code multiplies the columns of J by d_out: in J * d_out, NumPy lines the "
        "shapes up on the right. d_out has one number for each row.",
        at=FIRST,
    ),
    Rule(
        "d_out on the columns, not added",
        answers.columns_not_added,
        "J * d_out multiplies the columns of J, and adds nothing up. d_out has one "
        "number for each row, and a gradient one for each column.",
        at=FIRST,
    ),
    Rule(
        "d_out on the columns, along the rows",
        answers.columns_added_along_rows,
        "J * d_out multiplies the columns of J, and the sums go along its rows: that "
        "is J times d_out. Where J is not square, the shapes do not even fit.",
        at=FIRST,
    ),
    Rule(
        "the last row",
        answers.the_last_row,
        "Only the last row of J came through, times its d: {got}. What came from the "
        "rows before it was not kept.",
        at=FIRST,
    ),
    Rule(
        "the first row",
        answers.the_first_row,
        "Only the first row of J came through, times its d: {got}. The other outputs "
        "have a part in it, too.",
        at=FIRST,
    ),
    Rule(
        "without the last row",
        answers.without_the_last_row,
        "The last row of J has no part in your gradient: {got}. Its output sends "
        "something back, too.",
        at=FIRST,
    ),
    Rule(
        "without the first row",
        answers.without_the_first_row,
        "The first row of J has no part in your gradient: {got}. Its output sends "
        "something back, too.",
        at=FIRST,
    ),
    Rule(
        "without the last column",
        answers.without_the_last_column,
        "The last number of your gradient is always 0: {got}. What belongs there is "
        "the sum down the last column.",
        at=FIRST,
    ),
    Rule(
        "without the first column",
        answers.without_the_first_column,
        "The first number of your gradient is always 0: {got}. What belongs there is "
        "the sum down the first column.",
        at=FIRST,
    ),
    Rule(
        "a place for each output",
        answers.a_place_for_each_output,
        "With a square J all is right. With a J of shape (2, 3) your code asks for a "
        "third place where there are two: one for each output, not for each input.",
        at=WIDE,
    ),
    Rule(
        "the sum of d_out",
        answers.sum_of_d_out,
        "Your code adds d_out up first, and uses that sum for every row.",
        at=FIRST,
    ),
    Rule(
        "one row",
        answers.one_row,
        "Right numbers, but they stand in a table of one row, shape (1, 2). They "
        "were to have one dim, shape (2,).",
        at=FIRST,
    ),
    Rule(
        "one column",
        answers.one_column,
        "Right numbers, but they stand in a column, shape (2, 1). They were to have "
        "one dim, shape (2,).",
        at=FIRST,
    ),
)


def table(rows: int, columns: int):
    """Return the maker of a call with a random Jacobian and a random d_out."""

    def make(rng: np.random.Generator) -> Call:
        return call(some(rng, rows, columns), some(rng, rows))

    return make


def lying_down(rng: np.random.Generator) -> Call:
    """Make a Jacobian that lies in storage column by column."""
    return call(np.asfortranarray(some(rng, 3, 5)), some(rng, 3))


PROBES = (
    Probe(
        FIRST,
        call(np.array([[1.0, 0.0], [5.0, 3.0]]), np.array([1.0, 2.0])),
        says="The rows, each times its d: 1 · [1, 0] and 2 · [5, 3]. Down the columns "
        "they add up.",
    ),
    Probe("a random square Jacobian", table(3, 3), says=ROWS),
    Probe(WIDE, table(2, 3), says=ROWS),
    Probe("4 outputs, 2 inputs", table(4, 2), says=ROWS),
    Probe("1 output", table(1, 3), says="One row only: it comes back times its d."),
    Probe("other random numbers", table(5, 4), hidden=True, says=LATER),
    Probe(
        "another order in storage",
        lying_down,
        hidden=True,
        says="With a Jacobian that lies in storage column by column it is not right.",
    ),
)

HINTS = Hints(
    symptom=(
        "Write J = [[1, 0], [5, 3]] on paper and d_out = [1, 2] to the left of it, one "
        "number beside each row. Multiply every row by its number. Which of the four "
        "products belong to the first input?"
    ),
    concept=(
        "Row i says how output i follows the inputs, and d_out has one number for each "
        "output: so it multiplies rows. Input j hears from every output: so its "
        "gradient is the sum down column j. Compare the shapes: (K,) comes in, (D,) "
        "goes out."
    ),
    neighbour=(
        "A shop sells 3 kinds of boxes; row i of `inside` (3, 4) tells how many of 4 "
        "fruits box i holds, and `sold` (3,) how many boxes of each kind went. The "
        "fruits that went, kind by kind:\n"
        "    fruits = [0, 0, 0, 0]\n"
        "    for box in range(3):\n"
        "        for kind in range(4):\n"
        "            fruits[kind] += sold[box] * inside[box, kind]"
    ),
)

EXERCISE = Exercise(
    id="08.E3",
    name="vjp",
    title="d_out times a Jacobian",
    task="Write vjp(J, d_out): the gradient, an array of shape (D,).",
    truth=answers.from_the_left,
    points=3,
    hidden_points=1,
    minutes=8,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.a_list, "return a NumPy array"),
        WrongAnswer(answers.in_place, "You changed J"),
        WrongAnswer(answers.prints_it, "returned None"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.from_the_left, "d_out at the left"),
        Variant(answers.transposed, "J turned round, d_out at the right"),
        Variant(answers.rows_added, "every row times its d, then added"),
        Variant(answers.two_loops, "the sum as it stands in the formula"),
    ),
    ways="All of them add d_out[i] J[i, j] over i, for each j.",
    picture=own_array(answers.from_the_left, "the gradient", d_out=1),
    show=call(np.array([[1.0, 0.0], [5.0, 3.0]]), np.array([1.0, 2.0])),
    next="E4",
)
