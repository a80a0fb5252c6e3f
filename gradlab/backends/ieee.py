"""IEEE answers where Python raises: 1 / 0 is inf, log(-1) is NaN, exp(1000) is inf.

Compiled loops and NumPy have them anyway. Plain Python code gets them here, by running
once more with NumPy's numbers and NumPy's functions in place of those of `math`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from types import CellType, FunctionType, SimpleNamespace
from typing import Any

import numpy as np

from gradlab.operators import ScalarFn, ScalarOp

_NAMES = {"pow": "power", "fabs": "absolute"}  # where NumPy calls it otherwise
_PAIRS = {name: getattr(np, _NAMES.get(name, name), None) for name in vars(math)}
_UFUNCS = {name: f for name, f in _PAIRS.items() if isinstance(f, np.ufunc)}
_QUIET: dict[int, Any] = {
    id(math): SimpleNamespace(**{**vars(math), **_UFUNCS}),
    **{id(getattr(math, name)): ufunc for name, ufunc in _UFUNCS.items()},
}


def ieee(op: ScalarOp | ScalarFn) -> ScalarFn:
    """Return the function of an op, or a function, with inf and NaN for errors.

    Raises
    ------
    ArithmeticError or ValueError
        When called, if the function raises these for a reason of its own.

    Examples
    --------
    >>> from gradlab.operators import SCALARS
    >>> ieee(SCALARS["div"])(-1.0, 0.0), ieee(math.log)(0.0), ieee(math.exp)(1000.0)
    (-inf, -inf, inf)
    """
    fn = op.fn if isinstance(op, ScalarOp) else op

    def quiet(*values: float) -> float:
        try:
            return fn(*values)
        except (ArithmeticError, ValueError):
            pass
        with np.errstate(all="ignore"):
            return float(_on_numpy(fn)(*map(np.float64, values)))

    return quiet


@lru_cache(maxsize=64)
def _on_numpy(fn: ScalarFn) -> ScalarFn:
    """Return the function as if its file had NumPy's functions for those of math."""
    if not isinstance(fn, FunctionType):
        quiet: ScalarFn = _QUIET.get(id(fn), fn)
        return quiet
    code, known = fn.__code__, fn.__globals__
    used = {name: _quiet(known[name], fn) for name in code.co_names if name in known}
    cells = (CellType(_quiet(c.cell_contents, fn)) for c in fn.__closure__ or ())
    return FunctionType(
        code, {**known, **used}, fn.__name__, fn.__defaults__, tuple(cells)
    )


def _quiet(thing: Any, user: ScalarFn) -> Any:
    """Return what a function uses, on NumPy if it is math's or one of gradlab's."""
    own = isinstance(thing, FunctionType) and thing.__module__.startswith("gradlab.")
    if own and thing is not user:
        return _on_numpy(thing)
    return _QUIET.get(id(thing), thing)
