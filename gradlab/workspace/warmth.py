"""`gradlab doctor --kernels`: every Numba kernel, compiled now or from the cache."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from gradlab.workspace.errors import WorkspaceError


@dataclass
class Warmth:
    """How many kernels there are, how many were compiled just now, and how long."""

    kernels: int = 0
    compiled: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        cached = self.kernels - self.compiled
        return (
            f"{self.kernels} kernels in {self.seconds:.1f} s: "
            f"{self.compiled} compiled, {cached} from the cache."
        )


def load_kernels() -> Iterator[Warmth]:
    """Load every kernel; yield the same tally after each, the last one complete.

    Raises
    ------
    WorkspaceError
        If Numba is not installed.
    """
    if importlib.util.find_spec("numba") is None:
        raise WorkspaceError(
            "Numba is not installed, so there are no kernels: pip install numba. "
            "gradlab works without it, on NumPy."
        )
    from gradlab.backends.numba import warm_up

    tally = Warmth()
    yield tally
    for report in warm_up():
        tally.kernels += 1
        tally.compiled += report.compiled
        tally.seconds += report.seconds
        yield tally
