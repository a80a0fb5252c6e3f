"""Paths of single cells: they add up to the gradient, however many there are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gradlab import Scalar, tensor
from gradlab.visualization.ledger import Bundle, Path, Spot
from gradlab.visualization.paths import LISTED, CellPaths

MAPS = ("sigmoid", "tanh", "exp", "relu", "cos", "sin")
SHAPES = ((2, 3), (3,), (2, 1), (1, 3), ())


def random_graph(seed: int) -> tuple[Any, list[Any]]:
    """A result of up to 60 ops on small tensors that broadcast, and its leaves."""
    rng = np.random.default_rng(seed)
    leaves = [
        tensor(rng.uniform(-1, 1, shape), requires_grad=True, name=f"w{n}")
        for n, shape in enumerate(SHAPES)
    ]
    made = list(leaves)
    for _ in range(int(rng.integers(5, 57))):
        made.append(_step(rng, made) * 0.5)
    weights = tensor(rng.uniform(-1, 1, made[-1].shape))
    return (made[-1] * weights).sum() + made[rng.integers(5)].mean(), leaves


def _step(rng: np.random.Generator, made: list[Any]) -> Any:
    x = made[-1 - int(rng.integers(min(4, len(made))))]
    kind = rng.integers(5)
    if kind == 0:
        return getattr(x, MAPS[rng.integers(len(MAPS))])()
    if kind == 1 and x.ndim:
        return x.sum(int(rng.integers(x.ndim)), keepdim=bool(rng.integers(2)))
    if kind == 2 and x.ndim == 2:
        return x @ x.permute(1, 0)
    other = made[rng.integers(len(made))]
    fits = _broadcast(x.shape, other.shape)
    other = other if fits else other.mean()
    return x * other if kind == 3 else x - other


def _broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    try:
        np.broadcast_shapes(a, b)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("seed", range(12))
def test_the_paths_of_every_cell_add_up_to_its_gradient(seed: int) -> None:
    result, leaves = random_graph(seed)
    paths = CellPaths(result)
    result.backward()
    for leaf in (one for one in leaves if one.grad is not None):
        for index in np.ndindex(leaf.shape):
            ledger = paths.ledger(paths.spot(leaf, index))
            size = sum(map(abs, ledger.products)) or 1.0
            assert ledger.total == pytest.approx(leaf.grad.get(index), abs=1e-12 * size)
            behind = [r.count for r in ledger.rows if isinstance(r, Bundle)]
            assert ledger.count == (sum(behind) if behind else len(ledger.rows))


def test_paths_are_counted_exactly_without_walking_them() -> None:
    x = Scalar(1.0, "x")
    y = x
    for _ in range(200):
        y = y + y
    ledger = (paths := CellPaths(y)).ledger(paths.spot(x))
    assert ledger.count == 2**200
    assert [(row.count, row.product) for row in ledger.rows] == [(2**199, 2.0**199)] * 2


def test_up_to_200_paths_are_listed_and_more_are_bundled() -> None:
    for copies, bundled in ((LISTED, False), (LISTED + 1, True)):
        w = tensor([2.0], requires_grad=True)
        paths = CellPaths((w * tensor(np.ones(copies))).sum())
        ledger = paths.ledger(paths.spot(w, (0,)))
        assert ledger.count == copies
        assert ledger.bundled is bundled
        assert len(ledger.rows) == copies  # each first edge has one path here
        assert ledger.total == copies


def test_a_path_names_its_cells_and_its_factors() -> None:
    x, w = Scalar(2.0, "x"), Scalar(3.0, "w")
    paths = CellPaths(x * (x * w))
    direct, by_z = paths.ledger(paths.spot(x)).rows
    assert isinstance(direct, Path)
    assert isinstance(by_z, Path)
    assert {direct.product, by_z.product} == {6.0}
    assert {len(direct.spots), len(by_z.spots)} == {2, 3}


def test_a_cell_moves_what_it_leads_to() -> None:
    a = tensor([[1.0], [2.0]], requires_grad=True)
    b = tensor([10.0, 20.0], requires_grad=True)
    product = a * b
    paths = CellPaths(product.sum())
    moves = paths.moves(paths.spot(b, (1,)))
    place = paths.spot(product, (0, 0)).node
    own = {spot.cell: move for spot, move in moves.items() if spot.node == place}
    assert own == {(0, 1): 1.0, (1, 1): 2.0}
    assert moves[Spot(len(paths.nodes) - 1, ())] == 3.0


def test_no_gradient_is_touched() -> None:
    w = tensor([1.0, 2.0], requires_grad=True)
    paths = CellPaths((w * w).sum())
    assert paths.ledger(paths.spot(w, (1,))).total == 4.0
    assert w.grad is None


def test_a_dead_end_is_no_path() -> None:
    x = Scalar(1.0, "x")
    unused = x * 3.0
    paths = CellPaths(x * 2.0)
    assert paths.ledger(paths.spot(x)).count == 1
    with pytest.raises(ValueError, match="not one of the variables"):
        paths.spot(unused)


def test_several_results_are_weighed_by_d_out() -> None:
    w = tensor([1.0, 2.0], requires_grad=True)
    paths = CellPaths(w * w, tensor([10.0, 0.5]))
    totals = [paths.ledger(paths.spot(w, (k,))).total for k in (0, 1)]
    assert totals == [20.0, 2.0]
    with pytest.raises(ValueError, match="d_out"):
        CellPaths(w * w)


def test_a_cell_that_is_not_there_is_told() -> None:
    w = tensor([1.0, 2.0], requires_grad=True)
    paths = CellPaths(w.sum())
    with pytest.raises(IndexError, match=r"no cell \(2,\) in shape \(2,\)"):
        paths.spot(w, (2,))


def test_deep_and_large_computations_are_followed_or_refused() -> None:
    x = Scalar(1.0, "x")
    y = x
    for _ in range(3000):
        y = y * 1.001
    paths = CellPaths(y)
    assert paths.ledger(paths.spot(x)).total == pytest.approx(1.001**3000)
    wide = tensor(np.ones((300, 300)), requires_grad=True)
    assert CellPaths((wide * wide).sum()).too_large
