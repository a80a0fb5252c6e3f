"""The flow table: its law over every op, and what it says about learners' pieces."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import gradlab
from gradlab import Scalar, tensor
from gradlab.indexing import indices
from gradlab.visualization.flow import FlowTable, flow_table

from .flow_examples import (
    Cube,
    ForgotDOut,
    HalfSquare,
    Kink,
    ScalarForgotDOut,
    Square,
    leaf,
)
from .flow_law import assert_law

RNG = np.random.default_rng


# ---------------------------------- reading it ----------------------------------


def column_by_row() -> FlowTable:
    return flow_table(leaf([[1.0], [2.0], [3.0]], "a") * leaf([10.0, 20.0], "b"))


def test_rows_can_be_asked_for_by_cell() -> None:
    table = column_by_row()
    assert table.rows(out_index=(2, 1)) == [
        (0, (2, 0), (2, 1), 20.0),
        (1, (1,), (2, 1), 3.0),
    ]
    into_b = table.rows(input=1, in_index=0)
    assert [(row.out_index, row.local) for row in into_b] == [
        ((0, 0), 1.0),
        ((1, 0), 2.0),
        ((2, 0), 3.0),
    ]
    assert len(table.rows(limit=5)) == 5
    assert len(table) == 12
    assert len(table.columns.local) == len(table.columns.in_index) == 12


def test_one_output_cell_of_a_large_result_is_found_at_once() -> None:
    x, y = leaf(np.ones((600, 1))), leaf(np.ones(800))
    table = flow_table(x + y)
    assert len(table) == 960_000
    rows = table.rows(out_index=(599, 7))
    assert [row.in_index for row in rows] == [(599, 0), (7,)]


def test_pushing_gives_the_known_gradients() -> None:
    a, b = column_by_row().push([[1, 2], [3, 4], [5, 6]])
    assert a.tolist() == [[50.0], [110.0], [170.0]]
    assert b.tolist() == [22.0, 28.0]


def test_it_prints_itself() -> None:
    text = str(column_by_row())
    assert text.startswith("Mul: 12 rows\n")
    assert "a[2,0]  out[2,1]     20" in text


def test_inf_and_nan_follow_ieee() -> None:
    locals_ = flow_table(leaf([0.0, -1.0]).log()).columns.local
    assert locals_ == (np.inf, -1.0)
    assert flow_table(leaf([1000.0]).exp()).columns.local == (np.inf,)
    assert np.isnan(flow_table(leaf([0.0]) / tensor([0.0])).columns.local[1])
    assert not flow_table(leaf([0.0, -1.0]).log()).warning


def test_sizes_0_and_ranks_0() -> None:
    assert len(flow_table(leaf(np.zeros((0, 2))) * 2)) == 0
    (row,) = flow_table(-leaf(3.0))
    assert row == (0, (), (), -1.0)
    assert flow_table(leaf(np.zeros((0, 2))).sum()).push()[0].shape == (0, 2)


# -------------------------------- learners' own code --------------------------------


def left(out_index: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(0 if n == 1 else i for i, n in zip(out_index, shape))


def test_a_plugged_in_broadcast_index_is_shown_as_it_ran() -> None:
    x, y = leaf([[1.0, 2.0], [3.0, 4.0]]), leaf([10.0, 20.0])
    with gradlab.plug(broadcast_index=left):
        out = x + y
    table = flow_table(out)
    assert table.rows(out_index=(0, 1))[1].in_index == (0,)
    assert table.warning == "For out[0,1] plugged-in code read b[0], not b[1]."


def swapped(fn: Any, x: Any, y: Any, out: Any) -> None:
    for index in indices(out.shape):
        out.set(index, fn(y.get(index), x.get(index)))


def idle(fn: Any, x: Any, y: Any, out: Any) -> None:
    """Write nothing."""


@pytest.mark.parametrize(
    ("loop", "result", "rows", "warning"),
    [
        (swapped, 4.0, [(1, 1.0), (0, -1.0)], "read b[0], not a[0]"),
        (idle, 0.0, [], "wrote no value"),
    ],
)
def test_a_plugged_in_loop_is_shown_as_it_ran(
    loop: Any, result: float, rows: list[tuple[int, float]], warning: str
) -> None:
    with gradlab.plug(zip=loop):
        out = leaf([1.0]) - leaf([5.0])
    table = flow_table(out)
    assert out.tolist() == [result]
    assert [(row.input, row.local) for row in table] == rows
    assert len(table) == len(rows)
    assert warning in table.warning


def test_an_own_function_is_asked_cell_by_cell_with_its_options() -> None:
    out = Square.apply(leaf([1.0, -2.0]), times=3.0)
    assert flow_table(out).columns.local == (6.0, -12.0)
    assert_law(out, np.array([0.5, -2.0]))


def test_a_wrong_backward_is_named_with_both_numbers() -> None:
    warning = flow_table(HalfSquare.apply(leaf([3.0]), leaf([1.0]))).warning
    assert "out[0] follows a[0]: 3 by backward, 6 by central differences" in warning


@pytest.mark.parametrize(
    "out", [ForgotDOut.apply(leaf([3.0])), ScalarForgotDOut.apply(Scalar(3.0))]
)
def test_a_backward_that_forgets_d_out_is_named(out: Any) -> None:
    assert "6 at d_out 1 and 6 at d_out 2, not 12" in flow_table(out).warning


def test_own_scalar_functions_and_choices_at_a_kink_are_right() -> None:
    table = flow_table(Cube.apply(Scalar(2.0)))
    assert table.columns.local == (12.0,)
    assert not table.warning
    assert not flow_table(Kink.apply(Scalar(0.0))).warning


def test_an_overwritten_input_is_named() -> None:
    x = leaf([1.0])
    y = x.exp()
    x.set((0,), 5.0)
    assert "an input was overwritten" in flow_table(y).warning


# ------------------------------------- misuse -------------------------------------


def test_errors_say_what_is_missing() -> None:
    with pytest.raises(ValueError, match="it is a leaf"):
        flow_table(leaf([1.0]))
    with pytest.raises(TypeError, match="got a int"):
        flow_table(3)
    with pytest.raises(IndexError, match=r"no output cell \(3, 0\).*\(3, 2\)"):
        column_by_row().rows(out_index=(3, 0))
    with pytest.raises(IndexError, match="no input 2"):
        column_by_row().rows(input=2)
    with pytest.raises(ValueError, match="shapes must be equal"):
        column_by_row().push([1.0])


def test_it_imports_nothing_heavy() -> None:
    code = (
        "import sys, gradlab.visualization.flow as f; from gradlab import Scalar; "
        "print(f.flow_table(Scalar(2.0) * 3).push(1.0)); "
        "print([m for m in ('numpy', 'numba', 'IPython') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.stdout == "(3.0, 2.0)\n[]\n", ran.stderr
