"""ScalarFunction: the only way from Scalars to Scalars."""

from __future__ import annotations

from typing import Any

from gradlab.autodiff import History, one_per_input, recording


class ScalarFunction:
    """A function on numbers with its derivative: subclass, write forward and backward.

    `forward(ctx, *floats)` returns a float; `backward(ctx, d_out)` returns d_out times
    the derivative with respect to each input.

    Examples
    --------
    >>> from gradlab import Scalar
    >>> class Cube(ScalarFunction):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x**3
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         (x,) = ctx.saved_values
    ...         return d_out * 3 * x**2
    >>> x = Scalar(2.0)
    >>> Cube.apply(x).backward()
    >>> x.derivative
    12.0
    """

    scalar = ""
    kind = "map"

    # Declared loosely: each subclass narrows the arguments to its own.
    forward: Any
    backward: Any

    @classmethod
    def apply(cls, *inputs: Any) -> Any:
        """Run forward and remember how the result was made.

        Raises
        ------
        TypeError
            If no input is a Scalar, or forward returns no number.
        ValueError
            If the function is not defined at these numbers.
        """
        values, needed, numbers = [], False, False
        for i in inputs:
            if isinstance(i, Node):
                values.append(i.data)
                needed = needed or i.requires_grad
            else:
                numbers = True
        if numbers:
            return cls.apply(*_with_constants(cls, inputs))
        ctx = History()
        try:
            value = cls.forward(ctx, *values)
        except (ArithmeticError, ValueError) as error:
            if _is_a_learners(cls):
                raise
            raise ValueError(_no_value(cls, values, error)) from error
        result = inputs[0].like(value if type(value) is float else _checked(cls, value))
        if needed and recording.on:
            ctx.fn, ctx.inputs = cls, inputs
            result.requires_grad, result.history = True, ctx
        return result


class Node:
    """What a ScalarFunction takes for a variable: Scalar is made from it."""

    __slots__ = ()
    data: float
    requires_grad: bool

    def like(self, value: float) -> Any:
        """Return a constant of this class."""


def _with_constants(fn: type[ScalarFunction], inputs: tuple[Any, ...]) -> Any:
    """Return the inputs with constants in place of plain numbers."""
    like = next((i for i in inputs if isinstance(i, Node)), None)
    if like is None:
        raise TypeError(f"{fn.__name__} needs at least one Scalar; got {inputs}.")
    return [i if isinstance(i, Node) else like.like(_as_float(i)) for i in inputs]


def _as_float(value: Any) -> float:
    if getattr(value, "shape", ()) or hasattr(value, "history"):
        raise TypeError(
            f"A Scalar goes with numbers and Scalars; got a {type(value).__name__} of "
            f"shape {value.shape}. For many numbers make every number a tensor."
        )
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(
            f"A Scalar goes with numbers and Scalars; got {value!r}."
        ) from None


def _checked(fn: type[ScalarFunction], value: Any) -> float:
    if isinstance(value, (int, float)):
        return float(value)
    came = None if value is None else type(value).__name__
    raise TypeError(f"{fn.__name__}.forward returned {came}; return one number.")


def _is_a_learners(fn: type[ScalarFunction]) -> bool:
    """Say whether a function is not gradlab's: then its own error tells more."""
    return not fn.__module__.startswith("gradlab.")


def _no_value(fn: type[ScalarFunction], values: list[float], error: Exception) -> str:
    at = ", ".join(f"{v:g}" for v in values)
    return f"{fn.__name__} has no value at {at}: {error}."


def derivatives(history: History, d_out: float) -> list[tuple[int, Any, float]]:
    """Run backward of one node: (position, input, d) for each input that needs one."""
    fn = history.fn
    return [
        (i, source, d if type(d) is float else _number(fn, d))
        for i, source, d in one_per_input(history, _backward(history, d_out))
        if d is not None and source.requires_grad
    ]


def _backward(history: History, d_out: float) -> Any:
    try:
        return history.fn.backward(history, d_out)
    except ArithmeticError as error:
        if _is_a_learners(history.fn):
            raise
        at = ", ".join(f"{v.data:g}" for v in history.inputs)
        raise ValueError(
            f"{history.fn.__name__} has no derivative at {at}: {error}."
        ) from error


def _number(fn: type[ScalarFunction], d: Any) -> float:
    if isinstance(d, (int, float)) and not isinstance(d, bool):
        return float(d)
    raise TypeError(
        f"{fn.__name__}.backward returned {type(d).__name__}; "
        "return one number per input."
    )
