"""What a picture is given, as one array of numbers."""

from __future__ import annotations

from typing import Any

from gradlab.indexing import indices
from gradlab.visualization.values import read


def array_of(thing: Any, start: float = 1.0) -> Any:
    """Return a tensor, an array, nested lists, a number or a shape as float64.

    Parameters
    ----------
    thing : anything that `values.read` accepts
    start : the first number where only a shape was given

    Raises
    ------
    TypeError
        If it holds no numbers.
    ValueError
        If rows differ in length.

    Examples
    --------
    >>> array_of([[1, 2], [3, 4]]).tolist(), array_of((2,), 10).tolist()
    ([[1.0, 2.0], [3.0, 4.0]], [10.0, 20.0])
    """
    import numpy as np

    kind = getattr(getattr(thing, "dtype", None), "kind", "f")
    if kind not in "biuf":
        raise TypeError(f"A picture draws numbers; this array holds {thing.dtype}.")
    values = read(thing, start=start)
    cells = [values.get(index) for index in indices(values.shape)]
    return np.array(cells, dtype=float).reshape(values.shape)


def numbers_of(thing: Any) -> Any:
    """Return numbers as an array, where a tuple holds numbers as a list does.

    Examples
    --------
    >>> numbers_of((2, 3)).tolist()
    [2.0, 3.0]
    """
    return array_of(list(thing) if isinstance(thing, tuple) else thing)
