"""What may stand beside a tensor, and what to write in place of what may not."""

from __future__ import annotations

import reprlib
from typing import Any

import numpy as np

from gradlab.scalar import Scalar
from gradlab.tensors.data import TensorData


def operand(like: TensorData, value: Any) -> Any:
    """Return a tensor as it is, a number or an array as a constant, else None."""
    if isinstance(value, TensorData):
        return value
    if not isinstance(value, (int, float)) and not _is_numeric(value):
        return None
    dtype = like._array.dtype
    if isinstance(value, int):
        value = _as_float(value)
    if dtype.itemsize == 8:
        return like._like(np.array(value, dtype, order="C"))
    with np.errstate(over="ignore"):  # float32 ends at 3e38: what is larger is inf
        return like._like(np.array(value, dtype, order="C"))


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        raise ValueError(
            "A cell holds numbers up to 1.8e308, and this one has "
            f"{value.bit_length()} bits."
        ) from None


def _is_numeric(value: Any) -> bool:
    return isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "biuf"


def argument(like: TensorData, value: Any, method: str) -> Any:
    """Return the argument of a method as a tensor.

    Raises
    ------
    TypeError
        If it is neither a tensor nor a number nor an array.
    """
    tensor = operand(like, value)
    if tensor is None:
        raise TypeError(_message(method, value, f"{method}({{}})"))
    return tensor


def refused(sign: str, value: Any, swap: bool) -> Any:
    """Return NotImplemented, so that an unknown class may do the operator itself.

    Raises
    ------
    TypeError
        If it cannot: for a list, a tuple, None, a Scalar and the like.
    """
    if type(value).__module__ != "builtins" and not isinstance(
        value, (Scalar, np.ndarray, np.generic)
    ):
        return NotImplemented
    raise TypeError(
        _message(sign, value, f"{{}} {sign} t" if swap else f"t {sign} {{}}")
    )


def _message(what: str, value: Any, pattern: str) -> str:
    """Say what was expected beside a tensor, what came, and what to write."""
    kind = type(value).__name__
    if isinstance(value, Scalar):
        return (
            f"{what} got a Tensor and a Scalar, which belong to different graphs. Make "
            f"a tensor of the number: {pattern.format('tensor(s.data)')}."
        )
    said = f"{what} works on tensors, numbers and arrays of numbers"
    if isinstance(value, (list, tuple)):
        written = pattern.format(f"tensor({reprlib.repr(value)})")
        return f"{said}; got a {kind}. Write {written}."
    if isinstance(value, (np.ndarray, np.generic)):
        return f"{said}; got an array of {value.dtype}."
    return f"{said}; got {reprlib.repr(value)}{'' if value is None else f', a {kind}'}."
