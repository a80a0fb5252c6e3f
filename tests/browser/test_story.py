"""A learner's hours with lesson 07, in JupyterLab, by keys alone."""

from __future__ import annotations

import re
import time
from statistics import median

import pytest
from playwright.sync_api import expect

from tests.browser.reading import ENOUGH, contrasts, cut_off

pytestmark = pytest.mark.browser

LEFT_ALIGNED = """\
from itertools import zip_longest

    pairs = zip_longest(a, b, fillvalue=1)
    out = []
    for m, n in pairs:
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-len(out) - 1}")
        out.append(m if n == 1 else n)
    return tuple(out)"""
MENDED = "pairs = zip_longest(a[::-1], b[::-1], fillvalue=1)"
NEWER = "A sentence that only the newer lesson has."
MISTAKEN = "A number has no dims, so nothing can clash."


def test_a_lesson_by_keys_alone(lab, sit_down, measure):
    learner = arrive(lab, sit_down, measure)
    run_it_unsolved(learner)
    predict_wrongly(learner)
    line_up_on_the_left(learner)
    mend_it(learner)
    move_the_explorer(learner, measure)
    restart_the_kernel(learner)
    come_back(lab, sit_down, measure)
    find_the_work_in_a_newer_lesson(lab, sit_down, measure)


def begin(lab, sit_down, measure, how):
    """Run `gradlab lab`, open the address that it prints, and wait for the page."""
    learner = sit_down()
    start = time.perf_counter()
    url, said = lab.open()
    learner.open(url)
    measure(f"`gradlab lab` to first cell, {how}", learner.came_up - start, 6, "s")
    learner.settle()
    return learner, said


def arrive(lab, sit_down, measure):
    learner, said = begin(lab, sit_down, measure, "first time")
    assert said[0] == f"{lab.notebook.name}: new, in ~/work"
    return learner


def run_it_unsolved(learner):
    learner.run_all()
    assert learner.failures() == []
    for exercise in ("E1", "E2", "E3", "E4", "E5", "E6"):
        assert f"{exercise} not done yet." in learner.shown(f"07-{exercise}-check")
    assert "0 of 6 exercises passed" in learner.shown("07-progress")


def predict_wrongly(learner):
    learner.edit("07-P1")
    learner.keys.press("End")
    for _ in "...)":
        learner.keys.press("Backspace")
    learner.keys.type('"error")')
    said = learner.run("07-P1")
    assert "P1: it is [11, 12, 13]. You said an error." in said
    assert MISTAKEN in said
    assert f"Cell {learner.prompt('07-P1').strip('[]:')} answered" in said


def line_up_on_the_left(learner):
    learner.edit("07-E1")
    learner.keys.press("Control+End")
    learner.keys.press("Shift+ArrowUp")
    learner.keys.press("Shift+Home")
    learner.write(LEFT_ALIGNED)
    assert learner.source("07-E1").endswith(LEFT_ALIGNED)
    learner.run("07-E1")
    said = learner.run("07-E1-check")
    assert "Your code lines the shapes up on the left: (4, 3) with (4,)" in said
    assert "Hint 1" in said
    row = learner.cell("07-E1-check").locator(".gl-rows td").first
    expect(row).to_have_css("text-align", "left")  # JupyterLab's own rule says right


def mend_it(learner):
    learner.edit("07-E1")
    learner.keys.press("Control+End")
    learner.keys.press("ArrowLeft")
    learner.keys.type("[::-1]")
    learner.keys.press("Control+Home")
    for _ in range(4):  # to the line that pairs the sizes
        learner.keys.press("ArrowDown")
    learner.keys.press("End")
    learner.keys.press("Enter")
    learner.keys.type(MENDED)
    learner.run("07-E1")
    assert learner.run("07-E1-check").startswith("E1 passed: ")
    see_progress(learner)


def see_progress(learner):
    said = learner.run("07-start")
    assert "1 of 6 exercises passed (core: 1 of 4)." in said
    assert re.search(r"E1 core passed \w+ \d\d:\d\d", said)
    assert "Questions answered: 1 of 13." in said


def move_the_explorer(learner, measure):
    learner.go_to("07-explorer")
    learner.tab_to(".widget-text input")
    title = learner.cell("07-explorer").locator("svg > title")
    assert title.text_content() == "a (2, 3) + b (2, 1)"
    learner.keys.press("Control+A")
    learner.keys.type("3 1")
    expect(title).to_have_text("a (3, 1) + b (2, 1)")
    samples = learner.times_of(["Backspace", "2", "Backspace", "4"] * 3)
    measure("explorer, key to picture", median(samples), 50, "ms")
    learner.tab_to("[role=slider]")
    before = learner.drawn("07-explorer")
    learner.times_of(["ArrowLeft"])
    assert learner.drawn("07-explorer") != before


def restart_the_kernel(learner):
    learner.restart_kernel()
    said = learner.run("07-E1-check")
    assert learner.prompt("07-E1-check") == "[1]:"
    assert said.startswith("shape_broadcast is not defined in this kernel.")
    assert "Last passed: " in said
    assert learner.shown("07-explorer").startswith("These controls ended with")
    learner.save()


def come_back(lab, sit_down, measure):
    """The page was closed, the server was not: the second start shows it again."""
    learner, said = begin(lab, sit_down, measure, "reopening")
    assert said[0].startswith("JupyterLab already runs for ~/work: http://127.0.0.1:")
    assert learner.where() == "07-P10-text"
    learner.run("07-E1")
    assert learner.run("07-E1-check").startswith("E1 passed: ")
    learner.save()


def find_the_work_in_a_newer_lesson(lab, sit_down, measure):
    sit_down()
    lab.stop()
    before = lab.notebook.read_bytes()
    lab.improve("07-E1-text", NEWER)
    learner, said = begin(lab, sit_down, measure, "next time")
    assert re.fullmatch(
        rf"{lab.notebook.name}: 1 cell refreshed, your 1 answer and 1 prediction kept, "
        r"backup in ~/work/\.gradlab/backups/\d{4}-\d\d-\d\d-\d{6}(/\S+)?",
        said[0],
    )
    assert [copy.read_bytes() for copy in lab.backups()] == [before]
    assert learner.failures() == []
    assert NEWER in learner.cell("07-E1-text").inner_text()
    assert MENDED in learner.source("07-E1")
    assert learner.source("07-P1") == 'predict("07.P1", "error")'
    assert MISTAKEN in learner.shown("07-P1")
    see_progress(learner)


def test_cards_and_pictures_by_day_and_by_night(lab, sit_down, tmp_path):
    learner = sit_down()
    learner.open(lab.open()[0])
    learner.settle()
    learner.run_all()
    for theme in ("Light", "Dark"):
        learner.command(f"Use Theme: JupyterLab {theme}")
        chosen = f'body[data-jp-theme-name="JupyterLab {theme}"]'
        learner.page.wait_for_selector(chosen, state="attached")
        learner.page.screenshot(path=tmp_path / f"{theme}.png")
        seen = contrasts(learner.page)
        assert len(seen) > 100
        assert {word: ratio for word, ratio in seen.items() if ratio < ENOUGH} == {}
    learner.page.set_viewport_size({"width": 853, "height": 480})  # 150 % of 1280 x 720
    assert cut_off(learner.page) == []
