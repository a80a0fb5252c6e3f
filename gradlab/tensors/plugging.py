"""plug: run everything above on a learner's own pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.backends.simple import SimpleBackend
from gradlab.indexing import broadcast_index as own_broadcast_index
from gradlab.operators import ScalarFn
from gradlab.tensors.data import TensorData

_active: ContextVar[tuple[plug, ...]] = ContextVar("plugs", default=())


def current() -> Backend | None:
    """Return the backend made of plugged-in pieces, if there is one."""
    plugs = _active.get()
    return plugs[-1].backend if plugs else None


@contextmanager
def unplugged() -> Iterator[None]:
    """Run the block on gradlab's own pieces: what is right is not for a plug to say."""
    before = _active.set(())
    try:
        yield
    finally:
        _active.reset(before)


class plug:  # noqa: N801 - a verb: plug(...) or with plug(...)
    """Make every tensor op run on your own broadcast_index or zip loop.

    Works from the call on; `unplug()` or the end of a `with` block takes it back.

    Parameters
    ----------
    broadcast_index : `(out_index, shape) -> index`
    zip : `(fn, x, y, out)`, writing into the tensor `out` with `out.set`

    Raises
    ------
    TypeError
        If a piece cannot be called.

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
        zip: Callable[..., Any] | None = None,
    ) -> None:
        for name, piece in (("broadcast_index", broadcast_index), ("zip", zip)):
            if piece is not None and not callable(piece):
                raise TypeError(f"plug({name}=...) needs a function; got {piece!r}.")
        self.backend: Backend = SimpleBackend(
            _checked(broadcast_index) if broadcast_index else own_broadcast_index,
            _on_arrays(zip) if zip else None,
        )
        _active.set((*_active.get(), self))

    def unplug(self) -> None:
        """Go back to what ran before; a second call does nothing."""
        _active.set(tuple(p for p in _active.get() if p is not self))

    def __enter__(self) -> plug:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()


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


def _on_arrays(
    loop: Callable[..., Any],
) -> Callable[[ScalarFn, Array, Array, Array], None]:
    """Return the learner's zip loop, called with tensors around the arrays."""

    def zip_loop(fn: ScalarFn, x: Array, y: Array, out: Array) -> None:
        loop(fn, TensorData(x), TensorData(y), TensorData(out))

    return zip_loop
