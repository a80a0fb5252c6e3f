"""10.E6 quiet_unbroadcast: "this shouldn't add to the comp graph"."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Outcome, Probe, TensorSpec, call

from . import e6_answers as answers
from .calls import Maker, Shape, numbers
from .pictures import own_sum

ROW, SAME = "(3, 2) to (2,)", "nothing to sum"


def recorded_gradient(got: Shape, shape: Shape, order: Any = None) -> Maker:
    """Return the maker of a call with a gradient that itself needs a gradient."""

    def make(rng: np.random.Generator) -> Call:
        grad = TensorSpec(numbers(rng, got), order=order, requires_grad=True)
        return call(grad, shape)

    return make


def leaves_no_trace(outcome: Outcome) -> str | None:
    """Ask that the result needs no gradient, and that grad itself still does."""
    if not outcome.inputs[0].requires_grad:
        return (
            "Your code switched requires_grad of `grad` itself off. It belongs to the "
            "caller, who still needs it."
        )
    if outcome.value.requires_grad:
        return (
            "Right numbers, but your result is part of the graph: it still needs a "
            "gradient."
        )
    return None


RULES = (
    Rule(
        "nothing summed",
        answers.only_detached,
        "The history is gone, but nothing was summed: the gradient still has the "
        "shape of the result.",
        at=ROW,
    ),
    Rule(
        "mean for sum",
        answers.means,
        "No trace is left, but your code takes means. The readings add up.",
        at=ROW,
    ),
)


def probe(name: str, make: Maker, hidden: bool = False) -> Probe:
    """Return a probe that asks for the right sums and for no trace."""
    says = "At other shapes the sums are not right, or something is recorded."
    return Probe(
        name, make, also=leaves_no_trace, hidden=hidden, says=says if hidden else ""
    )


PROBES = (
    probe(ROW, recorded_gradient((3, 2), (2,))),
    probe("(3, 2) to (3, 1)", recorded_gradient((3, 2), (3, 1))),
    probe("(2, 3, 4) to (3, 1)", recorded_gradient((2, 3, 4), (3, 1))),
    probe(SAME, recorded_gradient((2, 3), (2, 3))),
    probe("other shapes", recorded_gradient((4, 3, 2), (1, 2), (2, 0, 1)), hidden=True),
)

HINTS = Hints(
    symptom=(
        "In the scratch cell, print `requires_grad` of what you return, once for a "
        "gradient that has to be summed, and once for one that has its shape already."
    ),
    concept=(
        "Every op on a tensor that needs a gradient is recorded, sums too. Either you "
        "take the numbers without their past, or you switch recording off for a few "
        "lines. A tensor that you only pass on keeps its past as well."
    ),
    neighbour=(
        "To print a running mean of the loss without keeping every graph of the "
        "training alive:\n"
        "    mean = 0.9 * mean + 0.1 * loss.detach()"
    ),
)

EXERCISE = Exercise(
    id="10.E6",
    name="quiet_unbroadcast",
    title="Without a trace",
    task="Write quiet_unbroadcast(grad, shape): unbroadcast, with nothing recorded.",
    truth=answers.detached_first,
    points=2,
    hidden_points=0.5,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.recorded, "your result is part of the graph"),
        WrongAnswer(answers.switches_the_input_off, "You changed grad.requires_grad"),
        WrongAnswer(answers.passes_it_on, "your result is part of the graph"),
    ),
    hints=HINTS,
    variants=(
        Variant(answers.detached_first, "no history from the start"),
        Variant(answers.recording_off, "recording switched off meanwhile"),
        Variant(answers.detached_last, "recorded, then dropped"),
    ),
    ways="What all of them return has numbers and no past.",
    picture=own_sum,
    show=call(TensorSpec([[1, 2, 3], [4, 5, 6]], requires_grad=True), (3,)),
    next="E7, or the engine",
)
