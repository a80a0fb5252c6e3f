"""MiniTorch's Tensor: gradlab's, with MiniTorch's methods and shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.indexing import shape_broadcast
from gradlab.minitorch.autodiff import Flag, History, flag
from gradlab.minitorch.surface import Surface
from gradlab.minitorch.tensor_data import IndexingError, TensorData, UserShape
from gradlab.minitorch.tensor_ops import SimpleBackend, TensorBackend, backend_of
from gradlab.tensors.data import TensorData as EngineData
from gradlab.tensors.tensor import Tensor as EngineTensor
from gradlab.tensors.unbroadcast import sum_to_shape

Items = tuple[Any, ...]  # Tensor has a method called tuple
Pair = tuple[Any, Any]

_needs: Any = vars(EngineTensor)["requires_grad"]  # where the engine keeps it


class Tensor(Surface):
    """A multidimensional array that can be differentiated; make one with `tensor`.

    Reductions keep the dim, `sum()` has shape (1,), a full index gives a float.

    Parameters
    ----------
    v : the cells, as a TensorData, whose storage is kept
    back : how it was made; `History()` makes a leaf that gets a gradient
    name : what to call it
    backend : the TensorBackend that ops on it run on

    Examples
    --------
    >>> x = Tensor.make([1.0, 2.0], (2,))
    >>> x.requires_grad_(True)
    >>> (x * x).sum().backward()
    >>> x.grad, (x * x).sum().shape
    ([2.00 4.00], (1,))
    """

    __slots__ = ()

    def __init__(
        self,
        v: TensorData,
        back: History | None = None,
        name: str | None = None,
        backend: TensorBackend = SimpleBackend,
    ) -> None:
        if not isinstance(v, TensorData):
            raise TypeError(
                f"Tensor takes a TensorData; got {type(v).__name__}. tensor([...]) "
                "makes a tensor from lists of numbers."
            )
        super().__init__(v._array(), backend.loops.backend, name=name)
        self.requires_grad = back is not None
        if back is not None and back.fn is not None:
            self.history = back

    @staticmethod
    def make(
        storage: Any,
        shape: UserShape,
        strides: Any = None,
        backend: TensorBackend | None = None,
    ) -> Tensor:
        """Return a tensor of a flat storage, which is shared if it is an array.

        Examples
        --------
        >>> Tensor.make([1, 2, 3, 4], (2, 2), strides=(1, 2))
        [[1.00 3.00]
         [2.00 4.00]]
        """
        data = TensorData(storage, shape, strides)
        return Tensor(data, backend=backend or SimpleBackend)

    @staticmethod
    def _around(array: Array, engine: Any) -> Tensor:
        """Return a tensor around an array, on one of the engine's backends."""
        new = object.__new__(Tensor)
        EngineTensor.__init__(new, array, engine)
        return new

    def _new(self, tensor_data: TensorData) -> Tensor:
        return Tensor(tensor_data, backend=self.backend)

    # ------------------------------ what it is ------------------------------

    @property
    def backend(self) -> TensorBackend:
        """The TensorBackend that ops on this tensor run on."""
        return backend_of(self._loops.backend)

    f = backend  # type: ignore[assignment]

    @property
    def dims(self) -> int:
        """How many dims there are."""
        return self.ndim

    @property
    def unique_id(self) -> int:
        """A number that no other tensor has at the same time."""
        return id(self)

    @property
    def _tensor(self) -> TensorData:
        """The storage with shape and strides.

        Its `_storage` is writable, as in MiniTorch, and shared: what is written there
        is in the tensor, and no guard notices. Before backward, write to copies.
        """
        if not _lies_plainly(self._array):
            self._array, self._version = np.array(self._array, order="C"), None
        steps = self.strides if self.size else None
        return TensorData(_root(self._array).ravel(order="K"), self.shape, steps)

    def tuple(self) -> tuple[Any, Any, Any]:
        """Return storage, shape and strides, as the flat loops take them."""
        return self._tensor.tuple()

    def to_numpy(self) -> Array:
        """Return a copy of the cells as a NumPy array."""
        return np.array(self._array, order="C")

    def zeros(self, shape: UserShape | None = None) -> Tensor:
        """Return zeros of this shape, or of another, on the same backend."""
        sizes = self.shape if shape is None else tuple(shape)
        return self._like(np.zeros(sizes))

    def _type_(self, backend: TensorBackend) -> None:
        self._loops = backend.loops

    # ------------------------------ the graph ------------------------------

    @property  # type: ignore[override]
    def requires_grad(self) -> Flag:
        """Whether it gets a gradient: `x.requires_grad()`."""
        return flag(_needs.__get__(self))

    @requires_grad.setter
    def requires_grad(self, value: Any) -> None:
        _needs.__set__(self, bool(value))

    def requires_grad_(self, x: bool = True) -> None:
        """Make this tensor a leaf that gets a gradient, or none."""
        self.history = None
        self.requires_grad = x

    @property
    def is_leaf(self) -> Flag:  # type: ignore[override]
        """Whether it gets a gradient and no Function made it: `x.is_leaf()`."""
        return flag(self.history is None and _needs.__get__(self))

    @property
    def is_constant(self) -> Flag:  # type: ignore[override]
        """Whether it gets no gradient: `x.is_constant()`."""
        return flag(not _needs.__get__(self))

    @property
    def parents(self) -> Items:
        """What it was made from."""
        return () if self.history is None else self.history.inputs

    def chain_rule(self, d_output: Any) -> list[Pair]:  # type: ignore[override]
        """Return (input, gradient) for each input that needs one."""
        return [(source, d) for _, source, d in super().chain_rule(d_output)]

    def accumulate_derivative(self, x: Any) -> None:
        """Add to the gradient gathered so far.

        Raises
        ------
        ValueError
            If a Function made this tensor: only leaves gather a gradient.
        """
        if not self.is_leaf:
            raise ValueError(
                f"Only a leaf gathers a gradient; this tensor of shape {self.shape} "
                "is none."
            )
        self.accumulate(self.expand(x))

    def backward(self, grad_output: Any = None) -> None:
        """Add the gradient of this tensor to the `.grad` of every leaf below it.

        Parameters
        ----------
        grad_output : the gradient of the final result with respect to this tensor; may
            be left out for one element, where it is 1

        Raises
        ------
        ValueError
            If it is left out and there is not exactly one element.
        """
        if self.requires_grad:
            super().backward(grad_output)

    def zero_grad_(self) -> None:
        """Forget the gradient gathered so far."""
        self.grad = None

    def expand(self, *other: Any) -> Any:
        """Return a gradient spread or summed to the shape of this tensor.

        With sizes in place of a tensor it is gradlab's `expand`.

        Examples
        --------
        >>> ones = Tensor.make([1.0] * 6, (2, 3))
        >>> Tensor.make([0.0] * 3, (3,)).expand(ones)
        [2.00 2.00 2.00]
        """
        if len(other) != 1 or not isinstance(other[0], EngineData):
            return super().expand(*other)
        cells = other[0]._array
        if cells.shape != self.shape:
            whole = np.broadcast_to(cells, shape_broadcast(self.shape, cells.shape))
            cells = sum_to_shape(self._loops, whole, self.shape)
        return self._like(cells)

    # ------------------------------ cells ------------------------------

    def __getitem__(self, key: Any) -> Any:
        index = self._full(key)
        return super().__getitem__(key) if index is None else float(self._array[index])

    def __setitem__(self, key: Any, val: Any) -> None:
        index = self._full(key)
        super().__setitem__(key if index is None else index, val)

    def _full(self, key: Any) -> Any:
        """Return the index of one cell, or None if the key is something else."""
        index = key if isinstance(key, tuple) else (key,)
        if not all(isinstance(i, (int, np.integer)) for i in index):
            return None
        if not self.ndim and index == (0,):
            return ()
        if len(index) > self.ndim or any(
            not -n <= i < n for i, n in zip(index, self.shape)
        ):
            raise IndexingError(f"Index {index} leaves shape {self.shape}.")
        return index if len(index) == self.ndim else None

    def __repr__(self) -> str:
        return TensorData(self._array.reshape(-1), self.shape).to_string()


def _lies_plainly(array: Array) -> bool:
    """Say whether the cells are all there is in their storage, from its start."""
    root = _root(array)
    return (
        array.flags.writeable
        and root.flags.forc
        and root.size == array.size
        and array.__array_interface__["data"][0] == root.__array_interface__["data"][0]
        and all(s > 0 or n < 2 for s, n in zip(array.strides, array.shape))
    )


def _root(array: Array) -> Array:
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array
