"""A learner's own function as the loop of a backend.

On every backend it starts as plain Python. The numba backend moves it to a compiled
loop when that pays; `backends.numba.rising` says when and how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gradlab.backends.base import Array, Backend
from gradlab.backends.cells import map_cells, reduce_cells, zip_cells
from gradlab.operators import Kind, ScalarFn, ScalarOp

if TYPE_CHECKING:
    from gradlab.backends.numba.rising import Rising


class Own:
    """A learner's function with the kind of loop it goes into.

    Parameters
    ----------
    fn : the function on floats
    kind : "map", "zip" or "reduce"
    start : what a reduction starts from

    Examples
    --------
    >>> import numpy as np
    >>> from gradlab.backends import get_backend
    >>> double = Own(lambda v: v + v, "map")
    >>> double.run(get_backend("numpy"), np.array([1.0, 2.0]))
    array([2., 4.])
    """

    def __init__(self, fn: ScalarFn, kind: Kind, start: float = 0.0) -> None:
        self.fn = fn
        self.kind = kind
        self.start = start
        self._rising: Rising | None = None

    @property
    def name(self) -> str:
        """The name of the function."""
        return getattr(self.fn, "__name__", type(self.fn).__name__)

    def run(self, backend: Backend, *inputs: Any) -> Array:
        """Return the map of an array, the zip of two, or an array folded along dims."""
        if backend.name == "numba":
            return self.rising.run(*inputs)
        if backend.name == "numpy":
            return self.plain(*inputs)
        op = ScalarOp(f"{self.name} (own)", "zip", self.fn, start=self.start)
        return backend.bound(op, self.kind)(*inputs)

    def plain(self, *inputs: Any) -> Array:
        """Return the same by plain Python."""
        if self.kind == "map":
            return map_cells(self.fn, *inputs)
        if self.kind == "zip":
            return zip_cells(self.fn, *inputs)
        x, dims = inputs
        return reduce_cells(self.fn, x, dims, self.start)

    @property
    def rising(self) -> Rising:
        """What the numba backend does with it."""
        if self._rising is None:
            from gradlab.backends.numba.rising import Rising

            self._rising = Rising(self)
        return self._rising
