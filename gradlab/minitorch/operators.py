"""MiniTorch's operators: plain functions on numbers and on lists of numbers.

Those on numbers also compile under numba: `numba.njit(operators.sigmoid)`. Two of them
are MiniTorch's own: `log` stays finite at 0, and `is_close` allows a hundredth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

EPS = 1e-6  # what log adds, so that log(0) is a number
TOLERANCE = 1e-2  # how far numbers that are close may differ

Map = Callable[[Iterable[float]], list[float]]
Zip = Callable[[Iterable[float], Iterable[float]], list[float]]


def mul(x: float, y: float) -> float:
    """Return x * y."""
    return x * y


def id(x: float) -> float:
    """Return x."""
    return x


def add(x: float, y: float) -> float:
    """Return x + y."""
    return x + y


def neg(x: float) -> float:
    """Return -x."""
    return -x


def lt(x: float, y: float) -> float:
    """Return 1 if x < y, else 0."""
    return 1.0 if x < y else 0.0


def eq(x: float, y: float) -> float:
    """Return 1 if x == y, else 0."""
    return 1.0 if x == y else 0.0


def max(x: float, y: float) -> float:
    """Return the larger number."""
    return x if x > y else y


def is_close(x: float, y: float) -> bool:
    """Say whether two numbers differ by less than a hundredth.

    Examples
    --------
    >>> is_close(1.0, 1.009), is_close(1.0, 1.02)
    (True, False)
    """
    return abs(x - y) < TOLERANCE


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e^-x), without overflow on either side."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    small = math.exp(x)
    return small / (1.0 + small)


def relu(x: float) -> float:
    """Return x where it is positive, else 0."""
    return x if x > 0 else 0.0


def log(x: float) -> float:
    """Return the natural logarithm of x + 1e-6, which has a value at 0."""
    return math.log(x + EPS)


def exp(x: float) -> float:
    """Return e to the power x."""
    return math.exp(x)


def log_back(x: float, d: float) -> float:
    """Return d times the derivative of log at x."""
    return d / (x + EPS)


def inv(x: float) -> float:
    """Return 1 / x."""
    return 1.0 / x


def inv_back(x: float, d: float) -> float:
    """Return d times the derivative of inv at x: -d / x²."""
    return -d / (x * x)


def relu_back(x: float, d: float) -> float:
    """Return d times the derivative of relu at x: d where x is positive, else 0."""
    return d if x > 0 else 0.0


# ---------------------------------- higher order ----------------------------------


def map(fn: Callable[[float], float]) -> Map:
    """Return the function that applies fn to every number of a list.

    Examples
    --------
    >>> map(neg)([1.0, -2.0])
    [-1.0, 2.0]
    """
    return lambda numbers: [fn(x) for x in numbers]


def zipWith(fn: Callable[[float, float], float]) -> Zip:  # noqa: N802 - MiniTorch's name
    """Return the function that applies fn to the pairs of two lists.

    Examples
    --------
    >>> zipWith(mul)([1.0, 2.0], [3.0, 4.0])
    [3.0, 8.0]
    """
    return lambda xs, ys: [fn(x, y) for x, y in zip(xs, ys)]


def reduce(
    fn: Callable[[float, float], float], start: float
) -> Callable[[Iterable[float]], float]:
    """Return the function that folds a list with fn, beginning with start.

    Examples
    --------
    >>> reduce(mul, 1.0)([2.0, 3.0, 4.0])
    24.0
    """

    def fold(numbers: Iterable[float]) -> float:
        total = start
        for x in numbers:
            total = fn(total, x)
        return total

    return fold


def negList(numbers: Iterable[float]) -> list[float]:  # noqa: N802 - MiniTorch's name
    """Return the numbers with their signs turned."""
    return map(neg)(numbers)


def addLists(xs: Iterable[float], ys: Iterable[float]) -> list[float]:  # noqa: N802
    """Return the sums of the pairs of two lists."""
    return zipWith(add)(xs, ys)


def sum(numbers: Iterable[float]) -> float:
    """Return the sum of a list; of none it is 0."""
    return reduce(add, 0.0)(numbers)


def prod(numbers: Iterable[float]) -> float:
    """Return the product of a list; of none it is 1.

    Examples
    --------
    >>> prod((2, 3, 4))
    24.0
    """
    return reduce(mul, 1.0)(numbers)
