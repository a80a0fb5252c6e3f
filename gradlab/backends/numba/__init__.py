"""The numba backend: compiled loops, one small readable file per op.

`templates` holds the loops as text, `kernels` fills one in, compiles and caches it,
`layout` folds any strided arrays to the two dims the loops know.
"""

from __future__ import annotations

from gradlab.backends.numba.backend import NumbaBackend
from gradlab.backends.numba.kernels import (
    KernelReport,
    cache_dir,
    kernel_source,
    warm_up,
)

__all__ = ["KernelReport", "NumbaBackend", "cache_dir", "kernel_source", "warm_up"]
