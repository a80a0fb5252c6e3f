"""Functions on numbers, forward beside backward: what Scalars are made of."""

from __future__ import annotations

import math
from typing import Any

from gradlab import operators
from gradlab.autodiff import Context, History, one_per_input, recording


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
    if hasattr(value, "shape") and value.shape:
        raise TypeError(
            f"A Scalar goes with numbers and Scalars; got a {type(value).__name__} of "
            f"shape {value.shape}. For many numbers use tensor."
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
    raise TypeError(
        f"{fn.__name__}.forward returned {type(value).__name__}; return one number."
    )


def _no_value(fn: type[ScalarFunction], values: list[float], error: Exception) -> str:
    at = ", ".join(f"{v:g}" for v in values)
    return f"{fn.__name__} has no value at {at}: {error}."


def derivatives(history: History, d_out: float) -> list[tuple[int, Any, float]]:
    """Run backward of one node: (position, input, d) for each input that needs one."""
    fn = history.fn
    return [
        (i, source, d if type(d) is float else _number(fn, d))
        for i, source, d in one_per_input(history, fn.backward(history, d_out))
        if d is not None and source.requires_grad
    ]


def _number(fn: type[ScalarFunction], d: Any) -> float:
    if isinstance(d, (int, float)) and not isinstance(d, bool):
        return float(d)
    raise TypeError(
        f"{fn.__name__}.backward returned {type(d).__name__}; "
        "return one number per input."
    )


class Add(ScalarFunction):
    """x + y."""

    scalar, kind = "add", "zip"

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Return the sum."""
        return x + y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> tuple[float, float]:
        """Both numbers move the sum one for one."""
        return d_out, d_out


class Sub(ScalarFunction):
    """x - y."""

    scalar, kind = "sub", "zip"

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Return the difference."""
        return x - y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> tuple[float, float]:
        """More of y makes the difference smaller."""
        return d_out, -d_out


class Mul(ScalarFunction):
    """x * y."""

    scalar, kind = "mul", "zip"

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Return the product."""
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> tuple[float, float]:
        """Each number moves the product by the other one."""
        x, y = ctx.saved_values
        return d_out * y, d_out * x


class Div(ScalarFunction):
    """x / y."""

    scalar, kind = "div", "zip"

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Return the quotient."""
        ctx.save_for_backward(x, y)
        return x / y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> tuple[float, float]:
        """By x: 1 / y; by y: -x / y²."""
        x, y = ctx.saved_values
        return d_out / y, -d_out * x / (y * y)


class Neg(ScalarFunction):
    """-x."""

    scalar = "neg"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the opposite."""
        return -x

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is -1."""
        return -d_out


class Inv(ScalarFunction):
    """1 / x."""

    scalar = "inv"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the inverse."""
        ctx.save_for_backward(x)
        return 1.0 / x

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is -1 / x²."""
        (x,) = ctx.saved_values
        return -d_out / (x * x)


class Log(ScalarFunction):
    """log x."""

    scalar = "log"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the natural logarithm."""
        ctx.save_for_backward(x)
        return math.log(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is 1 / x."""
        (x,) = ctx.saved_values
        return d_out / x


class Exp(ScalarFunction):
    """e^x."""

    scalar = "exp"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return e to the power x, and save it: it is its own derivative."""
        y = math.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is e^x."""
        (y,) = ctx.saved_values
        return d_out * y


class Sigmoid(ScalarFunction):
    """1 / (1 + e^-x)."""

    scalar = "sigmoid"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the sigmoid of x."""
        ctx.save_for_backward(x)
        return operators.sigmoid(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is s (1 - s)."""
        (x,) = ctx.saved_values
        return d_out * operators.sigmoid_d(x)


class ReLU(ScalarFunction):
    """x where positive, else 0."""

    scalar = "relu"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the positive part."""
        ctx.save_for_backward(x)
        return operators.relu(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is 1 where x is positive; at 0 we choose 0."""
        (x,) = ctx.saved_values
        return d_out if x > 0 else 0.0
