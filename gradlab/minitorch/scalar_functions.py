"""MiniTorch's functions of Scalars: gradlab's, and the three that differ."""

from __future__ import annotations

from typing import Any

from gradlab import scalar_function
from gradlab import scalar_functions as F
from gradlab.autodiff import Context
from gradlab.minitorch import operators


class ScalarFunction(scalar_function.ScalarFunction):
    """A function on numbers with its derivative: subclass, write forward and backward.

    Examples
    --------
    >>> class Square(ScalarFunction):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_output):
    ...         (x,) = ctx.saved_values
    ...         return 2.0 * x * d_output
    >>> from gradlab.minitorch import Scalar
    >>> x = Scalar(3.0)
    >>> Square.apply(x).backward()
    >>> x.derivative
    6.0
    """

    @classmethod
    def apply(cls, *vals: Any) -> Any:
        """Run forward and remember how the result was made; numbers become Scalars."""
        return super().apply(*map(_as_scalar, vals))


def _as_scalar(value: Any) -> Any:
    from gradlab.minitorch.scalar import Scalar

    return value if isinstance(value, scalar_function.Node) else Scalar(value)


class Add(ScalarFunction, F.Add):
    """x + y."""


class Mul(ScalarFunction, F.Mul):
    """x * y."""


class Inv(ScalarFunction, F.Inv):
    """1 / x."""


class Neg(ScalarFunction, F.Neg):
    """-x."""


class Sigmoid(ScalarFunction, F.Sigmoid):
    """1 / (1 + e^-x)."""


class ReLU(ScalarFunction, F.ReLU):
    """x where positive, else 0."""


class Exp(ScalarFunction, F.Exp):
    """e to the power x."""


class Log(ScalarFunction):
    """log(x + 1e-6): MiniTorch's logarithm has a value at 0."""

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Take the logarithm."""
        ctx.save_for_backward(x)
        return operators.log(x)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> float:
        """The derivative is 1 / (x + 1e-6)."""
        (x,) = ctx.saved_values
        return operators.log_back(x, d_output)


class LT(ScalarFunction):
    """1 if x < y, else 0."""

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Compare the numbers."""
        return operators.lt(x, y)

    @staticmethod
    def backward(ctx: Context, d_output: float) -> tuple[float, float]:
        """A small step changes no answer."""
        return 0.0, 0.0


class EQ(LT):
    """1 if x == y, else 0."""

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Compare the numbers."""
        return operators.eq(x, y)
