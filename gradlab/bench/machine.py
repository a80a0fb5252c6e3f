"""What the numbers of a bench depend on: versions, processor, load."""

from __future__ import annotations

import os
import platform
import subprocess
from contextlib import suppress
from pathlib import Path

import gradlab

PACKAGES = ("numpy", "numba", "torch", "micrograd")
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
}


def versions() -> dict[str, str]:
    """Return the version of Python, gradlab and each package; "" if not installed."""
    import importlib.metadata  # slow, and `gradlab --help` has no use for it

    found = {"python": platform.python_version(), "gradlab": gradlab.__version__}
    for name in PACKAGES:
        found[name] = ""
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def processor() -> str:
    """Return the processor's name and how many of its cores this process may use."""
    return f"{_model()}, {cores()} core{'s' if cores() > 1 else ''}"


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _model() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    with suppress(OSError, subprocess.SubprocessError):
        ask = ["sysctl", "-n", "machdep.cpu.brand_string"]
        told = subprocess.run(ask, capture_output=True, text=True, check=True)
        return told.stdout.strip()
    return platform.processor() or platform.machine()


def load() -> float | None:
    """Return how many processes wanted a core during the last minute, if known."""
    with suppress(OSError, AttributeError):
        return round(os.getloadavg()[0], 2)
    return None


def is_single_threaded() -> bool:
    """Say whether this process was started with one thread for NumPy's BLAS."""
    return all(os.environ.get(name) == value for name, value in ONE_THREAD.items())
