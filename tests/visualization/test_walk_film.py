"""walk_film: orders, visits, exact counts, and graphs too large to draw."""

from __future__ import annotations

from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab import Scalar, tensor
from gradlab.autodiff import topological_order
from gradlab.visualization.gallery.families.graphs import first_graph
from gradlab.visualization.gallery.families.influence import doubled
from gradlab.visualization.pictures.influence.walk_film import WalkFilm

from .catalogue import HOSTILE

DIAMOND = {"a": ["b", "c"], "b": ["d"], "c": ["d"]}


def visited(picture: WalkFilm) -> list[str]:
    return [visit.node for visit in picture.story.visits]


def test_topological_order_is_that_of_autodiff() -> None:
    result = first_graph()
    picture = viz.walk_film(result)
    own = [node.name or node.history.fn.__name__ for node in topological_order(result)]
    assert visited(picture) == own
    assert picture.alt().endswith(f"Order: {', '.join(own)}.")


def test_each_node_comes_after_all_that_point_at_it() -> None:
    order = visited(viz.walk_film(DIAMOND))
    assert sorted(order) == ["a", "b", "c", "d"]
    for one, twos in DIAMOND.items():
        assert all(order.index(one) < order.index(two) for two in twos)


def test_depth_first_turns_back_where_it_has_been() -> None:
    picture = viz.walk_film(DIAMOND, "dfs")
    assert visited(picture) == ["a", "b", "d", "c", "d"]
    assert "d was number 3 already: turn back" in picture.alt(5)
    assert "Turned back where it had been before: once." in picture.alt()


def test_depth_first_copes_with_circles() -> None:
    circle = {"a": ["b", "c"], "b": ["c"], "c": ["a", "b"], "q": ["a"]}
    picture = viz.walk_film(circle, "dfs", start="a")
    assert visited(picture) == ["a", "b", "c", "a", "b", "c"]
    assert "Never reached: q." in picture.alt()


@pytest.mark.parametrize("n", [0, 1, 3, 10, 20])
def test_the_naive_walk_of_a_doubling_chain_has_2_to_the_n_plus_1_visits(
    n: int,
) -> None:
    story = viz.walk_film(doubled(n), "naive").story
    assert story.total == 2 ** (n + 1) - 1
    assert story.counts["x0"] == 2**n


def test_counts_are_those_of_walking_every_path() -> None:
    graph = {"a": ["b", "c", "c"], "b": ["c", "d"], "c": ["d", "d"]}
    picture = viz.walk_film(graph, "naive")
    walked = visited(picture)
    assert len(walked) == picture.story.total
    assert picture.story.counts == {name: walked.count(name) for name in "abcd"}
    assert "again, for the 2nd time" in picture.alt(walked.index("d") + 2)


def test_visits_too_many_are_marked_wrong_and_counted_in_words() -> None:
    last = viz.walk_film(doubled(2), "naive").svg(theme="light")
    assert ">4 visits<" in last
    assert "7 visits for 3 nodes" in last


def test_huge_counts_stay_exact_and_readable() -> None:
    picture = viz.walk_film(doubled(20_000), "naive")
    assert picture.story.total == 2**20_001 - 1
    assert "about 7.96e6020 visits for 20,001 nodes" in picture.alt()
    assert picture.steps < 12


def test_large_graphs_are_folded() -> None:
    star = viz.walk_film({"a": [f"n{k}" for k in range(100)]}, "dfs")
    assert "94 nodes are folded, not drawn." in star.alt()
    assert "40 wires" not in star.alt()
    many = viz.walk_film({"a": ["b"] * 40}, "naive")
    assert "16 wires are not drawn." in many.alt()


def test_names_and_tensors() -> None:
    hostile = viz.walk_film({HOSTILE: ["long " * 40]}, "dfs")
    assert "<script" not in hostile.svg()
    total = (tensor([1.0, 2.0], requires_grad=True) * 2.0).sum()
    assert visited(viz.walk_film(total)) == ["Sum", "Mul", "leaf"]
    one = viz.walk_film(Scalar(2, "a"), "naive")
    assert one.story.total == 1
    assert "1 node, no more." in one.alt()


@pytest.mark.parametrize(
    ("graph", "order", "error", "says"),
    [
        (3, "topo", TypeError, "dict that says"),
        ({}, "topo", TypeError, "dict that says"),
        (DIAMOND, "bfs", ValueError, 'order is "topo"'),
        ({"a": "bc"}, "dfs", TypeError, "list of names"),
        ({"a": [1]}, "dfs", TypeError, "called by names"),
        ({"a": ["a"]}, "dfs", ValueError, "points at itself"),
        ({"a": ["b"], "b": ["a"]}, "topo", ValueError, "no topological order"),
        ({"a": ["b"], "b": ["a"]}, "naive", ValueError, "never ends"),
        (Scalar(1, requires_grad=False), "topo", ValueError, "needs a gradient"),
    ],
)
def test_errors_say_what_to_do(
    graph: Any, order: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.walk_film(graph, order)


def test_only_a_dict_has_a_start_to_choose() -> None:
    with pytest.raises(ValueError, match="leave start out"):
        viz.walk_film(first_graph(), start="a")
    with pytest.raises(ValueError, match="no node of this graph"):
        viz.walk_film(DIAMOND, start="z")
    with pytest.raises(ValueError, match="no node of this graph"):
        viz.walk_film(DIAMOND, start=["a"])  # type: ignore[arg-type]
