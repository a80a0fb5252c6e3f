"""quiet: run NumPy without warnings, at a tenth of the price of np.errstate.

NumPy keeps its error state in a context variable. Each thread gets a context where
everything is set to "ignore" once; running a ufunc in it costs 0.2 µs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import Context
from typing import Any

import numpy as np


class _Here(threading.local):
    """The quiet context of this thread: no two threads may be in the same one.

    `here.run(fn, *args)` raises RuntimeError inside itself; `quiet` does not.
    """

    def __init__(self) -> None:
        context = Context()
        context.run(np.seterr, all="ignore")
        self.run = context.run


here = _Here()


def quiet(fn: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Return fn(*args, **options) with inf and NaN where NumPy would warn.

    For NumPy's functions and gradlab's own: `fn` sees none of the caller's context
    variables, so a learner's function has no place here.

    Examples
    --------
    >>> quiet(np.divide, 1.0, np.zeros(2))
    array([inf, inf])
    """
    try:
        return here.run(fn, *args, **options)
    except RuntimeError:  # a context cannot be entered twice; np.errstate can
        with np.errstate(all="ignore"):
            return fn(*args, **options)
