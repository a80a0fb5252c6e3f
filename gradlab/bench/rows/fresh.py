"""Figures from processes of their own: what an import or a compilation costs."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "scripts"


class ScriptError(Exception):
    """A script of the bench did not come to its end."""


def figures(script: str, *words: str, cache: str = "") -> dict[str, float]:
    """Run a script in a new process and return the figures it prints.

    Parameters
    ----------
    script : its file's name, without .py
    words : what it is given
    cache : the folder of compiled kernels; the user's by default

    Raises
    ------
    AttributeError
        If it met a name that gradlab does not have yet.
    ScriptError
        If it failed otherwise.
    """
    command = [sys.executable, "-P", str(SCRIPTS / f"{script}.py"), *words]
    env = os.environ | ({"GRADLAB_CACHE": cache} if cache else {})
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise _error(done)
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: float(value) for name, value in lines}


def _error(done: subprocess.CompletedProcess[str]) -> Exception:
    last = done.stderr.strip().rpartition("\n")[2] or f"exit code {done.returncode}"
    if last.startswith("AttributeError: "):
        return AttributeError(last.removeprefix("AttributeError: "))
    return ScriptError(last)


def least(script: str, *words: str, cache: str = "", of: int = 5) -> dict[str, float]:
    """Return the smallest value of each figure over several processes."""
    runs = [figures(script, *words, cache=cache) for _ in range(of)]
    return {name: min(run[name] for run in runs) for name in runs[0]}


@functools.cache
def cold_and_warm(script: str) -> Mapping[str, float]:
    """Run a script with an empty kernel cache, then with the one it left.

    Returns its figures under "cold.<name>" and "warm.<name>" (the smallest of three),
    those of a last run with --watch under "watched.<name>", and by how many files the
    cache grew after the first run: "growth".
    """
    with tempfile.TemporaryDirectory(prefix="gradlab-bench-") as cache:
        cold = figures(script, cache=cache)
        files = _files(cache)
        warm = least(script, cache=cache, of=3)
        watched = figures(script, "--watch", cache=cache)
        growth = _files(cache) - files
    found = {"growth": float(growth)}
    for run, values in (("cold", cold), ("warm", warm), ("watched", watched)):
        found |= {f"{run}.{name}": value for name, value in values.items()}
    return found


def _files(folder: str) -> int:
    return sum(path.is_file() for path in Path(folder).rglob("*"))
