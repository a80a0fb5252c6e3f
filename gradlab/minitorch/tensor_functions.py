"""MiniTorch's Functions of tensors; how tensors are made and gradients checked."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.minitorch.functions import (
    EQ,
    LT,
    Add,
    All,
    Copy,
    Exp,
    Function,
    Inv,
    IsClose,
    Log,
    MatMul,
    Mul,
    Neg,
    Permute,
    ReLU,
    Sigmoid,
    Sum,
    View,
    on_backend_of,
)
from gradlab.minitorch.tensor import Tensor
from gradlab.minitorch.tensor_data import UserIndex, UserShape
from gradlab.minitorch.tensor_ops import SimpleBackend, TensorBackend
from gradlab.tensors import choosing, creation

__all__ = [
    "EQ",
    "LT",
    "Add",
    "All",
    "Copy",
    "Exp",
    "Function",
    "Inv",
    "IsClose",
    "Log",
    "MatMul",
    "Mul",
    "Neg",
    "Permute",
    "ReLU",
    "Sigmoid",
    "Sum",
    "View",
    "cat",
    "grad_central_difference",
    "grad_check",
    "rand",
    "stack",
    "tensor",
    "where",
    "zeros",
]


def tensor(
    ls: Any, backend: TensorBackend = SimpleBackend, requires_grad: bool = False
) -> Tensor:
    """Return a tensor with the numbers and the shape of nested lists.

    Raises
    ------
    ValueError
        If the lists are ragged.
    TypeError
        If something in them is not a number.

    Examples
    --------
    >>> tensor([[1, 2, 3], [4, 5, 6]]).shape
    (2, 3)
    """
    made = Tensor._around(creation.tensor(ls)._array, backend.loops.backend)
    made.requires_grad = requires_grad
    return made


def zeros(shape: UserShape, backend: TensorBackend = SimpleBackend) -> Tensor:
    """Return a tensor of zeros.

    Examples
    --------
    >>> zeros((2,))
    [0.00 0.00]
    """
    return Tensor._around(creation.zeros(shape)._array, backend.loops.backend)


def rand(
    shape: UserShape,
    backend: TensorBackend = SimpleBackend,
    requires_grad: bool = False,
) -> Tensor:
    """Return a tensor of random numbers from 0 to 1: those of Python's `random`.

    Examples
    --------
    >>> random.seed(0)
    >>> rand((2,))
    [0.84 0.76]
    """
    made = zeros(shape, backend)
    made._array.reshape(-1)[:] = [random.random() for _ in range(made.size)]
    made.requires_grad = requires_grad
    return made


def cat(tensors: Any, dim: int = 0) -> Tensor:
    """Return tensors laid one after another along a dim they all have.

    Examples
    --------
    >>> cat([tensor([1, 2]), tensor([3])])
    [1.00 2.00 3.00]
    """
    return creation.cat(_together(tensors), dim)  # type: ignore[return-value]


def stack(tensors: Any, dim: int = 0) -> Tensor:
    """Return tensors of one shape laid along a new dim.

    Examples
    --------
    >>> stack([tensor([1, 2]), tensor([3, 4])]).shape
    (2, 2)
    """
    return creation.stack(_together(tensors), dim)  # type: ignore[return-value]


def where(condition: Any, x: Any, y: Any) -> Tensor:
    """Return the cells of x where the condition holds, else those of y.

    Examples
    --------
    >>> x = tensor([-2, 3])
    >>> where(x > 0, x, 0.5 * x)
    [-1.00 3.00]
    """
    _together([v for v in (x, y, condition) if isinstance(v, Tensor)])
    return choosing.where(condition, x, y)  # type: ignore[return-value]


def _together(tensors: Any) -> Any:
    """Return tensors as a list, all on the backend of the first."""
    if isinstance(tensors, Tensor) or not hasattr(tensors, "__iter__"):
        return tensors
    given = list(tensors)
    for t in given[1:]:
        if isinstance(t, Tensor) and isinstance(given[0], Tensor):
            on_backend_of(given[0], t)
    return given


# ------------------------------- checks of gradients -------------------------------


def grad_central_difference(
    f: Callable[..., Any],
    *vals: Tensor,
    arg: int = 0,
    epsilon: float = 1e-6,
    ind: UserIndex,
) -> float:
    """Return how the sum of f follows cell `ind` of argument `arg`.

    Examples
    --------
    >>> x = tensor([3.0, 4.0])
    >>> round(grad_central_difference(lambda x: x * x, x, ind=(1,)), 4)
    8.0
    """

    def total(step: float) -> float:
        array = np.array(vals[arg]._array)
        array[tuple(ind)] += step
        moved = [v.detach() for v in vals]
        moved[arg] = vals[arg]._like(array)
        return f(*moved).sum().item()

    return (total(epsilon) - total(-epsilon)) / (2.0 * epsilon)


def grad_check(f: Callable[..., Any], *vals: Tensor) -> None:
    """Compare the gradients of f with central differences, to 1 %, at random cells.

    The result is weighed with random numbers: with ones, a backward that forgets its
    grad_output would pass.

    Raises
    ------
    AssertionError
        If a gradient is wrong; names the argument, the cell and both values.

    Examples
    --------
    >>> grad_check(lambda x, y: x @ y, rand((2, 3)), rand((3, 2)))
    """
    for x in vals:
        x.requires_grad_(True)
        x.zero_grad_()
    random.seed(10)
    out = f(*vals)
    weights = np.random.default_rng(10).uniform(0.5, 1.5, out.shape)
    out.backward(out._like(weights))
    for k, x in enumerate(vals):
        for ind in {x._tensor.sample() for _ in range(min(x.size, _CELLS))}:
            got = 0.0 if x.grad is None else float(x.grad._array[ind])
            expected = grad_central_difference(
                lambda *v: f(*v) * out._like(weights), *vals, arg=k, ind=ind
            )
            if not abs(got - expected) <= 1e-2 + 1e-2 * abs(expected):
                raise AssertionError(
                    f"The gradient of argument {k + 1} is wrong at {ind}: backward "
                    f"gives {got:.6g}, central differences give {expected:.6g}."
                )


_CELLS = 5  # cells that grad_check looks at in each argument
