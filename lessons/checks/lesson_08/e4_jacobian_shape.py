"""08.E4 jacobian_shape: how many derivatives there are, as rows and columns."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import cases

from . import e4_answers as answers

SUM, ZIP, VECTORS = "(4, 5), ()", "(4, 5), (4, 5)", "(3,), (2,)"

RULES = (
    Rule(
        "turned round",
        answers.turned_round,
        "Your Jacobian has a row for each input cell: {got}. Outputs are rows, inputs "
        "are columns.",
        at=VECTORS,
    ),
    Rule(
        "numbers of dims",
        answers.numbers_of_dims,
        "Your code counts dims: {x_shape} has {len_x_shape}, {out_shape} has "
        "{len_out_shape}. Derivatives are counted by cells.",
        at=SUM,
    ),
    Rule(
        "shapes joined",
        answers.joined,
        "Your code sets the shapes side by side, {got}. That counts the derivatives "
        "rightly, but a table has two sizes: all rows, all columns.",
        at=ZIP,
    ),
    Rule(
        "sizes added",
        answers.sizes_added,
        "Your code adds the sizes of a shape: 4 + 5 cells. A tensor of shape (4, 5) "
        "has 4 rows of 5.",
        at=SUM,
    ),
    Rule(
        "sizes added, no dims are none",
        answers.sizes_added_or_none,
        "Your code adds the sizes of a shape: 4 + 5, and 0 for no sizes at all. A "
        "tensor of shape (4, 5) has 4 rows of 5 cells, one of shape () a single cell.",
        at=SUM,
    ),
    Rule(
        "numbers of dims, turned round",
        answers.dims_turned_round,
        "Your code counts dims, {got}, those of x first. Derivatives are counted by "
        "cells, and outputs are rows, inputs columns.",
        at=SUM,
    ),
    Rule(
        "sizes added, turned round",
        answers.sizes_added_turned_round,
        "Your code adds the sizes of a shape, 4 + 5, and x comes first. A tensor of "
        "shape (4, 5) has 4 rows of 5 cells; and outputs are rows, inputs columns.",
        at=SUM,
    ),
    Rule(
        "as many columns as rows",
        answers.only_the_outputs,
        "Your Jacobian has as many columns as rows: {got}. There is a column for each "
        "input cell, and x_shape is {x_shape}.",
        at=VECTORS,
    ),
    Rule(
        "shapes joined, inputs first",
        answers.joined_inputs_first,
        "Your code sets the shapes side by side, {got}. A table has two sizes: all "
        "rows, and all columns.",
        at=ZIP,
    ),
    Rule(
        "starts at 0",
        answers.from_zero,
        "Every count of yours is 0. Whatever 0 is multiplied by, it stays 0.",
        at=VECTORS,
    ),
    Rule(
        "the first sizes, if any",
        answers.first_sizes_or_none,
        "Your code looks at the first size of each shape only: {got}. And a shape () "
        "has no first size, though its tensor has a cell.",
        at=ZIP,
    ),
    Rule(
        "no dims, no cells",
        answers.no_dims_no_cells,
        "Your code gives a shape without dims 0 cells. A tensor of shape () holds one "
        "number.",
        at=SUM,
    ),
    Rule(
        "one number",
        answers.one_number,
        "{got} is the number of all derivatives. How many rows and how many columns "
        "that makes is not in it.",
        at=SUM,
    ),
    Rule(
        "the first sizes",
        answers.first_sizes,
        "Your code looks at the first size of each shape only: {got}.",
        at=ZIP,
    ),
    Rule(
        "the last sizes",
        answers.last_sizes,
        "Your code looks at the last size of each shape only: {got}.",
        at=ZIP,
    ),
    Rule(
        "one row for every function",
        answers.one_row,
        "Your Jacobian has one row, whatever comes out. Each output cell is a function "
        "of its own.",
        at=ZIP,
    ),
)

PROBES = (
    *cases(
        ((3,), ()),
        ((3,), (2,)),
        ((), (3,)),
        ((4, 5), ()),
        ((4, 5), (4, 5)),
        ((3, 2), (3, 1)),
        ((2, 3, 4), (2, 4)),
    ),
    *cases(((), ()), ((2, 2, 3), (6, 2)), ((5, 1, 2), (1, 3)), hidden=True),
)

HINTS = Hints(
    symptom=(
        "How many numbers can you move in a tensor of shape (4, 5)? And in one of "
        "shape ()? Each of them is a column. How many numbers can you watch?"
    ),
    concept=(
        "One derivative for each pair: this output cell, that input cell. The table of "
        "all pairs has one row for each output cell and one column for each input "
        "cell, however the cells are arranged. So each shape becomes one number."
    ),
    neighbour=(
        "A cinema has 12 rows of 20 seats, a bus has 4 rows of 5. A table that tells "
        "the way from every bus seat to every cinema seat has\n"
        "    4 * 5 = 20      rows\n"
        "    12 * 20 = 240   columns"
    ),
)

EXERCISE = Exercise(
    id="08.E4",
    name="jacobian_shape",
    title="How many derivatives?",
    task="Write jacobian_shape(x_shape, out_shape): rows and columns of the Jacobian.",
    truth=answers.with_prod,
    points=2,
    hidden_points=1,
    minutes=5,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.numpy_prod, "it must be an int"),
        WrongAnswer(answers.a_list, "return a tuple"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.with_prod, "math.prod"),
        Variant(answers.with_a_loop, "a loop that starts at 1"),
        Variant(answers.with_indices, "count the indices"),
    ),
    ways="The product of no sizes is 1: a tensor of shape () holds one number.",
    next="E5",
)
