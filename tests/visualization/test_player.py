"""Stepping in a real browser from a file, and all text measured there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from gradlab.visualization import broadcast_ghosts
from tests.chromium import chromium

from .catalogue import EXAMPLES, HOSTILE
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    opened.on("console", lambda m: problems.append(m.text) if m.type == "error" else 0)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("request", lambda r: problems.append(r.url) if "://" in r.url[:8] else 0)
    yield opened
    opened.close()
    assert [p for p in problems if not p.startswith(("file:", "data:"))] == []


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


MEASURE = """() => [...document.querySelectorAll('svg')].map(svg => {
  const sheet = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect();
    return [box.left, box.top + 0.2 * box.height, box.right, box.bottom - 0.2 *
      box.height, text.textContent];
  });
  return [svg.dataset.of, [sheet.left, sheet.top, sheet.right, sheet.bottom], words];
})"""


@pytest.mark.browser
def test_no_text_overlaps_another_or_leaves_its_picture(page: Any) -> None:
    drawn = []
    for name, make in EXAMPLES.items():
        picture = make()
        for step in sorted({0, picture.steps // 2, picture.steps - 1}):
            svg = picture.svg(step, theme="light", prefix=f"p{len(drawn)}-")
            drawn.append(svg.replace("<svg ", f'<svg data-of="{name} {step}" ', 1))
    page.set_viewport_size({"width": 3000, "height": 900})
    page.set_content("<br>".join(drawn))
    for name, sheet, words in page.evaluate(MEASURE):
        for k, one in enumerate(words):
            assert sheet[0] <= one[0], (name, one)
            assert one[2] <= sheet[2] + 1, (name, one)
            for two in words[:k]:
                across = min(one[2], two[2]) - max(one[0], two[0])
                down = min(one[3], two[3]) - max(one[1], two[1])
                assert across <= 1 or down <= 1, (name, one[4], two[4])
