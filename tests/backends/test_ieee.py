"""ieee: plain Python code answers as NumPy does, where it would raise."""

from __future__ import annotations

import itertools
import math
from math import log
from typing import Any

import numpy as np
import pytest

from gradlab.backends import get_backend
from gradlab.backends.ieee import ieee
from gradlab.backends.numpy import UFUNCS
from gradlab.operators import SCALARS, back

EDGES = (0.0, -0.0, 1.0, -1.0, 1e200, -1000.0, math.inf, -math.inf, math.nan)


@pytest.mark.parametrize("name", UFUNCS)
def test_simple_and_numpy_agree_at_the_edges(name: str) -> None:
    op = SCALARS[name]
    pairs = itertools.product(EDGES, repeat=1 if op.kind == "map" else 2)
    columns = [np.array(column) for column in zip(*pairs)]
    simple, numpy = (
        getattr(get_backend(b), op.kind)(op, *columns) for b in ("simple", "numpy")
    )
    np.testing.assert_allclose(simple, numpy, rtol=1e-12)
    np.testing.assert_array_equal(
        np.signbit(simple) | np.isnan(simple), np.signbit(numpy) | np.isnan(numpy)
    )


@pytest.mark.parametrize("name", [name for name in SCALARS if name + "_back" in UFUNCS])
def test_a_derivative_alone_answers_as_its_backward_does(name: str) -> None:
    local = ieee(SCALARS[name].local[0])
    op = back(SCALARS[name])
    expected = get_backend("numpy").zip(op, np.array(EDGES), np.ones(len(EDGES)))
    np.testing.assert_allclose([local(x) for x in EDGES], expected, rtol=1e-12)


def test_a_learners_function_may_use_math_in_any_way() -> None:
    def one(x: float) -> float:
        return 1.0 / log(x)

    def two(x: float) -> float:
        return math.sqrt(x) + math.exp(x)

    assert ieee(one)(1.0) == math.inf
    assert math.copysign(1.0, ieee(one)(0.0)) == -1.0
    assert ieee(two)(1000.0) == math.inf
    assert math.isnan(ieee(two)(-1.0))
    assert ieee(math.log)(0.0) == -math.inf


def test_an_error_raised_on_purpose_stays_one() -> None:
    def picky(x: float) -> Any:
        raise ValueError("only cats")

    with pytest.raises(ValueError, match="only cats"):
        ieee(picky)(1.0)
