"""The file that remembers what passed: `<workspace>/.gradlab/progress.json`.

Written under a lock and replaced in one step, so that two kernels cannot lose each
other's work and a crash leaves the old file or the new one. What cannot be written is
kept until the kernel stops; `notes` holds what the learner must be told.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from gradlab.files import try_lock, write_whole

Data = dict[str, dict[str, dict[str, Any]]]
FORMAT = 1
SECTIONS = ("exercises", "predictions")
LOCK_SECONDS = 3.0
NO_WORKSPACE = (
    "Progress is kept until this kernel stops, not saved: this notebook is in no "
    "gradlab workspace. Start with `gradlab lab`."
)


class DamagedError(ValueError):
    """The file does not hold progress."""


class NewerError(ValueError):
    """The file was written by a newer gradlab."""


def state_dir() -> Path | None:
    """Return the workspace's `.gradlab` folder, or None outside a workspace.

    The variable GRADLAB_WORKSPACE names the workspace; else it is the nearest folder
    above the current one that has a `.gradlab`.
    """
    named = os.environ.get("GRADLAB_WORKSPACE")
    if named:
        return Path(named).expanduser() / ".gradlab"
    with contextlib.suppress(OSError):
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / ".gradlab").is_dir():
                return folder / ".gradlab"
    return None


class ProgressFile:
    """Progress in one folder; with no folder, or one that is read-only, in memory."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.unsaved: list[Callable[[Data], None]] = []
        self.notes: list[str] = [] if folder else [NO_WORKSPACE]
        self.told = 0

    @property
    def path(self) -> Path | None:
        """The file itself."""
        return self.folder / "progress.json" if self.folder else None

    def fresh_notes(self) -> list[str]:
        """Return the notes that nobody has been told yet."""
        fresh, self.told = self.notes[self.told :], len(self.notes)
        return fresh

    def read(self) -> Data:
        """Return everything known: what the file holds, and what is not saved yet."""
        try:
            data = self._load()
        except (DamagedError, NewerError, OSError):
            data = empty()
        for change in self.unsaved:
            change(data)
        return data

    def update(self, change: Callable[[Data], None]) -> None:
        """Apply a change to what the file holds, and write it."""
        if self.folder is None:
            self.unsaved.append(change)
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / "progress.lock"):
                data = self._load_or_begin_anew()
                for each in [*self.unsaved, change]:
                    each(data)
                self._write(data)
            self.unsaved.clear()
        except NewerError:
            self._keep(change, "progress.json was written by a newer gradlab")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._keep(change, f"{self.folder} cannot be written ({reason})")

    def _keep(self, change: Callable[[Data], None], why: str) -> None:
        self.unsaved.append(change)
        note = f"Progress is kept until this kernel stops, not saved: {why}."
        if note not in self.notes:
            self.notes.append(note)

    def _load(self) -> Data:
        assert self.path is not None or self.folder is None
        if self.path is None or not self.path.exists():
            return empty()
        return parse(self.path.read_bytes())

    def _load_or_begin_anew(self) -> Data:
        try:
            return self._load()
        except DamagedError:
            assert self.path is not None
            aside = _free_name(self.path)
            os.replace(self.path, aside)
            self.notes.append(
                f"progress.json was damaged. It was set aside as {aside.name}, and a "
                "new one was begun."
            )
            return empty()

    def _write(self, data: Data) -> None:
        assert self.path is not None
        text = json.dumps({"format": FORMAT, **data}, indent=1, sort_keys=True)
        write_whole(self.path, text.encode())


files: dict[Path | None, ProgressFile] = {}


def progress_file() -> ProgressFile:
    """Return the progress file of the workspace around this process."""
    folder = state_dir()
    return files.setdefault(folder, ProgressFile(folder))


def empty() -> Data:
    """Return progress with nothing in it."""
    return {section: {} for section in SECTIONS}


def parse(raw: bytes) -> Data:
    """Return the progress in a file's bytes.

    Raises
    ------
    DamagedError
        If it is something else.
    NewerError
        If a newer gradlab wrote it.
    """
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DamagedError("not JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("format"), int):
        raise DamagedError("not progress")
    if found["format"] > FORMAT:
        raise NewerError(f"format {found['format']}")
    sections = {name: found.get(name, {}) for name in SECTIONS}
    for section in sections.values():
        if not isinstance(section, dict):
            raise DamagedError("not progress")
        if not all(isinstance(entry, dict) for entry in section.values()):
            raise DamagedError("not progress")
    return sections


def _free_name(path: Path) -> Path:
    date = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 1000):
        more = f"-{number}" if number > 1 else ""
        aside = path.with_name(f"progress-damaged-{date}{more}.json")
        if not aside.exists():
            break
    return aside


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock at `path`; after three seconds, or where locks fail, go on."""
    with open(path, "a+b") as file:
        deadline = time.monotonic() + LOCK_SECONDS
        file.seek(0)
        while not try_lock(file.fileno()) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield  # closing the file lets the lock go, in a crash too
