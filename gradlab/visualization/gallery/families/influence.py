"""Who influences whom, by how much, and in which order that is found out."""

from __future__ import annotations

from typing import Any

import gradlab.visualization as viz
from gradlab.scalar import Scalar
from gradlab.visualization.gallery.entry import Entry
from gradlab.visualization.gallery.families.graphs import first_graph

# y = x · z and z = x · w, at x = 2 and w = 3.
PARTIALS = {("x", "y"): 6, ("x", "z"): 3, ("w", "z"): 2, ("z", "y"): 2}
VALUES = {"x": 2, "w": 3, "z": 6, "y": 12}


def lattice(layers: int) -> dict[tuple[str, str], float]:
    """Return layers of three numbers, each of which influences all of the next."""
    edges: dict[tuple[str, str], float] = {}
    for n in range(1, layers):
        for one in "abc":
            edges |= {(f"{one}{n}", f"{two}{n + 1}"): 0.5 for two in "abc"}
    return edges | {(f"{one}{layers}", "y"): 2.0 for one in "abc"}


def doubled(times: int) -> Scalar:
    """Return a number doubled by x = x + x, again and again."""
    x = Scalar(1, "x0")
    for n in range(1, times + 1):
        x = x + x
        x.name = f"x{n}"
    return x


def greater_than_three(x: int) -> int:
    """Call itself until x is 3 or more; the recitation's first example."""
    print("Recursive call, x=" + str(x))
    if x < 3:
        result = greater_than_three(x + 1)
        print("Received: x=" + str(result) + " and returning upward.")
        return result
    print("Hit base case. x=" + str(x))
    return x


def branching_recursion(x: Any) -> None:
    """Walk into nested lists; the recitation's second example."""
    print("Recursive call, x=" + str(x))
    if isinstance(x, list):
        for item in x:
            branching_recursion(item)
    else:
        print("Hit base case (No more nested lists). x=" + str(x))


def fibonacci(n: int) -> int:
    """Return a Fibonacci number the slow way."""
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "P4",
        "influence",
        "along which paths one number influences another, and how much in total",
        lambda: viz.influence({("x", "y"): 3}, {"x": 2, "y": 6}),
        lambda: viz.influence(PARTIALS, VALUES),
        lambda: viz.influence(lattice(8)),
    ),
    Entry(
        "P6",
        "call_stack_film",
        "the calls of a recursive function, opening, printing, returning",
        lambda: viz.call_stack_film(greater_than_three, 2),
        lambda: viz.call_stack_film(branching_recursion, [[1, 2], [[3], 4], 5]),
        lambda: viz.call_stack_film(fibonacci, 8),
    ),
    Entry(
        "P7",
        "walk_film",
        "in which order a walk visits the nodes of a graph, and how often",
        lambda: viz.walk_film({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, "dfs"),
        lambda: viz.walk_film(first_graph()),
        lambda: viz.walk_film(doubled(20), "naive"),
    ),
    Entry(
        "P9",
        "accumulator",
        "how contributions to a leaf add up, and what = would lose",
        lambda: viz.accumulator([1, 2], passes=2),
        lambda: viz.accumulator(first_graph(), "a"),
        lambda: viz.accumulator([[[0.5] * 40] * 30] * 20),
        best=2,
    ),
)
