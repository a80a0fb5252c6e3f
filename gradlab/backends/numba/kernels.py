"""From a scalar function to a compiled kernel that the next process finds ready.

Each (op, kind, dtype) becomes one source file, named by a hash of its own text and
of Numba's version, in the user's cache folder. It is imported like any module, so
Numba's disk cache holds across restarts and can never serve an outdated loop.

What only a first kernel needs is imported with it: gradlab itself starts without.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

from gradlab.backends.numba.choice import has_strided, when_it_runs
from gradlab.files import write_whole
from gradlab.operators import SCALARS, ScalarOp

DTYPES = ("float64", "float32")
BY_CHAR = {"d": "float64", "f": "float32"}  # as NumPy's dtype.char says, which is fast

_lock = threading.RLock()
_modules: dict[tuple[str, str, str], Any] = {}


def kernels(op: ScalarOp, kind: str, char: str, zip_op: ScalarOp | None = None) -> Any:
    """Return the module with the compiled loops of one op; compile them if need be."""
    key = (f"{zip_op.name}_{op.name}" if zip_op else op.name, kind, char)
    module = _modules.get(key)
    if module is None:
        with _lock:
            module = _modules.get(key) or load(*_text(op, kind, BY_CHAR[char], zip_op))
            _modules[key] = module
    return module


def _text(
    op: ScalarOp, kind: str, dtype: str, zip_op: ScalarOp | None = None
) -> tuple[str, str]:
    """Return the name of a kernel file, without its hash, and its text."""
    from gradlab.backends.numba.sources import kernel_text

    stem = f"{zip_op.name}_{op.name}" if zip_op else op.name
    roles = {"fn": op} | ({"zip_fn": zip_op} if zip_op else {})
    name = f"{stem}_{kind}"
    when = when_it_runs(op, kind)
    return f"{name}_{dtype}", kernel_text(name, kind, dtype, when, roles)


def path_of(name: str, text: str) -> Path:
    """Return where the kernel file of this text is, or would be."""
    stamp = hashlib.sha256((_numba_version() + text).encode()).hexdigest()[:16]
    return cache_dir() / f"{name}_{stamp}.py"


def _numba_version() -> str:
    """Return the version of Numba, without importing it."""
    if "numba" in sys.modules:
        return str(sys.modules["numba"].__version__)
    from importlib.metadata import version

    return version("numba")


def load(name: str, text: str) -> ModuleType:
    """Import a kernel file, written first if need be; Numba compiles or finds it."""
    import numba  # noqa: F401 - so that its version need not be searched for

    path = path_of(name, text)
    if not path.exists():
        write_whole(path, text.encode())  # another process may be reading it
    spec = importlib.util.spec_from_file_location(f"gradlab_kernels.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"Cannot import the kernel file {path}; delete it and retry.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def was_compiled(module: ModuleType) -> bool:
    """Say whether Numba had to compile any loop of a module."""
    loops = [f for f in vars(module).values() if hasattr(f, "stats")]
    return any(f.stats.cache_misses for f in loops)


@functools.cache
def cache_dir() -> Path:
    """Return the folder of the kernel files: the user's, else one for this process.

    GRADLAB_CACHE names another place.
    """
    import platformdirs

    chosen = os.environ.get("GRADLAB_CACHE") or platformdirs.user_cache_dir("gradlab")
    folder = Path(chosen) / "kernels"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder):
            return folder
    except OSError:
        fallback = tempfile.mkdtemp(prefix="gradlab-kernels-")
        atexit.register(shutil.rmtree, fallback, ignore_errors=True)
        return Path(fallback)


# ------------------------------- kernels by their names -------------------------------


def all_kernels() -> list[tuple[ScalarOp, str]]:
    """Return every op with every kind of loop it has."""
    found: list[tuple[ScalarOp, str]] = []
    for op in SCALARS.values():
        found.append((op, op.kind))
        found += [(op, "strided")] if has_strided(op) else []
        if op.start is not None:
            found += [(op, "reduce"), (op, "columns")]
    return found


def source_of(name: str, dtype: str) -> str:
    """Return the text of the kernel that a name such as "mul_zip" stands for.

    Raises
    ------
    ValueError
        If there is no such kernel.
    """
    stem, _, kind = name.removesuffix("_zip_reduce").rpartition("_")
    if name.endswith("_zip_reduce"):
        zip_op, op = SCALARS.get(stem), SCALARS.get(kind)
        if zip_op and op and zip_op.kind == "zip" and op.start is not None:
            return _text(op, "zip_reduce", dtype, zip_op)[1]
    elif (stem, kind) in {(op.name, kind) for op, kind in all_kernels()}:
        return _text(SCALARS[stem], kind, dtype)[1]
    names = ", ".join(f"{op.name}_{kind}" for op, kind in all_kernels())
    known = f"{names}, mul_add_zip_reduce, matmul"
    raise ValueError(f"There is no kernel {name!r}. There are: {known}.")
