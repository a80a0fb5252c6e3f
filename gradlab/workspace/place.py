"""Where a workspace is, and where it must not be."""

from __future__ import annotations

import os
from pathlib import Path

import gradlab
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import reason, shown

STATE = ".gradlab"
VARIABLE = "GRADLAB_WORKSPACE"


def default_workspace() -> Path:
    """Return `~/gradlab`, or its neighbour if gradlab itself was cloned to there.

    Raises
    ------
    WorkspaceError
        If this user has no home folder.
    """
    try:
        home = Path.home()
    except RuntimeError:
        raise WorkspaceError(
            "Your home folder cannot be found. Name a folder for your work: "
            "gradlab lab DIR"
        ) from None
    usual = home / "gradlab"
    return home / "gradlab-work" if _is_ours(usual) else usual


def find_workspace(asked: Path | None = None) -> Path:
    """Return the workspace meant: asked for, the variable's, one around us, default."""
    if asked is not None:
        return asked.expanduser()
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    here = Path.cwd()
    around = (each for each in (here, *here.parents) if (each / STATE).is_dir())
    return next(around, None) or default_workspace()


def prepare(asked: Path | None) -> Path:
    """Return the workspace asked for (or the default), made and writable.

    Raises
    ------
    WorkspaceError
        If it is inside gradlab itself, or cannot be written.
    """
    named = os.environ.get(VARIABLE)
    workspace = asked or (Path(named) if named else default_workspace())
    workspace = workspace.expanduser().resolve()
    if _is_ours(workspace):
        raise WorkspaceError(
            f"{shown(workspace)} belongs to gradlab itself; your work would mix with "
            "it. Name a folder elsewhere: gradlab lab DIR"
        )
    try:
        _make(workspace)
    except OSError as error:
        raise WorkspaceError(
            f"Cannot write to {shown(workspace)}: {reason(error)}. "
            "Name a folder that you can write to: gradlab lab DIR"
        ) from None
    return workspace


def state_dir(workspace: Path) -> Path:
    """Return the folder in a workspace where gradlab keeps what it must remember."""
    return workspace / STATE


def _make(workspace: Path) -> None:
    state_dir(workspace).mkdir(parents=True, exist_ok=True)
    for folder in (workspace, state_dir(workspace)):
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()


def _is_ours(folder: Path) -> bool:
    """Say whether `folder` is in the installed package or the checkout around it."""
    package = Path(gradlab.__file__).resolve().parent
    checkout = package.parent
    is_checkout = (checkout / "pyproject.toml").is_file()
    return folder.resolve().is_relative_to(checkout if is_checkout else package)
