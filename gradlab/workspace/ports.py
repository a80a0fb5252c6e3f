"""A port for the server: the one asked for, a usual one, or any."""

from __future__ import annotations

import socket
import sys

from gradlab.workspace.errors import WorkspaceError

# A port that stays the same from day to day keeps the browser's bookmarks good.
USUAL_PORTS = range(8888, 8908)


def free_port(asked: int | None = None) -> int:
    """Return a free port on loopback.

    Raises
    ------
    WorkspaceError
        If the one asked for is taken.
    """
    if asked is None:
        return next(filter(is_free, USUAL_PORTS), None) or _any_port()
    if not is_free(asked):
        raise WorkspaceError(
            f"Port {asked} is taken by another program. Name another one, or leave "
            "--port out and a free one is found."
        )
    return asked


def is_free(port: int) -> bool:
    """Say whether a server could listen on this port of loopback."""
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
