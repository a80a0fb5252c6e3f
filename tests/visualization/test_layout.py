"""The layered layout: order, places, routes, and graphs that are none."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from gradlab.visualization.layout import layered_layout

SIZE = (40.0, 20.0)


def sized(*names: object) -> dict[object, tuple[float, float]]:
    return dict.fromkeys(names, SIZE)


def test_every_edge_runs_from_left_to_right() -> None:
    edges = [("a", "c"), ("b", "c"), ("c", "d"), ("a", "d")]
    laid = layered_layout(sized(*"abcd"), edges)
    for source, target in edges:
        assert laid.positions[source][0] < laid.positions[target][0]
    assert all(p[0] <= q[0] for route in laid.routes for p, q in pairwise(route))


def test_a_leaf_stands_next_to_its_first_use() -> None:
    chain = [("a", "b"), ("b", "c"), ("c", "d"), ("late", "d")]
    laid = layered_layout(sized(*"abcd", "late"), chain)
    assert laid.layers == [["a"], ["b"], ["c", "late"], ["d"]]


def test_a_long_edge_goes_around_what_lies_between() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    laid = layered_layout(sized(*"abcd"), edges)
    route = laid.routes[3]
    assert len(route) == 4
    for x, y in route[1:-1]:
        near = [v for u, v in laid.positions.values() if abs(u - x) < 20]
        assert all(abs(y - v) > 10 for v in near)


def test_the_same_pair_may_come_twice() -> None:
    laid = layered_layout(sized("x", "y"), [("x", "y"), ("x", "y")])
    assert len(laid.routes) == 2


def test_two_rows_that_need_not_cross_do_not() -> None:
    edges = [("a", "y"), ("b", "x"), ("x", "out"), ("y", "out")]
    laid = layered_layout(sized("a", "b", "x", "y", "out"), edges)
    place = {node: y for node, (_, y) in laid.positions.items()}
    assert (place["a"] < place["b"]) == (place["y"] < place["x"])


@pytest.mark.parametrize("seed", range(5))
def test_nothing_overlaps_and_twice_is_the_same(seed: int) -> None:
    rng = random.Random(seed)
    nodes = {k: (rng.uniform(20, 80), rng.uniform(15, 60)) for k in range(40)}
    edges = [
        (rng.randrange(max(0, k - 8), k), k) for k in range(1, 40) for _ in range(2)
    ]
    laid = layered_layout(nodes, edges)
    assert laid == layered_layout(nodes, edges)
    for one in nodes:
        for two in range(one):
            (x, y), (u, v) = laid.positions[one], laid.positions[two]
            (w, h), (i, j) = nodes[one], nodes[two]
            apart = abs(x - u) >= (w + i) / 2 or abs(y - v) >= (h + j) / 2
            assert apart, (one, two)


def test_a_graph_of_nothing_and_of_one_node() -> None:
    assert layered_layout({}, []).positions == {}
    assert layered_layout(sized("a"), []).positions == {"a": (20.0, 10.0)}


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        layered_layout(sized("a", "b"), [("a", "b"), ("b", "a")])


def test_an_unknown_node_is_named() -> None:
    with pytest.raises(ValueError, match="'z'"):
        layered_layout(sized("a"), [("a", "z")])


def test_a_chain_of_thousands_is_no_recursion() -> None:
    many = list(range(3000))
    laid = layered_layout(sized(*many), list(pairwise(many)))
    assert len(laid.layers) == 3000


def test_a_tree_stands_at_the_middle_of_its_branches() -> None:
    edges = [(0, 4), (1, 4), (2, 5), (3, 5), (4, 6), (5, 6)]
    y = {
        node: at[1]
        for node, at in layered_layout(sized(*range(7)), edges).positions.items()
    }
    assert y[4] == pytest.approx((y[0] + y[1]) / 2)
    assert y[6] == pytest.approx((y[4] + y[5]) / 2)


def test_a_chain_runs_straight_past_its_sources() -> None:
    edges = [("a", "b"), ("b", "c"), ("w", "c"), ("v", "c"), ("c", "d"), ("u", "d")]
    laid = layered_layout(sized(*"abcdwvu"), edges)
    heights = [laid.positions[node][1] for node in "bcd"]
    assert max(heights) - min(heights) < 0.5


def test_what_only_sources_hold_back_stands_next_to_its_use() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("w", "v"), ("v", "d")]
    laid = layered_layout(sized(*"abcdwv"), edges)
    assert {"w", "b"} <= set(laid.layers[1])
    assert {"v", "c"} <= set(laid.layers[2])


def test_sources_keep_off_groups_that_they_are_not_in() -> None:
    edges = [("a", "b"), ("b", "c"), ("w", "c"), ("c", "d"), ("v", "d")]
    group = ["b", "c", "w"]
    laid = layered_layout(sized(*"abcdwv"), edges, groups=[group])
    inside = [laid.positions[node][1] for node in group]
    v = laid.positions["v"][1]
    assert v > max(inside) + 40 or v < min(inside) - 40
