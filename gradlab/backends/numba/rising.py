"""A learner's function: plain Python at first, a compiled loop once that pays.

A first result comes at once, and print, breakpoint and raise do what they always do.
After a million cells compiling costs less than it saves. The compiled loop takes over
only if every number so far was finite and it repeats a sample to the last bit.
"""

from __future__ import annotations

import inspect
import math
import sys
import threading
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from gradlab.backends.base import Array, reduced_shape
from gradlab.backends.numba.kernels import load, path_of
from gradlab.backends.numba.layout import layout, walk
from gradlab.backends.numba.learned import Learned, NotCompilableError, learned
from gradlab.backends.numba.zipping import row_zip
from gradlab.backends.simple import map_into, reduce_into, zip_into

if TYPE_CHECKING:
    from gradlab.backends.own import Own

RISE_AT = 1_000_000  # cells through plain Python, which cost as much as compiling
AT_ONCE = 10_000  # cells in one call, if the compiled loop is in the cache
SAMPLE = 64

_PLAIN: dict[str, Callable[..., None]] = {
    "map": map_into,
    "zip": zip_into,
    "reduce": reduce_into,
}
_lock = threading.RLock()


class Rising:
    """What runs a learner's function on the numba backend.

    Parameters
    ----------
    own : the function
    """

    def __init__(self, own: Own) -> None:
        self._own = own
        self._forget()

    def _forget(self) -> None:
        self._learned: Learned | None = None
        self._loops: Any = None
        self._cells = 0
        self._stays = ""  # why it stays plain Python, once that is known
        self._said = False

    def run(self, *inputs: Any) -> Array:
        """Return the result, from plain Python or from the compiled loop."""
        if self._learned is not None and not self._learned.is_current():
            self._forget()
        if self._loops is None:
            self._rise_if_it_pays(inputs)
        if self._loops is not None and inputs[0].size and sys.gettrace() is None:
            return self._compiled(*inputs)
        out = self._own.plain(*inputs)
        self._cells += max(out.size, inputs[0].size)
        if not np.isfinite(out).all():
            self._stays = self._stays or "it gave inf or NaN"
        if self._stays and self._cells >= RISE_AT and not self._said:
            self._say()
        return out

    def text(self) -> str:
        """Return the loop, below a line on what has run so far."""
        own = self._own
        try:
            loop = self._learn().text(own.name, own.kind)
        except NotCompilableError as error:
            self._stays = str(error)
            loop = inspect.getsource(_PLAIN[own.kind])
        if self._loops is not None:
            return f"# This loop runs, compiled.\n{loop}"
        why = f", and stays: {self._stays}" if self._stays else ""
        return f"# Plain Python has run so far ({self._cells:,} cells){why}.\n{loop}"

    # --------------------------------- going up ---------------------------------

    def _rise_if_it_pays(self, inputs: tuple[Any, ...]) -> None:
        cells = inputs[0].size
        if self._stays or (cells < AT_ONCE and self._cells < RISE_AT) or not cells:
            return
        try:
            with _lock:
                self._rise(inputs)
        except NotCompilableError as error:
            self._stays = str(error)

    def _rise(self, inputs: tuple[Any, ...]) -> None:
        name, text = self._file()
        if self._cells < RISE_AT and not path_of(name, text).exists():
            return
        try:
            self._loops = load(name, text)
        except Exception as error:  # Numba raises many sorts
            raise NotCompilableError("Numba cannot compile it") from error
        if not self._agrees(inputs):
            self._loops = None
            raise NotCompilableError("compiled, its numbers differ in the last bits")

    def _agrees(self, inputs: tuple[Any, ...]) -> bool:
        """Say whether both ways give the same finite bits for some of the cells."""
        sample = _sample(self._own.kind, inputs)
        plain, compiled = self._own.plain(*sample), self._compiled(*sample)
        return bool(np.isfinite(plain).all()) and plain.tobytes() == compiled.tobytes()

    def _say(self) -> None:
        self._said = True
        warnings.warn(
            f"{self._own.name} stays plain Python: {self._stays}. Its results are "
            "right, only slower than a compiled loop's.",
            stacklevel=5,
        )

    def _learn(self) -> Learned:
        if self._learned is None:
            self._learned = learned(self._own.fn)
        return self._learned

    def _file(self) -> tuple[str, str]:
        name = "".join(c if c.isalnum() else "_" for c in self._own.name)
        text = self._learn().text(self._own.name, self._own.kind)
        return f"own_{name}_{self._own.kind}", text

    # --------------------------------- compiled ---------------------------------

    def _compiled(self, x: Array, *others: Any) -> Array:
        """Run the compiled loop, in float64."""
        a = np.ascontiguousarray(x, dtype=np.float64).reshape(x.shape)
        if self._own.kind == "map":
            out = np.empty(x.shape)
            self._loops.flat(a.reshape(-1), out.reshape(-1))
        elif self._own.kind == "zip":
            b = np.asarray(others[0], dtype=np.float64)
            out = row_zip(self._loops.rows, a, b, walk(layout(a), layout(b)))
        else:
            out = self._folded(a, others[0])
        return out.astype(x.dtype, copy=False)

    def _folded(self, x: Array, dims: tuple[int, ...]) -> Array:
        for dim in dims:
            outer, inner = math.prod(x.shape[:dim]), math.prod(x.shape[dim + 1 :])
            out = np.empty((outer, inner))
            cells = x.reshape(outer, x.shape[dim], inner)
            self._loops.in_order(cells, float(self._own.start), out)
            x = out.reshape(reduced_shape(x.shape, (dim,)))
        return x


def _sample(kind: str, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a few cells from all over, in float64; a strip to fold for a reduction."""
    arrays = inputs[:1] if kind == "reduce" else np.broadcast_arrays(*inputs)
    size = arrays[0].size
    places = np.unravel_index(
        np.linspace(0, size - 1, min(SAMPLE, size)).astype(int), arrays[0].shape
    )
    cells = tuple(a[places].astype(np.float64) for a in arrays)
    return (*cells, (0,)) if kind == "reduce" else cells
