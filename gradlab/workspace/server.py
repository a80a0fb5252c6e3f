"""`gradlab lab`: the lessons refreshed, JupyterLab started, the browser opened."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from gradlab.workspace import place, settings, state
from gradlab.workspace.browser import show
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import PRIVATE, in_the_way, shown
from gradlab.workspace.ports import free_port, is_free
from gradlab.workspace.refresh import refresh
from gradlab.workspace.state import Server
from gradlab.workspace.where import where_to_go_on

START_SECONDS = 60
STOP_SECONDS = 10
TRIES = 3

Say = Callable[[str], None]


def lab(
    lessons: Path,
    asked: Path | None = None,
    *,
    update: bool = True,
    browser: bool = True,
    port: int | None = None,
    more: tuple[str, ...] = (),
    say: Say = print,
) -> None:
    """Refresh a workspace and run JupyterLab on it until it is stopped.

    If a server runs there already, the browser is shown that one.

    Parameters
    ----------
    lessons : the folder of the lessons as they are made.
    asked : the workspace; default `~/gradlab`.
    update, browser : refresh the lessons; open the browser.
    port : the port to listen on; default a free one.
    more : further arguments for JupyterLab.

    Raises
    ------
    WorkspaceError
        If the workspace cannot be used, or JupyterLab does not start.
    """
    workspace = place.prepare(asked)
    with state.held(workspace) as free, _stops_on_signals():
        if there := _already(workspace, wait=not free):
            _say_reopened(there, workspace, port, say)
            _open(there, workspace, browser, say)
            return
        if update:
            for line in refresh(lessons, workspace):
                say(line)
        _run(workspace, port, more, browser, say)


def _run(
    workspace: Path, port: int | None, more: tuple[str, ...], browser: bool, say: Say
) -> None:
    process, server = _up(workspace, port, more)
    try:
        state.note(workspace, server)
        say(f"JupyterLab is ready: {server.url(*where_to_go_on(workspace))}")
        say(f"Your work is in {shown(workspace)}. Stop JupyterLab with Ctrl-C here.")
        _open(server, workspace, browser, say)
        process.wait()
        say("JupyterLab was shut down.")
    except KeyboardInterrupt:
        say("\nStopping JupyterLab. What you saved is kept.")
    finally:
        _stop(process, server)
        state.forget(workspace)


def _up(
    workspace: Path, port: int | None, more: tuple[str, ...]
) -> tuple[subprocess.Popen[bytes], Server]:
    """Return a JupyterLab that answers, on another port if someone was quicker."""
    log = place.state_dir(workspace) / "jupyter.log"
    for tries_left in reversed(range(TRIES)):
        server = Server(os.getpid(), free_port(port), secrets.token_hex(24))
        process = _start(workspace, server, more, log)
        try:
            _wait_until_up(process, server, log)
            break
        except WorkspaceError:
            if port or is_free(server.port) or not tries_left:
                raise
        except BaseException:
            _stop(process, server)
            raise
    return process, server


def _start(
    workspace: Path, server: Server, more: tuple[str, ...], log: Path
) -> subprocess.Popen[bytes]:
    arguments = settings.command(workspace, server, more)
    with _opened(log) as out:
        # A session of its own: Ctrl-C here reaches us alone, and we stop it in order.
        return subprocess.Popen(
            arguments,
            cwd=workspace,
            env=settings.environment(workspace),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )


def _wait_until_up(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            _stop(process, server)
            words = log.read_text(errors="replace").strip().split("\n")
            raise WorkspaceError(
                "JupyterLab did not start. Its last words:\n  "
                + "\n  ".join(words[-8:])
                + f"\nAll of them are in {shown(log)}; `gradlab doctor` may help."
            )
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes], server: Server) -> None:
    """Stop the server and its kernels: ask, then tell, then force."""
    for step in (server.stop, process.terminate, process.kill):
        if process.poll() is not None:
            return
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            if step() is False:  # nobody heard: the next step
                continue
            process.wait(STOP_SECONDS)


def _already(workspace: Path, *, wait: bool) -> Server | None:
    """Return the server that runs for this workspace, if need be once it is up."""
    deadline = time.monotonic() + START_SECONDS
    while not (there := state.running(workspace)) and wait:
        if time.monotonic() > deadline:
            raise WorkspaceError(
                f"Another `gradlab lab` holds {shown(workspace)}, but its JupyterLab "
                "does not answer. Stop that one with Ctrl-C, then try again."
            )
        time.sleep(0.2)
    return there


def _say_reopened(there: Server, workspace: Path, port: int | None, say: Say) -> None:
    url = there.url(*where_to_go_on(workspace))
    say(f"JupyterLab already runs for {shown(workspace)}: {url}")
    if port not in (None, there.port):
        say(f"It stays on port {there.port}; stop it first to have it on {port}.")
    say(
        "Lessons are refreshed when it next starts. To stop it: Ctrl-C where it was "
        f"started, or File > Shut Down in JupyterLab (process {there.pid})."
    )


def _open(server: Server, workspace: Path, browser: bool, say: Say) -> None:
    page = place.state_dir(workspace) / "open.html"
    try:
        if browser:
            show(server.url(*where_to_go_on(workspace)), page)
    except WorkspaceError as error:
        say(f"{error} Open the address above in your browser yourself.")


def _opened(log: Path) -> BinaryIO:
    try:
        return open(log, "wb", opener=lambda path, flags: os.open(path, flags, PRIVATE))
    except OSError as error:
        raise in_the_way(log, error) from None


@contextmanager
def _stops_on_signals() -> Iterator[None]:
    """Let a closed terminal and `kill` end us as Ctrl-C does: in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGTERM", "SIGHUP")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {each: signal.signal(each, _interrupt) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
