"""Every state of a card: its first line, and what stands below it."""

import re
from html.parser import HTMLParser

import pytest

from gradlab.exercises.checking import check_in
from tests.exercises.conftest import RIGHT, answer, typed, verdict_on

WRONG = answer("if not a and not b: raise ValueError\nreturn max(a, b)")


class Balanced(HTMLParser):
    """Fails on a tag that is not closed, or closed out of order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def folds(html):
    return re.findall(r"<summary>(.*?)</summary>", html)


STATES = {
    "not done": (
        answer('"""Doc."""\nraise NotImplementedError()'),
        "E1 not done yet. 4 probes wait.",
    ),
    "raised": (
        answer("c = a + b\nreturn c[7]"),
        "Your function raised IndexError at `longer((1, 2), (3,))`, line 3: tuple "
        "index out of range.",
    ),
    "wrong type": (answer("return [1, 2]"), "[1, 2] is a list; return a tuple."),
    "wrong": (answer("return a"), "1 of 4 pass. First that fails:"),
    "borrowed": (
        "from statistics import mode as longer",
        "Right values, but statistics's `mode` did the work. Write the comparison "
        "yourself.",
    ),
    "passed": (RIGHT, "E1 passed: 4 of 4. Hidden at grading: 2 points more."),
    "printed": (
        answer("print('so:')\nprint(a)"),
        "Your function printed `(1, 2)` and returned None; return a tuple.",
    ),
    "generator": (
        answer("yield a"),
        "Your function returned a generator; return a tuple.",
    ),
    "exited": (
        answer("raise SystemExit"),
        "`longer((1, 2), (3,))` tried to leave Python. A function returns a value "
        "instead.",
    ),
    "asked": (
        answer("return input('which? ')"),
        "`longer((1, 2), (3,))` called input(). A check cannot type: use the arguments "
        "instead.",
    ),
    "unknown": (
        "shorter = 3",
        "`longer` is not defined in this kernel. Run the cell above; after a restart "
        "every cell must be run again.",
    ),
}


@pytest.mark.parametrize("state", STATES)
def test_first_line_of_every_state(state):
    source, line = STATES[state]
    verdict = verdict_on(source)
    assert verdict.first_line == line
    assert verdict.state == {"printed": "wrong type", "generator": "wrong type"}.get(
        state, state
    )
    assert verdict.text.startswith(line + "\n")
    assert verdict.passed == (state == "passed")
    Balanced().feed(verdict.html)
    assert "<script" not in verdict.html
    assert re.search(r"Checked \w{3} \d\d \w{3} \d{4}, \d\d:\d\d\.", verdict.html)
    assert "Saved? Ctrl+S." in verdict.html


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Shapes clash." + " Look." * 40, "Shapes clash."),
        ("long " * 40 + ". Look.", "long " * 29 + "long …"),
    ],
)
def test_a_long_message_is_cut_at_its_first_sentence_or_shown_as_cut(message, said):
    verdict = verdict_on(answer(f"raise RuntimeError({message!r})"))
    assert verdict.first_line.endswith(f": {said}"), verdict.first_line


@pytest.mark.parametrize(
    "body", ["pass", "...", '"""Doc."""', "raise NotImplementedError"]
)
def test_every_empty_body_is_not_done(body):
    assert verdict_on(answer(body)).state == "not done"


def test_a_forgotten_raise_is_named_with_its_line():
    verdict = verdict_on(answer("c = len(a)\nraise NotImplementedError()"))
    assert verdict.state == "not done"
    assert "runs into raise NotImplementedError, line 3" in verdict.text.replace(
        "`", ""
    )


def test_nothing_about_the_stub_is_counted(workspace):
    verdict_on(STATES["not done"][0])
    assert not (workspace / ".gradlab" / "progress.json").exists()


def test_a_name_that_is_no_function():
    verdict = verdict_on("longer = 5")
    assert "`longer` is not a function here but of type int." in verdict.first_line


def test_name_unknown_says_when_it_passed_last():
    verdict_on(RIGHT)
    line = verdict_on("").first_line
    assert re.search(r"\(Last passed: \w{3} \d\d:\d\d\.\)$", line)


def test_passed_code_checked_again_passes_again():
    names = typed(RIGHT)
    assert [check_in(names, "99.E1").state for _ in "ab"] == ["passed", "passed"]


def test_wrong_value_shows_call_shapes_diagnosis_picture_probes_and_hints():
    verdict = verdict_on(WRONG)
    assert verdict.state == "wrong"
    for text in (
        "longer((1, 2), (3,))",
        "expected",
        "Your code compares what is in the tuples: (1, 2) with (3,) gave (3,).",
        'alt="a drawing of (3,) by value"',
        "data:image/svg+xml;base64,",
    ):
        assert text in verdict.html
    assert folds(verdict.html) == [
        "Compare",
        "All 4 probes",
        "Hint 1: where to look",
        "Hint 2: the idea",
        "Hint 3: a neighbour, worked out",
    ]
    assert verdict.html.index("Which came back?") < verdict.html.index("Length is not")


def test_the_right_picture_stands_only_behind_compare():
    html = verdict_on(WRONG).html
    fold = html.index("<summary>Compare")
    assert "a drawing of (1, 2)" not in html[:fold]
    assert "a drawing of (1, 2)" in html[fold:]


def test_passed_card_shows_other_ways_never_full_marks():
    verdict = verdict_on(RIGHT)
    assert "full marks" not in verdict.html.lower()
    assert "Two other right ways" in folds(verdict.html)
    assert "def longer(a, b):" in verdict.html
    assert "by_max" not in verdict.html
    assert "Both ask for the length." in verdict.html
    assert "Next: E2." in verdict.text


def test_of_three_ways_the_learners_own_is_left_out():
    verdict = verdict_on(
        answer(
            "if a or b:\n    return max(a, b, key=len)\n"
            "raise ValueError('both are empty')"
        )
    )
    assert "One other right way" in folds(verdict.html)
    assert "sort, take last" in verdict.html


def test_a_picture_that_fails_breaks_no_verdict(monkeypatch):
    source = "calls = []\n" + answer(
        "calls.append(1)\nif len(calls) > 4:\n    raise MemoryError\n"
        "if not a and not b:\n    raise ValueError('both')\n"
        "return a if len(a) > len(b) else b"
    )
    verdict = verdict_on(source)
    assert verdict.state == "passed"
    assert "<img" not in verdict.html


def test_what_a_learner_writes_is_escaped_everywhere():
    nasty = "<img src=x onerror=alert(1)>"
    bodies = (
        f"print('{nasty}')\nreturn a",
        f"raise ValueError('{nasty}')",
        f"return '{nasty}'",
        f"return type('T', (), {{'__repr__': lambda self: '{nasty}'}})()",
        f"return missing('{nasty}')",
    )
    for body in bodies:
        verdict = verdict_on(answer(body))
        assert "<img src=x" not in verdict.html
        assert "onerror" in verdict.html


@pytest.mark.parametrize("times", [3, 100])
def test_the_words_of_an_error_stand_once_and_whole(times):
    text = verdict_on(answer(f"raise KeyError('no ' * {times})")).text
    assert text.count("no " * times) == 1
    assert "yours     KeyError" in text


def test_an_error_in_the_place_of_another_is_told_beside_what_is_asked():
    text = verdict_on(RIGHT.replace("ValueError('both')", "KeyError('both are')")).text
    assert "KeyError: 'both are'" in text


def test_an_error_that_is_right_counts_once_a_value_is():
    text = verdict_on(answer("raise ValueError(a)")).text
    assert "longer((), ()): raised, as asked; counts once a value is right" in text


def test_every_card_works_without_ipython_and_prints_itself(capsys):
    from gradlab.exercises import check

    assert check("99.E1").state == "unknown"
    assert capsys.readouterr().out.startswith("`longer` is not defined")


def test_unknown_exercise_suggests_a_near_one():
    verdict = verdict_on("", "99.E11")
    assert verdict.first_line == (
        'There is no exercise "99.E11". Did you mean 99.E1? Lesson 99 has E1, E2, E3.'
    )
    assert "no lesson" in verdict_on("", "98.E1").first_line
    assert verdict_on("", "").state == "no such exercise"


def test_a_check_that_fails_itself_does_not_blame_the_learner(workspace, monkeypatch):
    checks = workspace / "checks"
    checks.mkdir()
    (checks / "lesson_99.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.setenv("GRADLAB_LESSONS", str(workspace))
    verdict = verdict_on(RIGHT)
    assert verdict.state == "broken"
    assert re.fullmatch(
        r"gradlab's check failed, not your code: please report 99\.E1, \d+\.\d+.*",
        verdict.first_line,
    )
    assert "ZeroDivisionError" in verdict.html
