"""04.E5 Log: the natural logarithm."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e5_answers as answers
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
        "times x",
        answers.TimesTheInput,
        "Your backward multiplies by x. The logarithm gets flatter and flatter: at a "
        "larger x, less goes back.",
        at=HERE,
    ),
    Rule(
        "divided by the output",
        answers.OneOverTheOutput,
        "Your backward divides by log x, which is what came out.",
        at=HERE,
    ),
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward hands d_out on as it came. That is right only where the local "
        "derivative is 1; for log x this is at x = 1.",
        at=HERE,
    ),
    Rule(
        "the rule for 1 / x",
        answers.AsAnInverse,
        "Your backward sends back -d_out / x², which belongs to 1 / x. The logarithm "
        "grows with x, so the sign alone tells.",
        at=HERE,
    ),
    Rule(
        "base 10",
        answers.BaseTen,
        "Your forward takes the logarithm to base 10: at 10 it gives {got}. In Python "
        "`log10` and `log` are two functions.",
        at="forward",
    ),
    Rule(
        "times the output",
        answers.TimesTheOutput,
        "Your backward multiplies d_out by log x, which is what came out. The local "
        "derivative says how fast that moves; it is another function.",
        at=HERE,
    ),
)

PROBES = (
    Probe("forward", forward(10), says="Forward does not give log x."),
    Probe(HERE, back(2, d_out=3), says=SPEED),
    Probe("x below 1", back(0.25, d_out=-2), says=SPEED),
    *random_ways_back(0.15, 3, signs=(1,)),
)

HINTS = Hints(
    symptom=(
        "At x = 2, log x is 0.6931. At x = 2.1 it is 0.7419. By how much did it grow, "
        "divided by 0.1? Compare that with what you send for d_out = 1."
    ),
    concept=(
        "The slope of the logarithm at x is one over x: steep near 0, flat far out. "
        "Backward multiplies the slope by d_out, and needs x for it."
    ),
    neighbour=(
        "log(5 u) has the derivative 5 / (5 u), which is 1 / u again: a factor inside "
        "only shifts a logarithm up, by log 5."
    ),
)

EXERCISE = Exercise(
    id="04.E5",
    name="Log",
    title="The logarithm",
    task="Write forward and backward of Log: the natural logarithm of x.",
    truth="scalar_functions.Log",
    points=2,
    hidden_points=0.5,
    minutes=3,
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
        Variant(answers.SavesTheSlope, "save the slope"),
    ),
    ways="One division either way: in backward, or already in forward.",
    picture=both_ways(answers.SavesTheInput),
    show=back(2, d_out=3),
    next="E6",
)
