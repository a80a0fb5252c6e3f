"""MiniTorch's TensorData: a flat storage, seen through a shape and strides.

The index functions write into an array that is given to them; they are plain Python
and also compile under numba: `numba.njit(to_index)`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradlab import indexing
from gradlab.indexing import strides_from_shape
from gradlab.minitorch.operators import prod

__all__ = [
    "IndexingError",
    "TensorData",
    "broadcast_index",
    "index_to_position",
    "prod",
    "shape_broadcast",
    "strides_from_shape",
    "to_index",
]

MAX_DIMS = 32

Storage = NDArray[np.float64]
Index = NDArray[np.int64]
OutIndex = NDArray[np.int64]
Shape = NDArray[np.int64]
Strides = NDArray[np.int64]

UserIndex = Sequence[int]
UserShape = Sequence[int]
UserStrides = Sequence[int]


class IndexingError(IndexError, RuntimeError):
    """An index or a shape that does not fit."""


def index_to_position(index: Any, strides: Any) -> int:
    """Return the place in storage of the cell at `index`.

    Examples
    --------
    >>> index_to_position((1, 2), (4, 1))
    6
    """
    position = 0
    for i, stride in zip(index, strides):
        position += i * stride
    return position


def to_index(ordinal: int, shape: Any, out_index: Any) -> None:
    """Write the index of cell number `ordinal`, in reading order, into `out_index`.

    Examples
    --------
    >>> index = [0, 0]
    >>> to_index(5, (2, 3), index)
    >>> index
    [1, 2]
    """
    rest = ordinal
    for d in range(len(shape) - 1, -1, -1):
        out_index[d] = rest % shape[d]
        rest = rest // shape[d]


def broadcast_index(big_index: Any, big_shape: Any, shape: Any, out_index: Any) -> None:
    """Write the index of the cell that feeds cell `big_index` into `out_index`.

    Parameters
    ----------
    big_index : a cell of the bigger tensor
    big_shape : its shape
    shape : the shape of the smaller tensor
    out_index : where to write the index of the smaller tensor's cell

    Examples
    --------
    >>> index = [9, 9]
    >>> broadcast_index((4, 2, 1), (5, 3, 2), (3, 1), index)
    >>> index
    [2, 0]
    """
    extra = len(big_shape) - len(shape)
    for d in range(len(shape)):
        out_index[d] = big_index[d + extra] if shape[d] > 1 else 0


def shape_broadcast(shape1: UserShape, shape2: UserShape) -> tuple[int, ...]:
    """Return the shape of a zip of two tensors.

    Raises
    ------
    IndexingError
        If the shapes do not broadcast.

    Examples
    --------
    >>> shape_broadcast((5, 1, 5, 1), (1, 5, 1, 5))
    (5, 5, 5, 5)
    """
    try:
        return indexing.shape_broadcast(tuple(shape1), tuple(shape2))
    except ValueError as error:
        raise IndexingError(str(error)) from error


class TensorData:
    """Numbers in a flat storage, with the shape and strides that say which is where.

    Parameters
    ----------
    storage : a list of numbers, or a flat array, which is kept and not copied
    shape : the size of each dim, a tuple
    strides : how many places one step along each dim skips; by default reading order

    Raises
    ------
    IndexingError
        If there is not one stride per dim.
    ValueError
        If the storage has another number of cells than the shape.

    Examples
    --------
    >>> data = TensorData([1, 2, 3, 4, 5, 6], (2, 3))
    >>> data.get((1, 0)), data.permute(1, 0).strides
    (4.0, (1, 3))
    """

    def __init__(
        self, storage: Any, shape: UserShape, strides: UserStrides | None = None
    ) -> None:
        if not isinstance(storage, np.ndarray):
            storage = np.array(storage, dtype=np.float64)
        self._storage: Storage = storage
        self.shape = _sizes(shape, "shape")
        if strides is None:
            strides = strides_from_shape(self.shape)
        self.strides = _sizes(strides, "strides")
        if len(self.strides) != len(self.shape):
            raise IndexingError(
                f"Strides {self.strides} and shape {self.shape}: one stride per dim."
            )
        self._shape: Shape = np.array(self.shape, dtype=np.int64)
        self._strides: Strides = np.array(self.strides, dtype=np.int64)
        self.dims = len(self.shape)
        self.size = int(prod(self.shape))
        if self._storage.shape != (self.size,):
            raise ValueError(
                f"Shape {self.shape} has {self.size} cells, but the storage is of "
                f"shape {self._storage.shape}; it is flat, with one number per cell."
            )

    def _array(self) -> Storage:
        """Return the cells as an array of this shape that shares the storage."""
        steps = tuple(s * self._storage.itemsize for s in self.strides)
        return np.ndarray(self.shape, self._storage.dtype, self._storage, 0, steps)

    def is_contiguous(self) -> bool:
        """Say whether outer dims have the bigger strides, so that a view works."""
        return all(a >= b for a, b in zip(self.strides, self.strides[1:]))

    @staticmethod
    def shape_broadcast(shape_a: UserShape, shape_b: UserShape) -> tuple[int, ...]:
        """Return the shape of a zip of two tensors; see `shape_broadcast`."""
        return shape_broadcast(shape_a, shape_b)

    def index(self, index: int | UserIndex) -> int:
        """Return the place in storage of the cell at `index`.

        Raises
        ------
        IndexingError
            If the index has another rank or leaves the shape.
        """
        key = tuple(index) if isinstance(index, (tuple, list)) else (index,)
        shape = self.shape or ((1,) if len(key) == 1 else ())
        if len(key) != len(shape):
            raise IndexingError(f"Index {key} needs one number per dim of {shape}.")
        for i, size in zip(key, shape):
            if not 0 <= i < size:
                raise IndexingError(
                    f"Index {key} leaves shape {shape}: each number counts from 0, "
                    "and MiniTorch has no negative ones here."
                )
        return int(index_to_position(key, self.strides))

    def indices(self) -> Iterator[tuple[int, ...]]:
        """Yield every index in reading order."""
        return indexing.indices(self.shape)

    def sample(self) -> tuple[int, ...]:
        """Return a random index."""
        return tuple(random.randint(0, size - 1) for size in self.shape)

    def get(self, key: int | UserIndex) -> float:
        """Return the number in one cell."""
        return float(self._storage[self.index(key)])

    def set(self, key: int | UserIndex, val: float) -> None:
        """Write a number into one cell."""
        self._storage[self.index(key)] = val

    def tuple(self) -> tuple[Storage, Shape, Strides]:
        """Return storage, shape and strides, as the flat loops take them."""
        return self._storage, self._shape, self._strides

    def permute(self, *order: int) -> TensorData:
        """Return the same storage with the dims in another order.

        Raises
        ------
        ValueError
            If `order` does not name every dim once.
        """
        if sorted(order) != list(range(self.dims)):
            raise ValueError(
                f"permute needs each dim of {self.shape} once; got {order}."
            )
        shape = [self.shape[d] for d in order]
        return TensorData(self._storage, shape, [self.strides[d] for d in order])

    def to_string(self) -> str:
        """Return the numbers in nested brackets, with two decimals.

        Examples
        --------
        >>> TensorData([1, 2], (2,)).to_string()
        '[1.00 2.00]'
        """
        number = "{:3.2f}".format
        return np.array2string(self._array(), formatter={"float_kind": number})


def _sizes(numbers: Any, what: str) -> tuple[int, ...]:
    """Return a shape or strides as a tuple of ints, or say what is no such thing."""
    if not isinstance(numbers, (tuple, list)):
        raise TypeError(f"{what} is a tuple of whole numbers; got {numbers!r}.")
    return tuple(int(n) for n in numbers)
