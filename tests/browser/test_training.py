"""A training in JupyterLab: its picture grows without flicker, and stays."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from statistics import median

import pytest

from tests.browser.learner import CELLS, Learner
from tests.browser.pictures import write_cells

pytestmark = pytest.mark.browser

HEAD = """\
import time
import gradlab.visualization as viz
from gradlab.datasets import xor
from gradlab.optim import SGD
from gradlab.tensors.losses import bce_with_logits
from gradlab.visualization.gallery.trainings import network

def train(epochs):
    model, data, history = network(2, 8, 1), xor(60, seed=1), viz.History()
    optimizer = SGD(model.parameters(), lr=1.0)
    for epoch in viz.training(epochs, history):
        optimizer.zero_grad()
        loss = bce_with_logits(model(data.x).view(-1), data.y)
        loss.backward()
        history.record(loss, model=model)
        optimizer.step()
        time.sleep(0.01)"""
SOURCES = {"head": HEAD, "whole": "train(200)", "endless": "train(10**6)"}

# From the first picture on: how high the output is in every frame that is painted,
# whether a picture is in it, and when a picture comes in.
WATCH = f"""place => {{
  const cell = {CELLS}[place], seen = window.seen = {{heights: [], bare: 0, times: []}};
  const drawn = 'svg[role=img]';
  const holds = node => node.matches?.(drawn) || node.querySelector?.(drawn);
  new MutationObserver(changes => {{
    if (changes.some(each => [...each.addedNodes].some(holds)))
      seen.times.push(performance.now());
  }}).observe(cell, {{subtree: true, childList: true}});
  (function look() {{
    if (seen.times.length) {{
      seen.heights.push(cell.querySelector('.jp-OutputArea').offsetHeight);
      seen.bare += !cell.querySelector(drawn);
    }}
    requestAnimationFrame(look); }})(); }}"""


@pytest.fixture
def learner(lab, sit_down) -> Learner:
    """A learner before the notebook, with all but the trainings run."""
    url, _ = lab.open()
    notebook = lab.workspace / "training.ipynb"
    write_cells(notebook, SOURCES)
    learner = sit_down()
    learner.notebook = notebook
    learner.open(re.sub(r"[^/]+\.ipynb[^?]*", notebook.name, url.partition("#")[0]))
    learner.settle()
    learner.run("head")
    return learner


def test_a_picture_of_a_training_grows_without_flicker_and_stays(learner, measure):
    watch(learner, "whole")
    said = learner.run("whole")
    seen = learner.page.evaluate("() => window.seen")
    assert len(seen["times"]) > 5
    assert seen["bare"] == 0
    assert min(seen["heights"]) > 0.8 * max(seen["heights"])
    assert len(list(groupby(seen["heights"]))) <= 4  # one line more of words, or two
    between = median(b - a for a, b in pairwise(seen["times"]))
    measure("pictures of a training", 1000 / between, 5.5, "a second")
    assert between > 150
    assert "200 epochs in" in said
    stays(learner, "whole")
    assert learner.failures() == []
    leave_it_halfway(learner)


def leave_it_halfway(learner):
    """I I in command mode leaves a picture, and says how far it came."""
    watch(learner, "endless")
    learner.keys.press("Shift+Enter")
    learner.page.wait_for_function("() => window.seen.times.length > 3", timeout=10_000)
    learner.leave()
    learner.keys.press("i")
    learner.keys.press("i")
    error = learner.cell("endless").locator('[data-mime-type*="stderr"]')
    error.wait_for(timeout=5_000)
    assert "KeyboardInterrupt" in error.inner_text()
    assert re.search(
        r"stopped after \d+ of 1000000 epochs in [\d.]+ s, loss 0\.\d+",
        learner.shown("endless"),
    )
    stays(learner, "endless")


def watch(learner, cell):
    learner.go_to(cell)
    learner.page.evaluate(WATCH, learner.ids().index(cell))


def stays(learner, cell):
    """One picture is left, without a bar, and nothing comes in any more."""
    output = learner.cell(cell).locator(".jp-OutputArea")
    assert output.locator("svg[role=img]").count() == 1
    assert output.locator("progress").count() == 0
    before = output.inner_html()
    learner.page.wait_for_timeout(500)
    assert output.inner_html() == before
