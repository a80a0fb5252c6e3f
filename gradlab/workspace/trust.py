"""Keep JupyterLab's trust in a notebook that it trusted before a refresh.

JupyterLab shows the pictures of a saved notebook only if it trusts the file, and it
knows a trusted file by its signature.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from gradlab.workspace import notebooks
from gradlab.workspace.notebooks import Notebook
from gradlab.workspace.quick import skip_slow_imports


def write(path: Path, notebook: Notebook, *, before: Notebook) -> None:
    """Write `notebook`; sign it if the one it replaces (`before`) was trusted."""
    notebooks.write(path, notebook)
    if any(cell.get("outputs") for cell in notebook["cells"]):
        # The work is written; a signature that cannot be made costs only pictures.
        with suppress(Exception):
            _sign(notebook, before)


def _sign(notebook: Notebook, before: Notebook) -> None:
    skip_slow_imports()
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    if notary.check_signature(nbformat.reads(notebooks.text_of(before), 4)):
        notary.sign(nbformat.reads(notebooks.text_of(notebook), 4))
