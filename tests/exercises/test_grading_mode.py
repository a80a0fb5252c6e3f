"""At grading hidden probes run as well, and tell nothing but their sentence."""

from gradlab.exercises import callers
from tests.exercises.conftest import RIGHT, answer, verdict_on

LEAKY = answer(
    "if b == (0,) * 3 and len(a) < 9:\n    raise KeyError(f'args {a} {b}')\n"
    + "\n".join(line[4:] for line in RIGHT.splitlines()[1:])
)


def test_hidden_probes_are_listed_by_name_points_and_verdict(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    verdict = verdict_on(RIGHT)
    assert (verdict.points, verdict.max_points, repr(verdict)) == (5.0, 5.0, "5.0")
    assert "random lengths" in verdict.html
    assert "2 of 2: passed (hidden)." in verdict.html


def test_a_hidden_probe_never_tells_values_errors_or_prints(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    source = answer(
        "if b == (0, 0, 0):\n    print('seen', a, b)\n"
        "    raise KeyError(('told', a, b))\n"
        "if not a and not b:\n    raise ValueError\n"
        "return a if len(a) > len(b) else b"
    )
    verdict = verdict_on(source)
    assert verdict.points == 3.0
    assert "With some lengths the shorter one came back." in verdict.html
    for told in ("told", "seen", "KeyError", "(0, 0, 0)"):
        assert told not in verdict.html


def test_a_hidden_probe_says_that_it_was_too_slow(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(callers, "SECONDS", 0.2)
    slow = RIGHT.replace("return a if", "while b == (0, 0, 0): pass\n    return a if")
    verdict = verdict_on(slow)
    assert verdict.points == 3.0
    assert "0 of 2: too slow (hidden): the time limit was reached." in verdict.html


def test_nothing_is_written_and_points_are_a_plain_number(monkeypatch, workspace):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for source in (RIGHT, LEAKY, answer("return a"), "", "longer = 3"):
        verdict = verdict_on(source)
        assert 0.0 <= float(repr(verdict)) <= 5.0
    assert list(workspace.iterdir()) == []
