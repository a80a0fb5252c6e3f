"""What the cards of lesson 04 say of errors, and of code that a rule nearly fits."""

import math

import pytest

from gradlab import ScalarFunction
from gradlab.exercises.checking import check_in
from gradlab.exercises.lessons import load
from tests.exercises.conftest import typed

LESSON = load("04")


def verdict_on(label, right, slip):
    """Return the verdict on the first right way with one part of it replaced."""
    exercise = LESSON.exercise(label)
    source = exercise.source_of(exercise.variants[0].fn)
    assert source.count(right) == 1
    source = source.replace(right, slip)
    names = typed(source, {"math": math, "ScalarFunction": ScalarFunction})
    sources = {exercise.name: source}
    return check_in(names, exercise.id, sources=sources, remember=False)


SLIPS = {
    "a tuple as a number": (
        "E2",
        "(y,) = ctx.saved_values",
        "y = ctx.saved_values",
        "computes with a tuple as if it were a number",
    ),
    "a tuple called": ("E1", "saved_values", "saved_values()", "calls a tuple"),
    "nothing saved": (
        "E4",
        "        ctx.save_for_backward(x)\n",
        "",
        "what the last `ctx.save_for_backward` was given",
    ),
    "a power in other words": ("E11", "x**3", "x ^ 3", "`^` is no power"),
    "saved by setting it": (
        "E4",
        "ctx.save_for_backward(x)",
        "ctx.saved_values = (x,)",
        "`ctx.saved_values` is for reading",
    ),
    "a name of forward's": ("E5", "(x,) = ctx.saved_values", "", "its own variables"),
    "one number for two": ("E1", "* y, d_out", "* y + d_out", "sends back two numbers"),
    "a number as a tuple": (
        "E8",
        "    if not isinstance(gradients, tuple):\n        gradients = (gradients,)\n",
        "",
        "takes it for a tuple",
    ),
    "None added to": (
        "E9",
        "(node.derivative or 0.0)",
        "node.derivative",
        "None until",
    ),
    "no first part": ("E9", "gradients.get(source, 0.0)", "gradients[source]", "dict"),
}


@pytest.mark.parametrize(
    ("label", "right", "slip", "words"), SLIPS.values(), ids=list(SLIPS)
)
def test_a_slip_that_raises_is_told_in_the_words_of_the_lesson(
    label, right, slip, words
):
    verdict = verdict_on(label, right, slip)
    assert words in verdict.sentence
    assert "the speed at which" not in verdict.text


def test_a_square_on_the_wrong_side_is_not_said_to_have_saved_the_output():
    verdict = verdict_on("E4", "-d_out / x**2", "-d_out * x**2")
    assert "-d_out times x²" in verdict.sentence
    assert "Your forward saves" not in verdict.text


def test_code_that_empties_results_only_has_emptied_no_leaf():
    verdict = verdict_on("E10", "node.derivative = None", "node.is_leaf or None")
    assert "Every leaf holds the derivative that it held" in verdict.sentence


def test_a_gate_that_is_open_just_below_0_is_found():
    verdict = verdict_on("E3", "return x if x > 0", "return x if x > -1")
    assert "The line is flat there" in verdict.sentence


UNTRUE = {
    "a tuple out of forward": ("E1", "return x * y", "return x, y"),
    "a key": (
        "E2",
        "(y,) = ctx.saved_values",
        'y = ctx.saved_values["y"]',
    ),
}


@pytest.mark.parametrize(("label", "right", "slip"), UNTRUE.values(), ids=list(UNTRUE))
def test_a_tuple_in_an_error_is_not_always_one_that_was_computed_with(
    label, right, slip
):
    text = verdict_on(label, right, slip).text
    assert "raised TypeError" in text
    assert "computes with a tuple" not in text


def test_what_append_returns_is_no_missing_history():
    exercise = LESSON.exercise("E8")
    slip = next(w.fn for w in exercise.wrong if w.name == "takes what append returns")
    names = {exercise.name: slip}
    verdict = check_in(names, exercise.id, remember=False)
    assert "has no attribute 'append'" in verdict.text
    assert "A leaf has no history" not in verdict.text
