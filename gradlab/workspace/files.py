"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

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
        _replace(path, data, _mode_of(path) if mode is None else mode)
    except OSError as error:
        raise WorkspaceError(f"Cannot write {shown(path)}: {reason(error)}.") from None


def _replace(path: Path, data: bytes, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o7777
    except OSError:
        usual = os.umask(0)
        os.umask(usual)
        return 0o666 & ~usual


def shown(path: Path) -> str:
    """Return `path` as a person would type it: `~/...` where that is shorter."""
    with suppress(ValueError, RuntimeError):
        return os.path.join("~", path.relative_to(Path.home()))
    return os.fspath(path)


def reason(error: OSError) -> str:
    """Return the system's words for an error, in lower case."""
    words = error.strerror or str(error)
    return words[:1].lower() + words[1:]
