"""Functions on numbers, forward beside backward: what Scalars are made of."""

from __future__ import annotations

import math
from typing import Any

from gradlab import operators
from gradlab.autodiff import Context, History, pair_gradients, recording


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
        make = next((type(i) for i in inputs if hasattr(i, "history")), None)
        if make is None:
            raise TypeError(f"{cls.__name__} needs at least one Scalar; got {inputs}.")
        variables = tuple(
            i if hasattr(i, "history") else make(i, requires_grad=False) for i in inputs
        )
        ctx = History()
        result = make(cls._value(ctx, [v.data for v in variables]))
        result.requires_grad = False
        if recording.on and any(v.requires_grad for v in variables):
            ctx.fn, ctx.inputs = cls, variables
            result.requires_grad, result.history = True, ctx
        return result

    @classmethod
    def _value(cls, ctx: Context, values: list[float]) -> float:
        try:
            result = cls.forward(ctx, *values)
        except (ArithmeticError, ValueError) as error:
            at = ", ".join(f"{v:g}" for v in values)
            raise ValueError(
                f"{cls.__name__} has no value at {at}: {error}."
            ) from error
        if not isinstance(result, (int, float)):
            raise TypeError(
                f"{cls.__name__}.forward returned {type(result).__name__}; "
                "return one number."
            )
        return result


def derivatives(history: History, d_out: float) -> list[tuple[int, Any, float]]:
    """Run backward of one node: (position, input, d) for each input that needs one."""
    returned = history.fn.backward(history.ctx, d_out)
    pairs = pair_gradients(history, returned)
    return [
        (i, source, _number(history.fn, d)) for i, source, d in pairs if d is not None
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
