"""The numpy backend: one NumPy expression per op, for machines without Numba."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from gradlab.backends.base import (
    Array,
    Backend,
    accumulator,
    start_of,
    zipped_shape,
)
from gradlab.backends.cells import map_cells, reduce_cells, zip_cells
from gradlab.backends.quiet import here, quiet
from gradlab.operators import ScalarOp


def _sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x); e^-x may be inf, which gives 0."""
    small = np.exp(-x)
    small += 1.0
    return np.asarray(np.divide(1.0, small, out=small) if small.ndim else 1.0 / small)


def _sigmoid_d(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.asarray(small / ((1.0 + small) * (1.0 + small)))


def _tanh_d(x: Array) -> Array:
    small = np.exp(-2.0 * np.abs(x))
    return np.asarray(4.0 * small / ((1.0 + small) * (1.0 + small)))


def _relu_back(x: Array, d: Array) -> Array:
    """Return d where x is positive, 0 where not, NaN at NaN: a third of heaviside."""
    positive = np.sign(x)
    return np.multiply(d, np.maximum(positive, 0.0))


def _larger(x: Array, y: Array) -> Array:
    unequal = np.where(x < y, 0.0, np.where(x == y, 0.5, x + y))
    return np.asarray(np.where(x > y, 1.0, unequal))


def _power_dx(x: Array, y: Array) -> Array:
    return np.asarray(np.where(y == 0, 0.0, y * np.power(x, y - 1.0)))


def _power_dy(x: Array, y: Array) -> Array:
    slope = np.power(x, y) * np.log(x)
    return np.asarray(np.where((x == 0) & (y >= 0), 0.0, slope))


def _is_close(x: Array, y: Array) -> Array:
    gap = np.abs(x - y)
    close = (gap <= 1e-8 + 1e-5 * np.abs(y)) & (gap < np.inf)
    return np.asarray(close | (x == y))


UFUNCS: dict[str, Callable[..., Any]] = {
    "id": np.positive,
    "neg": np.negative,
    "inv": lambda x: 1.0 / x,
    "log": np.log,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "sign": np.sign,
    "abs": np.abs,
    "sin": np.sin,
    "cos": np.cos,
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "relu": lambda x: np.maximum(x, 0.0),
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "lt": np.less,
    "gt": np.greater,
    "le": np.less_equal,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
    "is_close": _is_close,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "div_dy": lambda x, y: -(x / y) / y,
    "pow_dx": _power_dx,
    "pow_dy": _power_dy,
    "larger": _larger,
    "id_back": lambda x, d: d * np.ones_like(x),
    "neg_back": lambda x, d: d * -np.ones_like(x),
    "inv_back": lambda x, d: d * (-1.0 / (x * x)),
    "log_back": lambda x, d: d * (1.0 / x),
    "exp_back": lambda x, d: d * np.exp(x),
    "sqrt_back": lambda x, d: d * (0.5 / np.sqrt(x)),
    "abs_back": lambda x, d: d * np.sign(x),
    "sin_back": lambda x, d: d * np.cos(x),
    "cos_back": lambda x, d: d * -np.sin(x),
    "tanh_back": lambda x, d: d * _tanh_d(x),
    "sigmoid_back": lambda x, d: d * _sigmoid_d(x),
    "relu_back": _relu_back,
}


class NumpyBackend(Backend):
    """Whole arrays at a time, by NumPy; an op it does not know goes cell by cell."""

    name = "numpy"

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        return self.bound(op, "map")(x)

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        return self.bound(op, "zip")(x, y)

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one."""
        return self.bound(op, "reduce")(x, dims)

    def bound(self, op: ScalarOp, kind: str) -> Callable[..., Array]:
        """Return the loop of one op, ready to call."""
        ufunc = UFUNCS.get(op.name)
        if ufunc is None:
            return _cell_by_cell(op, kind)
        loops = {"map": _map_loop, "zip": _zip_loop, "reduce": _reduce_loop}
        return loops[kind](ufunc, op)


def _cell_by_cell(op: ScalarOp, kind: str) -> Callable[..., Array]:
    if kind == "reduce":
        return partial(reduce_cells, op.fn, start=start_of(op))
    return partial(map_cells if kind == "map" else zip_cells, op.fn)


# What a call of these loops costs is what every small op costs. NumPy keeps the dtype
# of its inputs, packs a result of one dim, and returns a bare number for rank 0.


def _map_loop(ufunc: Any, _: ScalarOp) -> Callable[..., Array]:
    def loop(x: Array) -> Array:
        if x.ndim > 1:
            return quiet(ufunc, x, order="C")
        try:
            out = here.run(ufunc, x)
        except RuntimeError:
            out = quiet(ufunc, x)
        return out if out.ndim else _packed(out, x.dtype)

    return loop if keeps_dtype(ufunc) else _several_passes(ufunc)


def _zip_loop(ufunc: Any, _: ScalarOp) -> Callable[..., Array]:
    def loop(x: Array, y: Array) -> Array:
        try:
            if x.ndim > 1 or y.ndim > 1:
                return here.run(ufunc, x, y, order="C")
            out = here.run(ufunc, x, y)
        except (RuntimeError, ValueError):
            zipped_shape(x, y)  # says in gradlab's words which shapes do not fit
            out = quiet(ufunc, x, y, order="C")
        return out if out.ndim else _packed(out, x.dtype)

    return loop if keeps_dtype(ufunc) else _several_passes(ufunc)


def _several_passes(function: Callable[..., Any]) -> Callable[..., Array]:
    def loop(*inputs: Array) -> Array:
        try:
            out = quiet(function, *inputs)
        except ValueError:
            zipped_shape(*inputs)
            raise
        return _packed(out, inputs[0].dtype)

    return loop


def _reduce_loop(ufunc: Any, op: ScalarOp) -> Callable[..., Array]:
    start = start_of(op)
    fold, chooses = ufunc.reduce, ufunc in (np.maximum, np.minimum)

    def loop(x: Array, dims: tuple[int, ...]) -> Array:
        dtype = None if chooses or x.dtype.char == "d" else accumulator(x)
        try:
            out = here.run(fold, x, dims, dtype, None, True, start)
        except RuntimeError:
            out = quiet(fold, x, dims, dtype, None, True, start)
        return out if out.ndim == 1 and dtype is None else _packed(out, x.dtype)

    return loop


def keeps_dtype(ufunc: Any) -> bool:
    """Say whether floats go in and floats of the same dtype come out, in one pass."""
    types = ufunc.types if isinstance(ufunc, np.ufunc) else ()
    return "dd->d" in types or "d->d" in types


def _packed(result: Any, dtype: np.dtype[Any]) -> Array:
    """Return a contiguous array; NumPy keeps the layout of permuted inputs."""
    return np.asarray(result, dtype=dtype, order="C")
