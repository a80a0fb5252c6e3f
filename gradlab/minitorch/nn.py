"""MiniTorch's pooling, softmax and dropout."""

from __future__ import annotations

from typing import Any

from gradlab.minitorch import operators
from gradlab.minitorch.fast_ops import FastOps
from gradlab.minitorch.tensor import Tensor
from gradlab.minitorch.tensor_functions import rand
from gradlab.tensors import functions as F

__all__ = [
    "Max",
    "argmax",
    "avgpool2d",
    "dropout",
    "logsoftmax",
    "max",
    "max_reduce",
    "maxpool2d",
    "softmax",
    "tile",
]

max_reduce = FastOps.reduce(operators.max, -1e9)


def tile(input: Tensor, kernel: tuple[int, int]) -> tuple[Tensor, int, int]:
    """Return the windows of images laid out in a last dim, and how many there are.

    Parameters
    ----------
    input : (samples, channels, height, width)
    kernel : height and width of a window, which divide those of the input

    Returns
    -------
    (samples, channels, new height, new width, cells of a window), new height, new width

    Raises
    ------
    ValueError
        If the windows do not divide the images.

    Examples
    --------
    >>> windows, high, wide = tile(rand((1, 1, 4, 6)), (2, 3))
    >>> windows.shape, high, wide
    ((1, 1, 2, 2, 6), 2, 2)
    """
    samples, channels, height, width = _divided(input, kernel)
    kh, kw = kernel
    high, wide = height // kh, width // kw
    split = input.contiguous().view(samples, channels, high, kh, wide, kw)
    turned = split.permute(0, 1, 2, 4, 3, 5).contiguous()
    return turned.view(samples, channels, high, wide, kh * kw), high, wide


def _divided(input: Tensor, kernel: tuple[int, int]) -> tuple[int, ...]:
    if input.ndim != 4 or any(n % k for n, k in zip(input.shape[2:], kernel)):
        raise ValueError(
            "Pooling takes (samples, channels, height, width) and windows that divide "
            f"height and width; got {input.shape} and windows of {kernel}."
        )
    return input.shape


def avgpool2d(input: Tensor, kernel: tuple[int, int]) -> Tensor:
    """Return the mean of each window; shapes as for `tile`.

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> avgpool2d(tensor([[[[1, 2], [3, 4]]]]), (2, 2))
    [[[[2.50]]]]
    """
    _divided(input, kernel)
    return F.AvgPool2d.apply(input, kernel=kernel, stride=kernel, padding=0)


def maxpool2d(input: Tensor, kernel: tuple[int, int]) -> Tensor:
    """Return the largest number of each window; shapes as for `tile`.

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> maxpool2d(tensor([[[[1, 2], [3, 4]]]]), (2, 2))
    [[[[4.00]]]]
    """
    _divided(input, kernel)
    return F.MaxPool2d.apply(input, kernel=kernel, stride=kernel, padding=0)


def argmax(input: Tensor, dim: int) -> Tensor:
    """Return 1 at the largest cells along a dim, else 0.

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> argmax(tensor([1, 3, 2]), 0)
    [0.00 1.00 0.00]
    """
    return max_reduce(input, dim) == input


class Max:
    """The largest number along a dim, which stays as size 1."""

    @staticmethod
    def apply(input: Tensor, dim: Any) -> Tensor:
        """Return input.max(dim)."""
        return input.max(dim)


def max(input: Tensor, dim: int) -> Tensor:
    """Return the largest number along a dim, which stays as size 1."""
    return input.max(dim)


def softmax(input: Tensor, dim: int) -> Tensor:
    """Return e^x as a share of the sum of e^x along a dim."""
    return input.softmax(dim)


def logsoftmax(input: Tensor, dim: int) -> Tensor:
    """Return the logarithm of the softmax along a dim."""
    return input.log_softmax(dim)


def dropout(input: Tensor, rate: float, ignore: bool = False) -> Tensor:
    """Return input with cells set to 0 by chance; the others keep their numbers.

    Parameters
    ----------
    rate : how likely a cell is set to 0
    ignore : return the input as it is

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> dropout(tensor([1, 2]), 1.0), dropout(tensor([1, 2]), 1.0, ignore=True)
    ([0.00 0.00], [1.00 2.00])
    """
    if ignore:
        return input
    kept = rand(input.shape, backend=input.backend) >= rate
    return input * kept
