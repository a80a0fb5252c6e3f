"""What the questions of lesson 08 reveal: counts, pictures, longer texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def product(x: Any) -> Any:
    """Return x1 x2 x3: the slides' G."""
    return x[0] * x[1] * x[2]


def fun(x: Any) -> Any:
    """Return [x1, x1 x2]: the slides' Fun."""
    from gradlab.exercises.sample_functions import fun

    return fun(x)


def sum_and_product(x: Any) -> Any:
    """Return [x1 + x2, x1 x2]."""
    from gradlab import stack

    return stack([x[0] + x[1], x[0] * x[1]])


def sum_of(x: Any) -> Any:
    """Return the sum of all cells."""
    return x.sum()


def times_456(x: Any) -> Any:
    """Return x * y for y = [4, 5, 6]."""
    from gradlab import tensor

    return x * tensor([4.0, 5.0, 6.0])


def times_another(x: Any) -> Any:
    """Return x * y for another tensor y of x's shape."""
    from gradlab import rand

    return x * rand(x.shape)


def derivatives(in_shape: tuple[int, ...], out_shape: tuple[int, ...], f: Any) -> Any:
    """Return a function that counts the cells of a Jacobian of f."""

    def answer() -> int:
        from gradlab import jacobian, rand

        found = jacobian(f, rand(in_shape))
        assert found.shape == (*out_shape, *in_shape)
        return int(found.size)

    return answer


def rows_and_columns(f: Any, at: Any) -> Callable[[], Any]:
    """Return a function that draws a Jacobian, row by row."""

    def picture() -> Any:
        from gradlab.visualization import jacobian_grid

        return jacobian_grid(f, at)

    return picture


def empty_table(f: Any, at: Any) -> Callable[[], Any]:
    """Return a function that draws the rows and columns of a Jacobian, still empty."""
    return lambda: rows_and_columns(f, at)().frame(0)


def first_row(f: Any, at: Any) -> Callable[[], Any]:
    """Return a function that draws the first row of a Jacobian."""
    return lambda: rows_and_columns(f, at)().frame(1)


def going_back(f: Any, at: Any, d_out: Any) -> Callable[[], Any]:
    """Return a function that draws d_out times a Jacobian, column by column."""

    def picture() -> Any:
        from gradlab.visualization import vjp_grid

        return vjp_grid(f, at, d_out)

    return picture


X, Y = [1, 2, 3], [4, 5, 6]


def zip_and_sum() -> Any:
    """Draw the way from x[1] through a zip and a sum, and back."""
    from gradlab import tensor
    from gradlab.visualization import gradient_flow

    x = tensor(X, requires_grad=True, name="x")
    y = tensor(Y, requires_grad=True, name="y")
    return gradient_flow((x * y).sum(), to=x, index=1)


def shape_of_grad() -> tuple[int, ...]:
    """Return the shape of x.grad for an x of shape (4, 5)."""
    from gradlab import rand

    x = rand((4, 5))
    x.requires_grad = True
    (x * rand((4, 5))).sum().backward()
    return tuple(x.grad.shape)


THE_SLIDES_CLASS = """\
The product is 0 here, but it moves with the middle cell, 2 · 3 = 6 times as fast. The
slides divide:
    class Prod3(minitorch.Function):
        def forward(ctx, x: Tensor) -> Tensor:
            prod = x[0] * x[1] * x[2]
            ctx.save_for_backward(prod, x)
            return prod
        def backward(ctx, d: Tensor) -> Tensor:
            prod, x = ctx.saved_values
            return d * prod / x
z/x is the product of the others only where x is not 0. Here 0 / 0 is nan, "not a
number". And `@staticmethod` is missing: gradlab runs the class all the same, because
it is the class that is called and never an object of it. Write the decorator, and
everybody sees that there is no `self`. In gradlab `x[0]` is a tensor of shape (), so
the product is one, too; where `x[0]` is a plain number, forward has to return
`tensor(prod)`."""


def shapes_of_gradients() -> Any:
    """Draw z = x * y and its sum, all (4, 5), after backward."""
    from gradlab import tensor
    from gradlab.visualization import computation_graph

    numbers = [[float(5 * i + j) for j in range(5)] for i in range(4)]
    x, y = (tensor(numbers, requires_grad=True, name=name) for name in "xy")
    return computation_graph((x * y).sum()).frame(-1)
