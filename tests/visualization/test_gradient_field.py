"""gradient_field: level lines, the gradient, and gradient descent."""

from __future__ import annotations

import math
from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab.visualization.scene import Arrow, Box

DOTS = ("port", "forward")


def bowl(x: Any, y: Any) -> Any:
    return x * x + 2.0 * y * y


def test_the_story_is_levels_arrow_field_and_one_frame_per_step() -> None:
    picture = viz.gradient_field(bowl, (-2, 1.5), steps=3)
    names = [moment.name for moment in picture.moments]
    assert names == ["levels", "arrow", "field", "step", "step", "step", "end"]
    assert "gradient is (-4, 6)" in picture.alt(1)
    assert "|grad| = 7.21" in picture.alt(1)
    assert "Levels: 5, 10, 15, 20, 25." in picture.alt(0)


def test_the_path_is_gradient_descent() -> None:
    picture = viz.gradient_field(bowl, (-2, 1.5), rate=0.1, steps=8)
    last = picture.stops[-1]
    assert last.x == pytest.approx(-2 * 0.8**8)
    assert last.y == pytest.approx(1.5 * 0.6**8)
    assert last.value == pytest.approx(last.x**2 + 2 * last.y**2)


def test_points_of_a_level_line_have_its_value() -> None:
    plane = viz.gradient_field(bowl, (1, 1)).plane
    axes = plane.axes
    for level, lines in plane.lines.items():
        for x, y in lines[0]:
            u, v = x / axes.w * 6 - 3, 3 - y / axes.h * 6
            assert bowl(u, v) == pytest.approx(level, abs=0.02)


def test_the_arrow_points_uphill_on_the_sheet() -> None:
    picture = viz.gradient_field(bowl, (1, 1), steps=1)
    arrows = [i for i in picture.scene(1).items if isinstance(i, Arrow)]
    (start, end), *_ = [a.points for a in arrows if a.look == "gradient"]
    assert (end[1] - start[1]) / (end[0] - start[0]) == pytest.approx(-4 / 2)


@pytest.mark.parametrize("rate", [0.05, 0.2, 0.45])
def test_labels_hide_neither_the_path_nor_each_other(rate: float) -> None:
    picture = viz.gradient_field(bowl, (-2, 1.5), rate=rate)
    for step in range(picture.steps):
        items = picture.scene(step).items
        plates = [i.bounds() for i in items if isinstance(i, Box) and i.text]
        axes = picture.plane.axes
        assert all(a.left > 0 and a.right < axes.w and a.top > 0 for a in plates)
        dots = [i.bounds() for i in items if isinstance(i, Box) and i.look in DOTS]
        for n, a in enumerate(plates):
            for b in [*plates[n + 1 :], *dots]:
                across = a.left < b.right and b.left < a.right
                assert not (across and a.top < b.bottom and b.top < a.bottom)


def test_too_long_steps_are_told() -> None:
    picture = viz.gradient_field(bowl, (1, 1), rate=0.9, steps=1000)
    assert "this step was too long" in picture.alt(3)
    assert "Not downhill" in picture.alt()
    assert "not finite" in picture.alt()
    assert "leaves the picture" in picture.alt()


def test_flat_ground_ends_the_way() -> None:
    picture = viz.gradient_field(lambda x, y: 3.0, (0, 0))
    assert picture.steps == 4
    assert "no level lines" in picture.alt(0)
    assert "No step downhill: f stays 3." in picture.alt()
    assert "no step leads on" in picture.alt()


@pytest.mark.parametrize(
    ("f", "more"),
    [
        (lambda x, y: math.sin(x) * y, {}),
        (lambda x, y: x.log() + y.log(), {}),
        (lambda x, y: x + y, {"x": (-1e300, 1e300), "y": (-1, 3e-300 + 2)}),
        (lambda x, y: x * 1e150 * x * 1e150 + y, {"x": (-1e100, 1e100)}),
        (lambda x, y: 1e300 * x - y, {"rate": 1e-300}),
    ],
)
def test_awkward_functions_are_drawn(f: Any, more: dict[str, Any]) -> None:
    picture = viz.gradient_field(f, (1, 1), **more)
    assert all(len(picture.svg(k)) > 999 for k in range(picture.steps))


@pytest.mark.parametrize(
    ("point", "more", "error", "says"),
    [
        (3, {}, TypeError, "two numbers"),
        ((math.nan, 0), {}, ValueError, "finite number"),
        ((9, 9), {}, ValueError, "wider ranges"),
        ((0, 0), {"x": (3, -3)}, ValueError, "smaller to a larger"),
        ((0, 0), {"x": 3}, TypeError, "range"),
        ((0, 0), {"rate": 0}, ValueError, "rate is above 0"),
        ((0, 0), {"steps": 0}, ValueError, "1 to 1,000"),
        ((0, 0), {"steps": 1.5}, TypeError, "whole number"),
    ],
)
def test_errors_say_what_to_do(
    point: Any, more: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        viz.gradient_field(bowl, point, **more)


def test_a_place_without_gradient() -> None:
    with pytest.raises(ValueError, match="but no gradient: "):
        viz.gradient_field(lambda x, y: (x * x + y * y).sqrt(), (0, 0))
    with pytest.raises(TypeError, match="Give a function of 2 numbers"):
        viz.gradient_field(lambda x: x, (0, 0))
