"""What counts as right, and how a difference is said."""

import math

import numpy as np
import pytest

from gradlab.exercises.comparison import compare, judge, same
from gradlab.exercises.probes import (
    ErrorInfo,
    Opaque,
    Outcome,
    Raises,
    TensorSpec,
    Value,
)
from gradlab.exercises.shapes import shape_diff
from gradlab.exercises.values import freeze, show
from tests.exercises.conftest import typed, verdict_on


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 2), (1, 2)),
        (1.0, 1.0 + 1e-9),
        (2.0, 2),
        (math.nan, math.nan),
        (math.inf, math.inf),
        ((1.0, (2.0,)), (1, (2.0,))),
        ({"a": [1]}, {"a": [1]}),
        (freeze(np.int64(3)), 3),
        (freeze((np.int64(3), np.float64(2))), (3, 2.0)),
        (np.ones((0, 3)), np.ones((0, 3))),
        (TensorSpec([1.0, math.nan]), TensorSpec([1.0, math.nan])),
    ],
)
def test_these_are_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("right", "yours", "words"),
    [
        ((3, 4), [3, 4], "[3, 4] is a list; return a tuple"),
        ([1], (1,), "(1,) is a tuple; return a list"),
        (1, True, "True is a bool; return an int"),
        (True, 1, "1 is an int; return True or False"),
        (3, 3.0, "3.0 is a float; return an int"),
        ((1, 2), (1, 2.0), "Item 1 of (1, 2.0) is 2.0, a float; it must be an int"),
        (1.5, "1.5", "'1.5' is a str; return a float"),
        ((3,), None, "Your function returned None; return a tuple"),
        (None, 3, "3 is an int; return None"),
        (2.0, TensorSpec(2.0), "returned tensor(2), a tensor; return a float"),
        (
            TensorSpec([1]),
            np.ones(1),
            "returned array([1]), a NumPy array; return a tensor",
        ),
        (1, Opaque("set", "{1}"), "{1} is a set; return an int"),
        ((1,), freeze(i for i in ()), "Your function returned a generator; return a"),
        ((1,), freeze({np.int64(3)}), "{3} is a set; return a tuple"),
        (0.333333, 0.33334, "expected 0.333333, yours 0.33334"),
        (np.array([1 / 3]), np.array([0.33334]), "expected 0.33333, yours 0.33334"),
        (2.0, 2.001, "expected 2.0, yours 2.001"),
        (2.0, math.nan, "expected 2.0, yours nan"),
        (math.inf, 1e308, "expected inf, yours 1e+308"),
        ((1, 2), (1, 2, 3), "expected (1, 2), yours (1, 2, 3)"),
        (np.ones((3, 2)), np.ones((2, 3)), "expected shape (3, 2), yours (2, 3)"),
        (
            TensorSpec([[1.0, 2.0], [3.0, 4.0]]),
            TensorSpec([[1.0, 9.0], [3.0, 7.0]]),
            "2 of 4 numbers differ; first at index (0, 1): expected 2, yours 9",
        ),
        (np.array([1.0]), np.array([math.nan]), "expected 1, yours nan"),
    ],
)
def test_a_difference_is_said_exactly(right, yours, words):
    assert words in compare(right, yours).sentence


def test_numbers_compare_across_containers_and_a_function_may_judge():
    assert compare((1, 2), np.array([1.0, 2.0]), "numbers") is None
    assert compare(3, 5, lambda right, yours: f"off by {yours - right}").sentence == (
        "off by 2"
    )


def test_an_error_is_judged_by_its_bases():
    class_of_theirs = ErrorInfo("MyError", "", ("MyError", "ValueError", "Exception"))
    assert (
        judge(Raises("ValueError"), Outcome("raised", error=class_of_theirs), "same")
        is None
    )
    found = judge(Raises("ValueError", "the dim"), Outcome("returned", None), "same")
    assert found.sentence == (
        "Your function returned None; raise ValueError naming the dim"
    )
    assert judge(Value(3), Outcome("timeout"), "same").kind == "timeout"


def test_shapes_line_up_on_the_right_with_the_difference_marked():
    diff = shape_diff([("a", (3, 4, 1)), ("expected", (3, 4, 5)), ("yours", (4, 5))])
    assert diff.text().splitlines() == [
        "a         3  4  1",
        "expected  3  4  5",
        "yours        4  5",
        "          ^",
    ]
    assert diff.html().count("gl-off") == 2
    assert shape_diff([("a", ()), ("expected", ()), ("yours", ())]).text()


def test_tensors_are_given_and_taken_with_their_strides():
    source = "def scale(x, factor):\n    seen.append(x.strides)\n    return x * factor"
    names = typed("seen = []\n" + source)
    from gradlab.exercises.checking import check_in

    assert check_in(names, "99.E2").state == "passed"
    assert names["seen"][1] == (1, 2)


def test_a_wrong_matrix_is_shown_as_grids_with_its_cells_marked():
    verdict = verdict_on(
        "def scale(x, factor):\n    y = x * factor\n    y[0, 1] = 0.0\n    return y",
        "99.E2",
    )
    assert "1 of 6 numbers differ; first at index (0, 1)" in verdict.text
    assert verdict.html.count('<td class="gl-off">') == 1
    assert verdict_on("def scale(x, factor):\n    return x", "99.E2").state == "wrong"


def test_a_gradient_that_is_wrong_is_told():
    source = "def scale(x, factor):\n    return x.detach() * factor + x - x.detach()"
    verdict = verdict_on(source, "99.E2")
    assert [each.passed for each in verdict.results] == [True, True, False]


def test_properties_and_iteration():
    source = "def countdown(n):\n    {}\n    for i in range(n): yield {}"
    check = "if n < 0: raise ValueError"
    assert verdict_on(source.format(check, "n - i"), "99.E3").state == "passed"
    wrong = verdict_on(source.format(check, "i"), "99.E3")
    assert "[0, 1, 2] does not fall." in wrong.text


def test_values_are_shown_short():
    assert show(TensorSpec(np.zeros((20, 20)))) == "tensor of shape (20, 20)"
    assert show(tuple(range(50))).endswith("19, ...)")
    assert len(show("x" * 999)) < 220
