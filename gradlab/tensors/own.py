"""tensor_map, tensor_zip, tensor_reduce: a learner's own function, cell by cell.

The results have no history. For a gradient, call them inside a Function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.own import Own
from gradlab.operators import ScalarFn
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import as_dims
from gradlab.tensors.plugging import loops_for


class TensorLoop:
    """A learner's function as a loop on tensors.

    Parameters
    ----------
    own : the function on numbers, with the kind of its loop
    inputs : how many tensors it takes
    """

    def __init__(self, own: Own, inputs: int) -> None:
        if not callable(own.fn):
            raise TypeError(f"tensor_{own.kind} needs a function; got {own.fn!r}.")
        self.own = own
        self._inputs = inputs

    def __call__(self, *tensors: Any) -> Any:
        """Return the function of every cell, or of the pairs of cells."""
        self._check(tensors)
        first = tensors[0]
        backend = loops_for(first).backend
        return first._like(self.own.run(backend, *(t._array for t in tensors)))

    def _check(self, tensors: tuple[Any, ...]) -> None:
        good = [t for t in tensors if isinstance(t, TensorData)]
        if len(good) != len(tensors) or len(tensors) != self._inputs:
            got = ", ".join(type(t).__name__ for t in tensors) or "nothing"
            what = "one tensor" if self._inputs == 1 else "two tensors"
            raise TypeError(f"{self!r} takes {what}; got {got}.")
        if len({t.dtype for t in good}) > 1:
            dtypes = " and ".join(t.dtype.name for t in good)
            raise TypeError(f"{self!r} got tensors of dtype {dtypes}; make them alike.")

    def __repr__(self) -> str:
        return f"tensor_{self.own.kind}({self.own.name})"


class TensorFold(TensorLoop):
    """A learner's function as a reduction of tensors."""

    def __call__(self, x: Any, dim: Any = None) -> Any:
        """Return the cells folded along `dim`, or all dims; they stay, as size 1."""
        self._check((x,))
        dims = as_dims(dim, x.ndim)
        return x._like(self.own.run(loops_for(x).backend, x._array, dims))


def tensor_map(fn: ScalarFn) -> Callable[[Any], Any]:
    """Return a function on tensors that applies `fn` to every cell.

    It starts as plain Python, so that print and breakpoint work in `fn`; on the numba
    backend it is compiled after a million cells if that gives the same numbers.

    Raises
    ------
    TypeError
        If `fn` cannot be called; when called, if it does not get one tensor or `fn`
        returns no number.

    Examples
    --------
    >>> from gradlab import tensor
    >>> square = tensor_map(lambda x: x * x)
    >>> square(tensor([1.0, 2.0, 3.0])).tolist()
    [1.0, 4.0, 9.0]
    """
    return TensorLoop(Own(fn, "map"), 1)


def tensor_zip(fn: ScalarFn) -> Callable[[Any, Any], Any]:
    """Return a function on two tensors that applies `fn` to the pairs of cells.

    The shapes broadcast. As with tensor_map, `fn` starts as plain Python.

    Raises
    ------
    TypeError
        If `fn` cannot be called; when called, if it does not get two tensors of one
        dtype or `fn` returns no number.

    Examples
    --------
    >>> from gradlab import tensor
    >>> longer = tensor_zip(lambda x, y: (x * x + y * y) ** 0.5)
    >>> longer(tensor([[3.0], [6.0]]), tensor([4.0, 8.0])).get((0, 0))
    5.0
    """
    return TensorLoop(Own(fn, "zip"), 2)


def tensor_reduce(fn: ScalarFn, start: float) -> Callable[..., Any]:
    """Return a function `(x, dim=None)` that folds the cells along `dim` with `fn`.

    For each cell of the result it begins with `start` and goes through the cells in
    order, `total = fn(total, cell)`; the dim stays, as size 1.

    Raises
    ------
    TypeError
        If `fn` cannot be called; when called, if it does not get a tensor or `fn`
        returns no number.

    Examples
    --------
    >>> from gradlab import tensor
    >>> last = tensor_reduce(lambda total, x: x, 0.0)
    >>> last(tensor([[1.0, 2.0], [3.0, 4.0]]), 1).tolist()
    [[2.0], [4.0]]
    """
    if isinstance(start, bool) or not isinstance(start, (int, float, np.number)):
        raise TypeError(f"tensor_reduce starts from a number; got {start!r}.")
    return TensorFold(Own(fn, "reduce", float(start)), 1)
