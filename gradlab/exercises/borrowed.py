"""Notice when the learner's code calls the very function it was asked to write.

Watched while it runs: Python functions by their code object, built-in ones by identity,
and other callables (types, ufuncs) by a stand-in under their name. This is help for an
honest learner, not security.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

from gradlab.exercises.sources import methods_of

NICE = {"numpy": "NumPy", "torch": "PyTorch", "scipy": "SciPy"}
SIGNS = {"Tensor.__matmul__": "@"}


class Watch:
    """A context in which calls of the named functions are noticed in `found`.

    Parameters
    ----------
    names : such as "numpy.broadcast_shapes"; what is not imported is not watched.
    namespace : the learner's names, where an alias may stand.
    """

    def __init__(self, names: tuple[str, ...], namespace: Mapping[str, Any]) -> None:
        self.names = names
        self.namespace = namespace
        self.found: set[str] = set()
        self.undo: list[Callable[[], None]] = []

    def __enter__(self) -> Watch:
        if self.names:
            self._prepare()
            self.old_profile = sys.getprofile()
            sys.setprofile(self._notice)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.names:
            sys.setprofile(self.old_profile)
        while self.undo:
            self.undo.pop()()

    def _prepare(self) -> None:
        self.codes: dict[CodeType, str] = {}
        self.builtins: dict[int, str] = {}
        for name in self.names:
            owner, attribute = _owner_of(name)
            found = getattr(owner, attribute, None)
            codes = list(codes_of(found))
            if codes:
                self.codes.update(dict.fromkeys(codes, name))
            elif type(found).__name__ in ("builtin_function_or_method", "method"):
                self.builtins[id(found)] = name
            elif callable(found):
                self._stand_in(owner, attribute, found, name)

    def _notice(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "call" and frame.f_code in self.codes:
            self.found.add(self.codes[frame.f_code])
        elif event == "c_call" and id(arg) in self.builtins:
            self.found.add(self.builtins[id(arg)])

    def _stand_in(self, owner: Any, attribute: str, real: Any, name: str) -> None:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            if sys._getframe(1).f_globals is self.namespace:
                self.found.add(name)
            return real(*args, **kwargs)

        holders = [(vars(owner), attribute)] if isinstance(owner, ModuleType) else []
        if isinstance(self.namespace, dict):
            aliases = [key for key, each in self.namespace.items() if each is real]
            holders += [(self.namespace, key) for key in aliases]
        for holder, key in holders:
            holder[key] = stand_in
            self.undo.append(partial(holder.__setitem__, key, real))


def _owner_of(name: str) -> tuple[Any, str]:
    """Return the module or class that holds `name`, and the last part of it."""
    first, *path, last = name.split(".")
    owner: Any = sys.modules.get(first, ModuleType(first))
    for part in path:
        owner = getattr(owner, part, None)
    return owner, last


def codes_of(fn: Any) -> set[CodeType]:
    """Return the code objects that run when `fn` is called, as far as Python shows."""
    methods = methods_of(fn) if hasattr(fn, "apply") else []  # of a Function
    codes = {each.__code__ for each in methods}
    for _ in range(5):
        code = getattr(fn, "__code__", None)
        if isinstance(code, CodeType):
            codes.add(code)
        inner = (
            getattr(fn, "_implementation", None)  # a NumPy function with dispatch
            or getattr(fn, "__wrapped__", None)
            or getattr(fn, "py_func", None)  # a Numba function
            or getattr(fn, "__func__", None)
        )
        if inner is None:
            break
        fn = inner
    return codes


def is_alias(fn: Any, names: tuple[str, ...]) -> str | None:
    """Return the name of which `fn` is only another name, if there is one."""
    for name in names:
        owner, attribute = _owner_of(name)
        real = getattr(owner, attribute, None)
        if real is not None and (fn is real or codes_of(fn) & codes_of(real)):
            return name
    return None


def in_words(name: str) -> str:
    """Return "NumPy's `broadcast_shapes`" for "numpy.broadcast_shapes".

    Examples
    --------
    >>> in_words("numpy.broadcast_shapes"), in_words("gradlab.broadcast_index")
    ("NumPy's `broadcast_shapes`", "gradlab's `broadcast_index`")
    """
    package, _, rest = name.partition(".")
    return f"{NICE.get(package, package)}'s `{SIGNS.get(rest, rest)}`"
