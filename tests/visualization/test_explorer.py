"""The explorer: what may be typed, what is said, and life without ipywidgets."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from gradlab.visualization import broadcasting_explorer
from gradlab.visualization.explorers.broadcasting import Explorer, parse_shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(3, 1)", (3, 1)),
        ("3 1", (3, 1)),
        ("3,1", (3, 1)),
        (" [3,1] ", (3, 1)),
        ("3x1", (3, 1)),
        ("3 × 1", (3, 1)),
        ("(3,", (3,)),
        ("5", (5,)),
        ("()", ()),
        ("", ()),
        ("(0, 2)", (0, 2)),
    ],
)
def test_a_shape_may_be_typed_in_many_ways(text: str, shape: tuple[int, ...]) -> None:
    assert parse_shape(text) == shape


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3.5", "whole numbers"),
        ("(-1, 2)", "negative"),
        ("abc", "“a” is not part of a shape"),
        ("__import__('os')", "not part of a shape"),
        ("1 2 3 4 5 6 7", "7 dims"),
        ("99999999", "up to 1,000,000"),
        ("9" * 100_000, "up to 1,000,000"),
        ("²", "not part of a shape"),
    ],
)
def test_what_is_no_shape_gets_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_shape(text)


@pytest.fixture
def explorer() -> Explorer:
    made = broadcasting_explorer()
    assert isinstance(made, Explorer)
    return made


def test_the_picture_follows_the_boxes(explorer: Explorer) -> None:
    before = explorer._view.value
    explorer.a.value = "(2, 2)"
    assert explorer.picture.title == "a (2, 2) + b (1, 2)"
    assert explorer._view.value != before
    assert explorer.step.value == explorer.step.max == explorer.picture.steps


def test_the_slider_shows_every_frame(explorer: Explorer) -> None:
    seen = set()
    for step in range(1, explorer.step.max + 1):
        explorer.step.value = step
        seen.add(explorer._view.value)
    assert len(seen) == explorer.picture.steps


def test_bad_input_is_named_and_the_picture_stays(explorer: Explorer) -> None:
    before = explorer._view.value
    explorer.b.value = "<img src=x onerror=alert(1)>"
    assert explorer._view.value == before
    assert "<img" not in explorer.b_said.value
    assert "is not part of a shape" in explorer.b_said.value
    explorer.b.value = "2"
    assert "read as (2,)" in explorer.b_said.value
    assert explorer._view.value != before


def test_a_clash_is_a_picture_too(explorer: Explorer) -> None:
    explorer.a.value, explorer.b.value = "4 3", "4"
    assert "Clash in dim -1" in re.sub("<[^>]*>", " ", explorer._view.value)


def test_without_ipywidgets_there_is_a_picture_and_a_word() -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = None\n"
        "from gradlab.visualization import broadcasting_explorer\n"
        "shown = broadcasting_explorer()._repr_mimebundle_()\n"
        "assert '<svg' in shown['text/html'], shown\n"
        "assert 'pip install ipywidgets' in shown['text/html']\n"
        "print(shown['text/plain'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "out has shape (3, 2)" in run.stdout, run.stderr


def test_pictures_import_nothing_heavy() -> None:
    code = (
        "import sys, gradlab.visualization as viz\n"
        "viz.broadcast_ghosts((3, 1), (1, 2)).play().html()\n"
        "viz.index_board((3, 2), (3, 1), lambda o, s: o).svg()\n"
        "heavy = 'numpy numba matplotlib IPython ipywidgets resvg_py'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr
