"""One notebook run from top to bottom in a fresh kernel, errors noted, none raised."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradlab.exercises.verdict import Verdict
from gradlab.grading.metadata import is_grade
from gradlab.workspace import notebooks
from gradlab.workspace.notebooks import Cell, Notebook
from gradlab.workspace.place import state_dir
from gradlab.workspace.quick import skip_slow_imports
from gradlab.workspace.verdicts import verdicts_in

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

MEANT = "raises-exception"
NO_VERDICT = "its check did not run, or gave no verdict"
RECOVERY_SECONDS = 5
CHECK_FACTOR = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Trouble:
    """A cell that did not end well: which, and why in one line."""

    cell: str
    words: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.words}"

    @property
    def exercise(self) -> str:
        """The exercise whose check cell it is: "07.E2" for "07-E2-check"."""
        return self.cell.removesuffix("-check").replace("-", ".", 1)


@dataclass(frozen=True)
class Result:
    """What came of a run: each check's last verdict, and the cells with trouble.

    `notebook` is the copy that ran, its outputs in it.
    """

    verdicts: tuple[Verdict, ...]
    troubles: tuple[Trouble, ...]
    notebook: Notebook

    def unchecked(self, notebook: Notebook) -> Iterator[Trouble]:
        """Yield a trouble for each check cell whose exercise got no verdict."""
        known = {verdict.exercise.replace(".", "-") for verdict in self.verdicts}
        why = {trouble.cell: trouble.words for trouble in self.troubles}
        for cell in notebook["cells"]:
            if is_grade(cell) and cell["id"].removesuffix("-check") not in known:
                yield Trouble(cell["id"], why.get(cell["id"], NO_VERDICT))


def execute(
    notebook: Notebook,
    folder: Path,
    workspace: Path,
    *,
    timeout: int,
    progress: Progress = lambda done, of: None,
) -> Result:
    """Run all cells in a fresh kernel of this Python.

    Parameters
    ----------
    folder : the kernel's current folder.
    workspace : where checks in it record progress.
    timeout : seconds for a cell; a cell that takes longer is interrupted. A check cell
        gets twice as long: it has many calls to make, each with its own limit.
    progress : called with the number of code cells done, and of all.
    """
    skip_slow_imports()
    import nbformat

    ready = nbformat.reads(notebooks.text_of(notebook), 4)
    cells = [(place, c) for place, c in enumerate(ready.cells) if _runs(c)]
    with _kernel(ready, folder, workspace, timeout) as client:
        troubles = tuple(_run_cells(client, cells, progress))
    found = [verdict for _, cell in cells for verdict in verdicts_in(cell)]
    last = {verdict.exercise: verdict for verdict in found}
    return Result(tuple(last.values()), troubles, ready)


def execute_alone(
    notebook: Notebook,
    *,
    timeout: int,
    progress: Progress = lambda done, of: None,
) -> Result:
    """Run all cells as `execute` does, in an empty workspace that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="gradlab-run-") as folder:
        workspace = Path(folder)
        state_dir(workspace).mkdir()
        return execute(
            notebook, workspace, workspace, timeout=timeout, progress=progress
        )


def _runs(cell: Cell) -> bool:
    return cell["cell_type"] == "code" and bool(cell["source"].strip())


def _run_cells(
    client: NotebookClient, cells: list[tuple[int, Any]], progress: Progress
) -> Iterator[Trouble]:
    """Run cells in order, up to one that leaves no usable kernel; yield troubles."""
    for done, (place, cell) in enumerate(cells):
        progress(done, len(cells))
        words, usable = _execute_cell(client, cell, place)
        if words:
            yield Trouble(cell.get("id", str(place)), words)
        if not usable:
            break
    progress(len(cells), len(cells))


@contextmanager
def _kernel(
    notebook: Any, folder: Path, workspace: Path, timeout: int
) -> Iterator[NotebookClient]:
    """Run a kernel for this notebook; kill it at the end, whatever it is doing."""
    from jupyter_core.utils import ensure_event_loop
    from nbclient.util import run_sync

    manager = _manager(workspace)
    client = _client(notebook, manager, folder, timeout)
    # When a cell takes too long, nbclient leaves a task behind; asyncio would show it.
    ensure_event_loop().set_exception_handler(lambda loop, context: None)
    # What a kernel writes past its notebook (start-up notes) is not the learner's.
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        client.start_new_kernel(**silent)
        client.start_new_kernel_client()
        yield client
    finally:
        if manager.has_kernel:  # the client forgets it when a kernel dies
            run_sync(manager.shutdown_kernel)(now=True)
        if client.kc is not None:
            client.kc.stop_channels()


def _manager(workspace: Path) -> AsyncKernelManager:
    from jupyter_client.manager import AsyncKernelManager

    from gradlab.workspace.kernel import NAME, ThisPython

    specs = ThisPython(workspace=os.fspath(workspace))
    return AsyncKernelManager(kernel_name=NAME, kernel_spec_manager=specs)


def _client(
    notebook: Any, manager: AsyncKernelManager, folder: Path, timeout: int
) -> NotebookClient:
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        km=manager,
        timeout_func=lambda cell: _limit(cell, timeout),
        allow_errors=True,
        resources={"metadata": {"path": os.fspath(folder)}},
    )
    client.reset_execution_trackers()
    return client


def _execute_cell(client: NotebookClient, cell: Any, place: int) -> tuple[str, bool]:
    """Run one cell; return what went wrong ("" if nothing), and if others can run."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    try:
        client.execute_cell(cell, place)
    except CellTimeoutError:
        words = f"did not finish in {client.timeout_func(cell)} s"
        stuck = f"{words} and does not stop; the cells below it did not run"
        return (words, True) if _interrupted(client) else (stuck, False)
    except DeadKernelError:
        return "the kernel died in it; the cells below it did not run", False
    meant = MEANT in cell.metadata.get("tags", [])
    return ("" if meant else _error_in(cell)), True


def _interrupted(client: NotebookClient) -> bool:
    """Interrupt the running cell; say whether the kernel takes new ones."""
    from nbclient.util import run_sync

    run_sync(client.km.interrupt_kernel)()
    # The old connection may still wait for the cell's last words: take a new one.
    client.kc.stop_channels()
    usual, client.startup_timeout = client.startup_timeout, RECOVERY_SECONDS
    try:
        client.start_new_kernel_client()
    except RuntimeError:
        return False
    finally:
        client.startup_timeout = usual
    return True


def _limit(cell: Cell, timeout: int) -> int:
    return CHECK_FACTOR * timeout if is_grade(cell) else timeout


def _error_in(cell: Any) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            first = (output.evalue.strip().split("\n") or [""])[0]
            return f"{output.ename}: {first}" if first else output.ename
    return ""
