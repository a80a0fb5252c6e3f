"""A wrong rule is named only if it is the learner's; borrowed code is noticed."""

import re
import sys
from dataclasses import replace

import pytest

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.diagnosis import confusions, diagnose
from gradlab.exercises.lessons import load
from gradlab.exercises.probes import Probe, Value, call
from gradlab.exercises.probing import earned, run_probes
from tests.exercises.conftest import RIGHT, answer, typed, verdict_on


@pytest.fixture
def longer():
    return load("99").exercise("E1")


def found(exercise, source):
    results = run_probes(exercise, LocalCaller(typed(source)))
    return diagnose(exercise, results)


def test_each_rule_is_named_for_its_own_code_and_for_nothing_else(longer):
    for rule in longer.rules:
        assert found(longer, longer.source_of(rule.fn)).rule is rule
    assert found(longer, RIGHT) is None


def test_a_sentence_is_filled_with_the_case_at_hand(longer):
    diagnosis = found(longer, longer.source_of(longer.rules[0].fn))
    assert diagnosis.sentence == (
        "Your code compares what is in the tuples: (1, 2) with (3,) gave (3,)."
    )
    assert diagnosis.case.probe.name == "(1, 2), (3,)"


def test_a_rule_that_misses_one_result_is_not_named(longer):
    almost = longer.source_of(longer.rules[0].fn).replace(
        "return max(a, b)", "return (9,) if a == (5,) else max(a, b)"
    )
    assert found(longer, almost) is None


def test_another_kind_of_error_is_not_the_same_result(longer):
    other = longer.source_of(longer.rules[0].fn).replace("ValueError", "TypeError")
    assert found(longer, other) is None


def test_a_rule_may_ask_for_words_of_the_error(longer):
    rule = replace(longer.rules[0], raising="^nothing to compare")
    other = longer.source_of(rule.fn)
    own = replace(longer, rules=(rule,))
    assert found(own, other) is None
    assert found(
        own, re.sub(r"ValueError\(.*\)", "ValueError('nothing to compare')", other)
    )


def test_an_assert_refuses_as_a_raise_does(longer):
    other = longer.source_of(longer.rules[0].fn)
    other = other.replace("ValueError", "AssertionError")
    assert found(longer, other).rule is longer.rules[0]


def test_a_sentence_may_hold_the_case_s_lengths(longer):
    counting = replace(longer.rules[0], sentence="{len_a} and {len_b}: {len_got}.")
    own = replace(longer, rules=(counting,))
    assert found(own, own.source_of(counting.fn)).sentence == "2 and 1: 1."


def test_rules_are_told_apart_pairwise_and_from_the_truth(longer):
    assert confusions(longer) == []
    blind = replace(
        longer,
        probes=longer.probes[1:2] + longer.probes[-1:],
        rules=tuple(replace(rule, at="") for rule in longer.rules),
    )
    assert ("the right answer", "no error") in confusions(blind)


def test_must_raise_counts_only_beside_a_right_value(longer):
    verdict = verdict_on(answer("raise ValueError('always')"))
    assert [each.passed for each in verdict.results] == [False] * 4
    assert verdict.results[-1].complaint.kind == "lonely"
    assert verdict.points == 0
    assert verdict.first_line.startswith("Your function raised ValueError")


def test_points_are_shared_and_hidden_ones_kept_apart(longer):
    worth = [longer.points_of(probe) for probe in longer.probes]
    assert worth == [0.75] * 4 + [2.0]
    own = replace(
        longer,
        probes=(
            Probe("dear", call((1,), ()), points=2.5),
            *longer.visible[1:],
            *longer.hidden,
        ),
        rules=(),
    )
    assert own.points_of(own.probes[0]) == 2.5
    assert sum(own.points_of(each) for each in own.probes) == pytest.approx(5)
    results = run_probes(longer, LocalCaller(typed(answer("return a"))))
    assert earned(longer, results) == 0.75


def test_visible_probes_are_the_same_every_time_and_hidden_ones_vary(longer):
    def lengths(secret):
        caller = LocalCaller(typed(RIGHT))
        (result,) = run_probes(longer, caller, longer.hidden, secret=secret)
        return len(result.call.args[0])

    assert lengths(None) == lengths(None)
    assert len({lengths(secret) for secret in range(20)}) > 1


def test_a_probe_may_say_what_it_expects(longer):
    own = replace(
        longer,
        rules=(),
        probes=(
            Probe("fixed", call((1,), ()), Value((1,))),
            Probe("from the call", call((2, 3), ()), lambda made: Value(made.args[0])),
            *longer.hidden,
        ),
    )
    results = run_probes(own, LocalCaller(typed(RIGHT)))
    assert all(each.passed for each in results)


@pytest.mark.parametrize(
    "probes",
    [
        (Probe("one", call(1)), Probe("one", call(2))),
        (Probe("one", call(1)),),
    ],
)
def test_an_exercise_that_contradicts_itself_says_so(longer, probes):
    with pytest.raises(ValueError, match=r"99\.E1"):
        replace(longer, probes=probes)


# -------------------- borrowed code --------------------

import statistics  # noqa: E402

BORROWED = {
    "python function": "import statistics\n"
    + answer("if a or b: statistics.mode([1])"),
    "from an alias": "from statistics import mode as m\n" + answer("m([1])"),
    "through a helper": "import statistics\ndef h(): statistics.mode([1])\n"
    + answer("h()"),
    "imported inside": answer("import statistics\nstatistics.mode([1])"),
    "gradlab's own": answer("from gradlab import to_index\nto_index(0, (1,))"),
    "a type of NumPy's": "import numpy as np\n" + answer("np.broadcast([1], [2])"),
    "that type, renamed": "from numpy import broadcast as bc\n"
    + answer("bc([1], [2])"),
}


@pytest.mark.parametrize("how", BORROWED)
def test_borrowed_code_is_noticed_while_it_runs(how):
    import numpy

    source = BORROWED[how] + "\n" + "\n".join(RIGHT.splitlines()[1:]) + "\n"
    verdict = verdict_on(source)
    assert verdict.state == "borrowed", verdict.text
    assert verdict.first_line.startswith("Right values, but ")
    assert verdict.first_line.endswith("did the work. Write the comparison yourself.")
    assert verdict.points == 0
    assert isinstance(numpy.broadcast, type)
    assert statistics.mode([1]) == 1
    assert sys.getprofile() is None


def test_wrong_values_from_borrowed_code_are_wrong_first():
    verdict = verdict_on(
        "import statistics\n" + answer("statistics.mode([1])\nreturn a")
    )
    assert verdict.state == "wrong"
    assert verdict.points == 0


def test_a_gradlab_function_under_the_learners_name_is_borrowed():
    assert verdict_on("from gradlab import to_index as longer").state == "borrowed"


def test_a_sorted_of_ones_own_is_not_borrowed():
    own = "def mode(x): return x\n" + RIGHT.replace("return a", "return mode(a)")
    assert verdict_on(own).state == "passed"
