"""04.E3 ReLU: a gate that looks at x, and a choice at the kink."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e3_answers as answers
from .calls import SPEED, back, forward, random_ways_back
from .pictures import both_ways

POSITIVE = "Forward gives x where it is positive, and 0 elsewhere."
KINK, OPEN, SHUT = "at the kink", "x positive", "x negative"

RULES = (
    Rule(
        "passed on",
        answers.PassesOn,
        "Your backward lets d_out through everywhere. At x = -2 the output is 0 and "
        "stays 0 when x moves a little: nothing comes back from there.",
        at=SHUT,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sends back the slope, 1 or 0, whatever d_out is. With "
        "d_out = 1 nobody would notice.",
        at=OPEN,
    ),
    Rule(
        "asked d_out",
        answers.AsksDOut,
        "Your backward asks whether d_out is positive. The gate is set by x, in "
        "forward; a negative d_out goes through it as well.",
        at=OPEN,
    ),
    Rule(
        "slope 1 at the kink",
        answers.OneAtZero,
        "Your gate is open at x = 0. No slope is the right one at a kink, so one has "
        "to be chosen: here it is 0, as in PyTorch.",
        at=KINK,
    ),
    Rule(
        "slope 1/2 at the kink",
        answers.HalfAtZero,
        "At x = 0 your backward passes half. That is what a maximum of x and 0 gives "
        "if it splits ties; relu takes 0 there.",
        at=KINK,
    ),
    Rule(
        "times the output",
        answers.TimesTheOutput,
        "Your backward multiplies d_out by what came out, 2. Where the gate is open, "
        "the output moves as fast as x: the slope is 1.",
        at=OPEN,
    ),
    Rule(
        "sent the output back",
        answers.SendsTheOutput,
        "Your backward sends back what forward returned, at x = 2 the number 2. "
        "d_out has no part in it.",
        at=OPEN,
    ),
    Rule(
        "turned round",
        answers.TurnedRound,
        "Your gate is open where x is negative, and shut where x is positive.",
        at=OPEN,
    ),
    Rule(
        "None returned",
        answers.ReturnsNone,
        "Where x is not positive, your backward returns None, or nothing at all. "
        "The gradient there is a number: 0.",
        at=SHUT,
    ),
)


PROBES = (
    Probe("forward, x positive", forward(0.5), says=POSITIVE),
    Probe("forward, x negative", forward(-3), says=POSITIVE),
    Probe(OPEN, back(2, d_out=-3), says=SPEED),
    Probe(SHUT, back(-2, d_out=3), says=SPEED),
    Probe(KINK, back(0, d_out=3), says=SPEED),
    Probe("just above 0", back(0.25, d_out=2.5), says=SPEED),
    Probe(
        "just below 0",
        back(-0.25, d_out=-2.5),
        says="The line is flat there: 0 comes out, and 0 goes back.",
    ),
    *random_ways_back(0.3, 3),
)

HINTS = Hints(
    symptom=(
        "Three places are worth a look: x = 2, x = -2 and x = 0. At each of them: if "
        "x moves a little, does the output move, and how fast? Which of the three "
        "does your code get wrong?"
    ),
    concept=(
        "The slope is 1 on the right of the kink and 0 on the left. So backward is a "
        "gate: d_out goes through unchanged, or 0 goes back. What decides is the x of "
        "forward, and at the kink we decide: 0."
    ),
    neighbour=(
        "A lamp is dimmed above 10: cap(u) is u up to 10, then stays at 10. Its gate "
        "is open below:\n"
        "    ctx.save_for_backward(u)                   # forward\n"
        "    return d_out if u < 10 else 0.0            # backward"
    ),
)

EXERCISE = Exercise(
    id="04.E3",
    name="ReLU",
    title="A gate with a kink",
    task="Write forward and backward of ReLU: x where it is positive, else 0.",
    truth="scalar_functions.ReLU",
    points=3,
    hidden_points=0.5,
    minutes=6,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(WrongAnswer(answers.SavesNothing, "not enough values to unpack"),),
    hints=HINTS,
    variants=(
        Variant(answers.AsksX, "ask x"),
        Variant(answers.SavesTheSlope, "save the slope"),
        Variant(answers.AsksTheOutput, "ask the output"),
    ),
    ways="The output is positive exactly where x is, so either of them sets the gate.",
    picture=both_ways(answers.AsksX),
    show=back(2, d_out=-3),
    next="E7 (E4 to E6 are for later, if you like)",
)
