"""04.E6 Sigmoid: its derivative is made of its own output."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e6_answers as answers
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
        "s alone",
        answers.OnlyS,
        "Your backward multiplies d_out by s. For a large x, s is nearly 1, but the "
        "curve is nearly flat there: almost nothing should go back.",
        at=HERE,
    ),
    Rule(
        "1 - s alone",
        answers.OnlyTheRest,
        "Your backward multiplies d_out by 1 - s. For a very negative x that is "
        "nearly 1, but the curve is nearly flat there.",
        at=HERE,
    ),
    Rule(
        "the input for the output",
        answers.InputForOutput,
        "Your backward multiplies d_out by x (1 - x), at x = 2 by 2 (1 - 2). Was x "
        "saved, and used as if it were s?",
        at=HERE,
    ),
    Rule(
        "turned round",
        answers.TurnedRound,
        "Your gradient has the wrong sign: the sigmoid grows with x, everywhere.",
        at=HERE,
    ),
    Rule(
        "the rule for tanh",
        answers.AsATanh,
        "Your backward multiplies by 1 - s². That is the slope of tanh, made of "
        "tanh's own output.",
        at=HERE,
    ),
    Rule(
        "lost the minus",
        answers.SignLost,
        "Your result is 1 / (1 + e^x): it falls where x grows, and at x = 2 it is "
        "{got}. The sigmoid grows with x, from 0 to 1.",
        at="forward",
    ),
)

PROBES = (
    Probe(
        "forward",
        forward(2),
        says="Forward does not give 1 divided by the sum of 1 and e^-x.",
    ),
    Probe(HERE, back(2, d_out=3), says=SPEED),
    Probe("far to the left", back(-4, d_out=-50), says=SPEED),
    *random_ways_back(0.3, 3),
)

HINTS = Hints(
    symptom=(
        "The curve is flat far to the left, steepest at x = 0 with the slope 1/4, and "
        "flat far to the right. Does what your backward multiplies by behave like "
        "that? Try x = -4, 0 and 4."
    ),
    concept=(
        "With s for the output, the local derivative is s (1 - s). On both sides one "
        "of the two factors goes to 0. So the output is all that backward needs."
    ),
    neighbour=(
        "tanh is another such curve. With t for its output, the slope is 1 - t t:\n"
        "    t = math.tanh(u)              # forward, then save t\n"
        "    d_out * (1 - t * t)           # backward"
    ),
)

EXERCISE = Exercise(
    id="04.E6",
    name="Sigmoid",
    title="Between 0 and 1",
    task="Write forward and backward of Sigmoid: 1 / (1 + e^-x).",
    truth="scalar_functions.Sigmoid",
    points=3,
    hidden_points=1,
    minutes=6,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.BracketsLost, "1 divided by the sum of 1 and e^-x"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.SavesTheOutput, "save the output"),
        Variant(answers.SavesTheInput, "save the input"),
        Variant(answers.NeverOverflows, "no overflow, whatever x is"),
    ),
    ways=(
        "At x = -800 the short formula asks for e^800, which no float can hold; the "
        "long one never does."
    ),
    picture=both_ways(answers.SavesTheOutput),
    show=back(2, d_out=3),
    next="E7",
)
