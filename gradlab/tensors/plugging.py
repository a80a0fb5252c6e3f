"""plug: run everything above on a learner's own pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import NoneType, TracebackType
from typing import Any

import numpy as np

from gradlab.backends.simple import SimpleBackend
from gradlab.indexing import broadcast_index as own_broadcast_index
from gradlab.operators import ScalarFn
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import ArrayOps

LOOPS = ("broadcast_index", "map", "zip", "reduce")


@dataclass(frozen=True)
class Pieces:
    """What runs now in place of gradlab's own pieces, gathered from all plugs.

    Parameters
    ----------
    plugs : the plugs, the innermost last: of two for one piece it counts
    pieces : the loops, `backpropagate` and `watch`, by name
    functions : Functions by the name of the one they replace
    loops : the backend made of the loops, if there are any
    """

    plugs: tuple[Plugged, ...] = ()
    pieces: Mapping[str, Any] = field(default_factory=dict)
    functions: Mapping[str, Any] = field(default_factory=dict)
    loops: ArrayOps | None = None


# None where nothing is plugged in: every op asks, so the answer has to be quick.
active: ContextVar[Pieces | None] = ContextVar("pieces", default=None)


def loops_for(t: TensorData) -> ArrayOps:
    """Return the loops that an op on this tensor runs: plugged-in ones come first."""
    now = active.get()
    return t._loops if now is None or now.loops is None else now.loops


def piece(name: str) -> Any:
    """Return the plugged-in `backpropagate` or `watch`, or None."""
    now = active.get()
    return None if now is None else now.pieces.get(name)


@contextmanager
def unplugged() -> Iterator[None]:
    """Run the block on gradlab's own pieces: what is right is not for a plug to say."""
    before = active.set(None)
    try:
        yield
    finally:
        active.reset(before)


@contextmanager
def without(name: str) -> Iterator[None]:
    """Run the block with one Function unplugged: what replaces it may use it."""
    now = active.get() or Pieces()
    rest = {key: fn for key, fn in now.functions.items() if key != name}
    before = active.set(Pieces(now.plugs, now.pieces, rest, now.loops))
    try:
        yield
    finally:
        active.reset(before)


def _gathered(plugs: tuple[Plugged, ...]) -> Pieces | None:
    if not plugs:
        return None
    pieces: dict[str, Any] = {}
    functions: dict[str, Any] = {}
    for each in plugs:
        pieces |= each.pieces
        functions |= each.functions
    loops = {name: pieces[name] for name in LOOPS if name in pieces}
    ops = ArrayOps(_backend(loops)) if loops else None
    return Pieces(plugs, pieces, functions, ops)


class Plugged:
    """Pieces that are in use from now until `unplug()` or the end of a `with` block."""

    def __init__(
        self, pieces: Mapping[str, Any], functions: Mapping[str, Any] | None = None
    ) -> None:
        self.pieces = pieces
        self.functions = functions or {}
        active.set(_gathered((*_plugs(), self)))

    def unplug(self) -> None:
        """Go back to what ran before; a second call does nothing."""
        active.set(_gathered(tuple(p for p in _plugs() if p is not self)))

    def __enter__(self) -> Plugged:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()


def _plugs() -> tuple[Plugged, ...]:
    now = active.get()
    return () if now is None else now.plugs


class plug(Plugged):  # noqa: N801 - a verb: plug(...) or with plug(...)
    """Make every tensor op run on your own pieces, gradlab's own where none is given.

    Works from the call on; `unplug()` or the end of a `with` block takes it back. Of
    two plugs for one piece the later counts.

    Parameters
    ----------
    broadcast_index : `(out_index, shape) -> index`
    map : `(fn, x, out)`, writing into the tensor `out` with `out.set`
    zip : `(fn, x, y, out)`
    reduce : `(fn, x, out, dim, start)`; `out` keeps the dim as size 1
    backpropagate : `(result, d_out)`, which calls `accumulate` on the leaves
    functions : your Functions by the name of the one they replace: {"Mul": MyMul}

    Raises
    ------
    TypeError
        If a piece cannot be called, or a Function is no Function.
    ValueError
        If there is no Function of such a name.

    Examples
    --------
    >>> from gradlab import tensor
    >>> def my_broadcast_index(out_index, shape):
    ...     own = out_index[len(out_index) - len(shape) :]
    ...     return tuple(0 if n == 1 else i for i, n in zip(own, shape))
    >>> with plug(broadcast_index=my_broadcast_index):
    ...     (tensor([[1], [2]]) + tensor([10, 20])).tolist()
    [[11.0, 21.0], [12.0, 22.0]]
    """

    def __init__(
        self,
        *,
        broadcast_index: Callable[..., Any] | None = None,
        map: Callable[..., Any] | None = None,
        zip: Callable[..., Any] | None = None,
        reduce: Callable[..., Any] | None = None,
        backpropagate: Callable[..., Any] | None = None,
        functions: Mapping[str, Any] | None = None,
    ) -> None:
        given = {
            "broadcast_index": broadcast_index,
            "map": map,
            "zip": zip,
            "reduce": reduce,
            "backpropagate": backpropagate,
        }
        pieces = {name: own for name, own in given.items() if own is not None}
        for name, own in pieces.items():
            if not callable(own):
                raise TypeError(f"plug({name}=...) needs a function; got {own!r}.")
        if not isinstance(functions, (Mapping, NoneType)):
            raise TypeError(
                "plug(functions=...) takes Functions by the name of the one they "
                f'replace, such as {{"Mul": MyMul}}; got {functions!r}.'
            )
        for key, own in (functions or {}).items():
            _check_function(key, own)
        super().__init__(pieces, functions)


def _check_function(name: str, own: Any) -> None:
    from gradlab.tensors import functions as F

    if name not in F.__all__:
        raise ValueError(
            f"plug knows no Function {name!r}. There are: {', '.join(F.__all__)}."
        )
    if not (isinstance(own, type) and hasattr(own, "apply")):
        raise TypeError(
            f"plug(functions={{{name!r}: ...}}) needs a subclass of Function; "
            f"got {own!r}."
        )


# ----------------------------- a learner's loops, wrapped -----------------------------


def _backend(loops: Mapping[str, Callable[..., Any]]) -> SimpleBackend:
    source = loops.get("broadcast_index")
    return SimpleBackend(
        _checked(source) if source else own_broadcast_index,
        **{
            f"{name}_loop": _on_arrays(loops[name])
            for name in ("map", "zip", "reduce")
            if name in loops
        },
    )


def _checked(fn: Callable[..., Any]) -> Callable[..., tuple[int, ...]]:
    """Return the learner's broadcast_index, which says so where it leaves the shape."""

    def broadcast_index(
        out_index: tuple[int, ...], shape: tuple[int, ...]
    ) -> tuple[int, ...]:
        index = fn(out_index, shape)
        fits = isinstance(index, tuple) and len(index) == len(shape)
        if not fits or not all(0 <= i < n for i, n in zip(index, shape)):
            raise IndexError(
                f"The plugged-in broadcast_index returned {index!r} for output cell "
                f"{out_index} and an input of shape {shape}; that is no cell of it."
            )
        return tuple(index)

    return broadcast_index


def _on_arrays(loop: Callable[..., Any]) -> Callable[..., None]:
    """Return the learner's loop, called with tensors around the arrays."""

    def wrapped(fn: ScalarFn, *arguments: Any) -> None:
        loop(
            fn, *(TensorData(a) if isinstance(a, np.ndarray) else a for a in arguments)
        )

    return wrapped
