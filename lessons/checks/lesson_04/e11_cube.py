"""04.E11 Cube: a ScalarFunction that gradlab does not have."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e11_answers as answers
from .calls import SPEED, back, forward, random_ways_back
from .pictures import both_ways

HERE = "d_out = 2"

RULES = (
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the local derivative, whatever d_out is. With "
        "d_out = 1 nobody would notice.",
        at=HERE,
    ),
    Rule(
        "lost the 3",
        answers.ForgetsTheThree,
        "Your backward multiplies by x². All three factors of x x x move, so a "
        "factor of 3 is missing.",
        at=HERE,
    ),
    Rule(
        "kept the exponent",
        answers.KeepsTheExponent,
        "Your backward multiplies by 3 x³: the 3 came to the front, and the exponent "
        "stayed.",
        at=HERE,
    ),
    Rule(
        "lost the exponent",
        answers.ThreeX,
        "Your backward multiplies by 3 x: the exponent went down by two, from 3 to 1.",
        at=HERE,
    ),
    Rule(
        "the output for the input",
        answers.OutputForInput,
        "Your gradient is d_out times 3 x⁶. Was x³ saved, and used as if it were x?",
        at=HERE,
    ),
    Rule(
        "cubed d_out",
        answers.CubesDOut,
        "Your backward applies the cube to d_out. Backward is no second forward: it "
        "multiplies d_out by a slope.",
        at=HERE,
    ),
    Rule(
        "times the output",
        answers.TimesTheOutput,
        "Your backward multiplies d_out by x³, which is what came out. The local "
        "derivative says how fast that moves; it is another function.",
        at=HERE,
    ),
)

PROBES = (
    Probe("forward", forward(4), says="Forward does not give x³."),
    Probe(HERE, back(4, d_out=2), says=SPEED),
    Probe("x negative", back(-2, d_out=-3), says=SPEED),
    Probe("at 0", back(0, d_out=3), says=SPEED),
    *random_ways_back(0.3, 2),
)

HINTS = Hints(
    symptom=(
        "At x = 4, x³ is 64. At x = 4.01 it is 64.48. By how much did it grow, "
        "divided by 0.01? Compare that with what you send for d_out = 1."
    ),
    concept=(
        "A cube is a product of three equal factors. The product rule moves one "
        "factor at a time and adds up: three equal parts."
    ),
    neighbour=(
        "The fourth power, u**4, has the derivative 4 u**3: the exponent comes to the "
        "front, and is one smaller behind."
    ),
)

EXERCISE = Exercise(
    id="04.E11",
    name="Cube",
    title="A function of your own",
    task="Write forward and backward of Cube: x * x * x.",
    truth=answers.SavesTheInput,
    points=3,
    hidden_points=1,
    minutes=5,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.SavesTheInput, "save x"),
        Variant(answers.SavesTheSlope, "save the slope"),
        Variant(answers.OnTheContext, "attributes of `ctx` work as well"),
    ),
    ways="Each carries one number from forward to backward.",
    picture=both_ways(answers.SavesTheInput),
    show=back(4, d_out=2),
)
