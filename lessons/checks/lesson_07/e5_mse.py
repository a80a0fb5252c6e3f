"""07.E5 mse: the loss that a silent (n, n) table makes wrong."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.demands import keeps_the_graph
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

from . import e5_answers as answers

CANCEL = (
    "Errors cancel in your code: +1 and -1 have the mean 0. Each error has to be "
    "squared before anything is added."
)
FIVE = "5 predictions"

RULES = (
    Rule(
        "the table's mean",
        answers.table_mean,
        "Your code took the mean of 25 differences where 5 were meant: (5, 1) with "
        "(5,), or with (1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "the table's sum",
        answers.table_sum,
        "Your code added 25 squares where 5 were meant: (5, 1) with (5,), or with "
        "(1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "sum for mean",
        answers.sum_for_mean,
        "Your loss is n times too large, here 5 times: the squares are added up, and "
        "their mean was asked.",
        at=FIVE,
    ),
    Rule("no square", answers.mean_difference, CANCEL),
    Rule("the size of the mean", answers.size_of_the_mean_difference, CANCEL),
    Rule("the square of the mean", answers.square_of_the_mean_difference, CANCEL),
    Rule(
        "sizes, not squares",
        answers.mean_size,
        "Your code takes the mean size of the errors; mse squares them, so an error of "
        "3 counts 9.",
    ),
    Rule(
        "one number in a row",
        answers.one_number_in_a_row,
        "Right number, but it stands in a tensor of shape (1,). A loss has no dims: "
        "its shape is ().",
    ),
    Rule(
        "one number in a table",
        answers.one_number_in_a_table,
        "Right number, but it stands in a tensor of shape (1, 1). A loss has no dims: "
        "its shape is ().",
    ),
    Rule(
        "sums, not differences",
        answers.sums_squared,
        "Your code adds prediction and target before it squares: 5 predictions that "
        "are all perfect got the loss 44.",
        at="perfect predictions",
    ),
    Rule(
        "the table's columns",
        answers.table_columns,
        "Your code took a mean for each column of a (5, 5) table, 25 differences where "
        "5 were meant: your result has shape (5,).",
        at=FIVE,
    ),
    Rule(
        "the table's squares",
        answers.table_squares,
        "Your result has 25 squares where 5 were meant, and a loss is one number: "
        "(5, 1) with (5,), or with (1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "squares kept apart, in a row",
        answers.squares_in_a_row,
        "Your result still has shape (5,), one square for each prediction. A loss is "
        "one number: their mean.",
        at=FIVE,
    ),
    Rule(
        "squares kept apart",
        answers.squares,
        "Your result still has shape (5, 1), one square for each prediction. A loss is "
        "one number: their mean.",
        at=FIVE,
    ),
)

# -------------------- probes --------------------


def guesses(n: int):
    """Return the maker of a call with n random predictions and targets, wholes."""

    def make(rng: np.random.Generator) -> Call:
        target = rng.permutation(20)[:n]
        pred = (target + rng.permutation([-2, -1, 1, 2, 4, 3][:n])).reshape(n, 1)
        return call(TensorSpec(pred), TensorSpec(target))

    return make


def ready_to_learn(rng: np.random.Generator) -> Call:
    """Make four predictions that need a gradient."""
    pred = TensorSpec(rng.normal(size=(4, 1)), requires_grad=True)
    return call(pred, TensorSpec(rng.normal(size=4)))


def back(rng: np.random.Generator) -> Call:
    """Make four predictions, and a random d_out that goes back to them."""
    return ready_to_learn(rng).back(rng.normal())


OTHER_GRADIENT = "The gradient of the predictions is not that of this loss."

PROBES = (
    Probe(FIVE, guesses(5)),
    Probe(
        "perfect predictions",
        call(TensorSpec([[1], [2], [3], [4], [5]]), TensorSpec([1, 2, 3, 4, 5])),
    ),
    Probe("2 predictions", guesses(2)),
    Probe("1 prediction", guesses(1)),
    Probe(
        "predictions that need a gradient",
        ready_to_learn,
        also=keeps_the_graph,
    ),
    Probe("the way back", back, says=OTHER_GRADIENT),
    Probe("another way back", back, hidden=True, says=OTHER_GRADIENT),
    Probe(
        "6 predictions",
        guesses(6),
        hidden=True,
        says="With another number of predictions the loss is wrong.",
    ),
)

HINTS = Hints(
    symptom=(
        "In the scratch cell, take 5 predictions and 5 targets and look at the shape "
        "of every step of your code, one after the other. How many numbers do you have "
        "after the subtraction? How many errors are there?"
    ),
    concept=(
        "Question P12 shows the trap: nothing is raised, because (n, 1) with (n,) is a "
        "good table of all pairs. You want only its diagonal, prediction i with target "
        "i. Zip pairs equal places when both have the same shape. Then: square, then "
        "the mean."
    ),
    neighbour=(
        "Two rows of three thermometers give readings of shape (2, 3); a list of "
        "corrections has shape (6,), in reading order. readings + corrections raises. "
        "First the same shape, then the zip:\n"
        "    readings              (2, 3)\n"
        "    corrections.view(2, 3)  (2, 3)\n"
        "    sum                   (2, 3): 6 sums, one per thermometer"
    ),
)

EXERCISE = Exercise(
    id="07.E5",
    name="mse",
    title="A loss that is not fooled",
    task="Write mse(pred, target): the mean of the squared differences, shape ().",
    truth=answers.target_as_a_column,
    points=3,
    hidden_points=1,
    minutes=6,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.target_as_a_row, "25 differences where 5 were meant"),
        WrongAnswer(answers.a_float, "return a tensor"),
        WrongAnswer(
            answers.half_a_square, "Your gradient of pred is the right one divided by 2"
        ),
        WrongAnswer(answers.pred_detached, "no gradient can flow from your result"),
        WrongAnswer(answers.library_loss, "gradlab's `mse` did the work"),
    ),
    borrowed=("gradlab.mse",),
    own_work="Write the difference, the square and the mean yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.target_as_a_column, "target.view(n, 1)"),
        Variant(answers.pred_as_a_vector, "pred.view(n)"),
        Variant(answers.pred_as_a_row, "pred.view(1, n)"),
    ),
    ways="All of them give prediction i and target i the same place before they meet.",
    next="E6",
)
