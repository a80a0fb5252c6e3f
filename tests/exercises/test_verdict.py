"""A verdict as programs read it: the facts in the metadata of a check's output."""

from dataclasses import replace

from gradlab.exercises.verdict import Verdict
from tests.exercises.conftest import RIGHT, answer, verdict_on

WRONG = answer("if not a and not b: raise ValueError\nreturn max(a, b)")


def test_what_the_card_says_is_a_fact_too():
    verdict = verdict_on(WRONG)
    assert verdict.rule == "by value"
    assert verdict.call == "longer((1, 2), (3,))"
    assert verdict.sentence in verdict.text
    assert verdict.summary == (
        "2 of 4 pass. First that fails: longer((1, 2), (3,)). "
        "Your code compares what is in the tuples: (1, 2) with (3,) gave (3,)."
    )
    again = Verdict.from_facts(verdict._repr_mimebundle_()[1]["gradlab"], verdict.text)
    assert replace(verdict, html="", results=()) == again


def test_where_no_rule_fits_the_comparison_is_the_sentence():
    verdict = verdict_on(answer("assert a or b\nreturn max(a, b, key=len)"))
    assert verdict.rule == ""
    assert verdict.sentence == (
        "Your function raised AssertionError; raise ValueError naming both tuples."
    )
    assert verdict_on(RIGHT).sentence == ""
