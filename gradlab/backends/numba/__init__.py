"""The numba backend: compiled loops, one small readable file per op.

`templates` holds the loops as text, `sources` pastes a scalar function into one,
`kernels` compiles and caches it, `layout` and `folding` bring any call to the three
dims that loops know, `choice` says where NumPy is faster.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradlab.backends.numba.backend import NumbaBackend
    from gradlab.backends.numba.kernels import cache_dir
    from gradlab.backends.numba.shown import kernel_source
    from gradlab.backends.numba.warmth import KernelReport, warm_up

__all__ = ["KernelReport", "NumbaBackend", "cache_dir", "kernel_source", "warm_up"]

_HOME = {
    "KernelReport": "warmth",
    "NumbaBackend": "backend",
    "cache_dir": "kernels",
    "kernel_source": "shown",
    "warm_up": "warmth",
}


def __getattr__(name: str) -> Any:
    """Load a name on first use: an op on a small tensor needs none but the backend."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(f"{__name__}.{_HOME[name]}")
    return getattr(module, name)
