"""The explorer: what may be typed, what is said, and life without ipywidgets."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from gradlab.visualization import broadcasting_explorer
from gradlab.visualization.explorers.base import script
from gradlab.visualization.explorers.broadcasting import (
    BroadcastingExplorer,
    parse_shape,
)
from tests.chromium import chromium


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
        ("x", "Sizes are missing"),
        ("( , )", "Sizes are missing"),
    ],
)
def test_what_is_no_shape_gets_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_shape(text)


@pytest.mark.parametrize("shape", [(2, 3), [2, 3], "2 3", np.ones((2, 3))])
def test_it_starts_with_any_shape(shape: Any) -> None:
    made = broadcasting_explorer(shape, ())
    assert isinstance(made, BroadcastingExplorer)
    assert made.a.value.strip("()").replace(",", "") == "2 3"
    assert made.b.value == "()"
    assert made.picture.zip.shape == (2, 3)


def test_what_is_neither_text_nor_a_shape_is_named() -> None:
    with pytest.raises(TypeError, match=r"a is a tuple.*got 3.*\(3,\), with a comma"):
        broadcasting_explorer(3)
    with pytest.raises(ValueError, match="7 dims"):
        broadcasting_explorer((1,) * 7)


@pytest.fixture
def explorer() -> BroadcastingExplorer:
    made = broadcasting_explorer()
    assert isinstance(made, BroadcastingExplorer)
    return made


def test_the_picture_follows_the_boxes(explorer: BroadcastingExplorer) -> None:
    before = explorer._view.value
    explorer.a.value = "(2, 2)"
    assert explorer.picture.title == "a (2, 2) + b (1, 2)"
    assert explorer._view.value != before
    assert explorer.step.value == explorer.step.max == explorer.picture.steps


def test_the_slider_shows_every_frame(explorer: BroadcastingExplorer) -> None:
    seen = set()
    for step in range(1, explorer.step.max + 1):
        explorer.step.value = step
        seen.add(explorer._view.value)
    assert len(seen) == explorer.picture.steps


def test_bad_input_is_named_and_the_picture_stays(
    explorer: BroadcastingExplorer,
) -> None:
    before = explorer._view.value
    explorer.b.value = "<img src=x onerror=alert(1)>"
    assert explorer._view.value == before
    assert "<img" not in explorer.b_said.value
    assert "is not part of a shape" in explorer.b_said.value
    explorer.b.value = "2"
    assert "read as (2,)" in explorer.b_said.value
    assert explorer._view.value != before


def test_a_clash_is_a_picture_too(explorer: BroadcastingExplorer) -> None:
    explorer.a.value, explorer.b.value = "4 3", "4"
    assert "Clash in dim -1" in re.sub("<[^>]*>", " ", explorer._view.value)


ROW = """<div class="gradlab-line"><div class="widget-html-content">read as (3,)</div>
</div><div class="widget-inline-hbox"><label class="widget-label">step</label>
<div role="slider"></div></div>"""


@pytest.mark.browser
def test_what_is_read_is_spoken_and_sliders_have_names() -> None:
    lines = "document.querySelectorAll('.gradlab-line .widget-html-content')"
    names = "[...document.querySelectorAll('[role=slider]')].map((e) => e.ariaLabel)"
    with chromium() as browser:
        page = browser.new_page()
        page.set_content(f"<main></main>{script('all')}")
        page.evaluate(
            "row => { document.querySelector('main').innerHTML = row; }",
            f"<div class=all>{ROW}</div>",
        )
        page.wait_for_function(f"[...{lines}].every((e) => e.role === 'status')")
        page.evaluate(
            "(row) => { document.querySelector('.all').innerHTML += row; }", ROW
        )
        page.wait_for_function(f"[...{lines}].every((e) => e.role === 'status')")
        page.evaluate(f"const [e] = {lines}; e.innerHTML = 'read as (4,)'")
        spoken = page.evaluate(f"[...{lines}].map((e) => [e.role, e.textContent])")
        assert page.evaluate(names) == ["step", "step"]
    assert spoken == [["status", "read as (4,)"], ["status", "read as (3,)"]]


@pytest.mark.browser
def test_the_picture_below_is_open_where_controls_are_gone() -> None:
    is_open = "document.querySelector('details').open"
    put = "html => { document.querySelector('.view').innerHTML = html; }"
    with chromium() as browser:
        page = browser.new_page()

        def reopen(view: str) -> bool:
            below = "<details open><summary>x</summary></details>"
            area = f"<div class=jp-OutputArea><div class=view>{view}</div>{below}"
            page.set_content(f"{area}{script('all')}</div>")
            return bool(page.evaluate(is_open))

        assert reopen("")
        assert not reopen("<div>Loading widget...</div>")
        page.evaluate(put, "<div>Error displaying widget: model not found</div>")
        page.wait_for_function(is_open)
        assert "Run this cell in a notebook" in page.inner_text(".view")
        assert not reopen("<div>Loading widget...</div>")
        page.evaluate(put, f"<div class=all>{ROW}</div>")
        page.wait_for_function("document.querySelector('.all').dataset.marked")
        assert not page.evaluate(is_open)


def test_it_shows_controls_then_a_picture_that_needs_none(
    explorer: BroadcastingExplorer, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer._ipython_display_()
    shown = capsys.readouterr().out
    assert explorer.picture.alt() in shown
    assert "Run this cell in a notebook to have its controls." in shown
    assert "VBox(" not in shown
    assert "role=" not in explorer.a_said.value


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
