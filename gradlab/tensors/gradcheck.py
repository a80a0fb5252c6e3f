"""gradcheck: hold a gradient against central differences, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.indexing import indices
from gradlab.tensors.derivatives import result_of
from gradlab.tensors.products import check_callable, check_tensors
from gradlab.tensors.tensor import Tensor


def gradcheck(
    f: Callable[..., Tensor],
    *inputs: Tensor,
    epsilon: float = 1e-6,
    tolerance: float = 1e-6,
    seed: int = 0,
) -> bool:
    """Compare the gradients of f with central differences at every index.

    The result is weighed with a random d_out: with ones a backward that forgets
    d_out would pass.

    Parameters
    ----------
    f : a function of tensors that returns a tensor
    inputs : float64 tensors; those with requires_grad are checked
    epsilon : half the step of the central difference
    tolerance : how far a gradient may be off, relative to its size where that is > 1

    Returns
    -------
    True

    Raises
    ------
    TypeError
        If f is no function of tensors that returns a tensor.
    ValueError
        If a gradient is wrong; names the input, the index and both values.

    Examples
    --------
    >>> from gradlab import tensor
    >>> gradcheck(lambda x: x * x, tensor([1.0, -2.0], requires_grad=True))
    True
    """
    check_callable(f, "gradcheck")
    check_tensors("gradcheck", *inputs)
    checked = [k for k, x in enumerate(inputs) if x.requires_grad]
    if not checked:
        raise ValueError("gradcheck has nothing to check: no input has requires_grad.")
    own = [_copy(x, x._array) for x in inputs]
    out = result_of(f, own)
    d_out = np.random.default_rng(seed).uniform(0.5, 1.5, out.shape)
    d_out *= np.random.default_rng(seed + 1).choice([-1.0, 1.0], out.shape)
    out.backward(out._like(d_out))
    for k in checked:
        for index in indices(inputs[k].shape):
            expected = _difference(f, inputs, k, index, d_out, epsilon)
            got = own[k].grad.get(index) if own[k].grad is not None else 0.0
            if not abs(got - expected) <= tolerance * max(1.0, abs(expected)):
                raise ValueError(_message(k, index, got, expected))
    return True


def _difference(
    f: Callable[..., Tensor],
    inputs: tuple[Tensor, ...],
    k: int,
    index: tuple[int, ...],
    d_out: Array,
    epsilon: float,
) -> float:
    """Return how <d_out, f> follows one cell of input k."""

    def total(step: float) -> float:
        array = np.array(inputs[k]._array)
        array[index] += step
        moved = [_copy(x, array if j == k else x._array) for j, x in enumerate(inputs)]
        return float((f(*moved)._array * d_out).sum())

    return (total(epsilon) - total(-epsilon)) / (2 * epsilon)


def _copy(x: Tensor, array: Array) -> Tensor:
    """Return a fresh leaf with the same strides' order of dims."""
    leaf = x._like(array.copy(order="K"))
    leaf.requires_grad = x.requires_grad
    return leaf


def _message(k: int, index: tuple[int, ...], got: Any, expected: float) -> str:
    return (
        f"The gradient of input {k + 1} is wrong at index {index}: backward gives "
        f"{got:.6g}, central differences give {expected:.6g}."
    )
