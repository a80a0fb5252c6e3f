"""The cells that every lesson has, with an example exercise to replace."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gradlab.grading.metadata import SCHEMA
from gradlab.workspace.execution import MEANT
from gradlab.workspace.notebooks import Cell, Notebook

SCRATCH_TAGS = ["scratch", MEANT]  # what raises there ends no "Run All"
KERNEL = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}

AUTHOR = """\
**Author's copy.** This file holds the solutions. Releasing the lesson removes this \
cell, everything between the solution marks, and all outputs. Leave the ids of the \
cells as they are: a learner's work is found by them."""

TITLE = """\
# NN · TITLE

What this lesson is about, in a sentence. In this lesson you learn to

- **predict** what comes out,
- **write** it yourself.

Core: 10 minutes, with a stopping place after 7.
You need minus; a recap follows.

Shift+Enter runs a cell. Do you see `ModuleNotFoundError`? Close this page and start \
with `gradlab lab`."""

START = """\
import gradlab.visualization as viz
from gradlab import check, predict, progress, tensor

progress("NN")"""

RECAP = """\
## Recap: a minus between tensors

`-` is a zip: it pairs equal places and subtracts.

Step through the picture with Next."""

RECAP_CODE = """\
a, b = tensor([9, 8, 7]), tensor([1, 2, 3])
viz.zip_flow("sub", a, b, names=("a", "b")).play()"""

P1 = """\
## Neighbours

The numbers 3, 5, 4 stand in a row. Take each from the next one.

**P1.** What does `tensor([5, 4]) - tensor([3, 5])` give? Write a list of numbers, \
such as `[5, 6]`, or `"error"`.

Put your answer in the place of `...` and run the cell. Answer first, then look. \
Nobody grades it."""

E1 = """\
### E1 · From each number to the next

core · 3 points · ~5 min

Write `steps(v)`: the differences between neighbours, in a list.

| v | returns |
|---|---|
| [2, 9, 5] | [7, -4] |

Do not change `v`."""

E1_ANSWER = """\
def steps(v):
    \"\"\"Differences between neighbours.\"\"\"
    ### BEGIN SOLUTION
    return [b - a for b, a in zip(v[1:], v)]
    ### END SOLUTION"""

E1_SCRATCH = "# Try it here: steps([2, 9, 5])"

E1_CHECK = """\
from gradlab import check

check("NN.E1")"""

STOP = """\
---
**A stopping place: 7 minutes.** Save with Ctrl+S. When you come back, run the first \
code cell, and go on here. Your passed checks are remembered."""

PAGE = """\
## One page to keep

- A **step** is a number less the one before it."""

PAGE_CODE = """\
viz.zip_flow("sub", tensor([9, 5]), tensor([2, 9]), names=("later", "earlier"))"""

P2 = """\
## You can now

- **predict** what a minus between tensors gives,
- **write** the steps between numbers.

One last question before you leave.

**P2.** How many steps are there between 10 numbers? Write a whole number."""

END = """\
**Before handing in:** save with Ctrl+S, then type `gradlab check NN` in a terminal \
(File > New > Terminal). It runs your saved file from top to bottom in a fresh process \
and gives the same verdicts."""


def standing_notebook(number: str, title: str) -> Notebook:
    """Return the notebook of a new lesson, in solution form."""
    cells = list(_cells())
    for cell in cells:
        cell["source"] = cell["source"].replace("NN", number).replace("TITLE", title)
        cell["id"] = f"{number}-{cell['id']}"
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = cell["id"]
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cells() -> Iterator[Cell]:
    yield _cell("author", "markdown", AUTHOR, {"tags": ["author"]})
    yield _locked("title", "markdown", TITLE)
    yield _locked("start", "code", START)
    yield _locked("recap", "markdown", RECAP)
    yield _locked("recap-code", "code", RECAP_CODE)
    yield _locked("P1-text", "markdown", P1)
    yield _cell("P1", "code", 'predict("NN.P1", ...)', {"tags": ["predict"]})
    yield _locked("E1-text", "markdown", E1)
    yield _with_role("E1", "code", E1_ANSWER, solution=True)
    yield _cell("E1-scratch", "code", E1_SCRATCH, {"tags": [*SCRATCH_TAGS]})
    yield _with_role("E1-check", "code", E1_CHECK, grade=True, locked=True, points=3)
    yield _locked("stop", "markdown", STOP)
    yield _locked("page", "markdown", PAGE)
    yield _locked("page-picture", "code", PAGE_CODE)
    yield _locked("P2-text", "markdown", P2)
    yield _cell("P2", "code", 'predict("NN.P2", ...)', {"tags": ["predict"]})
    yield _locked("progress", "code", 'progress("NN")')
    yield _locked("end", "markdown", END)


def _cell(id: str, kind: str, source: str, metadata: dict[str, Any]) -> Cell:
    rest: dict[str, Any] = {}
    if kind == "code":
        rest = {"outputs": [], "execution_count": None}
    return {
        "cell_type": kind,
        "id": id,
        "metadata": metadata,
        "source": source,
        **rest,
    }


def _locked(id: str, kind: str, source: str) -> Cell:
    return _with_role(id, kind, source, locked=True)


def _with_role(id: str, kind: str, source: str, **roles: Any) -> Cell:
    none = {"grade": False, "locked": False, "solution": False, "task": False}
    meta = none | {"schema_version": SCHEMA, "cell_type": kind} | roles
    return _cell(id, kind, source, {"nbgrader": meta})
