"""kernel_source: the loop that runs, as text."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from gradlab.backends.numba.kernels import source_of
from gradlab.backends.numba.matmul import MATMUL
from gradlab.backends.own import Own


def kernel_source(name: str | Callable[..., Any], dtype: str = "float64") -> str:
    """Return the source of the compiled loop of `t.f.<name>`, or of your function.

    gradlab's loops run on big tensors; small ones, and a few ops on any tensor, go to
    NumPy where that is faster. Yours run once they pay. The first lines say which.

    Parameters
    ----------
    name : such as "mul_zip", "add_reduce", "mul_add_zip_reduce" or "matmul"; what
        tensor_map, tensor_zip, tensor_reduce or fuse returned; or a function of one
        or two numbers
    dtype : "float64" or "float32"; your functions always compute in float64

    Raises
    ------
    ValueError
        If there is no such kernel.

    Examples
    --------
    >>> print(kernel_source("mul_zip").splitlines()[0])
    \"\"\"mul_zip on float64: the loop gradlab compiles with Numba.
    """
    if isinstance(name, str):
        return MATMUL if name == "matmul" else source_of(name, dtype)
    if not callable(name):
        raise TypeError(
            "kernel_source takes a name such as 'mul_zip', or a function; got "
            f"{name!r}."
        )
    fused = getattr(name, "source", None)
    if isinstance(fused, str):
        return fused
    own = getattr(name, "own", None) or _own(name)
    return own.rising.text()


def _own(fn: Callable[..., float]) -> Own:
    return Own(fn, "zip" if len(inspect.signature(fn).parameters) == 2 else "map")
