"""Joining: cells laid side by side. Backward cuts them apart again."""

from __future__ import annotations

import itertools

import numpy as np

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.tensors.f import one_dim
from gradlab.tensors.function import Function


class Cat(Function):
    """Tensors one after another along a dim they all have."""

    kind, on = "join", "arrays"

    @staticmethod
    def forward(ctx: Context, *inputs: Array, dim: int = 0) -> Array:
        """Lay the inputs one after another."""
        dim = one_dim(dim, inputs[0].ndim)
        _check_cat([x.shape for x in inputs], dim)
        ctx.save_for_backward([x.shape[dim] for x in inputs], dim)
        return np.ascontiguousarray(np.concatenate(inputs, axis=dim))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, ...]:
        """Each input gets its own stretch of d_out."""
        sizes, dim = ctx.saved_values
        return tuple(np.split(d_out, np.cumsum(sizes)[:-1], axis=dim))


class Stack(Function):
    """Tensors of one shape along a new dim."""

    kind, on = "join", "arrays"

    @staticmethod
    def forward(ctx: Context, *inputs: Array, dim: int = 0) -> Array:
        """Make every input one slice of the new dim."""
        dim = one_dim(dim, inputs[0].ndim + 1)
        _check_stack([x.shape for x in inputs])
        ctx.save_for_backward(dim)
        return np.ascontiguousarray(np.stack(inputs, axis=dim))

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array, ...]:
        """Each input gets its own slice of d_out."""
        (dim,) = ctx.saved_values
        slices = np.moveaxis(d_out, dim, 0)
        return tuple(map(np.asarray, slices))  # of rank 0, NumPy gives bare numbers


class Tile(Function):
    """Copies of one tensor laid side by side, as often as asked along each dim."""

    kind, on = "join", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, *, repeats: tuple[int, ...]) -> Array:
        """Copy the cells; dims missing on the left count as 1, in x or in repeats."""
        rank = max(x.ndim, len(repeats))
        shape = (1,) * (rank - x.ndim) + x.shape
        times = (1,) * (rank - len(repeats)) + repeats
        ctx.save_for_backward(x.shape, tuple(itertools.chain(*zip(times, shape))))
        return np.asarray(np.tile(x, repeats), order="C")

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> Array:
        """A cell gets the sum over its copies: fold the dims that count them."""
        shape, split = ctx.saved_values
        copies = tuple(range(0, len(split), 2))
        return ctx.f.add_reduce(d_out.reshape(split), copies).reshape(shape)


def _check_cat(shapes: list[tuple[int, ...]], dim: int) -> None:
    def others(shape: tuple[int, ...]) -> tuple[int, ...]:
        return shape[:dim] + shape[dim + 1 :]

    if any(len(s) != len(shapes[0]) or others(s) != others(shapes[0]) for s in shapes):
        raise ValueError(
            f"cat along dim {dim} needs shapes that agree in every other dim; "
            f"got {' and '.join(map(str, shapes))}."
        )


def _check_stack(shapes: list[tuple[int, ...]]) -> None:
    if len(set(shapes)) > 1:
        raise ValueError(
            f"stack needs tensors of one shape; got {' and '.join(map(str, shapes))}. "
            "Use cat to lay them one after another."
        )
