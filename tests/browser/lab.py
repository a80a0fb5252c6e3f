"""`gradlab lab` as a person starts it: the real command, in a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_dir

from gradlab.exercises.lessons import lessons_dir, notebook_path, notebooks_in


class Lab:
    """A learner's machine: a home, a workspace in it, and a lesson of gradlab.

    The lesson is a copy, so that it can become a newer one.
    """

    def __init__(self, home: Path, lesson: str = "07") -> None:
        self.workspace = home / "work"
        self.notebook = self.workspace / notebook_path(lesson).name
        self.lessons = home / "lessons"
        others = {path.name for path in notebooks_in(lessons_dir())}
        ignore = shutil.ignore_patterns(*others - {self.notebook.name})
        shutil.copytree(lessons_dir(), self.lessons, ignore=ignore)
        self.port = any_port()
        self.started: list[subprocess.Popen[str]] = []
        self.env = self._environment(home)

    def _environment(self, home: Path) -> dict[str, str]:
        kept = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "TMPDIR")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        places = {"HOME": home, "USERPROFILE": home, "GRADLAB_LESSONS": self.lessons}
        # Compiled kernels stay where they are: a machine lacks them only once.
        kernels = os.environ.get("GRADLAB_CACHE") or user_cache_dir("gradlab")
        env |= {name: str(path) for name, path in places.items()}
        return env | {"GRADLAB_CACHE": kernels}

    def open(self) -> tuple[str, list[str]]:
        """Run `gradlab lab`; return the address to go to, and all that was said."""
        if os.name == "nt":
            pytest.skip("what these tests start they stop by POSIX signals")
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gradlab", "lab", str(self.workspace)),
                *("--no-browser", "--port", str(self.port)),
            ],
            env=self.env,
            cwd=self.workspace.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        said = []
        for line in process.stdout or ():
            said.append(line.rstrip("\n"))
            if "Ctrl-C here" in line:
                break
        else:
            assert process.wait(30) == 0, said
        (url,) = (line.partition(": ")[2] for line in said if "http:" in line)
        return url, said

    def stop(self) -> None:
        """Press Ctrl-C where it was started."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=30)
        self.started.clear()

    def improve(self, cell: str, sentence: str) -> None:
        """Make the lesson a newer one: a cell of it gains a sentence."""
        path = self.lessons / self.notebook.name
        lesson = json.loads(path.read_text(encoding="utf-8"))
        (found,) = (each for each in lesson["cells"] if each["id"] == cell)
        found["source"] = [*found["source"], f"\n\n{sentence}"]
        path.write_text(json.dumps(lesson), encoding="utf-8")

    def backups(self) -> list[Path]:
        """The copies of the notebook that were made before it was written over."""
        folders = (self.workspace / ".gradlab" / "backups").glob("*")
        return sorted(folder / self.notebook.name for folder in folders)


def any_port() -> int:
    """A free port, not one that another JupyterLab would take by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
