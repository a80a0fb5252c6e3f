"""detect_anomaly: stop at the op where the first NaN or inf appears."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.tensors.plugging import Plugged

SHOWN = 3  # cells named in a message


class AnomalyError(ArithmeticError):
    """The first NaN or inf that an op or its backward made."""


class detect_anomaly(Plugged):  # noqa: N801 - a verb: with detect_anomaly()
    """Raise where the first NaN or inf appears, forward or backward.

    Use it as `with detect_anomaly():` around the lines in question; every op is looked
    at, which takes time.

    Raises
    ------
    AnomalyError
        Inside the block: names the op and the cells.

    Examples
    --------
    >>> from gradlab import tensor
    >>> with detect_anomaly():
    ...     tensor([1.0, 0.0, 4.0]).log()
    Traceback (most recent call last):
        ...
    gradlab.tensors.anomaly.AnomalyError: Log made -inf at (1,), in a result of \
shape (3,). It read 0 there.
    """

    def __init__(self) -> None:
        super().__init__({"watch": self})

    def forward(self, fn: Any, inputs: tuple[Any, ...], result: Array) -> None:
        """Look at what an op has made."""
        odd = _odd_cells(result)
        if odd:
            read = _what_it_read(inputs, odd[0], result.shape)
            raise AnomalyError(
                f"{fn.__name__} made {_named(result, odd)}, in a result of shape "
                f"{result.shape}.{read}"
            )

    def backward(self, fn: Any, passed_on: list[tuple[int, Any, Array]]) -> None:
        """Look at the gradients that a backward has made."""
        for position, _, d in passed_on:
            odd = _odd_cells(d)
            if odd:
                raise AnomalyError(
                    f"{fn.__name__}.backward made {_named(d, odd)}, in the gradient "
                    f"of input {position + 1}, of shape {d.shape}."
                )


def _odd_cells(cells: Array) -> list[tuple[int, ...]]:
    """Return the indices of NaN and inf, in reading order."""
    if np.isfinite(cells).all():
        return []
    return [tuple(map(int, index)) for index in np.argwhere(~np.isfinite(cells))]


def _named(cells: Array, odd: list[tuple[int, ...]]) -> str:
    named = ", ".join(f"{cells[index]} at {index}" for index in odd[:SHOWN])
    more = len(odd) - SHOWN
    return f"{named} and {more} more" if more > 0 else named


def _what_it_read(
    inputs: tuple[Any, ...], index: tuple[int, ...], shape: tuple[int, ...]
) -> str:
    """Say which numbers stood in that cell of the inputs, if it works cell by cell."""
    arrays = [x._array for x in inputs if hasattr(x, "_array")]
    try:
        values = [np.broadcast_to(a, shape)[index] for a in arrays]
    except ValueError:
        return ""
    return f" It read {' and '.join(f'{v:g}' for v in values)} there."
