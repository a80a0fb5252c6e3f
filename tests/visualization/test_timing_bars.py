"""Measured times as bars: units, ratios, the scale, and times that are none."""

from __future__ import annotations

from typing import Any

import pytest

from gradlab.visualization import timing_bars

from .catalogue import HOSTILE

TIMES = {"loop": [0.3, 0.1, 0.2], "numpy": {"cold": 0.05, "warm": [0.01, 0.03]}}


def test_bars_end_at_the_median_and_count_from_the_fastest() -> None:
    said = timing_bars(TIMES).alt()
    assert "loop: 200 ms ×10, from 100 ms to 300 ms." in said
    assert "numpy: 20 ms ×1, from 10 ms to 30 ms, cold 50 ms." in said


def test_one_alone_is_compared_with_nothing() -> None:
    picture = timing_bars({"one": 0.002})
    assert picture.alt() == "Time of one. Warm: one takes 2 ms. one: 2 ms."
    assert "×" not in picture.table()


def test_any_name_can_be_the_base() -> None:
    assert "numpy: 20 ms ×0.1" in timing_bars(TIMES, base="loop").alt()


def test_cold_times_have_a_frame_of_their_own() -> None:
    assert timing_bars(TIMES).steps == 3
    assert timing_bars({"a": 1}).steps == 2
    assert "cold" not in timing_bars(TIMES).alt(1)


def test_times_far_apart_have_a_logarithmic_scale_that_is_named() -> None:
    assert timing_bars({"a": 1, "b": 100}).scale.log is False
    picture = timing_bars({"a": 1, "b": 101})
    assert picture.scale.log is True
    assert "Logarithmic scale" in picture.alt(0)
    assert picture.scale(101.0) > 2 * picture.scale(3.0) > picture.scale(1.0)


def test_the_ends_of_the_scale_are_drawn() -> None:
    picture = timing_bars({"a": 0, "b": 1e-300, "c": 1e300})
    assert all(picture.svg(k) for k in range(picture.steps))
    assert "a: 0 s." in picture.alt()


def test_names_are_cut_and_escaped() -> None:
    picture = timing_bars({HOSTILE * 4: 1})
    assert "<script" not in picture.svg()
    assert picture.names[0].endswith("…")


@pytest.mark.parametrize(
    ("results", "error", "says"),
    [
        ([1, 2], TypeError, "a dict of names and seconds"),
        ({}, ValueError, "1 to 40 bars; got 0"),
        ({"a": []}, ValueError, "'a' has no time"),
        ({"a": -1}, ValueError, "0 seconds or more, and finite; got -1"),
        ({"a": [1, float("nan")]}, ValueError, "got NaN"),
        ({"a": "fast"}, TypeError, "number of seconds; got 'fast'"),
        ({"a": {"cold": 1}}, ValueError, 'give "warm"'),
    ],
)
def test_what_is_no_time_is_said(results: Any, error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        timing_bars(results)


def test_an_unknown_base_is_said() -> None:
    with pytest.raises(ValueError, match="one of the names, 'loop', 'numpy'; got 'c'"):
        timing_bars(TIMES, base="c")
