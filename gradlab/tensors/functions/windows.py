"""Windows: what a kernel sees at each of its places, for convolution and pooling.

The cells under a window are a view with overlapping strides. Backward goes the other
way: every cell gets the sum over the windows that it was in.
"""

from __future__ import annotations

import itertools
import math
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gradlab.backends.base import Array
from gradlab.indexing import is_whole


class Frame(NamedTuple):
    """How a kernel walks: its size, its step and the border, one number per dim."""

    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]

    def places(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return how many places the kernel has along each of the last dims.

        Examples
        --------
        >>> Frame((3, 3), (2, 1), (0, 1)).places((1, 1, 5, 5))
        (2, 5)
        """
        sizes = zip(shape[-len(self.kernel) :], self.kernel, self.stride, self.padding)
        return tuple((n + 2 * p - k) // s + 1 for n, k, s, p in sizes)


def windows(x: Array, frame: Frame, border: float = 0.0) -> Array:
    """Return what the kernel sees: (samples, channels, *places, *kernel)."""
    room = [(0, 0), (0, 0), *((p, p) for p in frame.padding)]
    padded = np.pad(x, room, constant_values=border) if any(frame.padding) else x
    spatial = tuple(range(2, x.ndim))
    every = sliding_window_view(padded, frame.kernel, axis=spatial)
    steps = tuple(slice(None, None, step) for step in frame.stride)
    return every[(slice(None), slice(None), *steps)]


def columns(x: Array, frame: Frame) -> Array:
    """Return the windows as matrices: (samples, channels * kernel, places)."""
    n = len(frame.kernel)
    seen = windows(x, frame)
    order = (0, 1, *range(2 + n, 2 + 2 * n), *range(2, 2 + n))
    depth, width = (
        x.shape[1] * math.prod(frame.kernel),
        math.prod(seen.shape[2 : 2 + n]),
    )
    return seen.transpose(order).reshape(len(x), depth, width)


def gather(d: Array, shape: tuple[int, ...], frame: Frame) -> Array:
    """Return, for each cell, the sum over the windows it was in.

    Parameters
    ----------
    d : one number per window and cell, (samples, channels, *places, *kernel)
    shape : the shape of what the windows looked at
    """
    sizes = [n + 2 * p for n, p in zip(shape[2:], frame.padding)]
    total = np.zeros((*shape[:2], *sizes), d.dtype)
    places = frame.places(shape)
    for cell in itertools.product(*map(range, frame.kernel)):
        reached: Any = tuple(
            slice(start, start + step * count, step)
            for start, step, count in zip(cell, frame.stride, places)
        )
        under: Any = (..., *cell)
        total[..., *reached] += d[under]
    inner: Any = (slice(p, p + n) for n, p in zip(shape[2:], frame.padding))
    return total[..., *inner]


# ------------------------------ what the arguments mean ------------------------------


def as_sizes(value: Any, dims: int, what: str, least: int) -> tuple[int, ...]:
    """Return one whole number per dim, from one for all or from a tuple.

    Raises
    ------
    ValueError
        If there are other than `dims` numbers, or one is below `least`.

    Examples
    --------
    >>> as_sizes(2, 2, "stride", 1)
    (2, 2)
    """
    given = tuple(value) if isinstance(value, (tuple, list)) else (value,) * dims
    if not all(map(is_whole, given)) or len(given) != dims or min(given) < least:
        raise ValueError(
            f"{what} is a whole number from {least}, or a tuple of {dims}; "
            f"got {value!r}."
        )
    return tuple(int(n) for n in given)


def frame_of(
    shape: tuple[int, ...], kernel: Any, stride: Any, padding: Any, what: str
) -> Frame:
    """Return how a kernel walks over the dims of `shape` after the first two.

    Raises
    ------
    ValueError
        If a number is wrong, or the kernel is larger than what it walks over.

    Examples
    --------
    >>> frame_of((1, 1, 4, 4), 2, 2, 0, "max_pool2d")
    Frame(kernel=(2, 2), stride=(2, 2), padding=(0, 0))
    """
    dims = len(shape) - 2
    frame = Frame(
        as_sizes(kernel, dims, f"{what}: kernel", 1),
        as_sizes(stride, dims, f"{what}: stride", 1),
        as_sizes(padding, dims, f"{what}: padding", 0),
    )
    if min(frame.places(shape)) < 1:
        raise ValueError(
            f"{what}: the kernel {frame.kernel} is larger than the input "
            f"{shape[2:]} with padding {frame.padding}."
        )
    return frame
