"""Function: the only way from tensors to tensors, and the shape law of backward."""

from __future__ import annotations

import inspect
from typing import Any, ClassVar

import numpy as np

from gradlab.autodiff import (
    Context,
    History,
    count,
    no_grad,
    one_per_input,
    recording,
)
from gradlab.backends.base import Array
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData, Version, clock, read_only


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
    differentiable: ClassVar[bool] = True  # False: the result has no gradient

    # Declared loosely: each subclass narrows the arguments to its own.
    forward: Any
    backward: Any

    def __init__(self, *inputs: Any, **options: Any) -> None:
        name = type(self).__name__
        raise TypeError(f"A Function is run by apply: {name}.apply(x), not {name}(x).")

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
        like, needed, arrays = _read(cls, inputs)
        ctx = History()
        plugged = plugging.active.get()
        if plugged is None:
            ctx.f = like._loops
        elif cls.__name__ in plugged.functions:
            return _replaced(plugged.functions[cls.__name__], cls, inputs, options)
        else:
            ctx.f = plugged.loops or like._loops
        if cls.on == "arrays":
            array = cls.forward(ctx, *arrays, **options)
            shared = _shared(array, inputs) if cls.kind in _SHARING else None
            result = like._like(array, shared)
        else:
            result = _on_tensors(cls, ctx, inputs, options, like)
        if needed and recording.on and cls.differentiable:
            ctx.fn, ctx.inputs, ctx.made_at = cls, inputs, clock.now
            if options:
                ctx.options = options
            result.requires_grad, result.history = True, ctx
        if plugged is not None and "watch" in plugged.pieces:
            plugged.pieces["watch"].forward(cls, inputs, result._array)
        return result

    @classmethod
    def _backward(cls, ctx: Any, d_out: Any) -> Any:
        """Run backward on tensors; where the shape law is bent, it is bent here."""
        return cls.backward(ctx, d_out)


_SHARING = frozenset({"view", "index"})  # kinds whose result may look at old storage


def _replaced(
    own: type[Function], cls: type[Function], inputs: Any, options: Any
) -> Any:
    """Apply the Function plugged in for `cls`; inside it `cls` is gradlab's again."""
    with plugging.without(cls.__name__):
        return own.apply(*inputs, **options)


def _on_tensors(
    cls: type[Function], ctx: Context, inputs: Any, options: Any, like: Any
) -> Any:
    detached = [*map(_detached, inputs)]
    _check_arguments(cls, detached, options)
    with no_grad():
        out = cls.forward(ctx, *detached, **options)
    if not isinstance(out, TensorData):
        came = None if out is None else type(out).__name__
        raise TypeError(
            f"{cls.__name__}.forward returned {came}; return one tensor "
            "(tensor(value) makes one from a number)."
        )
    return like._like(out._array, out._version)


def _check_arguments(cls: type[Function], inputs: list[Any], options: Any) -> None:
    """Say what forward takes, where that is not what it gets."""
    if not hasattr(cls, "forward"):
        raise TypeError(f"{cls.__name__} has no forward; write forward(ctx, x).")
    takes = inspect.signature(cls.forward)
    try:
        takes.bind(None, *inputs, **options)
    except TypeError:
        got = count(tuple(inputs), "input")
        named = f" and {', '.join(options)}" if options else ""
        raise TypeError(
            f"{cls.__name__}.forward{takes} cannot take {got}{named} after ctx."
        ) from None


def gradients(result: Any, d_out: Array) -> list[tuple[int, Any, Array]]:
    """Run backward of the op that made a tensor and hold it to the shape law.

    Returns (position, input, gradient) for each input that needs one; an input whose
    gradient is None is left out. None of the arrays is `d_out` itself, or saved.
    """
    history = result.history
    fn = history.fn
    if history.made_at != clock.now:
        _check_saved(result)
    if fn.on == "arrays":
        returned = fn.backward(history, d_out)
    else:
        with no_grad():
            # Read only: other nodes get the same gradient.
            returned = fn._backward(history, result._like(read_only(d_out)))
    passed_on = [
        (position, source, _lawful(fn, position, source, d, d_out))
        for position, source, d in one_per_input(history, returned)
        if d is not None and getattr(source, "requires_grad", False)
    ]
    watch = plugging.piece("watch")
    if watch is not None:
        watch.backward(fn, passed_on)
    return passed_on


def _lawful(
    fn: type[Function], position: int, source: Any, d: Any, d_out: Array
) -> Array:
    """Return the gradient as an array, or say how it breaks the shape law."""
    like = source._array
    if type(d) is np.ndarray and d.shape == like.shape and d.dtype is like.dtype:
        return d.view() if d is d_out else d
    cells = d._array.view() if isinstance(d, TensorData) else d  # who else holds it?
    if not isinstance(cells, np.ndarray):
        raise TypeError(
            f"{fn.__name__}.backward returned {type(d).__name__} for input "
            f"{position + 1}, which needs a gradient. Return a tensor of its shape, "
            f"{like.shape}."
        )
    if cells.shape != like.shape:
        raise ValueError(_shape_law(fn, position, cells.shape, like.shape))
    return cells.astype(like.dtype, copy=False)


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
        return "if forward summed these cells, spread d_out over them again"
    if _spreads(expected, got):
        return "if forward stretched this input, sum back with unbroadcast(grad, shape)"
    return "undo what forward did to the shape"


def _spreads(small: tuple[int, ...], big: tuple[int, ...]) -> bool:
    pairs = zip(reversed(small), reversed(big))
    return len(small) <= len(big) and all(s in (1, b) for s, b in pairs)


# ------------------------------ before and after forward ------------------------------


def _read(fn: type[Function], inputs: tuple[Any, ...]) -> tuple[Any, bool, list[Any]]:
    """Return the first tensor, whether one needs a gradient, and the raw inputs."""
    first, needed, arrays = None, False, []
    for t in inputs:
        if not isinstance(t, TensorData):
            arrays.append(t)
            continue
        arrays.append(t._array)
        if t.requires_grad:
            needed = True
        if first is None:
            first = t
        elif t._loops is not first._loops:  # one per backend and dtype
            raise TypeError(_mixed(fn, first, t))
    if first is None:
        raise TypeError(
            f"{fn.__name__} needs at least one tensor; make one with tensor."
        )
    return first, needed, arrays


def _mixed(fn: type[Function], one: TensorData, other: TensorData) -> str:
    what, a, b = "dtype", one.dtype.name, other.dtype.name
    if a == b:
        what, a, b = "backend", one.backend.name, other.backend.name
    return (
        f"{fn.__name__} got tensors of {what} {a} and {b}. Make them with the "
        f"same {what}=, for example tensor(t.tolist(), {what}={a!r})."
    )


def _detached(value: Any) -> Any:
    return value.detach() if hasattr(value, "detach") else value


def _shared(array: Any, inputs: tuple[Any, ...]) -> Version | None:
    """Return the write counter of the input whose storage the result looks at."""
    for t in inputs:
        if isinstance(t, TensorData) and np.may_share_memory(array, t._array):
            return t._shared_version()
    return None


# A saved value that is overwritten would make backward wrong without a word.


def _check_saved(result: Any) -> None:
    history = result.history
    for value in history.ctx.saved:
        for position, t in enumerate((*history.inputs, result)):
            if isinstance(t, TensorData) and _same_cells(value, t):
                if t._shared_version().written_at > history.ctx.made_at:
                    raise ValueError(_overwritten(history, position, t.shape))
                break


def _same_cells(value: Any, t: TensorData) -> bool:
    version = getattr(value, "_version", None)
    return value is t._array or (version is not None and version is t._version)


def _overwritten(history: History, position: int, shape: tuple[int, ...]) -> str:
    result = position == len(history.inputs)
    what = "its result" if result else f"input {position + 1}"
    return (
        f"{history.fn.__name__} saved {what} (shape {shape}) for backward, but "
        "it was overwritten since (by t[i] = ..., set, zero_ or update_). "
        "Write to a copy, or run backward first."
    )
