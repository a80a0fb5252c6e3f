"""Functions on numbers, forward beside backward: what Scalars are made of."""

from __future__ import annotations

import math

from gradlab import operators
from gradlab.autodiff import Context
from gradlab.scalar_function import ScalarFunction


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


class Pow(ScalarFunction):
    """x to the power y."""

    scalar, kind = "pow", "zip"

    @staticmethod
    def forward(ctx: Context, x: float, y: float) -> float:
        """Return the power; a negative number has whole powers only."""
        ctx.save_for_backward(x, y)
        return math.pow(x, y)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> tuple[float, float | None]:
        """By x: y x^(y - 1). By y: x^y log x, which needs x > 0."""
        x, y = ctx.saved_values
        if x == 0 and 0 < y < 1:
            raise ZeroDivisionError("the slope is infinite")
        if ctx.needs(1) and x < 0:
            raise ValueError(
                f"Pow has no derivative by its exponent at {x:g}, {y:g}: a negative "
                "number has whole powers only, so the exponent cannot move."
            )
        dy = d_out * operators.power_dy(x, y) if ctx.needs(1) else None
        return d_out * operators.power_dx(x, y), dy


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


class Sqrt(ScalarFunction):
    """The square root of x."""

    scalar = "sqrt"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the root, and save it: the derivative is made of it."""
        y = math.sqrt(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is 1 / (2 sqrt(x))."""
        (y,) = ctx.saved_values
        return d_out * 0.5 / y


class Abs(ScalarFunction):
    """x without its sign."""

    scalar = "abs"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the distance from 0."""
        ctx.save_for_backward(x)
        return abs(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is the sign of x; at 0 we choose 0."""
        (x,) = ctx.saved_values
        return d_out * operators.absolute_d(x)


class Sin(ScalarFunction):
    """sin x."""

    scalar = "sin"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the sine of x radians."""
        ctx.save_for_backward(x)
        return math.sin(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is cos x."""
        (x,) = ctx.saved_values
        return d_out * math.cos(x)


class Cos(ScalarFunction):
    """cos x."""

    scalar = "cos"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the cosine of x radians."""
        ctx.save_for_backward(x)
        return math.cos(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is -sin x."""
        (x,) = ctx.saved_values
        return -d_out * math.sin(x)


class Tanh(ScalarFunction):
    """tanh x."""

    scalar = "tanh"

    @staticmethod
    def forward(ctx: Context, x: float) -> float:
        """Return the hyperbolic tangent of x."""
        ctx.save_for_backward(x)
        return math.tanh(x)

    @staticmethod
    def backward(ctx: Context, d_out: float) -> float:
        """The derivative is 1 - tanh² x."""
        (x,) = ctx.saved_values
        return d_out * operators.tanh_d(x)
