"""From a scalar function to a compiled kernel that the next process finds ready.

Each (op, kind, dtype) becomes one source file, named by a hash of its own text and
of Numba's version, in the user's cache folder. It is imported like any module, so
Numba's disk cache holds across restarts and can never serve an outdated loop.
"""

from __future__ import annotations

import ast
import atexit
import functools
import hashlib
import importlib.util
import inspect
import os
import shutil
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import platformdirs

from gradlab.backends.numba.templates import HEADER, LOOPS, SCALAR
from gradlab.files import write_whole
from gradlab.operators import SCALARS, ScalarOp

DTYPES = ("float64", "float32")

# Measured: a call of a compiled loop pays from here on, and NumPy's exp and log use
# vector instructions that Numba's lack.
KERNEL_FROM = 4096
NUMPY_IS_FASTER = frozenset(
    {"exp", "log", "sigmoid", "exp_back", "sigmoid_back", "id", "id_back"}
)
_lock = threading.RLock()


@dataclass(frozen=True)
class KernelReport:
    """What happened when a kernel was loaded.

    Parameters
    ----------
    name : such as "add_zip"
    dtype : "float64" or "float32"
    compiled : True if Numba compiled it, False if it came from the cache
    seconds : time until it could be called
    """

    name: str
    dtype: str
    compiled: bool
    seconds: float


# -------------------------------------- the text --------------------------------------


def source_text(op: ScalarOp, kind: str, dtype: str) -> str:
    """Return the whole source file of a kernel."""
    scalars = "".join(SCALAR.format(source=text) for text in _scalar_sources(op))
    name = f"{op.name}_{kind}"
    when = f"It runs from {KERNEL_FROM:,} cells on; NumPy answers smaller calls."
    if op.name in NUMPY_IS_FASTER:
        when = "NumPy answers these calls: it is faster at this op, at any size."
    header = HEADER.format(name=name, dtype=dtype, when=when)
    return f"{header}\n{scalars}\n\n{LOOPS[kind]}"


def _scalar_sources(op: ScalarOp) -> list[str]:
    """Return the definitions to paste, helpers first, the op itself as `fn`."""
    if op.name.endswith("_back"):
        derivative = SCALARS[op.name.removesuffix("_back")].local[0]
        pasted = [_definition(f) for f in _with_helpers(derivative)]
        call = f"def fn(x, d):\n    return d * {derivative.__name__}(x)"
        return [*pasted, call]
    *helpers, fn = _with_helpers(op.fn)
    return [*map(_definition, helpers), _definition(fn, name="fn")]


def _with_helpers(fn: Callable[..., float]) -> list[FunctionType]:
    """Return the functions of its module that `fn` calls by name, then `fn`."""
    if not isinstance(fn, FunctionType):
        raise TypeError(f"{fn!r} is not a plain function, so it cannot be compiled.")
    called = [
        fn.__globals__[node.id]
        for node in ast.walk(_parsed(fn))
        if isinstance(node, ast.Name) and node.id in fn.__globals__
    ]
    helpers = [f for f in called if isinstance(f, FunctionType)]
    return [g for helper in helpers for g in _with_helpers(helper)] + [fn]


def _parsed(fn: FunctionType) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(fn))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{fn.__name__} is not written with def; write it with def.")
    return tree


def _definition(fn: FunctionType, name: str | None = None) -> str:
    """Return a function's source without annotations and docstring."""
    tree = _parsed(fn)
    tree.name = name or tree.name
    tree.returns = None
    for argument in tree.args.args:
        argument.annotation = None
    if ast.get_docstring(tree) is not None:
        del tree.body[0]
    return ast.unparse(tree)


def kernel_source(name: str, dtype: str = "float64") -> str:
    """Return the source of the compiled loop of `t.f.<name>`.

    The loop runs on big tensors; small ones, and a few ops on any tensor, go to NumPy
    where that is faster. Its first lines say which.

    Raises
    ------
    ValueError
        If there is no such kernel.

    Examples
    --------
    >>> print(kernel_source("mul_zip").splitlines()[0])
    \"\"\"mul_zip on float64: the loop gradlab compiles with Numba.
    """
    op, kind = find(name)
    return source_text(op, kind, dtype)


def find(name: str) -> tuple[ScalarOp, str]:
    """Return the op and kind that a name such as "add_zip" stands for."""
    stem, _, kind = name.rpartition("_")
    if kind not in LOOPS or (stem, kind) not in set(_all_kernels()):
        known = ", ".join(f"{op}_{kind}" for op, kind in _all_kernels())
        raise ValueError(f"There is no kernel {name!r}. There are: {known}.")
    return SCALARS[stem], kind


def _all_kernels() -> list[tuple[str, str]]:
    reducing = [(op.name, "reduce") for op in SCALARS.values() if op.start is not None]
    return [(op.name, op.kind) for op in SCALARS.values()] + reducing


# ------------------------------------- the kernel -------------------------------------


@functools.cache
def cache_dir() -> Path:
    """Return the folder of the kernel files: the user's, else one for this process.

    GRADLAB_CACHE names another place.
    """
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


_modules: dict[tuple[str, str, str], ModuleType] = {}


def kernels(op: ScalarOp, kind: str, dtype: str) -> Any:
    """Return the module with the compiled loops of one op; compile them if need be."""
    key = (op.name, kind, dtype)
    module = _modules.get(key)
    if module is None:
        with _lock:
            module = _modules.get(key) or _load(op, kind, dtype)
            _modules[key] = module
    return module


def _load(op: ScalarOp, kind: str, dtype: str) -> ModuleType:
    import numba

    text = source_text(op, kind, dtype)
    stamp = hashlib.sha256((numba.__version__ + text).encode()).hexdigest()[:16]
    name = f"{op.name}_{kind}_{dtype}_{stamp}"
    path = cache_dir() / f"{name}.py"
    if not path.exists():
        write_whole(path, text.encode())  # another process may be reading it
    spec = importlib.util.spec_from_file_location(f"gradlab_kernels.{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"Cannot import the kernel file {path}; delete it and retry.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def warm_up(dtypes: tuple[str, ...] = DTYPES) -> Iterator[KernelReport]:
    """Run every kernel there is once and report on each.

    Raises
    ------
    RuntimeError
        If a kernel's numbers are not those of NumPy.
    """
    for name, kind in _all_kernels():
        for dtype in dtypes:
            start = time.perf_counter()
            module = kernels(SCALARS[name], kind, dtype)
            _try_out(SCALARS[name], kind, dtype)
            seconds = time.perf_counter() - start
            yield KernelReport(f"{name}_{kind}", dtype, _was_compiled(module), seconds)


def _try_out(op: ScalarOp, kind: str, dtype: str) -> None:
    """Run the loops of one kernel on a few numbers and compare with NumPy."""
    from gradlab.backends.numba.backend import NumbaBackend
    from gradlab.backends.numpy import NumpyBackend

    grid = np.linspace(*op.domain, 6, dtype=dtype).reshape(2, 3)
    compiled = NumbaBackend(kernel_from=0, prefer_numpy=frozenset())
    calls: dict[str, list[tuple[Any, ...]]] = {
        "map": [(grid,), (grid.T,)],
        "zip": [(grid, grid), (grid, grid[:, :1]), (grid.T, grid.T[:, ::-1])],
        "reduce": [(grid, (1,)), (grid, (0,))],
    }
    for call in calls[kind]:
        got = getattr(compiled, kind)(op, *call)
        expected = getattr(NumpyBackend(), kind)(op, *call)
        if not np.allclose(got, expected, rtol=1e-5, equal_nan=True):
            raise RuntimeError(
                f"The kernel {op.name}_{kind} on {dtype} gives {got.tolist()} where "
                f"NumPy gives {expected.tolist()}. Delete {cache_dir()} and try again."
            )


def _was_compiled(module: ModuleType) -> bool:
    loops = [f for f in vars(module).values() if hasattr(f, "stats")]
    return any(f.stats.cache_misses for f in loops)
