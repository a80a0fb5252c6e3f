"""A learner's way through two backwards of lesson 09, by keys alone."""

from __future__ import annotations

import base64
import html
import re
import time

import pytest
from playwright.sync_api import expect

from gradlab.exercises.lessons import load

pytestmark = pytest.mark.browser

SPREAD_AS_IT_CAME = """\
shape, kept = ctx.saved_values
        return d_out.expand(*shape)"""
DIMS_GIVEN_BACK = "return d_out.view(*kept).expand(*shape)"
WITHOUT_D_OUT = '''\
class Mul(Function):
    """x * y, and its way back."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return y, x'''
BY_D_OUT = "return d_out * y, d_out * x"


@pytest.fixture(scope="module")
def lesson():
    return "09"


def test_two_backwards_by_keys_alone(lab, sit_down, measure):
    learner = sit_down()
    start = time.perf_counter()
    learner.open(lab.open()[0])
    learner.settle()
    learner.run("09-start")
    return_what_came(learner)
    spread_it_as_it_came(learner)
    give_the_folded_dims_back(learner)
    forget_d_out(learner)
    multiply_by_d_out(learner)
    see_progress(learner)
    measure("two backwards of lesson 09", time.perf_counter() - start, 25, "s")
    fail_while_trying(learner)


def return_what_came(learner):
    """The d_out of a sum is smaller than its input, and the engine refuses it."""
    learner.edit("09-E5")
    learner.keys.press("Control+End")
    learner.keys.press("Shift+ArrowUp")
    learner.keys.press("Shift+Home")
    learner.write("return d_out")
    said = judged(learner, "09-E5")
    assert "Sum.backward returned shape (1,) for input 1 of shape (1, 3)." in said
    assert "spread d_out over them again" in said


def spread_it_as_it_came(learner):
    last_line(learner, "09-E5", SPREAD_AS_IT_CAME)
    assert sentence("09-E5", "lined up on the right") in judged(learner, "09-E5")
    words = seen_picture(learner, "09-E5-check")
    assert words.startswith("The way back through Sum. The gradient of x: ")
    assert "Your answer equals: lined up on the right." in words
    assert "2 of 4 cells are wrong (hatched); the first is outlined." in words
    assert "yours[0,0] = 10, yours[0,1] = 20" in words
    assert "right[0,0] = 10, right[0,1] = 10" in words


def give_the_folded_dims_back(learner):
    last_line(learner, "09-E5", DIMS_GIVEN_BACK)
    assert judged(learner, "09-E5").startswith("E5 passed: ")


def forget_d_out(learner):
    learner.edit("09-E3")
    learner.keys.press("Control+A")
    learner.write(WITHOUT_D_OUT)
    assert learner.source("09-E3") == WITHOUT_D_OUT
    assert sentence("09-E3", "forgot d_out") in judged(learner, "09-E3")
    words = seen_picture(learner, "09-E3-check")
    assert words.startswith("The way back through Mul. The gradient of x: ")
    assert words.count("Your answer equals: forgot d_out.") == 2
    assert "The gradient of y: " in words


def multiply_by_d_out(learner):
    last_line(learner, "09-E3", BY_D_OUT)
    assert judged(learner, "09-E3").startswith("E3 passed: ")


def see_progress(learner):
    said = learner.run("09-start")
    assert re.search(r"\b2 of \d+ exercises passed \(core: 2 of \d+\)\.", said)
    assert re.search(r"E3 core passed \w+ \d\d:\d\d", said)
    assert re.search(r"E5 core passed \w+ \d\d:\d\d", said)
    assert learner.failures() == []


def fail_while_trying(learner):
    """An error where a learner tries things out does not end Run All."""
    learner.edit("09-E1-scratch")
    learner.keys.press("Control+A")
    learner.write("1 / 0")
    learner.run_all()
    assert "ZeroDivisionError" in learner.shown("09-E1-scratch")
    assert "2 of 14 exercises passed" in learner.shown("09-progress")


def last_line(learner, cell, text):
    """Write over the last line of a cell, from its first letter on."""
    learner.edit(cell)
    learner.keys.press("Control+End")
    learner.keys.press("Shift+Home")
    learner.write(text)


def judged(learner, cell):
    """Run an answer and its check; return what the check says."""
    learner.run(cell)
    assert learner.failures() == []
    return learner.run(f"{cell}-check")


def sentence(cell, rule):
    """What the check says to those who follow a wrong rule."""
    (exercise,) = (
        each for each in load("09").exercises if each.id == cell.replace("-", ".")
    )
    (found,) = (each for each in exercise.rules if each.name == rule)
    return found.sentence


def seen_picture(learner, cell):
    """Return the words of a card's picture; it is drawn, and carries them itself."""
    picture = learner.cell(cell).locator("img:visible")
    expect(picture).to_have_count(1)
    drawn = picture.evaluate("image => image.complete && image.naturalWidth")
    assert drawn > 200
    kind, _, data = picture.get_attribute("src").partition(";base64,")
    assert kind == "data:image/svg+xml"
    words = picture.get_attribute("alt")
    svg = html.unescape(base64.b64decode(data).decode())
    assert [each for each in words.split(". ") if each.rstrip(".") not in svg] == []
    return words
