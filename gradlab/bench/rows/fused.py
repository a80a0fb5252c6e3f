"""Chains of ops fused to one loop, beside PyTorch op by op and compiled."""

from __future__ import annotations

import shutil
from typing import Any

from gradlab.bench.row import NotMeasured, Row, Sides
from gradlab.bench.sides import (
    arrays,
    gradlab,
    on_the_same_memory,
    torch_with_one_thread,
)

N = 10**6


def polynomial(x: Any) -> Any:
    """Six ops: a polynomial of degree 3."""
    return ((x * 0.5 + 1.0) * x - 2.0) * x + 3.0


def gelu(x: Any) -> Any:
    """Eight ops: the tanh form of gelu."""
    return 0.5 * x * (1.0 + (0.7978845608 * (x + 0.044715 * x * x * x)).tanh())


def sigmoid_tanh(x: Any) -> Any:
    """Four ops: a gate times a tanh, shifted and scaled."""
    return (x.sigmoid() * x.tanh() + 1.0) * 0.5


def squares(x: Any) -> Any:
    """Four ops, the last of them a sum."""
    return ((x - 1.0) * (x - 1.0) * 0.5).sum()


CHAINS = (polynomial, gelu, sigmoid_tanh, squares)


def _sides(chain: Any, *, compiled: bool) -> Sides:
    torch = torch_with_one_thread()
    if compiled and not (shutil.which("g++") or shutil.which("clang++")):
        raise NotMeasured("torch.compile needs a C++ compiler")
    (ours,), (theirs,) = on_the_same_memory("torch", arrays((N,)))
    fused = gradlab.fuse(chain)
    other = torch.compile(chain) if compiled else chain
    return lambda: fused(ours), lambda: other(theirs)


def _row(chain: Any, goal: float, *, compiled: bool) -> Row:
    reference = "torch.compile" if compiled else "torch"
    return Row(
        f"fused.{chain.__name__}.{reference}",
        f"gradlab.fuse({chain.__name__}), {N:,} cells, float64",
        goal,
        sides=lambda: _sides(chain, compiled=compiled),
        reference=reference,
        needs=("torch",),
        long=compiled,
    )


def _with_backward(x: Any, run: Any) -> Any:
    x.grad = None
    run(x).sum().backward()
    return x.grad


def _backward_sides(chain: Any) -> Sides:
    (ours,), (theirs,) = on_the_same_memory("torch", arrays((N,)))
    ours.requires_grad = theirs.requires_grad = True
    fused = gradlab.fuse(chain)
    return lambda: _with_backward(ours, fused), lambda: _with_backward(theirs, chain)


FUSED: tuple[Row, ...] = (
    *(_row(chain, 0.4, compiled=False) for chain in CHAINS),
    Row(
        "fused.gelu.backward.torch",
        f"forward, sum and backward of gradlab.fuse(gelu), {N:,} cells, float64",
        0.4,
        sides=lambda: _backward_sides(gelu),
        reference="torch",
        needs=("torch",),
    ),
    *(_row(chain, 0.8, compiled=True) for chain in CHAINS),
)
