"""Data sets: points in a square to tell apart, and small images of digits.

The point sets are those of MiniTorch, by their mathematics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gradlab.backends.base import Array
from gradlab.indexing import is_whole
from gradlab.tensors.creation import tensor
from gradlab.tensors.randomness import generator
from gradlab.tensors.tensor import Tensor

_DIGITS = Path(__file__).parent / "data" / "digits.npz"


class Dataset(NamedTuple):
    """Samples and what to say of them.

    Parameters
    ----------
    x : one sample per row
    y : (samples,): 1 or 0 for points, the digit for digits
    """

    x: Tensor
    y: Tensor

    def batches(
        self, size: int, *, shuffle: bool = True, seed: int | None = None
    ) -> Iterator[Dataset]:
        """Yield the samples in batches of `size`; the last one may be smaller.

        Parameters
        ----------
        size : samples per batch
        shuffle : whether to go in random order, a new one each time
        seed : for an order of its own; by default the numbers of `manual_seed`

        Raises
        ------
        ValueError
            If the size is below 1.

        Examples
        --------
        >>> [len(y) for x, y in xor(5, seed=0).batches(2)]
        [2, 2, 1]
        """
        if not is_whole(size) or size < 1:
            raise ValueError(f"The size of a batch is a number from 1; got {size!r}.")
        n = len(self.y)
        order = generator(seed).permutation(n) if shuffle else np.arange(n)
        for start in range(0, n, size):
            rows = order[start : start + size]
            yield Dataset(*(t._like(t._array[rows]) for t in self))


def simple(n: int = 50, *, seed: int | None = None, dtype: str = "float64") -> Dataset:
    """Return points in the unit square; y is 1 left of the middle.

    Parameters
    ----------
    n : how many
    seed : the same seed gives the same points; by default those of `manual_seed`
    dtype : "float64" or "float32"

    Examples
    --------
    >>> simple(3, seed=1).y.tolist()
    [0.0, 1.0, 1.0]
    """
    return _points(n, seed, dtype, lambda a, b: a < 0.5)


def diag(n: int = 50, *, seed: int | None = None, dtype: str = "float64") -> Dataset:
    """Return points in the unit square; y is 1 below the line a + b = 0.5.

    Examples
    --------
    >>> diag(50, seed=1).x.shape
    (50, 2)
    """
    return _points(n, seed, dtype, lambda a, b: a + b < 0.5)


def split(n: int = 50, *, seed: int | None = None, dtype: str = "float64") -> Dataset:
    """Return points in the unit square; y is 1 in a strip on the left and the right.

    Examples
    --------
    >>> split(50, seed=1).x.shape
    (50, 2)
    """
    return _points(n, seed, dtype, lambda a, b: (a < 0.2) | (a > 0.8))


def xor(n: int = 50, *, seed: int | None = None, dtype: str = "float64") -> Dataset:
    """Return points in the unit square; y is 1 in two opposite quarters.

    Examples
    --------
    >>> xor(50, seed=1).x.shape
    (50, 2)
    """
    return _points(n, seed, dtype, lambda a, b: (a < 0.5) != (b < 0.5))


def circle(n: int = 50, *, seed: int | None = None, dtype: str = "float64") -> Dataset:
    """Return points in the unit square; y is 1 outside a circle round the middle.

    The square of its radius is 0.1.

    Examples
    --------
    >>> circle(50, seed=1).x.shape
    (50, 2)
    """
    return _points(n, seed, dtype, lambda a, b: (a - 0.5) ** 2 + (b - 0.5) ** 2 > 0.1)


def spiral(n: int = 50, *, dtype: str = "float64") -> Dataset:
    """Return two spirals wound round the middle; y says which. Nothing is random.

    Point i of n/2 stands at angle t = 10 (i + 5) / (n/2), t / 20 from the middle.

    Examples
    --------
    >>> spiral(4).y.tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    half = _count(n) // 2
    t = 10.0 * np.arange(5, 5 + half) / max(half, 1)
    out, turned = t * np.cos(t) / 20, t * np.sin(t) / 20
    first, second = np.stack([out, turned], 1), np.stack([turned, -out], 1)
    x = np.concatenate([first, second]) + 0.5
    return Dataset(
        tensor(x, dtype=dtype), tensor(np.repeat([0.0, 1.0], half), dtype=dtype)
    )


def digits(*, dtype: str = "float64") -> Dataset:
    """Return 1797 images of handwritten digits, (1797, 8, 8), from 0 (paper) to 1.

    The test part of Optical Recognition of Handwritten Digits, E. Alpaydin and
    C. Kaynak (1998), UCI Machine Learning Repository, doi 10.24432/C50P49, as
    scikit-learn ships it. Licence of the data: CC BY 4.0.

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, labels[:5].tolist()
    ((1797, 8, 8), [0.0, 1.0, 2.0, 3.0, 4.0])
    """
    with np.load(_DIGITS, allow_pickle=False) as file:
        images, labels = file["images"] / 16.0, file["labels"]
    return Dataset(tensor(images, dtype=dtype), tensor(labels, dtype=dtype))


# ------------------------------------- helpers -------------------------------------


def _points(
    n: int, seed: int | None, dtype: str, is_one: Callable[[Array, Array], Array]
) -> Dataset:
    x = generator(seed).random((_count(n), 2))
    y = is_one(x[:, 0], x[:, 1])
    return Dataset(tensor(x, dtype=dtype), tensor(y, dtype=dtype))


def _count(n: int) -> int:
    if not is_whole(n) or n < 0:
        raise ValueError(f"The number of points is a whole number from 0; got {n!r}.")
    return int(n)
