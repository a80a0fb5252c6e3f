"""The numpy backend: one NumPy expression per op, for machines without Numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array, accumulator, start_of, zipped_shape
from gradlab.operators import ScalarOp


def _sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x) by way of e^-|x|, which cannot overflow."""
    small = np.exp(-np.abs(x))
    return np.asarray(np.where(x >= 0, 1.0, small) / (1.0 + small))


def _sigmoid_d(x: Array) -> Array:
    small = np.exp(-np.abs(x))
    return np.asarray(small / ((1.0 + small) * (1.0 + small)))


# Where x is NaN the derivative is NaN, which x > 0 alone would hide.
def _relu_d(x: Array) -> Array:
    return np.asarray(np.where(x > 0, 1.0, np.where(x <= 0, 0.0, x)))


UFUNCS: dict[str, Callable[..., Any]] = {
    "id": np.positive,
    "neg": np.negative,
    "inv": lambda x: 1.0 / x,
    "log": np.log,
    "exp": np.exp,
    "sigmoid": _sigmoid,
    "relu": lambda x: np.where(x <= 0, 0.0, x),
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "id_back": lambda x, d: d * np.ones_like(x),
    "neg_back": lambda x, d: d * -np.ones_like(x),
    "inv_back": lambda x, d: d * (-1.0 / (x * x)),
    "log_back": lambda x, d: d * (1.0 / x),
    "exp_back": lambda x, d: d * np.exp(x),
    "sigmoid_back": lambda x, d: d * _sigmoid_d(x),
    "relu_back": lambda x, d: d * _relu_d(x),
}


class NumpyBackend:
    """Whole arrays at a time, by NumPy; an op it does not know goes cell by cell."""

    name = "numpy"

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        with np.errstate(all="ignore"):
            return _packed(_ufunc(op, 1)(x), x.dtype)

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        zipped_shape(x, y)
        with np.errstate(all="ignore"):
            return _packed(_ufunc(op, 2)(x, y), x.dtype)

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one."""
        start = start_of(op)
        ufunc = UFUNCS.get(op.name)
        if not isinstance(ufunc, np.ufunc):
            raise ValueError(f"The numpy backend cannot reduce by {op.name}.")
        with np.errstate(all="ignore"):
            total = ufunc.reduce(
                x, axis=dims, dtype=accumulator(x), keepdims=True, initial=start
            )
        return _packed(total, x.dtype)


def _packed(result: Any, dtype: np.dtype[Any]) -> Array:
    """Return a contiguous array; NumPy keeps the layout of permuted inputs."""
    return np.asarray(result, dtype=dtype, order="C")


def _ufunc(op: ScalarOp, arguments: int) -> Callable[..., Any]:
    return UFUNCS.get(op.name) or np.frompyfunc(op.fn, arguments, 1)
