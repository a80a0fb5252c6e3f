"""What the layers of a network do: convolution, pooling, dropout, normalization."""

from __future__ import annotations

from typing import Any

from gradlab.backends.base import Array
from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.functions.normalization import channel_statistics
from gradlab.tensors.plugging import loops_for
from gradlab.tensors.products import check_tensors
from gradlab.tensors.randomness import generator
from gradlab.tensors.tensor import Tensor


def conv1d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
) -> Tensor:
    """Return weights multiplied with each window along a line, and added up.

    Parameters
    ----------
    x : (samples, channels, size)
    weight : (outputs, channels, kernel); not turned round, as in PyTorch
    bias : (outputs,), if any
    stride : cells from one window to the next
    padding : zeros added on each side

    Returns
    -------
    (samples, outputs, (size + 2 padding - kernel) // stride + 1)

    Raises
    ------
    ValueError
        If the shapes do not fit, or the kernel is larger than the input.

    Examples
    --------
    >>> from gradlab import tensor
    >>> conv1d(tensor([[[1, 2, 4, 8]]]), tensor([[[-1, 1]]])).tolist()
    [[[1.0, 2.0, 4.0]]]
    """
    check_tensors("conv1d", x, weight, maybe=(bias,))
    _check_rank(x, 3, "conv1d", "(samples, channels, size)")
    out = F.Conv1d.apply(x, weight, stride=stride, padding=padding)
    return out if bias is None else out + bias.view(-1, 1)


def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: Any = 1,
    padding: Any = 0,
) -> Tensor:
    """Return weights multiplied with each window of images, and added up.

    Parameters
    ----------
    x : (samples, channels, height, width)
    weight : (outputs, channels, kernel height, kernel width); not turned round
    bias : (outputs,), if any
    stride : cells from one window to the next, one number or (down, right)
    padding : zeros added on each side, one number or (down, right)

    Raises
    ------
    ValueError
        If the shapes do not fit, or the kernel is larger than the input.

    Examples
    --------
    >>> from gradlab import ones
    >>> conv2d(ones((1, 1, 3, 3)), ones((1, 1, 2, 2))).tolist()
    [[[[4.0, 4.0], [4.0, 4.0]]]]
    """
    check_tensors("conv2d", x, weight, maybe=(bias,))
    _check_rank(x, 4, "conv2d", "(samples, channels, height, width)")
    out = F.Conv2d.apply(x, weight, stride=stride, padding=padding)
    return out if bias is None else out + bias.view(-1, 1, 1)


def max_pool2d(x: Tensor, kernel: Any, stride: Any = None, padding: Any = 0) -> Tensor:
    """Return the largest number of each window; cells that tie share the gradient.

    Parameters
    ----------
    x : (samples, channels, height, width)
    kernel : size of a window, one number or (height, width)
    stride : cells from one window to the next; the kernel's size by default
    padding : border on each side; it never is the largest

    Raises
    ------
    ValueError
        If a window does not fit.

    Examples
    --------
    >>> from gradlab import tensor
    >>> max_pool2d(tensor([[[[1, 2], [3, 4]]]]), 2).tolist()
    [[[[4.0]]]]
    """
    check_tensors("max_pool2d", x)
    _check_rank(x, 4, "max_pool2d", "(samples, channels, height, width)")
    stride = kernel if stride is None else stride
    return F.MaxPool2d.apply(x, kernel=kernel, stride=stride, padding=padding)


def avg_pool2d(x: Tensor, kernel: Any, stride: Any = None, padding: Any = 0) -> Tensor:
    """Return the mean of each window; a border counts as zeros.

    Parameters
    ----------
    x : (samples, channels, height, width)
    kernel : size of a window, one number or (height, width)
    stride : cells from one window to the next; the kernel's size by default
    padding : zeros added on each side

    Raises
    ------
    ValueError
        If a window does not fit.

    Examples
    --------
    >>> from gradlab import tensor
    >>> avg_pool2d(tensor([[[[1, 2], [3, 4]]]]), 2).tolist()
    [[[[2.5]]]]
    """
    check_tensors("avg_pool2d", x)
    _check_rank(x, 4, "avg_pool2d", "(samples, channels, height, width)")
    stride = kernel if stride is None else stride
    return F.AvgPool2d.apply(x, kernel=kernel, stride=stride, padding=padding)


def dropout(
    x: Tensor, p: float = 0.5, training: bool = True, *, seed: int | None = None
) -> Tensor:
    """Return x with cells set to 0 by chance and the others scaled up to make up.

    Parameters
    ----------
    p : how likely a cell is set to 0
    training : without it, x is returned as it is
    seed : for numbers of its own; by default those of `manual_seed`

    Raises
    ------
    ValueError
        If p is not from 0 to 1.

    Examples
    --------
    >>> from gradlab import ones
    >>> sorted(set(dropout(ones(100), 0.5, seed=0).tolist()))
    [0.0, 2.0]
    """
    check_tensors("dropout", x)
    check_probability(p, "dropout: p")
    return F.Dropout.apply(x, p=p, generator=generator(seed)) if training else x


def batch_norm(
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    *,
    running_mean: TensorData | None = None,
    running_var: TensorData | None = None,
    training: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return every channel with mean 0 and variance 1, then scaled and shifted.

    Parameters
    ----------
    x : (samples, channels) or (samples, channels, *sizes)
    weight, bias : (channels,)
    running_mean, running_var : (channels,); used if not training, else moved towards
        the batch's mean and (unbiased) variance, by the share `momentum`
    eps : added to the variance, so that nothing is divided by 0

    Raises
    ------
    ValueError
        If shapes do not fit, or a channel has one number to train on.

    Examples
    --------
    >>> from gradlab import ones, tensor, zeros
    >>> y = batch_norm(tensor([[1], [3]]), ones(1), zeros(1), eps=0)
    >>> y.tolist()
    [[-1.0], [1.0]]
    """
    check_tensors("batch_norm", x, weight, bias, maybe=(running_mean, running_var))
    _check_channels(x, weight, bias, running_mean, running_var)
    if not training:
        if running_mean is None or running_var is None:
            raise ValueError("batch_norm outside training needs running_mean and _var.")
        known = tuple(
            t._array.astype(x.dtype, copy=False) for t in (running_mean, running_var)
        )
        return F.BatchNorm.apply(
            x, weight, bias, eps=eps, statistics=known, of_batch=False
        )
    if x.size == x.shape[1]:
        raise ValueError(
            f"batch_norm cannot train on shape {x.shape}: each channel has one number, "
            "and its variance is 0. Give a batch of several samples."
        )
    mean, var = channel_statistics(loops_for(x), x._array)
    if running_mean is not None and running_var is not None:
        n = x.size // x.shape[1]
        _follow(running_mean, mean, momentum)
        _follow(running_var, var * (n / (n - 1)), momentum)
    return F.BatchNorm.apply(x, weight, bias, eps=eps, statistics=(mean, var))


# ------------------------------------- helpers -------------------------------------


def check_probability(p: Any, what: str) -> None:
    """Say that a number is no probability.

    Examples
    --------
    >>> check_probability(0.5, "p")
    """
    if isinstance(p, bool) or not isinstance(p, (int, float)) or not 0 <= p <= 1:
        raise ValueError(f"{what} is a probability, from 0 to 1; got {p!r}.")


def _follow(running: TensorData, now: Array, momentum: float) -> None:
    """Move a running statistic a little towards that of the batch."""
    running.update_((1 - momentum) * running._array + momentum * now)


def _check_rank(x: Tensor, rank: int, what: str, words: str) -> None:
    if x.ndim != rank:
        raise ValueError(f"{what} takes x of shape {words}; got shape {x.shape}.")


def _check_channels(x: Tensor, *per_channel: TensorData | None) -> None:
    shapes = [t.shape for t in per_channel if t is not None]
    if x.ndim < 2 or any(shape != x.shape[1:2] for shape in shapes):
        raise ValueError(
            "batch_norm takes x of shape (samples, channels, ...), and weight, bias "
            "and running statistics of shape (channels,); got x "
            f"{x.shape} and {', '.join(map(str, shapes))}."
        )
