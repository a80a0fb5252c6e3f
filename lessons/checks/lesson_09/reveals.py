"""What the questions of lesson 09 reveal: computed gradients, the slides' own code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab import Function

ROWS = [[1, 2], [3, 4], [5, 6]]


class PrintedSum(Function):
    """Sum as the slide prints it: backward returns what came."""

    @staticmethod
    def forward(ctx: Any, a: Any, dim: Any) -> Any:
        """Fold along dim, which is a tensor there; the dim stays, with size 1."""
        ctx.save_for_backward(a.shape, dim)
        return a.f.add_reduce(a, int(dim.item()))

    @staticmethod
    def backward(ctx: Any, grad_output: Any) -> Any:
        """Return the gradient as it came, and a 0.0 for dim."""
        return grad_output, 0.0


class Add(Function):
    """Add as the slide prints it: right where both shapes are equal."""

    @staticmethod
    def forward(ctx: Any, t1: Any, t2: Any) -> Any:
        """Add, with broadcasting."""
        return t1.f.add_zip(t1, t2)

    @staticmethod
    def backward(ctx: Any, grad_output: Any) -> Any:
        """Return the gradient as it came, twice."""
        return grad_output, grad_output


def leaf(numbers: Any, name: str = "x") -> Any:
    """Return a tensor that gets a gradient."""
    from gradlab import tensor

    return tensor(numbers, requires_grad=True, name=name)


def gradient(
    op: Callable[..., Any], *numbers: Any, d_out: Any, row: int | None = None
) -> Callable[[], Any]:
    """Return a function that computes the gradient of the first input, or a row."""

    def answer() -> Any:
        from gradlab import tensor

        leaves = [leaf(each) for each in numbers]
        op(*leaves).backward(tensor(d_out))
        found = leaves[0].grad.tolist()
        return found if row is None else found[row]

    return answer


def shape_of_gradient(op: Callable[..., Any], *numbers: Any) -> Callable[[], Any]:
    """Return a function that computes the last input's gradient's shape, or raises."""

    def answer() -> Any:
        from gradlab import ones

        leaves = [leaf(each) for each in numbers]
        out = op(*leaves)
        out.backward(ones(out.shape))
        return leaves[-1].grad.shape

    return answer


def shape_of_sum() -> tuple[int, ...]:
    """Return the shape of a sum along dim 1."""
    from gradlab import tensor

    return tensor(ROWS).sum(1).shape


def printed_sum(x: Any) -> Any:
    """Apply the printed Sum along dim 1."""
    from gradlab import tensor

    return PrintedSum.apply(x, tensor(1))


def flow(kind: str, *given: Any, **more: Any) -> Callable[[], Any]:
    """Return a function that draws a flow by the name of its picture."""

    def picture() -> Any:
        import gradlab.visualization as viz

        return getattr(viz, f"{kind}_flow")(*given, **more).frame(-1)

    return picture


def inv_jacobian() -> Any:
    """Draw the nine derivatives of 1 / x at three cells."""
    import gradlab.visualization as viz

    return viz.jacobian_grid(lambda x: 1 / x, [1, 2, 4]).frame(-1)


def squares() -> Any:
    """Draw x * x, where both wires end in one tensor."""
    import gradlab.visualization as viz
    from gradlab import tensor

    x = leaf([3])
    return viz.path_ledger(x * x, x, 0, d_out=tensor([5]))


def squared_rows() -> Any:
    """Draw the two paths from one cell to the sum of squares."""
    import gradlab.visualization as viz
    from gradlab import tensor

    x = leaf([[1, 2], [3, 4]])
    return viz.path_ledger((x * x).sum(1), x, (1, 0), d_out=tensor([10, 100]))


def home_order() -> tuple[int, ...]:
    """Find the order that brings every cell of a permuted tensor back."""
    from itertools import permutations

    from gradlab import tensor

    x = tensor(
        [[[12 * i + 4 * j + k for k in range(4)] for j in range(3)] for i in (0, 1)]
    )
    out = x.permute(1, 2, 0)
    orders = permutations(range(3))
    return next(o for o in orders if out.permute(*o).tolist() == x.tolist())


def local_times_d_out() -> Any:
    """Draw the zip of Inv's local derivatives and a d_out."""
    from gradlab.visualization import zip_flow

    slopes = [[-1, -0.25], [-4, -0.04]]
    return zip_flow("mul", slopes, [[5, 8], [3, 50]], names=("g'(x)", "d_out")).frame(
        -1
    )


def permuted() -> Any:
    """Draw a (2, 3, 4) with its dims in the order 1, 2, 0, and its storage."""
    from gradlab import tensor
    from gradlab.visualization import stride_board

    x = tensor([float(k) for k in range(24)]).view(2, 3, 4)
    return stride_board(x.permute(1, 2, 0)).frame(-1)
