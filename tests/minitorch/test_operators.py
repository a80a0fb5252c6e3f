"""operators: on numbers, on lists, and compiled."""

import math

import numba
import pytest

from gradlab.minitorch import operators

CASES = [
    ("mul", (3.0, 4.0), 12.0),
    ("id", (3.0,), 3.0),
    ("add", (3.0, 4.0), 7.0),
    ("neg", (3.0,), -3.0),
    ("lt", (3.0, 4.0), 1.0),
    ("lt", (4.0, 4.0), 0.0),
    ("eq", (4.0, 4.0), 1.0),
    ("eq", (4.0, 5.0), 0.0),
    ("max", (3.0, 4.0), 4.0),
    ("is_close", (1.0, 1.0099), True),
    ("is_close", (1.0099, 1.0), True),
    ("is_close", (1.0, 1.0101), False),
    ("sigmoid", (0.0,), 0.5),
    ("sigmoid", (-800.0,), 0.0),
    ("sigmoid", (800.0,), 1.0),
    ("relu", (-2.0,), 0.0),
    ("relu", (2.0,), 2.0),
    ("log", (0.0,), math.log(1e-6)),
    ("exp", (1.0,), math.e),
    ("log_back", (2.0, 3.0), 3.0 / (2.0 + 1e-6)),
    ("inv", (4.0,), 0.25),
    ("inv_back", (2.0, 3.0), -0.75),
    ("relu_back", (2.0, 3.0), 3.0),
    ("relu_back", (-2.0, 3.0), 0.0),
]


@pytest.mark.parametrize(("name", "args", "expected"), CASES)
def test_on_numbers(name, args, expected):
    assert getattr(operators, name)(*args) == pytest.approx(expected, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "args", "expected"), CASES)
def test_under_numba(name, args, expected):
    compiled = numba.njit(getattr(operators, name))
    assert compiled(*args) == pytest.approx(expected, abs=1e-12)


def test_two_under_numba():
    assert numba.njit(operators.sigmoid)(0.0) == 0.5
    assert numba.njit(operators.log_back)(1.0, 2.0) == operators.log_back(1.0, 2.0)


def test_on_lists():
    assert list(operators.map(operators.neg)([1.0, 2.0])) == [-1.0, -2.0]
    assert list(operators.zipWith(operators.mul)([1, 2], [3, 4])) == [3, 8]
    assert operators.reduce(operators.max, -1e9)([1.0, 5.0, 2.0]) == 5.0
    assert list(operators.negList([1.0, -2.0])) == [-1.0, 2.0]
    assert list(operators.addLists([1.0, 2.0], [3.0, 4.0])) == [4.0, 6.0]
    assert operators.sum([1.0, 2.0, 3.0]) == 6.0
    assert operators.sum([]) == 0.0
    assert operators.prod([2.0, 3.0, 4.0]) == 24.0
    assert operators.prod([]) == 1.0
