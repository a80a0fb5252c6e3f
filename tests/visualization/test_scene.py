"""The scene model: where things are, and what becomes of them in SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest

from gradlab.visualization.scene import Arrow, Bounds, Box, Group, Scene, Span, Text
from gradlab.visualization.svg import render


def drawn(*items: object) -> str:
    scene = Scene(items)  # type: ignore[arg-type]
    return render(scene, title="t", desc="d", theme="light")


def test_bounds_follow_groups_and_labels() -> None:
    box = Box(10, 20, 30, 40)
    assert Group((box,), 100, 0).bounds().left == box.bounds().left + 100
    arrow = Arrow(((0, 0), (100, 0)), label="a long label on the way", label_at=0.5)
    assert arrow.bounds().top < -5
    assert Scene((box,), margin=0).bounds() == box.bounds()
    assert Bounds.around([]) == (0, 0, 0, 0)


def test_text_is_drawn_over_every_shape() -> None:
    svg = drawn(Text(0, 0, "under"), Box(-20, -20, 40, 40))
    assert svg.index("<text") > svg.rindex("<rect")


def test_spans_keep_their_own_ink() -> None:
    svg = drawn(Text(0, 0, (Span("a", "forward-ink", bold=True), Span(" + b"))))
    assert '<tspan fill="#005a8f" font-weight="700">a</tspan><tspan> + b</tspan>' in svg


@pytest.mark.parametrize("mark", ["selected", "wrong", "saved", "tray"])
def test_every_mark_leaves_a_trace(mark: str) -> None:
    plain, marked = (drawn(Box(0, 0, 40, 40, marks=m)) for m in ((), (mark,)))
    assert len(marked) > len(plain)


def test_a_hatch_stays_inside_its_box() -> None:
    svg = drawn(Box(10, 10, 61, 33, look="wrong", marks=("wrong",)))
    way = re.search(r'<path d="([^"]+)" fill="none"', svg)
    assert way
    points = re.findall(r"[ML]([\d.]+) ([\d.]+)", way[1])
    assert len(points) > 20
    assert all(10 <= float(x) <= 71 and 10 <= float(y) <= 43 for x, y in points)


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("line", ((0, 0), (50, 0), (50, 50))),
        ("elbow", ((0, 0), (50, 0), (50, 50))),
        ("arc", ((0, 0), (50, 50))),
        ("flow", ((0, 0), (50, 20), (90, 50))),
        ("cubic", ((0, 0), (10, 30), (40, 30), (50, 50))),
        ("line", ((5, 5), (5, 5))),
    ],
)
def test_every_kind_of_arrow_starts_and_arrives(
    kind: str, points: tuple[tuple[float, float], ...]
) -> None:
    arrow = Arrow(points, kind=kind, bend=10)
    way = arrow.segments()
    assert way[0][0] == points[0]
    assert way[-1][3] == points[-1]
    assert all(one[3] == two[0] for one, two in pairwise(way))
    ElementTree.fromstring(drawn(arrow))


def test_an_arc_bends_to_the_left_of_its_way() -> None:
    around = Arrow(((0, 0), (100, 0)), kind="arc", bend=20, head=False).bounds()
    assert around.top == pytest.approx(-20 - 1.5)
