"""States in files: arrays by name in one .npz, never pickle."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.files import write_whole
from gradlab.tensors.data import TensorData


def save(state: Mapping[str, Any], path: str | os.PathLike[str]) -> None:
    """Write a state to an .npz file, whole or not at all.

    Parameters
    ----------
    state : arrays by name, as from `module.state_dict()`
    path : where to; ends in .npz

    Raises
    ------
    ValueError
        If the path ends otherwise.
    TypeError
        If a value is no array of numbers.

    Examples
    --------
    >>> import tempfile
    >>> from gradlab.nn import Linear
    >>> layer, file = Linear(2, 1), Path(tempfile.mkdtemp()) / "layer.npz"
    >>> save(layer.state_dict(), file)
    >>> layer.load_state_dict(load(file))
    """
    path = _npz(path)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, value in _arrays(state).items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, value, allow_pickle=False)
    write_whole(path, buffer.getvalue())


def load(path: str | os.PathLike[str]) -> dict[str, Array]:
    """Return the arrays of an .npz file by name; nothing in it can run as code.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no .npz file of numbers.
    """
    path = _npz(path)
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            return _arrays({name: file[name] for name in file.files})
    except (ValueError, TypeError, EOFError, AttributeError, KeyError, *_ZIP) as error:
        raise ValueError(
            f"{path} is no .npz file of numbers, as nn.save writes it: {error}"
        ) from error


_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError)


def _npz(path: str | os.PathLike[str]) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            f"A state is kept in a file, such as 'model.npz'; got {path!r}, a "
            f"{type(path).__name__}."
        )
    path = Path(path)
    if path.suffix != ".npz":
        raise ValueError(
            f"A state is kept in an .npz file; got the path {str(path)!r}."
        )
    return path


def _arrays(state: Mapping[str, Any]) -> dict[str, Array]:
    """Return the values as arrays, or say which is none."""
    if not isinstance(state, Mapping):
        raise TypeError(
            "A state is arrays by name, as from module.state_dict(); got a "
            f"{type(state).__name__}."
        )
    return {name: _array(name, value) for name, value in state.items()}


def _array(name: str, value: Any) -> Array:
    array = np.asarray(value._array if isinstance(value, TensorData) else value)
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{name!r} is no array of numbers, but a {type(value).__name__}."
        )
    return array


def check_state(
    state: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, Array]:
    """Return the arrays of a state that fits, or say everything that does not.

    Raises
    ------
    ValueError
        If names are missing or unexpected, or shapes differ.
    TypeError
        If a value is no array of numbers.

    Examples
    --------
    >>> check_state({"w": [1.0]}, {"w": (1,)})
    {'w': array([1.])}
    """
    arrays = _arrays(state)
    faults = [f"{name!r} is missing" for name in shapes if name not in arrays]
    faults += [f"{name!r} is unexpected" for name in arrays if name not in shapes]
    faults += [
        f"{name!r} has shape {arrays[name].shape}, expected {shape}"
        for name, shape in shapes.items()
        if name in arrays and arrays[name].shape != shape
    ]
    if faults:
        raise ValueError(
            f"This state does not fit the module: {'; '.join(faults)}. "
            "Nothing was changed."
        )
    return arrays
