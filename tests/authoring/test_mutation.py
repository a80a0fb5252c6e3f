import re
from dataclasses import replace

import numpy as np
import pytest

from gradlab.authoring.mutation import Tally, Trial, mutants, mutate
from gradlab.authoring.reference import stirred
from gradlab.exercises.probes import ScalarSpec, TensorSpec


def trial(lesson):
    draft = lesson.draft()
    return Trial(draft, draft.exercises[0])


def fates(lesson):
    one = trial(lesson)
    found = [one.fate(mutant) for mutant in mutants(one.draft, one.exercise)]
    return {each.mutant.change.split(" in ")[0]: each for each in found}


def answer(lesson, *lines):
    marks = ["### BEGIN SOLUTION", *lines, "### END SOLUTION"]
    lesson.change(
        "E1", "\n".join(["def steps(v):", *(f"    {each}" for each in marks)])
    )


def test_a_mutant_that_a_wrong_rule_describes_is_named(lesson):
    found = fates(lesson)["`b - a` -> `b + a`"]
    assert (found.end, found.said) == ("named", "added")


def test_a_mutant_that_returns_nothing_is_named_by_a_general_rule(lesson):
    found = fates(lesson)["dropped `return [b - a for b, a"]
    assert (found.end, found.said) == ("general", "nothing returned")


def test_a_mutant_that_raises_is_told(lesson):
    answer(lesson, "return [v[i + 1] - v[i] for i in range(len(v) - 1)]")
    found = fates(lesson)["`len(v) - 1` -> `len(v) + 1`"]
    assert (found.end, found.said) == ("told", "raised")


def test_a_mutant_that_never_ends_is_stopped(lesson):
    body = "    out.append(v[i] - v[i - 1])", "    i += 1"
    answer(lesson, "i, out = 1, []", "while i < len(v):", *body, "return out")
    found = fates(lesson)["dropped `i += 1`"]
    assert (found.end, found.said) == ("told", "timeout")


def test_without_a_rule_it_is_a_bare_mismatch(lesson):
    lesson.replace(
        '    Rule("added", added, "Your code adds neighbours: {v} gave {got}."),\n', ""
    )
    assert fates(lesson)["`b - a` -> `b + a`"].end == "bare"


def test_a_mutant_that_does_the_same_is_equal(lesson):
    answer(lesson, "n = len(v)", "return [v[i] - v[i - 1] for i in range(1, n)]")
    answer(
        lesson, "if len(v) < 2: return []", "return [b - a for b, a in zip(v[1:], v)]"
    )
    assert fates(lesson)["`len(v) < 2` -> `len(v) <= 2`"].end != "equal"
    assert fates(lesson)["dropped `if len(v) < 2:`"].end == "equal"
    assert fates(lesson)["`2` -> `1`"].end == "equal"


def test_a_mutant_that_no_probe_notices_is_missed_with_a_call_that_would(lesson):
    answer(
        lesson,
        "if len(v) == 2 and v[0] > 3: return [v[1] - v[0]]",
        "return [b - a for b, a in zip(v[1:], v)]",
    )
    found = fates(lesson)["`v[1] - v[0]` -> `v[1] + v[0]`"]
    assert found.end == "missed"
    assert re.fullmatch(r"steps\(\[\d, \d\]\)", found.said)


def test_right_variants_that_disagree_make_no_reference(lesson):
    """What one refuses and the other does not is not asked for by the task."""
    lesson.replace(
        "    out = []\n", '    if len(v) > 4: raise ValueError("long")\n    out = []\n'
    )
    cases = trial(lesson).reference.cases
    assert cases
    assert max(len(case.call.args[0]) for case in cases) <= 4


def test_a_lesson_in_two_processes(lesson):
    tally = mutate(lesson.draft())
    assert (tally.mutants, tally.caught, tally.count("equal")) == (5, 5, 0)
    assert list(tally.findings()) == []


def test_too_few_caught_and_too_few_named_are_findings(lesson):
    lesson.replace("    rules=RULES,\n", "")
    lesson.replace("([1, 4, 9, 16],), ", "")
    tally = Tally(tuple(fates(lesson).values()))
    assert (tally.count("named"), tally.count("general")) == (0, 1)
    share, finding = tally.findings()
    assert str(share).startswith("lesson 11: 1 of 5 mutants caught are named by a")
    assert finding.where == "11.E1"
    assert "`b - a` -> `b + a`" in finding.words
    assert finding.words.endswith("; and 1 more")
    missed = [replace(each, end="missed", said="steps([1])") for each in tally.fates]
    words = [each.words for each in Tally(tuple(missed)).findings()]
    assert len(words) == 5
    assert all(each.endswith("; steps([1]) would") for each in words)


def test_nothing_to_change_is_nothing_to_mend():
    assert list(Tally(()).findings()) == []


@pytest.mark.parametrize(
    "value",
    [True, 3, 2.5, (4, 3), [1.0, 2.0], np.ones((2, 3)), TensorSpec([[1.0, 2.0]])],
)
def test_a_stirred_value_is_of_its_kind(value):
    rng = np.random.default_rng(3)
    others = [stirred(value, rng) for _ in range(20)]
    assert {type(each) for each in others} == {type(value)}
    assert len({str(each) for each in others}) > 1


def test_what_a_scalar_is_called_stays():
    found = stirred(ScalarSpec(2.0, name="x"), np.random.default_rng(0))
    assert (found.name, found.requires_grad) == ("x", True)


def test_an_unfinished_solution_has_no_mutants(lesson):
    lesson.change("E1", "def steps(v:\n    ### BEGIN SOLUTION\n    ### END SOLUTION")
    draft = lesson.draft()
    assert mutants(draft, draft.exercises[0]) == []
