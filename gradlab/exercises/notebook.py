"""What the notebook around a check knows: its names, its cells, who runs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, Literal

Grading = Literal["", "autograde", "validate"]


def grading() -> Grading:
    """Return what nbgrader is doing with this notebook; "" when nobody grades."""
    mode = os.environ.get("NBGRADER_EXECUTION", "")
    if mode == "validate":
        return "validate"
    return "autograde" if mode else ""


def shell() -> Any:
    """Return the running IPython shell, or None (without importing IPython)."""
    ipython = sys.modules.get("IPython")
    found = ipython.get_ipython() if ipython else None
    return found if hasattr(found, "user_ns") else None


def in_notebook() -> bool:
    """Say whether results are shown by a kernel rather than printed."""
    return shell() is not None and hasattr(shell(), "kernel")


def names_around(depth: int) -> Mapping[str, Any]:
    """Return the names of the notebook, else those of the code `depth` frames up."""
    here = shell()
    if here is not None:
        names: Mapping[str, Any] = here.user_ns
        return names
    return sys._getframe(depth + 1).f_globals


def cell_of(fn: Any) -> int | None:
    """Return the number of the cell that defined `fn`: the 12 of ``In [12]``."""
    here, code = shell(), getattr(fn, "__code__", None)
    if here is None or code is None:
        return None
    numbers = getattr(here.compile, "_filename_map", {})
    found = numbers.get(code.co_filename)
    return found if isinstance(found, int) and found > 0 else None


def running_cell() -> int:
    """Return the number of the cell that runs now; 0 outside a notebook."""
    # Not `execution_count`: a newer IPython counts on before the cell runs.
    history = getattr(shell(), "history_manager", None)
    return len(history.input_hist_parsed) - 1 if history else 0
