"""07.E5 mse: the loss that a silent (n, n) table makes wrong."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.demands import keeps_the_graph
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

# -------------------- right ways --------------------


def target_as_a_column(pred, target):
    """Give target the shape of pred."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean()


def pred_as_a_vector(pred, target):
    """Give pred the shape of target."""
    error = pred.view(target.size) - target
    return (error * error).sum() / target.size


def pred_as_a_row(pred, target):
    """Make pred a row; target becomes one by rule 3."""
    error = pred.view(1, target.size) - target
    return (error * error).mean()


# -------------------- wrong rules --------------------


def table_mean(pred, target):
    """Subtract the shapes as they come: a table of all pairs."""
    error = pred - target
    return (error * error).mean()


def table_sum(pred, target):
    """Sum over the table of all pairs, then divide by n."""
    error = pred - target
    return (error * error).sum() / target.size


def sum_for_mean(pred, target):
    """Add the squares up and stop."""
    error = pred - target.view(target.size, 1)
    return (error * error).sum()


def mean_difference(pred, target):
    """Forget to square."""
    return (pred - target.view(target.size, 1)).mean()


def size_of_the_mean_difference(pred, target):
    """Take the size of the mean difference."""
    mean = (pred - target.view(target.size, 1)).mean()
    return mean if mean.item() >= 0 else -mean


def square_of_the_mean_difference(pred, target):
    """Square after the mean, not before."""
    mean = (pred - target.view(target.size, 1)).mean()
    return mean * mean


def mean_size(pred, target):
    """Take sizes where squares were asked."""
    error = pred - target.view(target.size, 1)
    return (error.relu() + (-error).relu()).mean()


def one_number_in_a_row(pred, target):
    """Take the mean over dim 0 of a column: a dim of size 1 stays."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean(0)


def one_number_in_a_table(pred, target):
    """Keep both dims."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean(0, keepdim=True)


def table_columns(pred, target):
    """Take the mean over dim 0 of the table of all pairs."""
    error = pred - target
    return (error * error).mean(0)


def table_squares(pred, target):
    """Keep the squares of the table of all pairs."""
    error = pred - target
    return error * error


def squares_in_a_row(pred, target):
    """Keep the squares apart, in one dim."""
    error = pred.view(target.size) - target
    return error * error


def squares(pred, target):
    """Keep the squares apart."""
    error = pred - target.view(target.size, 1)
    return error * error


CANCEL = (
    "Errors cancel in your code: +1 and -1 have the mean 0. Each error has to be "
    "squared before anything is added."
)
FIVE = "5 predictions"

RULES = (
    Rule(
        "the table's mean",
        table_mean,
        "Your code took the mean of 25 differences where 5 were meant: (5, 1) with "
        "(5,), or with (1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "the table's sum",
        table_sum,
        "Your code added 25 squares where 5 were meant: (5, 1) with (5,), or with "
        "(1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "sum for mean",
        sum_for_mean,
        "Your loss is n times too large, here 5 times: the squares are added up, and "
        "their mean was asked.",
        at=FIVE,
    ),
    Rule("no square", mean_difference, CANCEL),
    Rule("the size of the mean", size_of_the_mean_difference, CANCEL),
    Rule("the square of the mean", square_of_the_mean_difference, CANCEL),
    Rule(
        "sizes, not squares",
        mean_size,
        "Your code takes the mean size of the errors; mse squares them, so an error of "
        "3 counts 9.",
    ),
    Rule(
        "one number in a row",
        one_number_in_a_row,
        "Right number, but it stands in a tensor of shape (1,). A loss has no dims: "
        "its shape is ().",
    ),
    Rule(
        "one number in a table",
        one_number_in_a_table,
        "Right number, but it stands in a tensor of shape (1, 1). A loss has no dims: "
        "its shape is ().",
    ),
    Rule(
        "the table's columns",
        table_columns,
        "Your code took a mean for each column of a (5, 5) table, 25 differences where "
        "5 were meant: your result has shape (5,).",
        at=FIVE,
    ),
    Rule(
        "the table's squares",
        table_squares,
        "Your result has 25 squares where 5 were meant, and a loss is one number: "
        "(5, 1) with (5,), or with (1, 5), is a (5, 5) table.",
        at=FIVE,
    ),
    Rule(
        "squares kept apart, in a row",
        squares_in_a_row,
        "Your result still has shape (5,), one square for each prediction. A loss is "
        "one number: their mean.",
        at=FIVE,
    ),
    Rule(
        "squares kept apart",
        squares,
        "Your result still has shape (5, 1), one square for each prediction. A loss is "
        "one number: their mean.",
        at=FIVE,
    ),
)

# -------------------- slips that need no rule --------------------


def target_as_a_row(pred, target):
    """Add the dim of size 1 on the left, where rule 3 would add it anyway."""
    error = pred - target.view(1, target.size)
    return (error * error).mean()


def a_float(pred, target):
    """Leave the graph with item()."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean().item()


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
    Probe(
        "the way back",
        lambda rng: ready_to_learn(rng).back(rng.normal()),
        hidden=True,
        says="The gradient that reaches the predictions is not that of this loss.",
    ),
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
    truth=target_as_a_column,
    points=3,
    hidden_points=1,
    minutes=6,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(target_as_a_row, "25 differences where 5 were meant"),
        WrongAnswer(a_float, "return a tensor"),
    ),
    hints=HINTS,
    variants=(
        Variant(target_as_a_column, "target.view(n, 1)"),
        Variant(pred_as_a_vector, "pred.view(n)"),
        Variant(pred_as_a_row, "pred.view(1, n)"),
    ),
    ways="All of them give prediction i and target i the same place before they meet.",
    next="E6",
)
