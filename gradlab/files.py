"""Files written whole or not at all, and locks that a crash lets go.

Standard library only.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write `data` to `path` in one step; keep the old file if anything fails.

    Parameters
    ----------
    mode : permissions of the file; default: the old file's, else what is usual here

    Raises
    ------
    OSError
        If the folder cannot be written.

    Examples
    --------
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "note.txt"
    >>> write_whole(path, b"all of it")
    >>> path.read_bytes()
    b'all of it'
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode_of(path) if mode is None else mode)
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


def try_lock(handle: int) -> bool:
    """Lock an open file, at its place, if nobody else has; say whether it worked.

    Closing the file lets the lock go, in a crash too. Where a file system of Linux or
    macOS has no locks the answer is True.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return sys.platform != "win32"
    return True
