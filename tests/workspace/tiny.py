"""A lesson of two exercises, small enough to read in a test."""

import copy
from typing import Any

Notebook = dict[str, Any]

CHECK = """\
from IPython.display import display
try:
    right = {name}(3) == {answer}
    state, said = ("passed", "passed") if right else ("wrong", "{label}: not that.")
except NotImplementedError:
    state, said = "not done", "{label} not done yet."
points = 2.0 * (state == "passed")
verdict = dict(exercise="99.{label}", state=state, passed=state == "passed",
               points=points, max_points=2.0, first_line=said)
display({{"text/plain": said}}, raw=True, metadata={{"gradlab": verdict}})
"""


def cell(id: str, source: str, kind: str = "code", **metadata: Any) -> dict[str, Any]:
    """A cell as a notebook file holds it."""
    rest = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": id, "metadata": metadata, "source": source} | rest


def role(grade_id: str, **roles: Any) -> dict[str, Any]:
    """nbgrader's metadata."""
    none = {"grade": False, "locked": False, "solution": False}
    return none | {"schema_version": 3, "grade_id": grade_id} | roles


def answer(name: str, body: str) -> str:
    """An answer cell's source in solution form."""
    lines = [f"def {name}(x):", "    ### BEGIN SOLUTION", body, "    ### END SOLUTION"]
    return "\n".join(lines)


def exercise(label: str, name: str, body: str, result: int) -> list[dict[str, Any]]:
    """Text, answer, scratch and check cell of one exercise."""
    id = f"99-{label}"
    check = CHECK.format(name=name, answer=result, label=label)
    locked = role(f"{id}-text", locked=True)
    graded = role(f"{id}-check", grade=True, locked=True, points=2)
    return [
        cell(
            f"{id}-text", f"### {label}: write {name}(x)", "markdown", nbgrader=locked
        ),
        cell(id, answer(name, body), nbgrader=role(id, solution=True)),
        cell(f"{id}-scratch", f"# Try it here: {name}(3)", tags=["scratch"]),
        cell(f"{id}-check", check, nbgrader=graded),
    ]


def lesson() -> Notebook:
    """The whole lesson as its author keeps it."""
    cells = [
        cell("99-author", "This is the author's copy.", "markdown", tags=["author"]),
        cell("99-title", "# Twice", "markdown"),
        cell("99-P1", 'predict = print\npredict("99.P1", ...)'),
        *exercise("E1", "double", "    return 2 * x", 6),
        *exercise("E2", "square", "    return x * x", 9),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": spec}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def find(notebook: Notebook, id: str) -> dict[str, Any]:
    """The cell with that id."""
    (found,) = (each for each in notebook["cells"] if each["id"] == id)
    return found


def ids(notebook: Notebook) -> list[str]:
    """The ids of all cells, in order."""
    return [each["id"] for each in notebook["cells"]]


def changed(notebook: Notebook, **sources: str) -> Notebook:
    """A copy with other sources: `changed(nb, E1="...")` for cell 99-E1."""
    other = copy.deepcopy(notebook)
    for name, source in sources.items():
        find(other, "99-" + name.replace("_", "-"))["source"] = source
    return other
