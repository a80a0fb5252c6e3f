"""Backward through broadcasting: sums back to the shape that was stretched."""

from __future__ import annotations

import functools
from typing import Any

from gradlab.bench.row import Row, Sides
from gradlab.bench.sides import arrays, beside, gradlab, on_the_same_memory

SIDE = 1000


def _sides(library: str, big: tuple[int, ...], small: tuple[int, ...]) -> Sides:
    """Return x * y forward and backward, ours and PyTorch's; both return y's grad."""
    args = arrays(big, small, big)
    runs = []
    for x, y, d_out in on_the_same_memory(library, args):
        x.requires_grad = y.requires_grad = True
        runs.append(functools.partial(_mul, x, y, d_out))
    return runs[0], runs[1]


def _mul(x: Any, y: Any, d_out: Any) -> Any:
    x.grad = y.grad = None
    (x * y).backward(d_out)
    return y.grad


def _mul_row(name: str, big: tuple[int, ...], small: tuple[int, ...]) -> Row:
    return Row(
        f"unbroadcast.mul.{name}.torch",
        f"{big} * {small}, forward and backward",
        1.0,
        sides=lambda: _sides("torch", big, small),
        reference="torch",
        needs=("torch",),
    )


def _sum_back(name: str, big: tuple[int, ...], small: tuple[int, ...]) -> list[Row]:
    dims = tuple(
        k
        for k, size in enumerate(big)
        if k < len(big) - len(small) or small[k - len(big)] != size
    )
    return beside(
        f"unbroadcast.{name}",
        f"unbroadcast(grad, {small}) of {big}",
        {"numpy": 1.0, "torch": 1.0},
        lambda: arrays(big),
        lambda grad: gradlab.unbroadcast(grad, small),
        numpy=lambda grad: grad.sum(dims, keepdims=True).reshape(small),
        torch=lambda grad: grad.sum_to_size(small),
    )


UNBROADCASTING: tuple[Row, ...] = (
    _mul_row("row", (SIDE, SIDE), (SIDE,)),
    _mul_row("column", (SIDE, SIDE), (SIDE, 1)),
    *_sum_back("row", (SIDE, SIDE), (SIDE,)),
    *_sum_back("column", (SIDE, SIDE), (SIDE, 1)),
    *_sum_back("two_dims", (32, 64, 128), (64, 1)),
)
