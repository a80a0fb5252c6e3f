"""OPS: one row per Function, the list that tests, pictures and benchmarks work through.

Examples
--------
>>> [op.name for op in OPS if op.kind == "zip"]
['add', 'sub', 'mul', 'div']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.operators import SCALARS
from gradlab.tensors import functions as F
from gradlab.tensors.creation import cat, stack
from gradlab.tensors.function import Function

Samples = Callable[[np.random.Generator], list[tuple[Array, ...]]]


@dataclass(frozen=True)
class Op:
    """A Function with what is needed to try it.

    Parameters
    ----------
    name : what tests and tables call it
    function : the Function
    call : runs it on tensors
    numpy : the same on arrays
    samples : draws argument lists that suit it
    torch : the same in PyTorch, as text on the names of `call`'s arguments, or None
    """

    name: str
    function: type[Function]
    call: Callable[..., Any]
    numpy: Callable[..., Any]
    samples: Samples
    torch: str | None = None

    @property
    def kind(self) -> str:
        """map, zip, reduce, view, index or join."""
        return self.function.kind


MAP_SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (3,), (2, 3), (0, 2), (2, 1, 3))
ZIP_SHAPES: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((), ()),
    ((3,), ()),
    ((2, 3), (2, 3)),
    ((3, 1), (1, 2)),
    ((3, 2), (2,)),
    ((2,), (4, 3, 2)),
    ((2, 1, 3), (4, 1)),
    ((0, 2), (1, 2)),
    ((1,), (0,)),
)


def _draw(rng: np.random.Generator, scalar: str, shape: tuple[int, ...]) -> Array:
    """Draw numbers from an op's domain, away from its kinks."""
    op = SCALARS[scalar]
    x = rng.uniform(*op.domain, shape)
    for kink in op.kinks:
        x = np.where(np.abs(x - kink) < 0.05, kink + 0.1, x)
    return np.asarray(x)


def _maps(scalar: str) -> Samples:
    return lambda rng: [(_draw(rng, scalar, shape),) for shape in MAP_SHAPES]


def _zips(scalar: str) -> Samples:
    return lambda rng: [
        (_draw(rng, scalar, a), _draw(rng, scalar, b)) for a, b in ZIP_SHAPES
    ]


def _tensors(*shapes: tuple[int, ...]) -> Samples:
    return lambda rng: [(rng.normal(size=shape),) for shape in shapes]


def _lists(*lists: tuple[tuple[int, ...], ...]) -> Samples:
    return lambda rng: [tuple(rng.normal(size=s) for s in shapes) for shapes in lists]


def _map(name: str, function: type[Function], numpy: Any, torch: str) -> Op:
    return Op(name, function, lambda x: function.apply(x), numpy, _maps(name), torch)


def _zip(name: str, function: type[Function], numpy: Any, torch: str) -> Op:
    return Op(
        name, function, lambda x, y: function.apply(x, y), numpy, _zips(name), torch
    )


CUBES = _tensors((2, 3, 4), (2, 1, 3), (0, 2, 3))

OPS: tuple[Op, ...] = (
    _map("neg", F.Neg, np.negative, "-x"),
    _map("inv", F.Inv, np.reciprocal, "1 / x"),
    _map("log", F.Log, np.log, "x.log()"),
    _map("exp", F.Exp, np.exp, "x.exp()"),
    _map("sigmoid", F.Sigmoid, lambda x: 1 / (1 + np.exp(-x)), "x.sigmoid()"),
    _map("relu", F.ReLU, lambda x: np.maximum(x, 0), "x.relu()"),
    _zip("add", F.Add, np.add, "x + y"),
    _zip("sub", F.Sub, np.subtract, "x - y"),
    _zip("mul", F.Mul, np.multiply, "x * y"),
    _zip("div", F.Div, np.divide, "x / y"),
    Op(
        "sum",
        F.Sum,
        lambda x: x.sum(),
        np.sum,
        _tensors((), (3,), (2, 3), (0, 2)),
        "x.sum()",
    ),
    Op(
        "sum_dim",
        F.Sum,
        lambda x: x.sum(-2),
        lambda x: x.sum(-2),
        CUBES,
        "x.sum(-2)",
    ),
    Op(
        "sum_dims",
        F.Sum,
        lambda x: x.sum((2, 0), keepdim=True),
        lambda x: x.sum((0, 2), keepdims=True),
        CUBES,
        "x.sum((2, 0), keepdim=True)",
    ),
    Op(
        "mean",
        F.Mean,
        lambda x: x.mean(),
        np.mean,
        _tensors((), (3,), (2, 3)),
        "x.mean()",
    ),
    Op(
        "mean_dims",
        F.Mean,
        lambda x: x.mean((0, -1)),
        lambda x: x.mean((0, -1)),
        _tensors((2, 3, 4), (2, 1, 3)),
        "x.mean((0, -1))",
    ),
    Op(
        "view",
        F.View,
        lambda x: x.contiguous().view(3, -1, 1),
        lambda x: x.reshape(3, -1, 1),
        _tensors((3,), (2, 3), (2, 3, 4)),
        "x.reshape(3, -1, 1)",
    ),
    Op(
        "permute",
        F.Permute,
        lambda x: x.permute(2, 0, 1),
        lambda x: x.transpose(2, 0, 1),
        CUBES,
        "x.permute(2, 0, 1)",
    ),
    Op(
        "contiguous",
        F.Contiguous,
        lambda x: x.permute(1, 0).contiguous(),
        lambda x: x.T,
        _tensors((2, 3), (1, 4), (0, 2)),
        "x.t().contiguous()",
    ),
    Op(
        "getitem_cell",
        F.GetItem,
        lambda x: x[1, -1],
        lambda x: x[1, -1],
        _tensors((2, 3), (4, 1)),
        "x[1, -1]",
    ),
    Op(
        "getitem_slices",
        F.GetItem,
        lambda x: x[..., None, ::2],
        lambda x: x[..., None, ::2],
        _tensors((3,), (2, 3), (2, 0), (2, 3, 4)),
        "x[..., None, ::2]",
    ),
    Op(
        "getitem_backwards",
        F.GetItem,
        lambda x: x[::-1, 0],
        lambda x: x[::-1, 0],
        _tensors((2, 3), (4, 1, 2)),
    ),
    Op(
        "cat",
        F.Cat,
        lambda *x: cat(x, dim=-1),
        lambda *x: np.concatenate(x, axis=-1),
        _lists(((2,), (3,)), ((2, 1), (2, 3), (2, 2)), ((2, 0), (2, 3))),
        "torch.cat(xs, -1)",
    ),
    Op(
        "stack",
        F.Stack,
        lambda *x: stack(x, dim=1),
        lambda *x: np.stack(x, axis=1),
        _lists(((2,), (2,)), ((2, 3), (2, 3), (2, 3))),
        "torch.stack(xs, 1)",
    ),
)
