"""influence: paths, products, totals, what is held, and what is folded."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab import Scalar, tensor
from gradlab.visualization.gallery.families.influence import (
    PARTIALS,
    VALUES,
    doubled,
    lattice,
)

from .catalogue import HOSTILE


def named(data: float, name: str, **options: Any) -> Scalar:
    return Scalar(data, name, **options)


def product() -> tuple[Scalar, Scalar, Scalar]:
    """Return x, w and y = x · z with z = x · w."""
    x, w = named(2, "x"), named(3, "w")
    z = x * w
    z.name = "z"
    y = x * z
    y.name = "y"
    return x, w, y


def test_the_check_case_is_told_path_by_path() -> None:
    picture = viz.influence(PARTIALS, VALUES)
    names = [moment.name for moment in picture.story.moments]
    assert names == ["values", "partials", "path", "path", "total", "path", "end"]
    assert "Path 1 of 2 from x to y: direct" in picture.alt(2)
    assert "Via z: 2 · 3 = 6." in picture.alt(3)
    assert "2 paths x to y: direct 6, via z 2 · 3 = 6; total 12." in picture.alt(4)
    assert picture.alt().endswith("dy/dx = 6 + 6 = 12. dy/dw = 4.")


def test_a_scalar_gives_the_same_as_its_partial_derivatives() -> None:
    x, w, y = product()
    picture = viz.influence(y)
    read = {(a, b): partial for a, b, partial in picture.graph.wires}
    assert read == {key: float(value) for key, value in PARTIALS.items()}
    y.backward()
    assert picture.story.slopes["x"] == x.derivative == 12
    assert picture.story.slopes["w"] == w.derivative == 4


def test_unnamed_numbers_between_are_summed_into_the_wires() -> None:
    x = named(3, "x")
    y = x * x + x * 5.0
    picture = viz.influence(y)
    assert [tuple(wire) for wire in picture.graph.wires] == [("x", "y", 11.0)]


def test_holding_a_number_cuts_every_path_through_it() -> None:
    partial = viz.influence(PARTIALS, of="x", held="z")
    assert "dy/dx = 6." in partial.alt()
    assert "z is held constant" in partial.alt()
    total = viz.influence(PARTIALS, of="x", held="w")
    assert "dy/dx = 6 + 6 = 12." in total.alt()
    cut = viz.influence({("x", "z"): 1, ("z", "y"): 2, ("w", "y"): 1}, held="z")
    assert "dy/dx = 0: no open path leads from it." in cut.alt()


def test_a_named_constant_is_drawn_as_held() -> None:
    x, c = named(2, "x"), named(5, "c", requires_grad=False)
    picture = viz.influence(x * c)
    assert picture.graph.held == ["c"]
    assert picture.story.starts == ["x"]
    assert "c is held constant" in picture.alt()


def test_totals_are_those_of_backward_on_random_graphs() -> None:
    rng = random.Random(5)
    for _ in range(20):
        pool = [named(rng.uniform(-2, 2), f"x{k}") for k in range(3)]
        for n in range(6):
            one, two = rng.choice(pool), rng.choice(pool)
            new = one * two if rng.random() < 0.5 else one + two.sin()
            new.name = f"n{n}" if rng.random() < 0.6 else None
            pool.append(new)
        pool[-1].backward()
        slopes = viz.influence(pool[-1]).story.slopes
        for leaf in pool[:3]:
            found = slopes.get(str(leaf.name), 0.0)
            assert math.isclose(found, leaf.derivative or 0.0, rel_tol=1e-12)


def test_a_large_graph_is_folded_but_its_numbers_are_exact() -> None:
    picture = viz.influence(lattice(8))
    assert len(picture.graph.names) == 7
    assert picture.graph.slopes()["a1"] == 3**7 * 0.5**7 * 2
    assert "Paths from a1 in the whole graph: 2,187." in picture.alt(5)
    deep = viz.influence(doubled(3000))
    assert deep.graph.wires[0].partial == math.inf
    assert "2,998 of 3,001 numbers are not drawn" in deep.alt()


def test_awkward_numbers_and_names_are_drawn() -> None:
    edges = {(HOSTILE, "y"): math.nan, ("a_name " * 30, "y"): -1e300}
    picture = viz.influence(edges, {HOSTILE: 1e-300})
    assert "<script" not in picture.svg()
    assert "NaN" in picture.alt()
    assert "-1e300" in picture.alt()
    assert viz.influence(Scalar(3, "q")).steps == 1


def test_the_first_path_says_what_d_is() -> None:
    picture = viz.influence(PARTIALS, VALUES)
    told = [k for k in range(picture.steps) if "d in a node" in picture.alt(k)]
    assert told == [2]


def test_a_result_in_the_middle_leaves_out_what_comes_after() -> None:
    picture = viz.influence(PARTIALS, VALUES, to="z")
    assert set(picture.graph.names) == {"x", "w", "z"}


@pytest.mark.parametrize(
    ("edges", "options", "error", "says"),
    [
        ([1, 2], {}, TypeError, "partial derivatives"),
        ({"x": 3}, {}, TypeError, "pair of names"),
        ({("x", "y"): "much"}, {}, TypeError, "is one number"),
        ({("x", "y"): 1, ("y", "x"): 1}, {}, ValueError, "circle"),
        ({("x", "y"): 1, ("x", "u"): 1}, {}, ValueError, "2 results"),
        (PARTIALS, {"to": "q"}, ValueError, "it has x, y, z and w"),
        (PARTIALS, {"held": "y"}, ValueError, "is the result"),
        (PARTIALS, {"held": "x", "of": "x"}, ValueError, "is held"),
        (PARTIALS, {"of": "y"}, ValueError, "is the result"),
        (PARTIALS, {"values": {"q": 1}}, ValueError, "not in this graph"),
        (PARTIALS, {"values": 3}, TypeError, "values is a dict"),
        (PARTIALS, {"of": 3}, TypeError, "of is a name"),
        (PARTIALS, {"held": None}, TypeError, "held is a name"),
        (PARTIALS, {"to": 3}, TypeError, "to is a name"),
        (Scalar(1, "a") * 2.0, {"values": {"a": 9}}, ValueError, "leave values out"),
        (tensor([1.0, 2.0]), {}, TypeError, "computation_graph"),
        (Scalar(1, requires_grad=False), {}, ValueError, "needs a derivative"),
    ],
)
def test_errors_say_what_to_do(
    edges: Any, options: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.influence(edges, **options)
