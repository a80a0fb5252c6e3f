"""09.E3 Mul: a zip sends one gradient to each of its two inputs."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e3_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

X, Y = [[1, 2], [3, 4], [5, 6]], [[10, -7], [0, 8], [9, 20]]
SMALL = "three rows"
SMALL_CALL = back(X, Y, d_out=[[2, 3], [4, -5], [6, 7]])

RULES = (
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the local derivatives, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "d_out for x alone",
        answers.DOutForXAlone,
        "The gradient of x is right. y got its local derivative alone, whatever d_out "
        "is.",
        at=SMALL,
    ),
    Rule(
        "swapped",
        answers.Swapped,
        "Each input got its own numbers times d_out. A product moves with one factor "
        "as fast as the other one is large.",
        at=SMALL,
    ),
    Rule(
        "swapped, and forgot d_out",
        answers.SwappedWithoutDOut,
        "Each input got its own numbers back, and d_out has no part in it.",
        at=SMALL,
    ),
    Rule(
        "the backward of a sum",
        answers.AsASum,
        "Both inputs got d_out as it came. That is how Add goes back; a product moves "
        "by its local derivatives.",
        at=SMALL,
    ),
    Rule(
        "both the same",
        answers.BothTheSame,
        "Both inputs got d_out times y. For x that is right; y has a local derivative "
        "of its own.",
        at=SMALL,
    ),
    Rule(
        "times the product",
        answers.ByTheProduct,
        "Both inputs got d_out times the product. The product is what came out; how "
        "fast it moves with one input is another number.",
        at=SMALL,
    ),
    Rule(
        "added d_out",
        answers.AddsDOut,
        "Your backward adds d_out to the local derivatives. Along a wire, derivatives "
        "multiply; sums are for places where wires meet.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(X, Y), says="Forward does not give x * y in every cell."),
    Probe("one cell each", back([3], [4], d_out=[2])),
    Probe(SMALL, SMALL_CALL),
    Probe("a zero on either side", back([0, 7], [5, 0], d_out=[3, -2])),
    *cell_by_cell(-4, 4, inputs=2),
)

HINTS = Hints(
    symptom=(
        "Look at one cell of each: x = 3, y = 4, so 12 came out. Move x alone to 3.1: "
        "by how much does the product move? Then y alone. d_out = 2 doubles both."
    ),
    concept=(
        "A zip has two local derivatives in each cell, g'_x(x, y) and g'_y(x, y). Each "
        "is multiplied by the d_out of its own cell, which is a zip again. backward "
        "returns the two tensors in the order in which forward got the inputs."
    ),
    neighbour=(
        "The larger of two numbers, maximum(u, v), moves with u where u is larger, "
        "and with v elsewhere:\n"
        "    ctx.save_for_backward(u > v)       # forward\n"
        "    (first,) = ctx.saved_values        # backward\n"
        "    return d_out * first, d_out * (1 - first)"
    ),
)

EXERCISE = Exercise(
    id="09.E3",
    name="Mul",
    title="A product of two tensors",
    task="Write forward and backward of Mul: x * y, two inputs of one shape.",
    truth="tensors.functions.Mul",
    points=4,
    hidden_points=1,
    minutes=6,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.by_the_engine, "functions.Mul.backward` did the work"),
        WrongAnswer(answers.OneGradient, "returned 1 gradient"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
        WrongAnswer(answers.OneNumberEach, "A gradient has exactly its input's shape"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Mul(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SavesBoth, "save the two inputs"),
        Variant(answers.WithZips, "every product written as the zip that it is"),
        Variant(answers.SavesSlopes, "save the two local derivatives"),
    ),
    ways="Two tensors travel from forward to backward, and meet d_out cell by cell.",
    picture=both_ways(answers.SavesBoth),
    show=SMALL_CALL,
    next="E4",
)
