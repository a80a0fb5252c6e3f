"""09.E4 Sub: as Add, with one sign turned."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e4_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

X, Y = [[7, 8], [9, -1], [2, 5]], [[4, 6], [3, 10], [-5, 0]]
SMALL = "three rows"
SMALL_CALL = back(X, Y, d_out=[[2, -3], [4, 5], [-6, 7]])

RULES = (
    Rule(
        "the backward of a sum",
        answers.AsASum,
        "Both inputs got d_out as it came: that is Add. Where y grows, x - y falls.",
        at=SMALL,
    ),
    Rule(
        "swapped",
        answers.Swapped,
        "The sign is turned for x, and y got d_out as it came. It is y that is taken "
        "away.",
        at=SMALL,
    ),
    Rule(
        "both turned",
        answers.BothTurned,
        "The sign is turned for both inputs. Where x grows, x - y grows with it.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the local derivatives, 1 and -1, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "times the inputs",
        answers.TimesTheInputs,
        "Your backward multiplies d_out by the inputs. How large they are makes no "
        "difference to how fast a difference moves.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(X, Y), says="Forward does not give x - y in every cell."),
    Probe("one cell each", back([7], [4], d_out=[2])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(-4, 4, inputs=2),
)

HINTS = Hints(
    symptom=(
        "7 - 4 is 3. Move the 7 up by 0.1, then the 4: in which direction does the "
        "difference move each time, and how far?"
    ),
    concept=(
        "x - y is x + (-y). Add hands d_out on to both of its inputs; on the way to y "
        "there is a Neg as well. Nothing needs to be saved: both slopes are constant."
    ),
    neighbour=(
        "u + 3 v, with two inputs, has the slopes 1 and 3:\n"
        "    return d_out, d_out * 3            # backward"
    ),
)

EXERCISE = Exercise(
    id="09.E4",
    name="Sub",
    title="A difference",
    task="Write forward and backward of Sub: x - y, two inputs of one shape.",
    truth="tensors.functions.Sub",
    points=2,
    hidden_points=0.5,
    minutes=2,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.PlainNumbers, "Return a tensor of its shape"),
        WrongAnswer(answers.OneGradient, "returned 1 gradient"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class Sub(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SignTurned, "turn the sign for y"),
        Variant(answers.PlusMinusOne, "times 1, times -1"),
        Variant(answers.AsAddAndNeg, "as x + (-y)"),
    ),
    ways="x - y is x + (-y): the way back goes through Add, and for y through Neg.",
    picture=both_ways(answers.SignTurned),
    show=SMALL_CALL,
    next="E5",
)
