"""Choosing a cell in a played gradient flow, in a real browser, by mouse and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gradlab.visualization import gradient_flow
from gradlab.visualization.gallery.families.ways import column_and_row
from gradlab.visualization.gallery.samples import network

pytestmark = pytest.mark.browser


@pytest.fixture
def film(page: Any, tmp_path: Path) -> Any:
    """A page with the way of a network's gradient to W1[0,2]."""
    page.set_viewport_size({"width": 1280, "height": 720})
    loss, weight = network()
    picture = gradient_flow(loss, to=weight, index=(0, 2))
    page.goto(picture.save(tmp_path / "film.html").as_uri())
    return page


def seen(page: Any, css: str) -> int:
    return int(
        page.evaluate(
            "css => [...document.querySelectorAll(css)].filter(e =>"
            " getComputedStyle(e).display !== 'none').length",
            f".gradlab-stage {css}",
        )
    )


def steps(page: Any, count: int) -> None:
    for _ in range(count):
        page.keyboard.press("ArrowRight")


def test_a_click_on_a_cell_lights_what_it_leads_to(film: Any) -> None:
    first, second = film.locator(".gradlab-pick select").all()
    node = second.input_value().partition(":")[0]
    film.locator(f'.gradlab-stage rect[data-cell="{node}:1,0"]').first.click()
    assert second.input_value() == f"{node}:1,0"
    assert first.locator("option:checked").inner_text() == "W1"
    told = film.locator(".gradlab-sum").inner_text()
    assert told == "8 paths add up to its gradient, 0.0349"
    assert seen(film, "rect.gradlab-lit") == 1 + 3 * 4 + 5 * 4 + 1
    assert film.locator(".gradlab-ledger tr").count() == 8


def test_the_ledger_opens_in_the_last_frame_and_lights_one_path(film: Any) -> None:
    ledger = film.locator(".gradlab-ledger")
    assert not ledger.is_visible()
    film.keyboard.press("End")
    assert ledger.is_visible()
    lit = seen(film, "rect.gradlab-lit")
    ledger.focus()
    film.keyboard.press("ArrowDown")
    assert seen(film, "rect.gradlab-lit") == 10 < lit
    film.keyboard.press("Home")
    assert not ledger.is_visible()
    film.get_by_role("button", name="Paths").click()
    film.keyboard.press("ArrowRight")
    assert ledger.is_visible()


def test_of_many_wires_only_those_of_the_chosen_cell_are_seen(film: Any) -> None:
    steps(film, 1)
    assert seen(film, 'path[data-cell^="more:"]') == 2 * 4  # a line and a head each
    node = film.locator(".gradlab-pick select").last.input_value().partition(":")[0]
    film.locator(".gradlab-pick select").last.select_option(f"{node}:1,1")
    assert seen(film, 'path[data-cell^="more:"]') == 2 * 4
    told = film.locator(".gradlab-now").inner_text()
    assert "reads" in told
    assert "W1[1,1] (×" in told


def test_buttons_stay_in_view_and_the_page_does_not_jump(film: Any) -> None:
    film.evaluate("window.scrollTo(0, 100)")
    places = set()
    for _ in range(40):
        film.keyboard.press("ArrowRight")
        bar = film.locator(".gradlab-bar").bounding_box()
        places.add((film.evaluate("scrollY"), round(bar["y"])))
    assert len(places) == 1
    assert bar["y"] + bar["height"] <= 720


def test_printed_every_frame_has_the_chosen_cell(film: Any) -> None:
    film.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    film.emulate_media(media="print")
    frames = film.locator(".gradlab-film li")
    assert frames.last.is_visible()
    assert frames.last.locator("rect.gradlab-chosen").count() == 1
    shown = film.evaluate(
        "[...document.querySelectorAll('.gradlab-film path[data-cell^=\"more:\"]')]"
        ".filter(e => getComputedStyle(e).display !== 'none').length"
    )
    assert shown > 0
    assert shown < film.locator('.gradlab-film path[data-cell^="more:"]').count() / 3


def test_a_demo_is_read_from_afar_and_asks_without_a_click(
    page: Any, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    result, row = column_and_row()
    path = tmp_path / "demo.html"
    path.write_text(gradient_flow(result, to=row).demo().page(), encoding="utf-8")
    page.goto(path.as_uri())
    page.keyboard.press("ArrowRight")
    assert "What does Mul give" in page.locator(".gradlab-cover p").inner_text()
    page.keyboard.press("ArrowRight")
    scale = page.evaluate(
        "(s => s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
        "(document.querySelector('.gradlab-stage svg'))"
    )
    sizes = page.evaluate(
        "[...document.querySelectorAll('.gradlab-stage svg text')]"
        ".map(text => Number(text.getAttribute('font-size')))"
    )
    assert scale * min(sizes) >= 1.6 * 13
    stage = page.locator(".gradlab-stage svg").bounding_box()
    bar = page.locator(".gradlab-bar").bounding_box()
    assert stage["y"] + stage["height"] <= bar["y"] < 720
