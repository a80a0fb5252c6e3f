"""A matrix product as a cube: the story, the numbers, and what cannot be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from gradlab.visualization import matmul_cube
from gradlab.visualization.scene import Arrow

A, B = [[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 10], [11, 12]]
D = [[1, 2], [3, 4]]


def test_the_story_is_zip_then_sum_then_two_more_sums() -> None:
    picture = matmul_cube(A, B, D)
    names = Counter(moment.name for moment in picture.moments)
    assert names == {
        **dict.fromkeys(["start", "cube", "done", "turn", "end"], 1),
        **dict.fromkeys(["fill dA", "fill dB"], 1),
        **dict.fromkeys(["dA", "dB"], 6),
        "C": 4,
    }
    assert "C[0,1] = 1·8 + 2·10 + 3·12 = 64" in picture.alt(3)
    assert "(2, 1, 2); without that dim, C is (2, 2)" in picture.alt(6)


def test_forward_alone_has_no_gradient() -> None:
    picture = matmul_cube(A, B)
    assert picture.moments[-1].name == "done"
    assert "d_out" not in picture.table()


def test_each_direction_of_the_cube_adds_up_to_the_engine_s_gradient() -> None:
    rng = np.random.default_rng(0)
    for n, k, m in ((1, 1, 1), (2, 3, 2), (4, 1, 3), (3, 5, 2)):
        a, b, d = (rng.normal(size=s) for s in ((n, k), (k, m), (n, m)))
        product = matmul_cube(a, b, d).product
        assert np.allclose(product.C, a @ b)
        assert np.allclose(product.dA, d @ b.T)
        assert np.allclose(product.dB, a.T @ d)
        for name in ("C", "dA", "dB"):
            assert all_add_up(product, name)


def all_add_up(product: Any, name: str) -> bool:
    """Say whether the products along the line of every cell add up to it."""
    whole = getattr(product, name)
    sums = [
        sum(np.prod(product.pair(name, spot)) for spot in product.line(name, index))
        for index in np.ndindex(whole.shape)
    ]
    return np.allclose(sums, whole.ravel())


def test_a_large_product_is_drawn_short_and_sums_all() -> None:
    picture = matmul_cube((40, 50), (50, 60), np.ones((40, 60)), cell=(0, 1))
    assert "products are drawn; sums count all" in picture.alt(2)
    assert picture.steps < 15
    for step in range(picture.steps):
        arrows = [i for i in picture.scene(step).items if isinstance(i, Arrow)]
        assert len([a for a in arrows if a.head]) <= 24


@pytest.mark.parametrize(
    "shapes", [((2, 0), (0, 3)), ((0, 2), (2, 3)), ((2, 3), (3, 0))]
)
def test_without_cells_it_still_tells(shapes: Sequence[tuple[int, int]]) -> None:
    a, b = map(np.zeros, shapes)
    picture = matmul_cube(a, b, np.ones((a.shape[0], b.shape[1])))
    said = [picture.alt(k) for k in range(picture.steps) if picture.svg(k)]
    assert all(len(text.split()) > 3 for text in said)


def test_numbers_that_are_none_go_their_way() -> None:
    nan, inf = float("nan"), float("inf")
    picture = matmul_cube([[nan, 1e300]], [[inf], [1e300]], [[1e-300]])
    assert "C[0,0] = NaN·inf + 1e300·1e300 = NaN" in picture.alt(2)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((A, A), ValueError, r"A \(2, 3\) and B \(2, 3\) do not fit"),
        (([1, 2], B), ValueError, r"A is a matrix, of two dims; got shape \(2,\)"),
        ((A, 3), ValueError, r"B is a matrix"),
        ((A, B, [1, 2]), ValueError, r"shape \(2, 2\); got \(2,\)"),
        ((A, "b"), TypeError, "this is a str"),
    ],
)
def test_what_does_not_fit_is_said(arguments: Any, error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        matmul_cube(*arguments)


def test_a_cell_that_is_not_drawn_is_named() -> None:
    with pytest.raises(IndexError, match=r"There is no C\[2,2\]: C has shape"):
        matmul_cube(A, B, cell=(2, 2))
    with pytest.raises(IndexError, match=r"C\[20,20\] is not drawn, as a C of shape"):
        matmul_cube((40, 2), (2, 60), cell=(20, 20))


def test_no_frame_says_the_same_twice() -> None:
    assert matmul_cube(A, B).alt(0).count("A (2, 3) @ B (3, 2)") == 1
