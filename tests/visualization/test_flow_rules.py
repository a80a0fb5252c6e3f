"""The rows of every kind of op, number by number, where numbers are awkward too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab
from gradlab import Tensor, tensor
from gradlab.indexing import indices
from gradlab.tensors import functions as F
from gradlab.tensors.layers import avg_pool2d, conv1d, conv2d, dropout, max_pool2d
from gradlab.tensors.products import linear
from gradlab.visualization.flow import flow_table

from .flow_examples import INF, NAN, leaf
from .flow_law import assert_law


def rows(out: Tensor, *out_index: int) -> list[tuple[Any, ...]]:
    """Return (input, in index, local) of the rows that end in one cell."""
    found = flow_table(out).rows(out_index=out_index)
    return [(row.input, row.in_index, row.local) for row in found]


def image(cells: Any) -> Tensor:
    return leaf(np.array(cells, dtype=float)[None, None])


# ---------------------------------- products ----------------------------------


def test_matmul_has_two_rows_per_multiply() -> None:
    out = leaf([[1.0, 2.0], [3.0, 4.0]]) @ leaf([[5.0], [6.0]])
    assert rows(out, 1, 0) == [
        (0, (1, 0), 5.0),
        (1, (0, 0), 3.0),
        (0, (1, 1), 6.0),
        (1, (1, 0), 4.0),
    ]
    assert len(flow_table(out)) == 8


def test_matmul_of_vectors_and_stacks_names_their_own_cells() -> None:
    assert rows(leaf([2.0]) @ leaf([3.0])) == [(0, (0,), 3.0), (1, (0,), 2.0)]
    stack, vector = leaf(np.arange(8.0).reshape(4, 1, 2)), leaf([5.0, 6.0])
    assert [row[:2] for row in rows(stack @ vector, 3, 0)] == [
        (0, (3, 0, 0)),
        (1, (0,)),
        (0, (3, 0, 1)),
        (1, (1,)),
    ]


def test_linear_reads_rows_of_its_weight_and_then_the_bias() -> None:
    out = linear(leaf([[1.0, 2.0]]), leaf([[3.0, 4.0], [5.0, 6.0]]), leaf([7.0, 8.0]))
    assert rows(out, 0, 1) == [
        (0, (0, 0), 5.0),
        (1, (1, 0), 1.0),
        (0, (0, 1), 6.0),
        (1, (1, 1), 2.0),
        (2, (1,), 1.0),
    ]


def test_zeros_of_a_border_have_no_rows() -> None:
    x, weight = leaf([[[1.0, 2.0, 3.0]]]), leaf([[[10.0, 20.0]]])
    out = conv1d(x, weight, stride=2, padding=1)
    assert rows(out, 0, 0, 0) == [(0, (0, 0, 0), 20.0), (1, (0, 0, 1), 1.0)]
    assert [local for *_, local in rows(out, 0, 0, 1)] == [10.0, 2.0, 20.0, 3.0]


def test_a_kernel_that_lies_in_the_border_reads_nothing() -> None:
    out = conv2d(leaf(np.ones((1, 1, 1, 1))), leaf(np.ones((1, 1, 1, 1))), padding=2)
    assert not rows(out, 0, 0, 0, 0)
    assert len(flow_table(out)) == 2


def test_a_product_that_would_be_huge_is_read_cell_by_cell() -> None:
    x, y = leaf(np.ones((300, 300))), tensor(np.full((300, 300), 2.0))
    table = flow_table(x @ y)
    assert len(table) == 54_000_000
    assert len(table.rows(out_index=(299, 7))) == 600
    by_x, by_y = table.push(np.ones((300, 300)))
    assert (by_x.to_numpy() == 600.0).all()
    assert (by_y.to_numpy() == 300.0).all()  # it needs no gradient, and has rows


# ---------------------------------- reductions ----------------------------------


@pytest.mark.parametrize(
    ("cells", "others"),
    [
        ([2.0, 0.0, 3.0], (0.0, 6.0, 0.0)),
        ([0.0, 0.0, 3.0], (0.0, 0.0, 0.0)),
        ([5.0], (1.0,)),
        ([INF, 2.0], (2.0, INF)),
        ([], ()),
    ],
)
def test_prod_follows_the_product_of_the_others(cells: Any, others: Any) -> None:
    assert flow_table(leaf(cells).prod()).columns.local == others


def test_max_and_min_are_shared_among_ties() -> None:
    x = leaf([[1.0, 4.0, 4.0], [-INF, 0.0, INF]])
    assert rows(x.max(1), 0) == [(0, (0, 1), 0.5), (0, (0, 2), 0.5)]
    assert rows(x.max(1), 1) == [(0, (1, 2), 1.0)]
    assert rows(x.min(1, keepdim=True), 1, 0) == [(0, (1, 0), 1.0)]


def test_nans_win_max_as_they_do_in_the_engine() -> None:
    out = leaf([NAN, 7.0, NAN]).max()
    assert rows(out) == [(0, (0,), 0.5), (0, (2,), 0.5)]
    assert_law(out, np.array(3.0))


def test_var_follows_the_distance_from_the_mean() -> None:
    assert flow_table(leaf([1.0, 4.0]).var()).columns.local == (-3.0, 3.0)
    assert np.isnan(flow_table(leaf([1.0]).var()).columns.local[0])


def test_logsumexp_follows_the_softmax_even_of_huge_numbers() -> None:
    locals_ = flow_table(leaf([1000.0, 1000.0, -INF]).logsumexp()).columns.local
    assert locals_ == (0.5, 0.5, 0.0)


def test_reductions_of_rank_0_and_size_0() -> None:
    for name in ("sum", "mean", "prod", "max", "min", "logsumexp"):
        assert rows(getattr(leaf(3.0), name)()) == [(0, (), 1.0)]
    assert len(flow_table(leaf(np.zeros((0, 2))).prod(0))) == 0
    assert len(flow_table(leaf(np.zeros((2, 0))) @ leaf(np.zeros((0, 3))))) == 0


# ------------------------------ pooling and choosing ------------------------------


def test_pools_share_by_size_and_by_ties() -> None:
    x = image([[1, 3], [3, 2]])
    assert rows(max_pool2d(x, 2), 0, 0, 0, 0) == [
        (0, (0, 0, 0, 1), 0.5),
        (0, (0, 0, 1, 0), 0.5),
    ]
    corner = avg_pool2d(x, 2, stride=2, padding=1)
    assert rows(corner, 0, 0, 0, 0) == [(0, (0, 0, 0, 0), 0.25)]
    assert len(flow_table(corner)) == 4


def test_a_border_ties_with_minus_infinity_as_in_the_engine() -> None:
    out = max_pool2d(image([[-INF]]), 2, stride=1, padding=1)
    assert_law(out, np.arange(4.0).reshape(out.shape))


def test_no_cell_of_a_window_with_nan_is_the_largest() -> None:
    table = flow_table(max_pool2d(image([[1, NAN]]), (1, 2)))
    gradients = [
        *table.push([[[[1.0]]]]),
        table.node.chain_rule(tensor([[[[1.0]]]]))[0][2],
    ]
    assert all(np.isnan(each.to_numpy()).all() for each in gradients)


def test_where_has_a_row_from_the_branch_taken_and_none_from_the_condition() -> None:
    condition = leaf([1.0, 0.0, NAN])
    out = gradlab.where(condition, leaf([[1.0], [2.0]]), leaf([3.0, 4.0, 5.0]))
    assert [rows(out, 1, j) for j in range(3)] == [
        [(1, (1, 0), 1.0)],
        [(2, (1,), 1.0)],
        [(1, (1, 0), 1.0)],
    ]


def test_clip_goes_to_the_bound_where_it_cuts_and_to_x_at_the_ends() -> None:
    out = leaf([-5.0, 0.0, 1.0, 2.0, 9.0, NAN]).clip(0.0, 2.0)
    assert [row[0] for row in flow_table(out)] == [1, 0, 0, 0, 2, 0]
    assert flow_table(leaf([1.0]).clip(3.0, 2.0)).rows()[0].input == 2


def test_dropout_keeps_what_was_drawn() -> None:
    x = leaf(np.ones(20))
    out = dropout(x, 0.5, seed=1)
    assert flow_table(out).columns.local == tuple(out.tolist())
    assert not flow_table(out).warning


# ---------------------------------- what went wrong ----------------------------------


@pytest.mark.parametrize(
    "op",
    [lambda x: x @ x, lambda x: x.max(), lambda x: x.prod(0), lambda x: x.clip(0, 2)],
)
def test_an_input_overwritten_since_is_named(op: Any) -> None:
    x = leaf([[1.0, 2.0], [3.0, 4.0]])
    table = flow_table(op(x))
    assert not table.warning
    x.set((1, 1), 1.5)
    assert "an input was overwritten since" in flow_table(table.node).warning


def sevens(fn: Any, x: Any, out: Any, dim: int, start: float) -> None:
    for index in indices(out.shape):
        out.set(index, 7.0)


def test_a_plugged_in_reduce_that_is_wrong_is_named_with_both_numbers() -> None:
    with gradlab.plug(reduce=sevens):
        out = leaf([1.0, 2.0]).sum()
    assert "out holds 7, but its cells now give 3" in flow_table(out).warning


def test_a_plugged_in_function_of_a_known_name_is_asked() -> None:
    class Sum(gradlab.Function):
        """Twice the sum."""

        @staticmethod
        def forward(ctx: Any, x: Tensor, **options: Any) -> Tensor:
            ctx.save_for_backward(x.shape)
            return x.sum(**options) * 2.0

        @staticmethod
        def backward(ctx: Any, d_out: Tensor) -> Tensor:
            (shape,) = ctx.saved_values
            return (d_out * 2.0).expand(*shape)

    with gradlab.plug(functions={"Sum": Sum}):
        out = leaf([1.0, 2.0]).sum()
    assert flow_table(out).columns.local == (2.0, 2.0)


def test_float32_has_the_same_rows() -> None:
    x = tensor([[1.0, 2.0], [3.0, 0.5]], dtype="float32", requires_grad=True)
    for out in (x @ x, x.prod(0), x.max(1), F.Mean.apply(x)):
        table = flow_table(out)
        pushed = table.push(np.ones(out.shape))[0]
        assert pushed.dtype == np.float32
        assert not table.warning
