"""MiniTorch's Scalar: gradlab's, with MiniTorch's names and comparisons."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, Self

from gradlab import scalar as engine
from gradlab.autodiff import backpropagate, central_difference
from gradlab.minitorch.autodiff import Flag, History, flag
from gradlab.minitorch.scalar_functions import EQ, LT, Log, ScalarFunction

__all__ = ["Scalar", "ScalarFunction", "ScalarHistory", "derivative_check"]

_numbers = itertools.count(1)


class ScalarHistory(History):
    """How a Scalar was made: `ScalarHistory()` is that of a leaf."""


class Scalar(engine.Scalar):
    """A number that remembers how it was made.

    Parameters
    ----------
    v : the number
    back : how it was made; None makes a constant
    name : what to call it, by default its `unique_id`

    Examples
    --------
    >>> x = Scalar(2.0)
    >>> y = x * x + 3.0
    >>> y.backward()
    >>> x.derivative, x.is_leaf(), y.is_leaf()
    (4.0, True, False)
    """

    __slots__ = ("unique_id",)

    def __init__(
        self,
        v: float,
        back: ScalarHistory | None = ScalarHistory(),  # noqa: B008 - a constant
        name: str | None = None,
    ) -> None:
        super().__init__(v, requires_grad=back is not None)
        self.history = back
        self._number(name)

    def like(self, value: float) -> Self:
        """Return a constant that holds a float; every result starts as one."""
        new = super().like(value)
        new._number(None)
        return new

    def _number(self, name: str | None) -> None:
        self.unique_id = next(_numbers)
        self.name = str(self.unique_id) if name is None else name

    # ------------------------------ the graph ------------------------------

    @property
    def is_leaf(self) -> Flag:  # type: ignore[override]
        """Whether it gets a derivative and no function made it."""
        return flag(self.history is not None and self.history.fn is None)

    @property
    def is_constant(self) -> Flag:  # type: ignore[override]
        """Whether it gets no derivative."""
        return flag(self.history is None)

    @property
    def parents(self) -> tuple[Any, ...]:
        """What it was made from."""
        return () if self.history is None else self.history.inputs

    def bare_chain_rule(self, d_out: float) -> list[tuple[int, Any, float]]:
        """Return (position, input, derivative) for each input that needs one."""
        return [] if self.is_leaf else super().chain_rule(d_out)

    def chain_rule(self, d_output: float) -> list[tuple[Any, float]]:  # type: ignore[override]
        """Return (input, derivative) for each input that needs one."""
        return [(source, d) for _, source, d in self.bare_chain_rule(d_output)]

    def accumulate_derivative(self, x: float) -> None:
        """Add to the derivative gathered so far.

        Raises
        ------
        ValueError
            If a function made this Scalar: only leaves gather a derivative.
        """
        if not self.is_leaf:
            raise ValueError(f"Only a leaf gathers a derivative; {self!r} is none.")
        self.accumulate(x)

    def backward(self, d_output: float | None = None) -> None:
        """Add d_output (1 if left out) times the derivative to every leaf below."""
        if self.requires_grad:
            backpropagate(self, 1.0 if d_output is None else d_output)

    # ------------------------------ arithmetic ------------------------------

    def __bool__(self) -> bool:
        return bool(self.data)

    def __lt__(self, b: Any) -> Scalar:  # type: ignore[override]
        return LT.apply(self, b)

    def __gt__(self, b: Any) -> Scalar:  # type: ignore[override]
        return LT.apply(b, self)

    def __eq__(self, b: object) -> Scalar:  # type: ignore[override]
        return EQ.apply(self, b)

    __hash__ = object.__hash__

    def log(self) -> Scalar:
        """Return log(x + 1e-6), as MiniTorch does."""
        return Log.apply(self)

    def __repr__(self) -> str:
        return f"Scalar({self.data:f})"


def derivative_check(f: Callable[..., Any], *scalars: Scalar) -> None:
    """Compare the derivatives of f with central differences, to 1 %.

    Raises
    ------
    AssertionError
        If one is wrong; names the argument and both values.

    Examples
    --------
    >>> derivative_check(lambda x, y: x * y, Scalar(2.0), Scalar(3.0))
    """
    f(*scalars).backward()
    for k, x in enumerate(scalars):
        expected = central_difference(f, *scalars, arg=k).data
        got = 0.0 if x.derivative is None else x.derivative
        if not abs(got - expected) <= 1e-2 + 1e-2 * abs(expected):
            at = ", ".join(f"{s.data:g}" for s in scalars)
            raise AssertionError(
                f"The derivative by argument {k + 1} is wrong at {at}: backward gives "
                f"{got:.6g}, central differences give {expected:.6g}."
            )
