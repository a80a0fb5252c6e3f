"""04.E4 Inv: 1 / x, with a square and a sign that are easily lost."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e4_answers as answers
from .calls import SPEED, back, forward, random_ways_back
from .pictures import both_ways

HERE = "d_out = 3"

RULES = (
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the local derivative, whatever d_out is. With "
        "d_out = 1 nobody would notice.",
        at=HERE,
    ),
    Rule(
        "lost the sign",
        answers.ForgetsTheMinus,
        "Your gradient has the wrong sign: when x grows, 1 / x gets smaller.",
        at=HERE,
    ),
    Rule(
        "divided by x once",
        answers.ForgetsTheSquare,
        "Your backward divides by x once. From x = 2 to x = 4 the output falls from "
        "0.5 to 0.25, and its slope falls to a quarter, not to a half.",
        at=HERE,
    ),
    Rule(
        "the rule for log",
        answers.AsALogarithm,
        "Your backward sends back d_out / x. 1 / x is the derivative of log x; here "
        "it is the function itself.",
        at=HERE,
    ),
    Rule(
        "the output for the input",
        answers.OutputForInput,
        "Your gradient is -d_out times x²: it grows with x, while the curve of 1 / x "
        "gets flatter. Was 1 / x saved, and used as if it were x?",
        at=HERE,
    ),
    Rule(
        "divided by d_out",
        answers.InverseOfDOut,
        "Your backward divides by d_out. Twice as much coming in must send twice as "
        "much back.",
        at=HERE,
    ),
)

PROBES = (
    Probe("forward", forward(4), says="Forward does not give 1 / x."),
    Probe(HERE, back(2, d_out=3), says=SPEED),
    Probe("x negative", back(-4, d_out=8), says=SPEED),
    *random_ways_back(0.3, 2.7),
)

HINTS = Hints(
    symptom=(
        "At x = 2, 1 / x is 0.5. At x = 2.1 it is 0.4762. Did it go up or down? By "
        "how much, divided by 0.1? Compare that with what you send for d_out = 1."
    ),
    concept=(
        "1 / x is x to the power -1. The rule for powers puts the exponent in front "
        "and makes it smaller by one."
    ),
    neighbour=(
        "1 / u**2 is u to the power -2, so its derivative is -2 u**-3:\n"
        "    ctx.save_for_backward(u)             # forward\n"
        "    d_out * -2 / u**3                    # backward"
    ),
)

EXERCISE = Exercise(
    id="04.E4",
    name="Inv",
    title="One over x",
    task="Write forward and backward of Inv: 1 / x.",
    truth="scalar_functions.Inv",
    points=2,
    hidden_points=0.5,
    minutes=4,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.SavesTheInput, "save the input"),
        Variant(answers.SavesTheOutput, "save the output, 1 / x"),
    ),
    ways="The square of the output is 1 / x²: whichever you save, it is enough.",
    picture=both_ways(answers.SavesTheInput),
    show=back(2, d_out=3),
    next="E5",
)
