"""Functions of tensors that probes hand to a learner's code, by name.

``GradlabName("exercises.sample_functions.fun")`` stands for one of them in a Call.
"""

from __future__ import annotations

from gradlab.tensors.creation import stack
from gradlab.tensors.tensor import Tensor


def fun(x: Tensor) -> Tensor:
    """Return [x1, x1 * x2] of two numbers: the slides' Fun.

    Examples
    --------
    >>> from gradlab import tensor
    >>> fun(tensor([3.0, 5.0])).tolist()
    [3.0, 15.0]
    """
    return stack([x[0], x[0] * x[1]])


def neighbours_multiplied(x: Tensor) -> Tensor:
    """Return [x1 * x2, x2 * x3, ...]: one number fewer than x has.

    Examples
    --------
    >>> from gradlab import tensor
    >>> neighbours_multiplied(tensor([1.0, 2.0, 3.0])).tolist()
    [2.0, 6.0]
    """
    return x[:-1] * x[1:]


def squares_and_product(x: Tensor) -> Tensor:
    """Return [x1 * x1, x1 * x2, x2 * x2] of two numbers.

    Examples
    --------
    >>> from gradlab import tensor
    >>> squares_and_product(tensor([2.0, 3.0])).tolist()
    [4.0, 6.0, 9.0]
    """
    return stack([x[0] * x[0], x[0] * x[1], x[1] * x[1]])


def all_multiplied(x: Tensor) -> Tensor:
    """Return the product of all numbers, as a tensor of shape (1,).

    Examples
    --------
    >>> from gradlab import tensor
    >>> all_multiplied(tensor([2.0, 3.0, 4.0])).tolist()
    [24.0]
    """
    return x.prod(0, keepdim=True)


def exponentials(x: Tensor) -> Tensor:
    """Return [e^x1, e^x2, ...]: a map, whose Jacobian is diagonal.

    Examples
    --------
    >>> from gradlab import tensor
    >>> exponentials(tensor([0.0])).tolist()
    [1.0]
    """
    return x.exp()
