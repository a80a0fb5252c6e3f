"""A function of plain numbers, as it was given: its values and its derivatives."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.autodiff import central_difference
from gradlab.operators import SCALARS
from gradlab.scalar import Scalar
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.text import clean, number

BY_BACKWARD = "backward on Scalars gives it"
BY_DIFFERENCE = "a central difference gives it"


class Followed(Scalar):
    """A Scalar that does not turn into a float unseen, as in `math.sin(x)`."""

    __slots__ = ()

    def __float__(self) -> float:
        raise TypeError("This Scalar would lose its history.")


@dataclass(frozen=True)
class NumberFunction:
    """A function of one or more numbers.

    Parameters
    ----------
    call : the function as it was given
    kind : what it is called with: Followed where backward can run, float, or Scalar
    local : its derivative as a function, where that is known
    how : where derivatives come from, in words
    """

    call: Callable[..., Any]
    kind: type
    local: Callable[..., Any] | None = None
    how: str = BY_BACKWARD

    def __call__(self, *at: float) -> float:
        """Return the value at some numbers; NaN where there is none."""
        result = _as_float(outcome(self.call, *map(self.kind, at)))
        return result if isinstance(result, float) else math.nan

    def gradient(self, *at: float, epsilon: float) -> tuple[float, ...]:
        """Return the derivative by each number; NaN where there is none.

        Parameters
        ----------
        epsilon : half the step of a central difference, where one is needed
        """
        if self.local is not None:
            result = _as_float(outcome(self.local, *at))
            return (result if isinstance(result, float) else math.nan,)
        if self.kind is Followed:
            return self._backward(at)
        return tuple(self._difference(at, k, epsilon) for k in range(len(at)))

    def _difference(self, at: Sequence[float], k: int, epsilon: float) -> float:
        """Return a central difference; NaN where a smaller step gives another one."""
        wide, near = (
            central_difference(self, *at, arg=k, epsilon=step)
            for step in (epsilon, epsilon / 8)
        )
        rounding = 64 * math.ulp(self(*at)) / epsilon
        apart = abs(wide - near) - rounding
        return wide if apart <= 0.1 * max(abs(wide), abs(near)) else math.nan

    def _backward(self, at: Sequence[float]) -> tuple[float, ...]:
        leaves = [Followed(v) for v in at]
        if isinstance(self._walked(leaves), BaseException):
            return (math.nan,) * len(leaves)
        return tuple(leaf.derivative or 0.0 for leaf in leaves)

    def _walked(self, leaves: Sequence[Scalar]) -> object:
        return outcome(lambda: self.call(*leaves).backward())

    def trouble(self, *at: float) -> str:
        """Return what backward raises at some numbers, in words; "" for nothing."""
        if self.local is not None or self.kind is not Followed:
            return ""
        error = self._walked([Followed(v) for v in at])
        if not isinstance(error, BaseException):
            return ""
        return f"backward raised {_raised(error)}"


def of_numbers(f: Any, at: Sequence[float], name: str = "f") -> NumberFunction:
    """Return a function of numbers, ready to be asked, tried out at one place.

    Parameters
    ----------
    f : a function of floats or of Scalars; or the name of a map, such as "sin"
    at : where it has to have a finite value
    name : what errors call it

    Raises
    ------
    TypeError
        If f is no function, or does not return one number.
    ValueError
        If there is no such map, or f has no finite value there.

    Examples
    --------
    >>> square = of_numbers(lambda x: x * x, [3.0])
    >>> square(3.0), square.gradient(3.0, epsilon=1e-6), square.how
    (9.0, (6.0,), 'backward on Scalars gives it')
    """
    named = isinstance(f, str) and len(at) == 1
    made = _named(f) if named else _tried(f, at, name)
    value = made(*at)
    if not math.isfinite(value):
        raise ValueError(
            f"{name} is {number(value)} at {_places(at)}: a slope needs a finite "
            "value. Choose a place where there is one."
        )
    return made


def _named(name: str) -> NumberFunction:
    maps = {op.name: op for op in SCALARS.values() if op.kind == "map"}
    if name not in maps:
        raise ValueError(
            f"There is no map {plain(name)}: use one of {', '.join(maps)}, or give a "
            "function."
        )
    op = maps[name]
    if not op.local:
        return NumberFunction(op.fn, float, how=BY_DIFFERENCE)
    how = f"its formula is {op.local_formulas[0].replace(' * ', ' · ')}"
    return NumberFunction(op.fn, float, op.local[0], how)


def _tried(f: Any, at: Sequence[float], name: str) -> NumberFunction:
    if not callable(f):
        other = ", or the name of a map" if len(at) == 1 else ""
        raise TypeError(f"{name} is a function of {_count(at)}{other}; got {plain(f)}.")
    leaves = [Followed(v) for v in at]
    result = outcome(f, *leaves)
    if isinstance(result, Scalar) and result.requires_grad:
        return NumberFunction(f, Followed)
    tried = {kind: _as_float(outcome(f, *map(kind, at))) for kind in (float, Scalar)}
    for kind, result in tried.items():
        if isinstance(result, float):
            return NumberFunction(f, kind, how=BY_DIFFERENCE)
    # A float has no .log(): then what a Scalar had to say is the reason.
    scalar = isinstance(tried[float], AttributeError)
    raise _no_value(tried[Scalar if scalar else float], at, name)


def _no_value(error: object, at: Sequence[float], name: str) -> Exception:
    """Return what to raise where a function gave no number."""
    place = _places(at)
    if not isinstance(error, BaseException):
        return TypeError(
            f"{name} returned {plain(error)} at {place}; return one number."
        )
    said = f"{name} has no value at {place}: it raised {_raised(error)}."
    if isinstance(error, (TypeError, AttributeError)):
        return TypeError(
            f"{said} Give a function of {_count(at)}: floats or Scalars, no tensors."
        )
    return ValueError(f"{said} Choose a place where it has one, or repair it.")


def _raised(error: BaseException) -> str:
    return f"{type(error).__name__}: {clean(error).rstrip('.')}"


def _count(at: Sequence[float]) -> str:
    return "one number" if len(at) == 1 else f"{len(at)} numbers"


def _places(at: Sequence[float]) -> str:
    numbers = ", ".join(map(number, at))
    return numbers if len(at) == 1 else f"({numbers})"


def _as_float(result: object) -> object:
    """Return one number as a float; NaN for a complex one; anything else as it is."""
    if isinstance(result, Scalar):
        return result.data
    if isinstance(result, complex):
        return math.nan
    if isinstance(result, (str, bytes, BaseException)):
        return result
    read = outcome(float, result)
    return read if isinstance(read, float) else result


def finite(value: Any, name: str) -> float:
    """Return a number that a picture can start from.

    Raises
    ------
    TypeError
        If it is no number.
    ValueError
        If it is NaN or infinite.

    Examples
    --------
    >>> finite(2, "x")
    2.0
    """
    read = _as_float(value)
    if not isinstance(read, float) or isinstance(value, complex):
        raise TypeError(f"{name} is one number, such as 2.0; got {plain(value)}.")
    if not math.isfinite(read):
        raise ValueError(f"{name} is a finite number; got {number(read)}.")
    return read
