"""What the notebook around a check knows: its names, its cells, who runs it."""

from __future__ import annotations

import ast
import os
import re
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
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
    from gradlab.exercises.sources import methods_of

    codes = (getattr(each, "__code__", None) for each in (fn, *methods_of(fn)))
    here, code = shell(), next(filter(None, codes), None)
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


# -------------------- a cell that did not run --------------------


@dataclass(frozen=True)
class Unrun:
    """A cell that was to define the answer but stopped: its number and the error."""

    cell: int
    error: str
    line: int | None
    message: str


def unrun_cell(name: str, fn: Any) -> Unrun | None:
    """Return the newest cell that defines `name`, if it stopped before it did.

    `fn` is what the name stands for now: the work of an older cell, or None.
    """
    here = shell()
    history = getattr(here, "history_manager", None)
    cells = list(history.input_hist_parsed) if history else []
    number = next(
        (k for k in reversed(range(len(cells))) if _defines(name, cells[k])), 0
    )
    if not number:
        return None
    home = cell_of(fn)
    if home is not None and home > number:
        return None
    found = _syntax_error(cells[number])
    if found is not None:
        return Unrun(number, type(found).__name__, found.lineno, found.msg)
    raised = _raised_in(here, name)
    if raised is None or (fn is not None and home in (None, number)):
        return None
    return Unrun(number, type(raised).__name__, None, str(raised).partition("\n")[0])


def _defines(name: str, source: str) -> bool:
    # "Def f" and "de f" too: a misspelt `def` is such an error.
    start = rf"^[ \t]*(?:[dD]\w*|class|async[ \t]+def)[ \t]+{re.escape(name)}\b"
    return re.search(start, source, re.MULTILINE) is not None


def _syntax_error(source: str) -> SyntaxError | None:
    """Return the error that Python finds before it runs a cell."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            compile(source, "<cell>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, MemoryError, RecursionError):
        return None
    return None


def _raised_in(here: Any, name: str) -> BaseException | None:
    """Return what the cell before this one raised, if it was to define `name`."""
    result = getattr(here, "last_execution_result", None)
    source = getattr(getattr(result, "info", None), "raw_cell", None)
    if not isinstance(source, str) or not _defines(name, source):
        return None
    raised: BaseException | None = getattr(result, "error_in_exec", None)
    return raised
