"""Notebook files, read and written as JSON.

No nbformat here: it takes seconds to import on some machines, and a start of
JupyterLab would wait for it. What is written is what JupyterLab itself writes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradlab.workspace.errors import DamagedNotebookError
from gradlab.workspace.files import reason, shown, write_whole

Cell = dict[str, Any]
Notebook = dict[str, Any]


def read(path: Path) -> Notebook:
    """Return the notebook in `path`, each cell's source as one string.

    Raises
    ------
    DamagedNotebookError
        If there is none, or it cannot be read as a notebook.
    """
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise DamagedNotebookError(f"There is no file {shown(path)}.") from None
    except OSError as error:
        words = f"Cannot read {shown(path)}: {reason(error)}."
        raise DamagedNotebookError(words) from None
    except ValueError as error:
        words = f"{shown(path)} cannot be read as a notebook ({_why(error)})."
        raise DamagedNotebookError(words) from None


def parse(text: str) -> Notebook:
    """Return the notebook that `text` holds.

    Raises
    ------
    ValueError
        If it is not the JSON of an nbformat 4 notebook.
    """
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError("it holds no list of cells")
    if notebook.get("nbformat") != 4:
        got = notebook.get("nbformat")
        raise ValueError(f"its format is {got!r}, and gradlab reads format 4")
    notebook["cells"] = [_tidy(cell) for cell in notebook["cells"]]
    if not isinstance(notebook.setdefault("metadata", {}), dict):
        raise ValueError("its metadata is no table")
    return notebook


def write(path: Path, notebook: Notebook) -> None:
    """Write the notebook in one step."""
    write_whole(path, text_of(notebook).encode())


def text_of(notebook: Notebook) -> str:
    """Return the file's text: sources by line, keys sorted, as JupyterLab does."""
    cells = [cell | {"source": _lines(cell["source"])} for cell in notebook["cells"]]
    plain = notebook | {"cells": cells}
    return json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _tidy(cell: Any) -> Cell:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        raise ValueError("one of its cells has no type")
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(map(str, source))
    if not isinstance(source, str):
        raise ValueError("one of its cells has no text")
    if not isinstance(cell.setdefault("metadata", {}), dict):
        raise ValueError("the metadata of one of its cells is no table")
    return cell | {"source": source}


def _lines(source: str) -> list[str]:
    # Not splitlines: that also cuts at form feeds and the like.
    parts = source.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return lines + parts[-1:] if parts[-1] else lines


def _why(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is no UTF-8"
    return str(error)
