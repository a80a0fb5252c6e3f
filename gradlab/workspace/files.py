"""A learner's files: written whole or not at all, and named as a person would."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from gradlab import files
from gradlab.workspace.errors import WorkspaceError

PRIVATE = 0o600


def write_whole(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write `data` to `path` in one step; keep the old file if anything fails.

    Parameters
    ----------
    mode : permissions of the file; default: the old file's, else what is usual here.

    Raises
    ------
    WorkspaceError
        If the folder cannot be written.
    """
    path = path.resolve()
    try:
        files.write_whole(path, data, mode)
    except OSError as error:
        raise WorkspaceError(f"Cannot write {shown(path)}: {reason(error)}.") from None


def in_the_way(path: Path, error: OSError) -> WorkspaceError:
    """Return the error for a file of gradlab's own notes that cannot be used."""
    return WorkspaceError(
        f"Cannot use {shown(path)}: {reason(error)}. gradlab keeps notes of its own "
        "there: move what is in the way aside, then try again."
    )


def shown(path: Path) -> str:
    """Return `path` as a person would type it: `~/...` where that is shorter."""
    with suppress(ValueError, RuntimeError):
        inside = os.fspath(path.relative_to(Path.home()))
        return "~" if inside == "." else os.path.join("~", inside)
    return os.fspath(path)


def reason(error: OSError) -> str:
    """Return the system's words for an error, in lower case."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]


def said_by_system(error: OSError) -> str:
    """Return a sentence for an error of the system that nobody foresaw."""
    where = f" ({shown(Path(os.fsdecode(error.filename)))})" if error.filename else ""
    return f"The system says: {reason(error)}{where}."
