"""Questions ask first; an answer reveals the result and what a wrong one assumed."""

import json

import numpy as np
import pytest

from gradlab.exercises import predict
from gradlab.exercises.answers import UnreadableError, read_answer


def stored(workspace):
    file = workspace / ".gradlab" / "progress.json"
    return json.loads(file.read_text())["predictions"] if file.exists() else {}


@pytest.mark.parametrize("given", [(...,), ()])
def test_dots_ask_and_reveal_nothing(given, workspace):
    shown = predict("99.P1", *given)
    assert shown.text.startswith("P1: (2, 1) + (3,): what is it?")
    for told in ("(2, 1, 3)", "joined", "added the numbers", "drawing"):
        assert told not in shown.html + shown.text
    assert stored(workspace) == {}


@pytest.mark.parametrize(
    ("given", "like", "read"),
    [
        *((True, "no", "yes"), (np.True_, "no", "yes"), ("N", "yes", "no")),
        *(("a zip", "map", "zip"), ("none", 3, 0), ("none of them", (2,), "error")),
    ],
)
def test_an_answer_in_a_word_is_read(given, like, read):
    assert read_answer(given, like=like) == read


def test_a_right_answer_reveals_and_is_stored(workspace):
    shown = predict("99.P1", (2, 1, 3))
    assert shown.text.startswith("P1: (2, 1, 3), as you said.")
    assert "Tuples are joined." in shown.text
    assert 'alt="a drawing of (2, 1, 3)"' in shown.html
    assert stored(workspace)["99.P1"]["answer"] == "(2, 1, 3)"


def test_a_wrong_answer_is_told_what_it_assumed(workspace):
    shown = predict("99.P1", "5, 1")
    assert shown.text.startswith("P1: it is (2, 1, 3). You said (5, 1).")
    assert "You added the numbers." in shown.text
    assert "You added" not in predict("99.P1", (7,)).text
    assert stored(workspace)["99.P1"]["answer"] == "(7,)"


def test_an_answer_that_raises_is_an_error_and_an_error_may_be_wrong():
    assert predict("99.P2", "X").text.startswith("P2: an error, as you said.")
    assert "You thought of sets." in predict("99.P1", "error").text


def test_an_unreadable_answer_gets_a_sentence_and_is_not_stored(workspace):
    shown = predict("99.P1", "three by <b>two</b>")
    assert shown.text.startswith(
        "I cannot read 'three by <b>two</b>'. Write a shape like"
    )
    assert "<b>two" not in shown.html
    assert "(2, 1, 3)" not in shown.html
    assert stored(workspace) == {}


def test_an_unknown_question_suggests_a_near_one():
    assert "Did you mean 99.P1?" in predict("99.P11", 3).text


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ((4, 3), (4, 3)),
        ("(4, 3)", (4, 3)),
        ("4,3", (4, 3)),
        ("4 3", (4, 3)),
        ("4x3", (4, 3)),
        ("shape (4, 3)", (4, 3)),
        ([11, 12, 13], (11, 12, 13)),
        ("[11, 12, 13]", (11, 12, 13)),
        ("tensor([11., 12., 13.])", (11, 12, 13)),
        (np.array([11.0, 12.0]), (11, 12)),
        ("error", "error"),
        (" X ", "error"),
        ("An error.", "error"),
        (ValueError, "error"),
        (ValueError("clash"), "error"),
        ("(1,)", (1,)),
        ("()", ()),
        (3, 3),
        ("3", 3),
        (2.5, 2.5),
        ("a[2,0], b[0,1]", ((2, 0), (0, 1))),
        ("(2, 0) and (0, 1)", ((2, 0), (0, 1))),
        (((2, 0), [0, 1]), ((2, 0), (0, 1))),
    ],
)
def test_answers_are_read_however_they_are_written(given, read):
    assert read_answer(given) == read


@pytest.mark.parametrize("given", ["2,000", "2 000", "2_000", 2000, 2000.0, "2000"])
def test_a_number_is_read_with_or_without_its_comma(given):
    assert read_answer(given, like=2000) == 2000


@pytest.mark.parametrize(
    "given", ["three", "", "__import__('os')", {1}, None, True, "(((("]
)
def test_what_cannot_be_read_is_refused(given):
    with pytest.raises(UnreadableError, match="I cannot read"):
        read_answer(given)


def test_a_comma_in_a_typed_number_is_explained():
    assert "without a comma" in predict("99.P3", 2, 0).text


def test_a_picture_that_fails_hides_no_answer(monkeypatch):
    from gradlab.exercises.lessons import load

    question = load("99").prediction("P1")
    object.__setattr__(question, "picture", lambda: 1 / 0)
    assert "Tuples are joined." in predict("99.P1", (2, 1, 3)).text
