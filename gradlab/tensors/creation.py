"""Making tensors: from numbers, and of zeros, ones and random numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends import Backend, get_backend
from gradlab.backends.base import Array
from gradlab.indexing import is_whole
from gradlab.tensors.data import TensorData
from gradlab.tensors.functions import Cat, Stack
from gradlab.tensors.randomness import generator
from gradlab.tensors.tensor import Tensor

DTYPES = ("float64", "float32")


def tensor(
    data: Any,
    *,
    requires_grad: bool = False,
    dtype: Any = "float64",
    backend: str | Backend | None = None,
    name: str | None = None,
) -> Tensor:
    """Return a tensor that holds copies of the numbers in `data`.

    Parameters
    ----------
    data : a number, nested lists of numbers or one-element tensors, or an array
    requires_grad : whether backward should give it a `.grad`
    dtype : "float64" or "float32"
    backend : "simple", "numpy" or "numba"; the fastest there is by default
    name : what pictures call it

    Raises
    ------
    ValueError
        If the lists are ragged, or the dtype or backend is unknown.
    TypeError
        If something in `data` is not a number.

    Examples
    --------
    >>> tensor([[1, 2, 3], [4, 5, 6]]).shape
    (2, 3)
    """
    if name is not None and not isinstance(name, str):
        raise TypeError(f"A name is text, such as 'x'; got {name!r}.")
    array = _array(data).astype(_dtype(dtype))
    return Tensor(
        np.array(array, order="C"),
        _backend(backend),
        requires_grad=flag(requires_grad, "requires_grad"),
        name=name,
    )


def from_numpy(array: Any, **options: Any) -> Tensor:
    """Return a tensor with copies of the numbers in an array, float32 if they are.

    A copy, so that writing to the array cannot spoil a gradient unseen; `to_numpy`
    goes the other way, as a view that is read only. Options as for `tensor`.

    Raises
    ------
    TypeError
        If it is no array of numbers.

    Examples
    --------
    >>> import numpy as np
    >>> from_numpy(np.ones(2, np.float32)).dtype.name
    'float32'
    """
    if not isinstance(array, np.ndarray):
        raise TypeError(
            f"from_numpy takes a NumPy array; got {type(array).__name__}. "
            "tensor(...) takes lists and numbers."
        )
    dtype = "float32" if array.dtype == np.float32 else "float64"
    return tensor(array, **{"dtype": dtype, **options})


def zeros(*shape: Any, **options: Any) -> Tensor:
    """Return a tensor of zeros, as zeros((2, 3)) or zeros(2, 3).

    Options as for `tensor`.

    Examples
    --------
    >>> zeros((2, 1)).tolist()
    [[0.0], [0.0]]
    """
    return tensor(np.zeros(_shape(shape, "zeros")), **options)


def ones(*shape: Any, **options: Any) -> Tensor:
    """Return a tensor of ones, as ones((2, 3)) or ones(2, 3).

    Options as for `tensor`.

    Examples
    --------
    >>> ones(3).tolist()
    [1.0, 1.0, 1.0]
    """
    return tensor(np.ones(_shape(shape, "ones")), **options)


def rand(*shape: Any, seed: int | None = None, **options: Any) -> Tensor:
    """Return a tensor of random numbers from 0 to 1; options as for `tensor`.

    Parameters
    ----------
    shape : the size of each dim, as rand((2, 3)) or rand(2, 3)
    seed : the same seed gives the same numbers; without one, those of `manual_seed`

    Examples
    --------
    >>> rand((2, 3), seed=0).shape
    (2, 3)
    """
    return tensor(generator(seed).random(_shape(shape, "rand")), **options)


def cat(tensors: Any, dim: int = 0) -> Tensor:
    """Return tensors laid one after another along a dim they all have.

    Examples
    --------
    >>> cat([tensor([1, 2]), tensor([3])]).tolist()
    [1.0, 2.0, 3.0]
    """
    return Cat.apply(*_all_tensors(tensors, "cat"), dim=dim)


def stack(tensors: Any, dim: int = 0) -> Tensor:
    """Return tensors of one shape laid along a new dim.

    Examples
    --------
    >>> stack([tensor([1, 2]), tensor([3, 4])], dim=1).tolist()
    [[1.0, 3.0], [2.0, 4.0]]
    """
    return Stack.apply(*_all_tensors(tensors, "stack"), dim=dim)


# --------------------------------- reading arguments ---------------------------------


def _all_tensors(given: Any, what: str) -> list[TensorData]:
    """Return the tensors of a list, or say what is there in their place."""
    if isinstance(given, TensorData) or not hasattr(given, "__iter__"):
        raise TypeError(
            f"{what} takes a list of tensors, such as {what}([a, b]); "
            f"got a {type(given).__name__}."
        )
    tensors = list(given)
    if not tensors:
        raise ValueError(f"{what} needs at least one tensor; got an empty list.")
    for k, t in enumerate(tensors):
        if not isinstance(t, TensorData):
            raise TypeError(
                f"{what} joins tensors; item {k} is {t!r}, a {type(t).__name__}. "
                "tensor(...) makes one of it."
            )
    return tensors


def _array(data: Any) -> Array:
    """Return nested numbers as an array, or say where they are ragged or no numbers."""
    if isinstance(data, TensorData):
        return data._array
    if isinstance(data, (list, tuple)):
        rows = [_array(row) for row in data]
        _check_rows([row.shape for row in rows])
        return np.array(rows, dtype=float) if rows else np.zeros(0)
    array = np.asarray(data)
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"A tensor holds numbers; got {data!r}, a {type(data).__name__}."
        )
    return array


def _check_rows(shapes: list[tuple[int, ...]]) -> None:
    for k, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise ValueError(
                f"Ragged lists: item 0 has {_size(shapes[0])} and item {k} has "
                f"{_size(shape)}. Every row of a tensor has the same length."
            )


def _size(shape: tuple[int, ...]) -> str:
    return f"shape {shape}" if shape else "one number"


def _dtype(dtype: Any) -> np.dtype[Any]:
    known = {name: np.dtype(name) for name in DTYPES}
    try:
        return known[np.dtype(dtype).name]
    except (TypeError, KeyError):
        raise ValueError(
            f"dtype={dtype!r} is not known; use 'float64' or 'float32'."
        ) from None


def _shape(given: tuple[Any, ...], what: str) -> tuple[int, ...]:
    """Return the shape of zeros((2, 3)) or zeros(2, 3)."""
    if not given:
        raise TypeError(f"{what} needs a shape, such as {what}((2, 3)).")
    alone = given[0] if len(given) == 1 else given
    sizes = tuple(alone) if isinstance(alone, (tuple, list)) else given
    if not all(is_whole(size) and size >= 0 for size in sizes):
        raise ValueError(
            f"A shape is whole numbers from 0, such as (2, 3); got {alone!r}."
        )
    return tuple(int(size) for size in sizes)


def _backend(backend: Any) -> Backend | None:
    if backend is None or hasattr(backend, "bound"):
        return backend
    return get_backend(backend)


def flag(value: Any, what: str) -> bool:
    """Return True or False, or say that something else came.

    Raises
    ------
    TypeError
        If it is neither.

    Examples
    --------
    >>> flag(True, "bias")
    True
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{what} is True or False; got {value!r}.")
    return bool(value)
