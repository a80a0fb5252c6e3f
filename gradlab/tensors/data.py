"""What a tensor is before autograd: storage, seen through a shape and strides."""

from __future__ import annotations

import threading
from typing import Any, Self

import numpy as np

from gradlab.backends import Backend, default_backend
from gradlab.backends.base import Array
from gradlab.tensors.cell_index import cell_index, one_tuple
from gradlab.tensors.f import array_ops


class Version:
    """When a storage was last written to; all views of the storage share one."""

    __slots__ = ("written_at",)

    def __init__(self) -> None:
        self.written_at = 0


class _Clock:
    """Counts the writes to all tensors, so that "since then" is one comparison."""

    __slots__ = ("_lock", "now")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = 0

    def tick(self) -> int:
        with self._lock:
            self.now += 1
            return self.now


clock = _Clock()


class TensorData:
    """Numbers in storage, with the shape and strides that say which cell is where.

    Parameters
    ----------
    array : the cells, as a NumPy view of the storage
    backend : the loops that ops on it run
    version : the write counter of the storage, if another tensor already has it
    """

    __slots__ = ("_array", "_loops", "_version")
    requires_grad = False

    def __init__(
        self,
        array: Array,
        backend: Backend | None = None,
        version: Version | None = None,
    ) -> None:
        if (
            not isinstance(array, (np.ndarray, np.floating))
            or array.dtype.char not in "df"
        ):
            raise TypeError(_no_cells(array))
        self._array = array
        self._loops = array_ops(backend or default_backend(), array.dtype)
        self._version = version  # made when a view, or a write, first needs one

    def _like(self, array: Array, version: Version | None = None) -> Self:
        """Return a tensor of this class and backend around other cells."""
        return type(self)(array, self.backend, version)

    def detach(self) -> Self:
        """Return the same cells without history and without gradient."""
        return self._like(self._array, self._shared_version())

    # ---------------------------- shape, strides, storage ----------------------------

    @property
    def shape(self) -> tuple[int, ...]:
        """The size of each dim."""
        return self._array.shape

    @property
    def strides(self) -> tuple[int, ...]:
        """How many places of storage one step along each dim skips."""
        size = self._array.itemsize
        return tuple(stride // size for stride in self._array.strides)

    @property
    def storage(self) -> Array:
        """The numbers as they lie in memory, shared by all views; read only."""
        line = _root(self._array).ravel(order="K").view()
        line.flags.writeable = False
        return line

    @property
    def offset(self) -> int:
        """The place in storage of the first cell."""
        start = _address(self._array) - _address(_root(self._array))
        return start // self._array.itemsize

    @property
    def size(self) -> int:
        """How many cells there are."""
        return self._array.size

    @property
    def ndim(self) -> int:
        """How many dims there are: the rank."""
        return self._array.ndim

    @property
    def dtype(self) -> np.dtype[Any]:
        """float64 or float32."""
        return self._array.dtype

    @property
    def backend(self) -> Backend:
        """The loops that ops on this tensor run."""
        return self._loops.backend

    def is_contiguous(self) -> bool:
        """Say whether the cells lie in storage in reading order."""
        return self._array.flags.c_contiguous

    # --------------------------------- reading cells ---------------------------------

    def get(self, index: tuple[int, ...], *more: Any) -> float:
        """Return the number in one cell, as t.get((0, 1)).

        Raises
        ------
        IndexError
            If the index has another rank or leaves the shape.
        TypeError
            If it holds anything but whole numbers, or is no single tuple.
        """
        if more:
            raise TypeError(one_tuple("get", (index, *more)))
        return float(self._array[cell_index(index, self.shape)])

    def item(self) -> float:
        """Return the only number of a one-element tensor.

        Raises
        ------
        ValueError
            If there is not exactly one.
        """
        if self.size != 1:
            raise ValueError(
                f"item() needs one element, but shape {self.shape} has {self.size}. "
                "Use get(index) for one cell, tolist() for all."
            )
        return float(self._array.reshape(()))

    def tolist(self) -> Any:
        """Return the numbers as nested lists."""
        return self._array.tolist()

    def to_numpy(self) -> Array:
        """Return the cells as a NumPy array that cannot be written to."""
        return read_only(self._array)

    def __len__(self) -> int:
        if not self.ndim:
            raise TypeError("A tensor of rank 0 is one number: it has no length.")
        return self.shape[0]

    def __float__(self) -> float:
        return self.item()

    def __int__(self) -> int:
        return int(self.item())

    def __bool__(self) -> bool:
        if self.size != 1:
            raise ValueError(
                f"True or False? Shape {self.shape} has {self.size} cells, and each "
                "may differ. Say which you mean: (t > 0).all() or (t > 0).any()."
            )
        return bool(self.item())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        if copy is False:
            return np.asarray(self.to_numpy(), dtype=dtype)
        return np.array(self._array, dtype=dtype)

    # ------------------------- writing cells: the only doors -------------------------

    def set(self, index: tuple[int, ...], value: float, *more: Any) -> None:
        """Write a number into one cell, as t.set((0, 1), 5.0).

        Raises
        ------
        IndexError
            If the index has another rank or leaves the shape.
        TypeError
            If it holds anything but whole numbers, or is no single tuple.
        """
        if more:
            *index_parts, last = (index, value, *more)
            raise TypeError(one_tuple("set", tuple(index_parts), f", {last!r}"))
        self._write(cell_index(index, self.shape), value)

    def zero_(self) -> None:
        """Write 0 into every cell."""
        self._write(..., 0.0)

    def update_(self, values: Any) -> None:
        """Write new values of the same shape into the cells.

        Raises
        ------
        ValueError
            If the shapes differ.
        """
        cells = values._array if isinstance(values, TensorData) else np.asarray(values)
        if cells.shape != self.shape:
            raise ValueError(
                f"update_ got shape {cells.shape} for a tensor of shape {self.shape}; "
                "the shapes must be equal."
            )
        self._write(..., cells)

    def _write(self, index: Any, value: Any) -> None:
        if not self._array.flags.writeable:
            raise ValueError(
                "This tensor cannot be written to: it is a gradient on its way, or "
                "shows one cell in many places. Write to a copy: tensor(t.tolist())."
            )
        cells = _numbers(value)
        try:
            self._array[index] = cells
        except ValueError as error:
            raise ValueError(
                f"Values of shape {np.shape(cells)} do not fit into cells of shape "
                f"{self._array[index].shape}: write one number, or values of that "
                "shape."
            ) from error
        self._written()

    def _written(self) -> None:
        """Note that the cells have changed, for whoever saved them."""
        self._shared_version().written_at = clock.tick()

    def _shared_version(self) -> Version:
        """Return the write counter that every view of this storage shares."""
        if self._version is None:
            self._version = Version()
        return self._version


def _no_cells(array: Any) -> str:
    got: Any = getattr(array, "dtype", None)
    return (
        "Tensor(...) wraps an array of float64 or float32 that is there already; got "
        f"{f'one of {got}' if got else type(array).__name__}. tensor(...) makes a "
        "tensor of numbers and lists."
    )


def _numbers(value: Any) -> Any:
    """Return what is to be written as numbers; NumPy would make NaN out of None."""
    if isinstance(value, TensorData):
        return value._array
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"A cell holds a number; got {value!r}, a {type(value).__name__}."
        )
    return array


def read_only(array: Array) -> Array:
    """Return a view of the array that cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view


def _root(array: Array) -> Array:
    """Return the array that owns the memory a view looks at."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def _address(array: Array) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
