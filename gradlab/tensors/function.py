"""Function: the only way from tensors to tensors, and the shape law of backward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from gradlab.autodiff import Context, History, is_recording, no_grad, pair_gradients
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData, Version
from gradlab.tensors.f import ArrayOps


class Function:
    """An operation on tensors with its gradient: subclass, write forward and backward.

    `forward(ctx, *inputs)` returns one tensor. `backward(ctx, d_out)` gets the gradient
    of the result and returns one gradient per input, each of EXACTLY its input's shape
    (the shape law), or None for zero. Both work on detached tensors: nothing they do
    is recorded. `@staticmethod` may be left out.

    Examples
    --------
    >>> from gradlab import tensor
    >>> class Double(Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         return x + x
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         return d_out * 2
    >>> x = tensor([1.0, 2.0], requires_grad=True)
    >>> Double.apply(x).sum().backward()
    >>> x.grad.tolist()
    [2.0, 2.0]
    """

    kind: ClassVar[str] = "other"
    scalar: ClassVar[str] = ""
    on: ClassVar[str] = "tensors"  # built-in Functions say "arrays": no wrapping

    # Declared loosely: each subclass narrows the arguments to its own.
    forward: Any
    backward: Any

    @classmethod
    def apply(cls, *inputs: Any, **options: Any) -> Any:
        """Run forward and remember how the result was made.

        Parameters
        ----------
        inputs : tensors and plain values; only tensors can get gradients
        options : plain values that backward returns nothing for

        Raises
        ------
        TypeError
            If no input is a tensor, dtypes differ, or forward returns no tensor.
        """
        tensors: list[Any] = [i for i in inputs if isinstance(i, TensorData)]
        _check_inputs(cls, tensors)
        ctx = Context()
        backend = plugging.current() or tensors[0].backend
        ctx.f = ArrayOps(backend)
        result = cls._run_forward(ctx, inputs, options, tensors[0])
        if is_recording() and any(t.requires_grad for t in tensors):
            result.requires_grad = True
            result.history = History(cls, ctx, inputs, options)
            if ctx.saved:
                ctx.guards = tuple(_guards(ctx.saved, inputs, result))
        return result

    @classmethod
    def _run_forward(
        cls, ctx: Context, inputs: tuple[Any, ...], options: Any, like: Any
    ) -> Any:
        if cls.on == "arrays":
            array = cls.forward(ctx, *map(_array_of, inputs), **options)
            shares = cls.kind in ("view", "index")
            return like._like(array, _shared_version(array, inputs) if shares else None)
        with no_grad():
            out = cls.forward(ctx, *map(_detached, inputs), **options)
        if not isinstance(out, TensorData):
            raise TypeError(
                f"{cls.__name__}.forward returned {type(out).__name__}; return one "
                "tensor (tensor(value) makes one from a number)."
            )
        return like._like(out._array, out._version)


def gradients(history: History, d_out: Any) -> list[tuple[int, Any, Any]]:
    """Run backward of one node and hold it to the shape law.

    Returns (position, input, gradient) for each input that needs one; an input whose
    gradient is None is left out.
    """
    fn, ctx = history.fn, history.ctx
    _check_saved(history)
    if fn.on == "arrays":
        returned = fn.backward(ctx, d_out._array)
    else:
        with no_grad():
            # Read only: other nodes get the same gradient.
            returned = fn.backward(ctx, d_out._like(d_out.to_numpy()))
    return [
        (position, source, _lawful(fn, position, source, d))
        for position, source, d in pair_gradients(history, returned)
        if d is not None
    ]


def _lawful(fn: type[Function], position: int, source: Any, d: Any) -> Any:
    """Return the gradient as a detached tensor, or say how it breaks the shape law."""
    cells = _array_of(d)
    if not isinstance(cells, np.ndarray):
        raise TypeError(
            f"{fn.__name__}.backward returned {type(d).__name__} for input "
            f"{position + 1}, which needs a gradient. Return a tensor of its shape, "
            f"{source.shape}."
        )
    if cells.shape != source.shape:
        raise ValueError(_shape_law(fn, position, cells.shape, source.shape))
    return source._like(cells.astype(source.dtype, copy=False))


def _shape_law(
    fn: type[Function], position: int, got: tuple[int, ...], expected: tuple[int, ...]
) -> str:
    return (
        f"{fn.__name__}.backward returned shape {got} for input {position + 1} of "
        f"shape {expected}. A gradient has exactly its input's shape: "
        f"{_next_step(got, expected)}."
    )


def _next_step(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if _spreads(got, expected):
        return "forward summed these cells, so spread d_out over them again"
    if _spreads(expected, got):
        return "forward stretched this input, so sum back with unbroadcast(grad, shape)"
    return "undo what forward did to the shape"


def _spreads(small: tuple[int, ...], big: tuple[int, ...]) -> bool:
    pairs = zip(reversed(small), reversed(big))
    return len(small) <= len(big) and all(s in (1, b) for s, b in pairs)


# ------------------------------ before and after forward ------------------------------


def _check_inputs(fn: type[Function], tensors: list[TensorData]) -> None:
    if not tensors:
        raise TypeError(
            f"{fn.__name__} needs at least one tensor; make one with tensor."
        )
    first = tensors[0]
    for t in tensors[1:]:
        if t.dtype != first.dtype:
            raise TypeError(_mixed(fn, "dtype", first.dtype.name, t.dtype.name))
        if t.backend is not first.backend:
            raise TypeError(_mixed(fn, "backend", first.backend.name, t.backend.name))


def _mixed(fn: type[Function], what: str, one: str, other: str) -> str:
    return (
        f"{fn.__name__} got tensors of {what} {one} and {other}. Make them with the "
        f"same {what}=, for example tensor(t.tolist(), {what}={one!r})."
    )


def _array_of(value: Any) -> Any:
    return value._array if isinstance(value, TensorData) else value


def _detached(value: Any) -> Any:
    return value.detach() if hasattr(value, "detach") else value


def _shared_version(array: Any, inputs: tuple[Any, ...]) -> Version | None:
    """Return the write counter of the input whose storage the result looks at."""
    for t in inputs:
        if isinstance(t, TensorData) and np.may_share_memory(array, t._array):
            return t._version
    return None


# A saved value that is overwritten would make backward wrong without a word.


def _guards(
    saved: tuple[Any, ...], inputs: tuple[Any, ...], result: Any
) -> Iterator[tuple[int, tuple[int, ...], Version, int]]:
    """Yield (position, shape, write counter, count now) of what was saved.

    The position is that of the input, or the number of inputs for the result.
    """
    for value in saved:
        for position, t in enumerate((*inputs, result)):
            if isinstance(t, TensorData) and _same_cells(value, t):
                yield position, t.shape, t._version, t._version.writes
                break


def _same_cells(value: Any, t: TensorData) -> bool:
    return value is t._array or getattr(value, "_version", None) is t._version


def _check_saved(history: History) -> None:
    for position, shape, version, writes in history.ctx.guards:
        if version.writes != writes:
            inputs = len(history.inputs)
            what = f"input {position + 1}" if position < inputs else "its result"
            raise ValueError(
                f"{history.fn.__name__} saved {what} (shape {shape}) for backward, but "
                "it was overwritten since (by t[i] = ..., set, zero_ or update_). "
                "Write to a copy, or run backward first."
            )
