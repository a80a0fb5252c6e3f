"""Stepping in a real browser from a file, and all text measured there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab import Scalar
from gradlab.visualization import broadcast_ghosts
from gradlab.visualization.picture import Picture
from gradlab.visualization.scene import Bounds, Scene, Text
from gradlab.visualization.svg import render

from .catalogue import EXAMPLES, HOSTILE
from .measuring import overlaps
from .reading import drawn_words


def film(html: str) -> Any:
    data = re.search(r'class="gradlab-film-data">(.*?)</script>', html, re.S)
    assert data
    return json.loads(data[1])


def test_all_frames_are_inside() -> None:
    picture = broadcast_ghosts((3, 1), (1, 2))
    inside = film(picture.play().html())
    assert len(inside["frames"]) == len(inside["says"]) == picture.steps
    frames = ["".join(inside["pieces"][n] for n in each) for each in inside["frames"]]
    for step, frame in enumerate(frames):
        assert drawn_words(frame) == drawn_words(picture.svg(step))
    assert len({frame.partition(">")[0] for frame in frames}) == 1


def test_without_scripts_an_image_with_words_remains() -> None:
    html = broadcast_ghosts((3, 1), (1, 2)).play().html()
    image = re.search(r'<img class="gradlab-still" alt="([^"]+)" src="data:', html)
    assert image
    assert "a[2,0] + b[0,1] = 3 + 20 = 23" in image[1]


def test_hostile_names_cannot_leave_the_player() -> None:
    class Tags(HTMLParser):
        scripts = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.scripts += tag == "script"

    tags = Tags()
    tags.feed(broadcast_ghosts(1, (2,), names=(HOSTILE, "b")).play().page())
    assert tags.scripts == 2


# ---------------------------------- in Chromium -----------------------------------


@pytest.mark.browser
def test_keys_and_buttons_step_through_a_saved_page(page: Any, tmp_path: Path) -> None:
    picture = broadcast_ghosts((3, 1), (2,))
    page.goto(picture.save(tmp_path / "p.html").as_uri())
    last = picture.steps

    def place() -> str:
        return str(page.locator(".gradlab-count").inner_text())

    def said() -> str:
        return str(page.locator("[aria-live]").text_content())

    assert place() == f"1 / {last}"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert place() == f"2 / {last}"
    assert said() == f"Step 2 of {last}. {picture.alt(1)}"
    page.keyboard.press("End")
    assert place() == f"{last} / {last}"
    assert "23" in page.locator(".gradlab-stage svg").text_content()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Next").press("Enter")
    assert place() == f"2 / {last}"
    page.get_by_role("button", name="Last").press("Space")
    assert place() == f"{last} / {last}"
    slider = page.get_by_role("slider", name=re.compile("Step of"))
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert place() == f"{last - 1} / {last}"
    assert slider.get_attribute("aria-valuetext") == f"Step {last - 1} of {last}"


@pytest.mark.browser
def test_a_class_is_asked_before_it_is_told(page: Any) -> None:
    picture = broadcast_ghosts((3, 1), (1, 2))
    page.set_content(picture.demo().html())
    page.locator(".gradlab-player").focus()
    cover = page.locator(".gradlab-cover")
    assert not cover.is_visible()
    page.keyboard.press("Space")
    assert cover.is_visible()
    assert picture.ask(1) in cover.inner_text()
    assert page.locator(".gradlab-count").inner_text().startswith("1 /")
    page.keyboard.press("Space")
    assert not cover.is_visible()
    assert page.locator(".gradlab-count").inner_text().startswith("2 /")


@pytest.mark.browser
def test_a_printed_page_shows_every_frame(page: Any, tmp_path: Path) -> None:
    picture = broadcast_ghosts((3, 1), (1, 2))
    page.goto(picture.save(tmp_path / "p.html").as_uri())
    frames = page.locator(".gradlab-film svg")
    assert not frames.first.is_visible()
    page.emulate_media(media="print")
    assert frames.count() == picture.steps
    assert frames.last.is_visible()
    assert not page.locator(".gradlab-player").is_visible()


def wide() -> Picture:
    x = Scalar(1.0, "x")
    y = x
    for _ in range(12):
        y = (y * 2.0).tanh()
    return viz.computation_graph(y)


@pytest.mark.browser
def test_a_wide_picture_scrolls_before_its_words_get_too_small(page: Any) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    picture = wide()
    for html in (picture._repr_mimebundle_()["text/html"], picture.play().html()):
        page.set_content(html)
        sizes = page.evaluate(
            "[...document.querySelectorAll('svg text')].map((text) => "
            "parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a)"
        )
        assert min(sizes) > 7
        page.locator("[tabindex='0']").last.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.browser
def test_players_on_one_page_do_not_share_ids_or_steps(page: Any) -> None:
    html = broadcast_ghosts((3, 1), (1, 2)).play().html()
    page.set_content(html + html)
    page.get_by_role("button", name="Next").first.click()
    counts = page.locator(".gradlab-count").all_inner_texts()
    assert [count[0] for count in counts] == ["2", "1"]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.browser
def test_a_picture_follows_the_page_it_stands_on(page: Any) -> None:
    svg = broadcast_ghosts((3, 1), (1, 2)).svg()
    ink = "getComputedStyle(document.querySelector('text')).fill"
    inks = []
    for theme in ("true", "false"):
        page.set_content(f'<body data-jp-theme-light="{theme}">{svg}</body>')
        inks.append(page.evaluate(ink))
    assert inks == ["rgb(27, 31, 36)", "rgb(238, 242, 246)"]
    page.emulate_media(color_scheme="dark")
    page.set_content(svg)
    assert page.evaluate(ink) == inks[1]


@pytest.mark.browser
def test_measuring_finds_what_is_wrong(page: Any) -> None:
    over = Scene((Text(0, 0, "one"), Text(12, 4, "two"), Text(0, 40, "three")))
    narrow = Bounds(-5, -20, 40, 60)
    drawn = {
        "over": render(over, title="over", desc="two texts on each other"),
        "cut": render(over, title="cut", desc="texts that leave it", bounds=narrow),
    }
    found = overlaps(page, drawn)
    assert "over: one | two" in found
    assert "cut: beside | three" in found


@pytest.mark.browser
def test_no_text_overlaps_another_or_leaves_its_picture(page: Any) -> None:
    drawn = {}
    for name, make in EXAMPLES.items():
        picture = make()
        for step in range(picture.steps):
            drawn[f"{name} {step}"] = picture.svg(step, theme="light")
    assert overlaps(page, drawn) == []
