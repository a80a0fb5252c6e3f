"""What the probes of lesson 04 have in common: numbers, ways back, the example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from gradlab.exercises.probes import Call, Formula, Probe, ScalarSpec, call

EXAMPLE = "z1 = a * b; d = a + z1; z2 = d + c; e = z2 + 3"
AT = {"a": 1, "b": 2, "c": 3}
SPEED = "What goes back is d_out times the speed at which the result follows an input."
RAISES = (
    (
        "TypeError: 'tuple' object is not callable",
        "Your code calls a tuple as if it were a function. `ctx.saved_values` is the "
        "tuple of what was saved; nothing needs to be called.",
    ),
    (
        "TypeError: .*(tuple|multiply sequence)",
        "Your code computes with a tuple as if it were a number. `ctx.saved_values` is "
        "always a tuple, even if it holds a single value.",
    ),
    (
        "(not enough|too many) values to unpack|IndexError: tuple",
        "`ctx.saved_values` holds what the last `save_for_backward` was given, and "
        "nothing if it was never called.",
    ),
    (
        "TypeError: .*method|AttributeError: 'History' object has no attribute",
        "What `save_for_backward` took in comes out of `ctx.saved_values`, as a tuple.",
    ),
    (
        "returned 1 gradient|returned a list",
        "A function of two inputs sends back two numbers: one to each.",
    ),
    (
        "NameError: name '[a-z]' is not defined",
        "Each method has its own variables. What backward needs of forward's, forward "
        "keeps in `ctx`.",
    ),
)


def forward(*numbers: float) -> Call:
    """Return the call that applies a function to Scalars of these numbers."""
    return replace(call(*(ScalarSpec(float(x)) for x in numbers)), verb="apply")


def back(*numbers: float, d_out: float) -> Call:
    """Return the call that applies a function, then goes back with `d_out`."""
    return forward(*numbers).back(float(d_out))


def some_d_out(rng: np.random.Generator) -> float:
    """Return a d_out that is neither 1 nor near it, of either sign."""
    return float(rng.choice([-1, 1]) * rng.integers(15, 40) / 10)


def anywhere(
    low: float, high: float, inputs: int = 1
) -> Callable[[np.random.Generator], Call]:
    """Return the maker of a way back at random numbers between two bounds."""

    def make(rng: np.random.Generator) -> Call:
        numbers = np.round(rng.uniform(low, high, inputs), 2)
        return back(*numbers, d_out=some_d_out(rng))

    return make


def random_ways_back(low: float, high: float, inputs: int = 1) -> tuple[Probe, ...]:
    """Return one visible and two hidden probes at random numbers."""
    make = anywhere(low, high, inputs)
    says = "At other numbers, or with another d_out, the way back is not right."
    return (
        Probe("random numbers", make, says=SPEED),
        Probe("other random numbers", make, hidden=True, says=says),
        Probe("more random numbers", make, hidden=True, says=says),
    )


def example(**at: float) -> Formula:
    """Return e = a + a * b + c + 3, its steps named; numbers may be replaced."""
    return Formula(EXAMPLE, {**AT, **at})


def chain(formula: str, times: int, **at: float) -> Formula:
    """Return the Scalar x that a step makes, again and again, from the leaf x0."""
    first = formula.replace("x", "x0")
    steps = [f"x = {first}", *[f"x = {formula}"] * (times - 1)]
    return Formula("; ".join(steps), {"x0": 2, **at})
