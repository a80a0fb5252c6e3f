"""Products of matrices: a zip by mul and a reduce by add, in one loop."""

from __future__ import annotations

from gradlab.autodiff import Context
from gradlab.backends.base import Array
from gradlab.indexing import shape_broadcast
from gradlab.tensors.cellwise import ZipFunction
from gradlab.tensors.f import ArrayOps
from gradlab.tensors.function import Function
from gradlab.tensors.unbroadcast import sum_to_shape


class MatMul(ZipFunction):
    """x @ y: rows of x times columns of y, for stacks of matrices that broadcast."""

    kind = "other"

    @staticmethod
    def forward(ctx: Context, x: Array, y: Array) -> Array:
        """Make matrices of 1-d operands, multiply, drop the dims that were added."""
        ctx.save_for_backward(x, y)
        if x.ndim == y.ndim == 2 and x.shape[1] == y.shape[0]:
            return ctx.f.matmul(x, y)
        check_matmul(x.shape, y.shape)
        return _dropped(ctx.f.matmul(_row(x), _column(y)), x, y)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array | None, Array | None]:
        """By x: d_out @ y^T. By y: x^T @ d_out. Then sum what broadcasting spread."""
        x, y = ctx.saved_values
        if x.ndim == y.ndim == 2:
            dx = ctx.f.matmul(d_out, y.T) if ctx.needs(0) else None
            return dx, ctx.f.matmul(x.T, d_out) if ctx.needs(1) else None
        d = _restored(d_out, x, y)
        rows, columns = _row(x), _column(y)
        dx = _summed(ctx.f, d, columns.swapaxes(-1, -2), rows) if ctx.needs(0) else None
        dy = _summed(ctx.f, rows.swapaxes(-1, -2), d, columns) if ctx.needs(1) else None
        return (
            dx if dx is None else dx.reshape(x.shape),
            dy if dy is None else dy.reshape(y.shape),
        )


class Linear(Function):
    """x @ weight^T + bias: what a layer of a network does to a batch, in one node."""

    kind, on = "other", "arrays"

    @staticmethod
    def forward(ctx: Context, x: Array, weight: Array, bias: Array) -> Array:
        """Each row of weight makes one number of every row of x."""
        check_linear(x.shape, weight.shape, bias.shape)
        ctx.save_for_backward(x, weight)
        return ctx.f.add_zip(ctx.f.matmul(x, weight.T), bias)

    @staticmethod
    def backward(ctx: Context, d_out: Array) -> tuple[Array | None, Array, Array]:
        """By x: d_out @ weight. By weight: d_out^T @ x. By bias: the sum of d_out."""
        x, weight = ctx.saved_values
        dx = ctx.f.matmul(d_out, weight) if ctx.needs(0) else None
        d_weight = ctx.f.matmul(d_out.T, x)
        return dx, d_weight, ctx.f.add_reduce(d_out, (0,)).reshape(-1)


# ------------------------------ stacks and 1-d operands ------------------------------


def _row(x: Array) -> Array:
    return x[None, :] if x.ndim == 1 else x


def _column(y: Array) -> Array:
    return y[:, None] if y.ndim == 1 else y


def _dropped(out: Array, x: Array, y: Array) -> Array:
    """Return the product without the dims that 1-d operands were given."""
    out = out if y.ndim > 1 else out[..., 0]
    return out if x.ndim > 1 else out[..., 0, :] if y.ndim > 1 else out[..., 0]


def _restored(d_out: Array, x: Array, y: Array) -> Array:
    """Return d_out with those dims again."""
    d_out = d_out if y.ndim > 1 else d_out[..., None]
    return d_out if x.ndim > 1 else d_out[..., None, :]


def _summed(f: ArrayOps, left: Array, right: Array, like: Array) -> Array:
    """Return a product summed over the stacks that broadcasting spread."""
    return sum_to_shape(f, f.matmul(left, right), like.shape, to_keep=2)


# --------------------------------------- errors ---------------------------------------


def check_matmul(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    """Say in words why two shapes have no matrix product, if they have none.

    Raises
    ------
    ValueError
        If one is a single number, the inner dims differ, or the stacks do not
        broadcast.

    Examples
    --------
    >>> check_matmul((2, 3), (3, 4))
    """
    if not a or not b:
        raise ValueError(
            f"matmul got shapes {a} and {b}: one is a single number (rank 0). Use * "
            "to multiply every cell by a number."
        )
    rows, inner = a[-1], b[-2:][0]
    if rows != inner:
        raise ValueError(_clash(a, b, rows, inner))
    try:
        shape_broadcast(a[:-2], b[:-2])
    except ValueError as error:
        raise ValueError(
            f"matmul got shapes {a} and {b}: the dims before the last two, {a[:-2]} "
            f"and {b[:-2]}, count matrices and must broadcast."
        ) from error


def _clash(a: tuple[int, ...], b: tuple[int, ...], rows: int, inner: int) -> str:
    where = "dim -2" if len(b) > 1 else "the only dim"
    text = (
        f"matmul got shapes {a} and {b}: the inner dims must be equal, but dim -1 of "
        f"the first is {rows} and {where} of the second is {inner}."
    )
    fits = len(b) > 1 and b[-1] == rows
    return text + (" The second fits when transposed." if fits else "")


def check_linear(
    x: tuple[int, ...], weight: tuple[int, ...], bias: tuple[int, ...]
) -> None:
    """Say in words what does not fit in x @ weight^T + bias, if something does not.

    Raises
    ------
    ValueError
        Unless the shapes are (batch, inputs), (outputs, inputs) and (outputs,).

    Examples
    --------
    >>> check_linear((10, 2), (5, 2), (5,))
    """
    fits = len(x) == len(weight) == 2 and x[1] == weight[1] and bias == weight[:1]
    if not fits:
        raise ValueError(
            f"linear needs x of shape (batch, inputs), weight (outputs, inputs) and "
            f"bias (outputs,); got x {x}, weight {weight} and bias {bias}."
        )
