"""09.E2 ReLU: a gate in every cell, set by x."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e2_answers as answers
from .calls import ENGINE, back, cell_by_cell, forward
from .pictures import both_ways

GRID = [[-3, 2], [0, 4], [1, -2]]
SMALL = "three rows"
SMALL_CALL = back(GRID, d_out=[[5, -6], [7, 8], [-2, 3]])

RULES = (
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward lets d_out through in every cell. Where x is negative the "
        "output is 0, and stays 0 when x moves a little: nothing comes back.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the slopes, 1 or 0, whatever d_out is.",
        at=SMALL,
    ),
    Rule(
        "asked d_out",
        answers.AsksDOut,
        "Your backward asks whether d_out is positive. The gates are set by x, in "
        "forward; a negative d_out goes through an open gate as well.",
        at=SMALL,
    ),
    Rule(
        "asked both",
        answers.AsksBoth,
        "Your backward stops a negative d_out, too: at x = 2 the gate is open, d_out "
        "is -6, and 0 came. The gates are set by x alone.",
        at=SMALL,
    ),
    Rule(
        "slope 1 at the kink",
        answers.OneAtZero,
        "Your gate is open at x = 0. At the kink no slope is the right one, so one is "
        "chosen and said: here 0, as in PyTorch.",
        at=SMALL,
    ),
    Rule(
        "slope 1/2 at the kink",
        answers.HalfAtZero,
        "At x = 0 your backward passes half. A maximum of x and 0 that splits its ties "
        "does that; relu takes 0 there.",
        at=SMALL,
    ),
    Rule(
        "times the output",
        answers.TimesTheOutput,
        "Your backward multiplies d_out by what came out. Where the gate is open, the "
        "output moves as fast as x: the slope is 1.",
        at=SMALL,
    ),
    Rule(
        "times x",
        answers.TimesX,
        "Your backward multiplies d_out by x. How large x is makes no difference to "
        "the slope: 1 where x is positive, else 0.",
        at=SMALL,
    ),
    Rule(
        "turned round",
        answers.TurnedRound,
        "Your gates are open where x is negative, and shut where x is positive.",
        at=SMALL,
    ),
    Rule(
        "one gate for all",
        answers.OneGate,
        "Your backward sets one gate for all cells, and one x that is not positive "
        "shuts it. Each cell has a gate of its own.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("forward", forward(GRID), says="Forward keeps what is positive, else 0."),
    Probe("one open gate", back([3], d_out=[4])),
    Probe(SMALL, SMALL_CALL),
    *cell_by_cell(-3, 3),
)

HINTS = Hints(
    symptom=(
        "Three cells are worth a look: one where x is positive, one where it is "
        "negative, one where it is 0. Does the output move when x moves a little? "
        "Which of the three goes wrong?"
    ),
    concept=(
        "An `if` asks one question, but here every cell has its own answer. A "
        "comparison of a tensor, such as `t > 5`, is a tensor itself: 1 where it is "
        "true, 0 where not. Multiplied with something, it works like a gate in every "
        "cell."
    ),
    neighbour=(
        "cap keeps numbers up to 10 and cuts the others down to 10. Its gate is open "
        "below:\n"
        "    ctx.save_for_backward(u)           # forward\n"
        "    (u,) = ctx.saved_values            # backward\n"
        "    return (u < 10) * d_out"
    ),
)

EXERCISE = Exercise(
    id="09.E2",
    name="ReLU",
    title="A gate in every cell",
    task="Write forward and backward of ReLU: x where it is positive, else 0.",
    truth="tensors.functions.ReLU",
    points=3,
    hidden_points=1,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.OneIfForAll, "has 6 cells, and each may differ"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class ReLU(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.AsksX, "a comparison is a tensor of gates"),
        Variant(answers.WithAZip, "gradlab's own zip for it"),
        Variant(answers.SavesTheGate, "set the gates in forward"),
    ),
    ways="Each multiplies d_out by 1 where x is positive, and by 0 elsewhere.",
    picture=both_ways(answers.AsksX),
    show=SMALL_CALL,
    next="E3",
)
