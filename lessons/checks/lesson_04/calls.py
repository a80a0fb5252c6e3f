"""What the probes of lesson 04 have in common: numbers, ways back, the example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from gradlab.exercises.probes import Call, Formula, Probe, ScalarSpec, call

EXAMPLE = "z1 = a * b; d = a + z1; z2 = d + c; e = z2 + 3"
AT = {"a": 1, "b": 2, "c": 3}
SPEED = "What goes back is d_out times the speed at which the result follows an input."


class Way(NamedTuple):
    """A visible way back at random numbers: in which quarter of the sizes, and so on.

    Two of everything, as there are up to two inputs; d_out lies between its two.
    """

    name: str
    quarters: tuple[int, int]
    signs: tuple[int, int]
    d_out: tuple[float, float]


WAYS = (
    Way("random numbers", (2, 1), (1, -1), (1.5, 4)),
    Way("a negative d_out", (0, 3), (1, 1), (-4, -1.5)),
    Way("a large d_out", (1, 0), (-1, 1), (7, 20)),
    Way("a small d_out", (3, 2), (-1, -1), (-0.8, -0.2)),
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
    sizes: tuple[float, float], inputs: int, signs: tuple[int, ...]
) -> Callable[[np.random.Generator], Call]:
    """Return the maker of a way back at random numbers of any size and sign."""

    def make(rng: np.random.Generator) -> Call:
        numbers = np.round(rng.uniform(*sizes, inputs), 2)
        return back(*numbers * rng.choice(signs, inputs), d_out=some_d_out(rng))

    return make


def of_its_own(
    sizes: tuple[float, float], inputs: int, signs: tuple[int, ...], way: Way
) -> Callable[[np.random.Generator], Call]:
    """Return the maker of a way back that has sizes and signs of its own."""
    quarters = np.array(way.quarters[:inputs])
    low, high = sizes
    own_signs = np.maximum(way.signs[:inputs], min(signs))

    def make(rng: np.random.Generator) -> Call:
        part = (quarters + rng.uniform(0.1, 0.9, inputs)) / 4
        numbers = own_signs * np.round(low + (high - low) * part, 2)
        return back(*numbers, d_out=np.round(rng.uniform(*way.d_out), 2))

    return make


def random_ways_back(
    low: float, high: float, inputs: int = 1, signs: tuple[int, ...] = (1, -1)
) -> tuple[Probe, ...]:
    """Return four visible and two hidden probes at random numbers."""
    what = ((low, high), inputs, signs)
    hidden = anywhere(*what)
    says = "At other numbers, or with another d_out, the way back is not right."
    return (
        *(Probe(way.name, of_its_own(*what, way), says=SPEED) for way in WAYS),
        Probe("other random numbers", hidden, hidden=True, says=says),
        Probe("more random numbers", hidden, hidden=True, says=says),
    )


def example(**at: float) -> Formula:
    """Return e = a + a * b + c + 3, its steps named; numbers may be replaced."""
    return Formula(EXAMPLE, {**AT, **at})


def chain(formula: str, times: int, **at: float) -> Formula:
    """Return the Scalar x that a step makes, again and again, from the leaf x0."""
    first = formula.replace("x", "x0")
    steps = [f"x = {first}", *[f"x = {formula}"] * (times - 1)]
    return Formula("; ".join(steps), {"x0": 2, **at})
