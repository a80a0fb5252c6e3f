"""10.E5 Sum: the mirror of broadcasting, its backward spreads."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

from . import e5_answers as answers
from .calls import Maker, Shape, numbers

COLUMNS, ROWS, SQUARE = "(2, 3), dim 0", "(2, 3), dim 1", "(3, 3), dim 1"
ALL = "(2, 3), all of it"

RULES = (
    Rule(
        "stretched without its dim",
        answers.WithoutTheDim,
        "Without its dim, d_out lines up on the right, with the columns. The sum "
        "ran over dim 1, so each of its numbers belongs to a row: a (2, 3) refuses it, "
        "a (3, 3) takes it in wrong places.",
        at=SQUARE,
    ),
    Rule(
        "the backward of a mean",
        answers.AsAMean,
        "Your backward divides by the number of cells that were summed. That is how a "
        "mean goes back; a sum moves one for one with every cell.",
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward returns ones, whatever d_out is. The local derivatives are 1; "
        "what comes back is d_out times that.",
    ),
    Rule(
        "times x",
        answers.TimesX,
        "Your backward multiplies by x. How fast a sum moves with x does not depend "
        "on x: the local derivative is 1.",
    ),
    Rule(
        "the dim kept",
        answers.KeepsTheDim,
        "Your forward always keeps the dim, as size 1: (2, 1) where x.sum(1) has "
        "shape (2,).",
        at=ROWS,
    ),
    Rule(
        "saved without its dim",
        answers.SavesTheShapeOfTheSum,
        "Your forward saves the shape of the sum without its dim: (2,) for a (2, 3) "
        "over dim 1. In that shape d_out lines up with the columns: a (2, 3) refuses "
        "it, a (3, 3) takes it in wrong places.",
        at=ROWS,
    ),
    Rule(
        "the dim put back at the end",
        answers.PutsTheDimLast,
        "Your backward puts the lost dim back at the end: (3,) becomes (3, 1), and a "
        "(2, 3) refuses it. The sum ran over dim 0, so dim 0 was lost.",
        at=COLUMNS,
    ),
)


def summed(shape: Shape, dim: Any, order: Any = None, **options: bool) -> Maker:
    """Return the maker of a sum over dim with a random gradient coming back."""

    def make(rng: np.random.Generator) -> Call:
        x = TensorSpec(numbers(rng, shape), order=order, requires_grad=True)
        kept = options.get("keepdim", False)
        d_out = numbers(rng, np.zeros(shape).sum(axis=dim, keepdims=kept).shape)
        return call(x, dim=dim, **options).back(d_out)

    return make


SAYS = "With other dims the gradient is not right."

PROBES = (
    Probe(
        COLUMNS,
        summed((2, 3), 0),
        says="Each number of d_out goes down its column, to 2 cells.",
    ),
    Probe(
        ROWS,
        summed((2, 3), 1),
        says="Each number of d_out goes along its row, to 3 cells.",
    ),
    Probe(
        SQUARE,
        summed((3, 3), 1),
        says="Each number of d_out goes along its row, to 3 cells.",
    ),
    Probe(
        ALL,
        summed((2, 3), None),
        says="With dim None all is summed: the one number of d_out goes to 6 cells.",
    ),
    Probe(
        "(2, 3, 4), dim -2",
        summed((2, 3, 4), -2),
        says="Dim -2 of three is dim 1: each number of d_out goes to 3 cells.",
    ),
    Probe(
        "(2, 3), dim 1 kept",
        summed((2, 3), 1, keepdim=True),
        says="With keepdim the result is (2, 1), and so is d_out.",
    ),
    Probe(
        "x permuted",
        summed((4, 2), 1, order=(1, 0)),
        says="The strides of a permuted x differ; its numbers do not.",
    ),
    Probe(
        "(2, 3, 4), dims 0 and 2",
        summed((2, 3, 4), (0, 2)),
        says="Two dims at once: each of the 3 numbers of d_out goes to 8 cells.",
    ),
    Probe("(3, 1, 2), dim 1", summed((3, 1, 2), 1), hidden=True, says=SAYS),
    Probe(
        "(3, 2, 4), dims 1 and -1", summed((3, 2, 4), (1, -1)), hidden=True, says=SAYS
    ),
)

HINTS = Hints(
    symptom=(
        "Sum a (2, 3) over dim 1: two numbers come out, and a d_out of shape (2,) "
        "comes back. Which cells of the input does d_out[0] belong to? Write the (2, "
        "3) table that you expect, then look at the one that you get."
    ),
    concept=(
        "Back from a sum is a broadcast: each number of d_out goes to every cell that "
        "was summed into it. Rule 3 adds missing dims on the left only; a dim that "
        "disappeared somewhere else has to be put back first, with size 1."
    ),
    neighbour=(
        "`row_add` of lesson 07 had the same trouble. v, one number for each row of "
        "m, has to stand up before it meets m:\n"
        "    m              (5, 4)\n"
        "    v.view(5, 1)   (5, 1)"
    ),
)

EXERCISE = Exercise(
    id="10.E5",
    name="Sum",
    title="The mirror: Sum, repaired",
    task="Write Sum so that its backward keeps the shape law for every dim.",
    truth=answers.KeepsTheShape,
    points=3,
    hidden_points=1,
    minutes=8,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.AsPrinted, "spread d_out over them again"),
        WrongAnswer(answers.TwoGradients, "returned 2 gradients, but forward had 1"),
        WrongAnswer(answers.by_the_engine, "`tensors.functions.Sum.backward` did the"),
    ),
    borrowed=("gradlab.tensors.functions.Sum.backward",),
    own_work="Write the way back yourself, in a class Sum(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.KeepsTheShape, "the sum with its dims kept tells the shape"),
        Variant(answers.AddsZeros, "+ stretches: broadcasting is the way back"),
        Variant(answers.OnesInPlaceOfSizes, "the kept shape, worked out by hand"),
    ),
    ways="All of them put the lost dims back as ones, and let them stretch.",
    picture=own_gradient,
    show=call(TensorSpec([[1, 2, 3], [4, 5, 6]], requires_grad=True), dim=1).back(
        [10, 20]
    ),
    next="E6",
)
