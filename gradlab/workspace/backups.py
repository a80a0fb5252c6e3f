"""Dated copies of a learner's files, made before anything is written over them."""

from __future__ import annotations

import time
from pathlib import Path

from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import reason, shown, write_whole
from gradlab.workspace.place import state_dir


def back_up(file: Path, workspace: Path) -> Path:
    """Copy `file` into the workspace's backups and return the copy.

    Raises
    ------
    WorkspaceError
        If it cannot be copied; then nothing may be written over it.
    """
    copy = _free_folder(workspace) / file.name
    try:
        copy.parent.mkdir(parents=True)
        write_whole(copy, file.read_bytes())
    except OSError as error:
        raise WorkspaceError(
            f"Cannot copy {shown(file)} to {shown(copy)}: {reason(error)}. "
            "Nothing was changed."
        ) from None
    return copy


def _free_folder(workspace: Path) -> Path:
    dated = state_dir(workspace) / "backups" / time.strftime("%Y-%m-%d-%H%M%S")
    folder, number = dated, 1
    while folder.exists():
        number += 1
        folder = dated.with_name(f"{dated.name}-{number}")
    return folder
