"""Show a result: returned to a notebook, printed anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from gradlab.exercises import notebook


@dataclass(frozen=True)
class Shown:
    """Something to read, as HTML and as plain text."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return {"text/html": self.html, "text/plain": self.text}


S = TypeVar("S", bound=Shown)


def show_or_print(shown: S) -> S:
    """Return what a notebook will show; elsewhere print it first."""
    if not notebook.in_notebook() and not notebook.grading():
        print(shown.text)  # noqa: T201 - there is no notebook to show it
    return shown
