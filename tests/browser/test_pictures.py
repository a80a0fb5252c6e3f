"""Every player and explorer in JupyterLab: by keys alone, for every eye and ear."""

from __future__ import annotations

import re
from statistics import median

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from gradlab.visualization.gallery.catalogue import CATALOGUE
from tests.browser.learner import Learner
from tests.browser.pictures import EXPLORERS, players, write

pytestmark = pytest.mark.browser

STEPS = {entry.key: entry.medium().steps for entry in CATALOGUE}


@pytest.fixture
def learner(lab, sit_down) -> Learner:
    """A learner before the notebook of pictures, with all of it run."""
    url, _ = lab.open()
    notebook = lab.workspace / "pictures.ipynb"
    write(notebook)
    learner = sit_down()
    learner.notebook = notebook
    learner.open(re.sub(r"[^/]+\.ipynb[^?]*", notebook.name, url.partition("#")[0]))
    learner.settle()
    learner.run_all()
    assert learner.failures() == []
    return learner


def test_every_player_and_explorer_by_keys_alone(learner, measure):
    times = [step_through(learner, cell) for cell in players() if STEPS[cell] > 1]
    measure("player, key to picture", median(times), 50, "ms")
    choose_a_cell(learner)
    for name, explorer in EXPLORERS.items():
        work(learner, name, explorer, measure)
    assert learner.failures() == []


def step_through(learner, cell):
    learner.go_to(cell)
    learner.tab_to(".gradlab-player")
    before = learner.drawn(cell)
    (time,) = learner.times_of(["ArrowRight"])
    assert learner.drawn(cell) != before
    return time


def choose_a_cell(learner):
    learner.go_to("p27-gradient-flow")
    learner.tab_to("select")
    output = learner.cell("p27-gradient-flow")
    told = output.locator(".gradlab-sum")
    before = told.inner_text()
    learner.keys.press("ArrowDown")
    expect(told).not_to_have_text(before)
    assert output.locator(".gradlab-lit").count() > 0


def work(learner, name, explorer, measure):
    learner.go_to(name)
    learner.tab_to(explorer.control)
    before = learner.drawn(name)
    times = learner.times_of([explorer.key])
    assert learner.drawn(name) != before
    times += learner.times_of([explorer.back, explorer.key] * 4)
    measure(f"{name} explorer, key to picture", median(times), 50, "ms")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_to_mend(learner, theme, measure):
    learner.command(f"Use Theme: JupyterLab {theme}")
    chosen = f'body[data-jp-theme-name="JupyterLab {theme}"]'
    learner.page.wait_for_selector(chosen, state="attached")
    found = violations(learner.page)
    measure(f"axe-core, {theme.lower()} theme", len(found), 0, "violations")
    assert found == []


def violations(page):
    """What axe-core has to say about pictures, players and explorers."""
    result = Axe().run(page, context={"include": [[".jp-OutputArea-output"]]})
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in result.response["violations"]
        for node in each["nodes"]
    ]
