import io
from pathlib import Path

import pytest
from rich.console import Console

from gradlab.exercises.verdict import Verdict
from gradlab.workspace.checker import Checked
from gradlab.workspace.execution import Trouble
from gradlab.workspace.reports import checked_report
from gradlab.workspace.verdicts import score, state, verdicts_in, words


def verdict(state, first_line="", **rest):
    return Verdict("", "", "99.E1", state, first_line, **rest)


def test_the_first_failure_and_the_diagnosis_in_one_line():
    said = "3 of 5 pass. First that fails:"
    wrong = verdict("wrong", said, call="double(3)", sentence="Your code squares.")
    assert words(wrong) == f"wrong: {said} double(3). Your code squares."


def test_the_state_is_not_said_twice():
    slow = verdict("too slow", "Too slow: double(3).")
    assert words(slow) == "Too slow: double(3)."
    assert words(verdict("unknown", "f is not defined.")).startswith("not defined: ")


def test_a_terminal_gets_no_control_characters():
    assert words(verdict("wrong", "\x1b[2Jno\x07\nnot")) == "wrong: [2Jno not"
    assert state(verdict("\x1b[2J")) == "[2J"


def test_hidden_points_are_told_apart():
    assert score(verdict("passed", points=3, max_points=5, hidden_points=2)) == (
        "3 of 3, 2 hidden"
    )
    assert score(verdict("wrong", points=0.5, max_points=2)) == "0.5 of 2"


def cell(**facts):
    output = {"metadata": {"gradlab": facts}, "data": {"text/plain": "a card"}}
    return {"outputs": [{"output_type": "stream"}, output]}


def test_verdicts_are_read_from_outputs():
    (found,) = verdicts_in(cell(exercise="99.E1", state="passed", points=2))
    assert (found.exercise, found.passed, found.points) == ("99.E1", True, 2.0)


@pytest.mark.parametrize("facts", [{}, {"exercise": "99.E1", "points": "many"}])
def test_what_is_no_verdict_is_passed_over(facts):
    assert list(verdicts_in(cell(**facts))) == []


def shown(*verdicts, unchecked=(), troubles=()):
    checked = Checked(Path("a.ipynb"), verdicts, unchecked, troubles)
    out = Console(file=io.StringIO(), width=60)
    out.print(checked_report(checked))
    return out.file.getvalue()


def test_the_report_has_a_line_an_exercise_and_the_rest_below():
    long = "It " + "goes on and " * 10 + "on."
    said = shown(
        verdict("passed"),
        verdict("wrong", long),
        unchecked=[Trouble("99-E2-check", "did not finish in 2 s")],
        troubles=[Trouble("note", "NameError: x")],
    )
    rows = [line.split() for line in said.splitlines()]
    assert (rows[2][0], rows[2][-1]) == ("99.E1", "passed")
    assert (rows[3][0], rows[3][-1]) == ("99.E1", "wrong")
    assert rows[4] == ["99.E2", "no", "verdict"]
    assert " ".join(rows[5][:3]) == "99.E1: It goes"
    assert "99.E2: did not finish in 2 s\ncell note: NameError: x\n" in said
    assert said.endswith("1 of 3 exercises passed.\n")
