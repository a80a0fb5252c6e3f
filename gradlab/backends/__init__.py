"""Backends: the loops below every tensor op, on NumPy arrays and never on Tensors.

`simple` is the text to read, `numba` the one that runs, `numpy` the one to fall back
on. All three do the same three things: map, zip and reduce.
"""

from __future__ import annotations

import importlib.util
from functools import cache

from gradlab.backends.base import Backend

__all__ = ["Backend", "default_backend", "get_backend"]

NAMES = ("simple", "numpy", "numba")


def get_backend(name: str) -> Backend:
    """Return the backend of this name: "simple", "numpy" or "numba".

    Raises
    ------
    ValueError
        If there is no such backend.
    ModuleNotFoundError
        If it is "numba" and Numba is not installed.

    Examples
    --------
    >>> get_backend("simple").name
    'simple'
    """
    if not isinstance(name, str) or name not in NAMES:
        raise ValueError(
            f"There is no backend {name!r}; choose from {', '.join(NAMES)}."
        )
    if name == "numba" and not _has_numba():
        raise ModuleNotFoundError(
            "The numba backend needs Numba, which is not installed here: "
            "pip install numba. backend='numpy' works without it."
        )
    return _make(name)


@cache
def default_backend() -> Backend:
    """Return the numba backend, or the numpy one where Numba is not installed."""
    return _make("numba" if _has_numba() else "numpy")


@cache
def _has_numba() -> bool:
    return importlib.util.find_spec("numba") is not None


@cache
def _make(name: str) -> Backend:
    if name == "simple":
        from gradlab.backends.simple import SimpleBackend

        return SimpleBackend()
    if name == "numpy":
        from gradlab.backends.numpy import NumpyBackend

        return NumpyBackend()
    from gradlab.backends.numba import NumbaBackend

    return NumbaBackend()
