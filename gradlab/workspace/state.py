"""The server that runs for a workspace: noted in a file, and held by a lock."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from gradlab.files import try_lock
from gradlab.workspace.files import PRIVATE, in_the_way, write_whole
from gradlab.workspace.place import state_dir


@dataclass(frozen=True)
class Server:
    """A JupyterLab on this machine's loopback: who holds it, where, and its token."""

    pid: int
    port: int
    token: str

    @property
    def base(self) -> str:
        """The address that the server answers on."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, notebook: str = "", cell: str = "") -> str:
        """Return the address of a notebook (and a cell in it), with the token."""
        tree = f"/tree/{quote(notebook)}" if notebook else ""
        place = f"#cell-id={quote(cell)}" if cell else ""
        return f"{self.base}/lab{tree}?token={self.token}{place}"

    def answers(self, timeout: float = 2.0) -> bool:
        """Say whether it is up, knows our token, and asks others for one."""
        return self.ask("/api/status", timeout=timeout) == 200 and (
            self.ask("/api/status", token="", timeout=timeout) == 403
        )

    def stop(self) -> bool:
        """Ask it to stop its kernels and itself; say whether it heard."""
        return self.ask("/api/shutdown", method="POST") == 200

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        token: str | None = None,
        timeout: float = 2.0,
    ) -> int:
        """Return the HTTP status of a request, 0 without an answer."""
        headers = {"Authorization": f"token {self.token if token is None else token}"}
        request = urllib.request.Request(
            self.base + path, method=method, headers=headers
        )
        # A proxy that the environment names is of no use for loopback.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=timeout) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError):
            return 0


def running(workspace: Path) -> Server | None:
    """Return the server that runs for this workspace; changes nothing."""
    try:
        noted = Server(**json.loads(_file(workspace).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return noted if noted.answers() else None


def note(workspace: Path, server: Server) -> None:
    """Remember a server; the file holds its token and is the user's alone."""
    write_whole(_file(workspace), json.dumps(asdict(server)).encode(), PRIVATE)


def forget(workspace: Path) -> None:
    """Forget the server of this workspace."""
    with suppress(OSError):
        _file(workspace).unlink()


@contextmanager
def held(workspace: Path) -> Iterator[bool]:
    """Hold the workspace for one server; yield False if another process does.

    The system frees it when the process ends, however it ends.

    Raises
    ------
    WorkspaceError
        If the file that is locked cannot be opened.
    """
    path = state_dir(workspace) / "lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise in_the_way(path, error) from None
    try:
        yield try_lock(handle)
    finally:
        os.close(handle)


def _file(workspace: Path) -> Path:
    return state_dir(workspace) / "server.json"
