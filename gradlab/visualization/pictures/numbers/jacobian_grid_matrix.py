"""A function of tensors at one place: its cells, its Jacobian, and what d_out makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradlab.autodiff import central_difference
from gradlab.indexing import Index, indices
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.text import cell_name, number, shorten, size_names
from gradlab.visualization.values import read, two_names

MOST = 200_000  # a Jacobian with more numbers than this is not worked out
Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Matrix:
    """The Jacobian of f at x: row k is output cell k, column j is input cell j.

    Parameters
    ----------
    f : a function of a tensor that returns a tensor
    x : where
    out : what f makes of x
    names : what x and the result are called
    """

    f: Callable[..., Any]
    x: Any
    out: Any
    names: tuple[str, str]

    @cached_property
    def ins(self) -> list[Index]:
        """The index of every input cell, in reading order."""
        return list(indices(self.x.shape))

    @cached_property
    def outs(self) -> list[Index]:
        """The index of every output cell, in reading order."""
        return list(indices(self.out.shape))

    @cached_property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.outs), len(self.ins)

    @cached_property
    def rows(self) -> list[Numbers]:
        """The numbers, row by row, from one backward per row."""
        from gradlab.tensors.derivatives import jacobian

        cells = jacobian(self.f, self.x).to_numpy().reshape(self.shape)
        return [tuple(row) for row in cells.tolist()]

    @cached_property
    def numeric(self) -> list[Numbers]:
        """The numbers once more, column by column from central differences."""
        columns = [self._difference(j) for j in range(self.shape[1])]
        return list(zip(*columns)) if columns else [()] * self.shape[0]

    def _difference(self, j: int) -> Numbers:
        import numpy as np

        from gradlab.tensors.creation import tensor

        def moved(*cells: float) -> Any:
            return self.f(tensor(list(cells)).reshape(*self.x.shape)).to_numpy()

        values = self.x_values
        step = 1e-6 * max(1.0, abs(values[j]))
        with np.errstate(all="ignore"):
            column = central_difference(moved, *values, arg=j, epsilon=step)
        return tuple(column.reshape(-1).tolist())

    @cached_property
    def x_values(self) -> Numbers:
        """The numbers in x, in reading order."""
        return _flat(self.x)

    @cached_property
    def out_values(self) -> Numbers:
        """The numbers in the result, in reading order."""
        return _flat(self.out)

    def column(self, j: int) -> Numbers:
        """Return how every output cell follows input cell j."""
        return tuple(row[j] for row in self.rows)

    # ----------------------------------- names -----------------------------------

    def x_name(self, j: int, name: str = "") -> str:
        """Return the name of input cell j, such as x[0,1]; of another such tensor."""
        return cell_name(name or self.names[0], self.ins[j])

    def out_name(self, k: int, name: str = "") -> str:
        """Return the name of output cell k; of another tensor of its shape."""
        return cell_name(name or self.names[1], self.outs[k])

    def says(self) -> str:
        """Return the title: what goes in, what comes out."""
        x, out = (
            f"{name} {size_names(thing.shape)}"
            for name, thing in zip(self.names, (self.x, self.out))
        )
        return f"The Jacobian of {out} by {x}"

    # ----------------------------------- products -----------------------------------

    def back_values(self, d: Numbers) -> Numbers:
        """Return d_out · J: from one backward, or by column where that strays."""
        strays = self.strays(d)
        one = enumerate(self.backward(d))
        return tuple(
            sum((a * b for a, b in self.pairs_down(d, j)), 0.0) if j in strays else g
            for j, g in one
        )

    def strays(self, d: Numbers) -> dict[int, float]:
        """Return the columns for which one backward gives another sum, and which.

        A right backward has none: this is how one that forgets d_out shows itself.
        """
        found = {}
        least = 1e-30 * max(map(abs, d), default=0.0)
        for j, gradient in enumerate(self.backward(d)):
            products = [a * b for a, b in self.pairs_down(d, j)]
            size = sum(map(abs, products))
            if abs(sum(products) - gradient) > 1e-4 * size + least:
                found[j] = gradient
        return found

    def backward(self, d: Numbers) -> Numbers:
        """Return what one backward makes of d_out; it builds no Jacobian."""
        from gradlab.tensors.creation import tensor
        from gradlab.tensors.derivatives import vjp

        d_out = tensor(list(d)).reshape(*self.out.shape)
        return _flat(vjp(self.f, self.x, d_out)[1])

    def pairs_down(self, d: Numbers, j: int) -> list[tuple[float, float]]:
        """Return (d_out, local) for column j."""
        return list(zip(d, self.column(j)))

    def pairs_across(self, v: Numbers, k: int) -> list[tuple[float, float]]:
        """Return (local, v) for row k."""
        return list(zip(self.rows[k], v))

    def forward(self, v: Numbers) -> Numbers:
        """Return J · v."""
        return tuple(
            sum((a * b for a, b in self.pairs_across(v, k)), 0.0)
            for k in range(self.shape[0])
        )


def _flat(tensor: Any) -> Numbers:
    return tuple(tensor.to_numpy().reshape(-1).tolist())


def matrix(f: Any, x: Any, names: Sequence[str] | None, what: str) -> Matrix:
    """Return the Jacobian of f at x, worked out.

    Raises
    ------
    TypeError
        If f is no function that returns a tensor, or x holds no numbers.
    ValueError
        If f cannot work on x, or the Jacobian would be too large to work out.
    """
    from gradlab.tensors.creation import tensor
    from gradlab.tensors.tensor import Tensor

    if not callable(f):
        raise TypeError(
            f"{what} takes a function first, such as lambda x: x * x; got {plain(f)}."
        )
    own = (x if isinstance(x, Tensor) else tensor(_numbers(x))).detach()
    ask = ("x", "out") if names is None else two_names(names)
    short = (shorten(ask[0], 70, 14), shorten(ask[1], 70, 14))
    one = _one_tensor(f)
    made = Matrix(one, own, _result(one, own), short)
    rows, columns = made.shape
    if rows * columns > MOST:
        raise ValueError(
            f"This Jacobian has {rows:,} rows and {columns:,} columns. A picture works "
            f"out up to {MOST:,} numbers: give f fewer cells."
        )
    return made


def _numbers(x: Any) -> Any:
    """Return a tuple as numbers, not as a shape, and anything else unchanged."""
    return list(x) if isinstance(x, tuple) else x


def _result(f: Callable[..., Any], x: Any) -> Any:
    """Return what f makes of x; what it raises is told with the shape of x."""
    from gradlab.tensors.tensor import Tensor

    result = outcome(f, x.detach())
    shape = size_names(x.shape)
    if isinstance(result, BaseException):
        kind = TypeError if isinstance(result, TypeError) else ValueError
        raise kind(
            f"f raised {type(result).__name__} on a tensor of shape {shape}: "
            f"{str(result).rstrip('.')}. Give a function of one tensor, made of its "
            "operators and methods."
        ) from result
    if not isinstance(result, Tensor):
        raise TypeError(
            f"f returned {plain(result)} for a tensor of shape {shape}; return a "
            "tensor, or a list of them."
        )
    return result


def _one_tensor(f: Callable[..., Any]) -> Callable[..., Any]:
    """Return f, with several results in a list laid end to end as one tensor."""
    from gradlab.tensors.creation import cat
    from gradlab.tensors.tensor import Tensor

    def call(x: Any) -> Any:
        out = f(x)
        several = isinstance(out, (list, tuple)) and out
        if several and all(isinstance(part, Tensor) for part in out):
            return cat([part.reshape(part.size) for part in out])
        return out

    return call


def weights(thing: Any, shape: tuple[int, ...], name: str, like: str) -> Numbers:
    """Return the numbers of d_out or v, which have a shape to keep.

    Raises
    ------
    ValueError
        If they have another shape.
    TypeError
        If they are no numbers.

    Examples
    --------
    >>> weights([1, 2], (2,), "d_out", "f's result")
    (1.0, 2.0)
    """
    try:
        values = read(_numbers(thing))
    except TypeError as error:
        raise TypeError(
            f"{name} holds numbers in the shape of {like}, {size_names(shape)}; got "
            f"{plain(thing)}."
        ) from error
    if values.shape != shape:
        raise ValueError(
            f"{name} has the shape of {like}, {size_names(shape)}; got "
            f"{size_names(values.shape)}."
        )
    return tuple(values.get(index) for index in indices(shape))


def follows(name: str, pairs: Sequence[tuple[str, float]], limit: int = 5) -> str:
    """Return in words how one cell follows others.

    Examples
    --------
    >>> follows("out[1]", [("x[0]", 5.0), ("x[1]", 0.0)])
    'out[1] follows x[0] by 5, and does not follow x[1]'
    """
    moving = [(other, d) for other, d in pairs if d != 0]
    still = [other for other, d in pairs if d == 0]
    said = _some([f"{other} by {number(d)}" for other, d in moving], limit)
    unmoved = _some(still, limit)
    if not moving:
        return f"{name} follows none of them" if still else f"{name} has none to follow"
    return f"{name} follows {said}" + (
        f", and does not follow {unmoved}" if still else ""
    )


def _some(parts: Sequence[str], limit: int) -> str:
    """Return a list in words, cut where it is long."""
    if len(parts) > limit:
        return f"{', '.join(parts[:limit])} and {len(parts) - limit:,} more"
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
