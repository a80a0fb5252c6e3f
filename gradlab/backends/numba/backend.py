"""The numba backend: which loop answers a call."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gradlab.backends.base import Array, Backend
from gradlab.backends.numba import choice
from gradlab.backends.numba.folding import Reduction, can_fold, zip_reduced
from gradlab.backends.numba.kernels import BY_CHAR, kernels
from gradlab.backends.numba.layout import layout, walk
from gradlab.backends.numba.zipping import flat_zip, row_zip, strided_zip
from gradlab.backends.numpy import NumpyBackend
from gradlab.operators import ScalarOp


class NumbaBackend(Backend):
    """Compiled loops for big arrays; NumPy for small ones, where a call costs most.

    Parameters
    ----------
    always : call a compiled loop at any size, even where NumPy is faster
    """

    name = "numba"

    def __init__(self, always: bool = False) -> None:
        self._always = always
        self._numpy = NumpyBackend()

    def map(self, op: ScalarOp, x: Array) -> Array:
        """Return op of every cell."""
        return self.bound(op, "map")(x)

    def zip(self, op: ScalarOp, x: Array, y: Array) -> Array:
        """Return op of the pairs of cells."""
        return self.bound(op, "zip")(x, y)

    def reduce(self, op: ScalarOp, x: Array, dims: tuple[int, ...]) -> Array:
        """Return the cells along `dims` folded into one."""
        return self.bound(op, "reduce")(x, dims)

    def zip_reduce(
        self, zip_op: ScalarOp, op: ScalarOp, x: Array, y: Array, dims: tuple[int, ...]
    ) -> Array:
        """Return the zip of two arrays folded along `dims`, without keeping the zip."""
        first = self._first(op, "zip_reduce")
        if x.size * y.size >= first and _suit(x, y):
            way = walk(layout(x), layout(y), dims=dims)
            if way.size >= first and can_fold(way):
                join = self._numpy.bound(op, "reduce")
                return zip_reduced(zip_op, op, x, y, way, join)
        return self.reduce(op, self.zip(zip_op, x, y), dims)

    def bound(self, op: ScalarOp, kind: str) -> Callable[..., Array]:
        """Return the loop of one op, ready to call."""
        to_numpy = self._numpy.bound(op, kind)
        if not (self._always or choice.may_run(op, kind)):
            return to_numpy
        if kind == "reduce":
            return Reduction(op, to_numpy, self._first(op, "reduce"), self._always)
        make = self._map_loop if kind == "map" else self._zip_loop
        return make(op, to_numpy)

    # These loops are what every small op costs, so all they ask for is a size.

    def _map_loop(
        self, op: ScalarOp, to_numpy: Callable[..., Array]
    ) -> Callable[..., Array]:
        first = self._first(op, "map")

        def loop(x: Array) -> Array:
            if x.size < first or not _suit(x, x):
                return to_numpy(x)
            out = np.empty(x.shape, x.dtype)
            packed = np.ascontiguousarray(x).reshape(-1)
            kernels(op, "map", x.dtype.char).flat(packed, out.reshape(-1))
            return out

        return loop

    def _zip_loop(
        self, op: ScalarOp, to_numpy: Callable[..., Array]
    ) -> Callable[..., Array]:
        kinds = ("zip", "broadcast", "strided")
        packed, broadcast, strided = (self._first(op, kind) for kind in kinds)
        one_pass = choice.is_one_pass(op.name) and not self._always

        def loop(x: Array, y: Array) -> Array:
            # Broadcasting gives x.size * y.size cells at most.
            if x.size * y.size < broadcast:
                return to_numpy(x, y)
            if x.shape == y.shape:
                if x.size < (strided if one_pass else packed):
                    return to_numpy(x, y)
                if x.flags.c_contiguous and y.flags.c_contiguous:
                    return to_numpy(x, y) if one_pass else flat(x, y)
            out = self._walked_zip(op, x, y, broadcast, strided)
            return to_numpy(x, y) if out is None else out

        def flat(x: Array, y: Array) -> Array:
            if not _suit(x, y):
                return to_numpy(x, y)
            return flat_zip(kernels(op, "zip", x.dtype.char).rows, x, y)

        return loop

    def _walked_zip(
        self, op: ScalarOp, x: Array, y: Array, broadcast: int, strided: int
    ) -> Array | None:
        """Return the zip by a compiled loop, or None where NumPy is faster."""
        way = walk(layout(x), layout(y))
        if way.size < broadcast or not _suit(x, y):
            return None
        if way.has_rows or not choice.has_strided(op):
            return row_zip(kernels(op, "zip", x.dtype.char).rows, x, y, way)
        if way.size < strided or len(way.shape) > 3 or way.side_by_side is None:
            return None
        return strided_zip(kernels(op, "strided", x.dtype.char).strided, x, y, way)

    def _first(self, op: ScalarOp, kind: str) -> int:
        # No kernel has a loop for size 0.
        return 1 if self._always else choice.first_size(op.name, kind)


def _suit(x: Array, y: Array) -> bool:
    """Say whether there is a kernel for the dtype that two arrays share."""
    return x.dtype == y.dtype and x.dtype.char in BY_CHAR
