"""What the questions of lesson 10 reveal: computed answers and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

COLUMN, ROW = [[1], [2], [3]], [10, 20]
D_OUT = [[1, 2], [3, 4], [5, 6]]
A, B = [[1, 2], [3, 4], [5, 6]], [-1, 1]


def fold(op: str, a: Any, b: Any, d_out: Any, names: Any = ("a", "b")) -> Any:
    """Return a function that draws how gradients fold back into two inputs."""

    def picture() -> Any:
        from gradlab.visualization import fold_back

        return fold_back(op, a, b, d_out, names=names)

    return picture


def wires() -> Any:
    """Draw a column plus a row, and what goes back along every wire."""
    from gradlab.visualization import zip_flow

    return zip_flow("add", COLUMN, ROW, D_OUT, names=("a", "b"))


def gradients(op: str, a: Any, b: Any, d_out: Any) -> tuple[Any, Any]:
    """Return the gradients of two inputs of an op, as nested lists."""
    from gradlab import tensor

    one, other = tensor(a, requires_grad=True), tensor(b, requires_grad=True)
    result = one * other if op == "mul" else one + other
    result.backward(tensor(d_out))
    return one.grad.tolist(), other.grad.tolist()


def first_of_the_column() -> float:
    """Return the gradient of a[0, 0] of a column times a row."""
    return float(gradients("mul", COLUMN, ROW, D_OUT)[0][0][0])


def summed_dims(got: tuple[int, ...], shape: tuple[int, ...]) -> Callable[[], Any]:
    """Return a function that computes over which dims `got` is summed to `shape`."""

    def answer() -> Any:
        from gradlab.tensors.unbroadcast import stretched_dims

        return stretched_dims(got, shape)

    return answer


def sum_by_the_slides_add() -> tuple[Any, Any]:
    """Return b, and the sum that the slide's Add makes of a and a stretched b."""
    from gradlab import Function, tensor

    class Add(Function):
        @staticmethod
        def forward(ctx: Any, t1: Any, t2: Any) -> Any:
            return t1.f.add_zip(t1, t2)

        @staticmethod
        def backward(ctx: Any, grad_output: Any) -> Any:
            return grad_output, grad_output

    a = tensor(A, requires_grad=True, name="a")
    b = tensor(B, requires_grad=True, name="b")
    c = Add.apply(a, b).sum()
    c.name = "c"
    return b, c


def printed_add() -> Any:
    """Run the slide's Add where an input is stretched: it breaks the shape law."""
    b, c = sum_by_the_slides_add()
    c.backward()
    return b.grad.shape


def stopped() -> Any:
    """Draw how the way back through the slide's Add stops."""
    from gradlab.visualization import computation_graph

    return computation_graph(sum_by_the_slides_add()[1]).frame(-1)


def example_shape() -> tuple[int, ...]:
    """Return the shape of the slides' Example, its last dim dropped."""
    from gradlab import ones

    product = ones((3, 2)) * ones((2, 1, 2))
    shape: tuple[int, ...] = product.sum(2, keepdim=True).squeeze(2).shape
    return shape


def recorded_sum() -> Any:
    """Return the sum of a tensor that needs a gradient."""
    from gradlab import tensor

    s = tensor(D_OUT, requires_grad=True, name="g").sum(0)
    s.name = "s"
    return s


def is_recorded() -> str:
    """Say whether a sum of a tensor that needs a gradient needs one itself."""
    return "yes" if recorded_sum().requires_grad else "no"


def recorded() -> Any:
    """Draw the graph that the sum left, and the way back through it."""
    from gradlab import tensor
    from gradlab.visualization import computation_graph

    return computation_graph(recorded_sum(), tensor([10, 100])).frame(-1)
