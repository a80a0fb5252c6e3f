"""MiniTorch's autodiff: gradlab's walk over the graph, under MiniTorch's names."""

from __future__ import annotations

from typing import Any, Protocol

from gradlab import autodiff
from gradlab.autodiff import backpropagate, central_difference

__all__ = [
    "Context",
    "Flag",
    "History",
    "Variable",
    "backpropagate",
    "central_difference",
    "flag",
    "topological_sort",
]


class Context(autodiff.Context):
    """What a function's forward hands to its backward.

    Parameters
    ----------
    no_grad : whether to forget what is saved, as no backward will come

    Examples
    --------
    >>> ctx = Context()
    >>> ctx.save_for_backward(2.0)
    >>> ctx.saved_values, ctx.saved_tensors
    ((2.0,), (2.0,))
    """

    def __init__(self, no_grad: bool = False) -> None:
        self.no_grad = no_grad

    def save_for_backward(self, *values: Any) -> None:
        """Keep values for backward, unless there will be none."""
        if not self.no_grad:
            super().save_for_backward(*values)


class History(autodiff.History):
    """How a variable was made; without `last_fn` it is a leaf that gets a gradient.

    Parameters
    ----------
    last_fn : the Function that made it
    ctx : what that Function's forward saved
    inputs : what it was made from

    Examples
    --------
    >>> History().last_fn is None
    True
    """

    def __init__(
        self, last_fn: Any = None, ctx: autodiff.Context | None = None, inputs: Any = ()
    ) -> None:
        self.fn = last_fn
        self.inputs = tuple(inputs)
        self.saved = () if ctx is None else ctx.saved

    def __bool__(self) -> bool:
        return self.fn is not None  # a leaf has one here too, but no function made it


class Variable(Protocol):
    """What MiniTorch's algorithms ask of a node; Scalar and Tensor both have it."""

    def accumulate_derivative(self, x: Any) -> None:
        """Add to the derivative gathered so far; leaves only."""

    @property
    def unique_id(self) -> int:
        """A number that no other variable has."""

    def is_leaf(self) -> bool:
        """Say whether it gets a derivative and no function made it."""

    def is_constant(self) -> bool:
        """Say whether it gets no derivative."""

    @property
    def parents(self) -> tuple[Any, ...]:
        """What it was made from."""

    def chain_rule(self, d_output: Any) -> list[tuple[Any, Any]]:
        """Return (input, derivative) for each input that needs one."""


class Flag(int):
    """Yes or no, to be read in two ways: `x.requires_grad` and `x.requires_grad()`.

    gradlab has attributes where MiniTorch has methods; this is both.

    Examples
    --------
    >>> bool(flag(1 < 2)), flag(1 < 2)()
    (True, True)
    """

    def __call__(self) -> bool:
        """Return it as a plain bool."""
        return self == 1

    def __repr__(self) -> str:
        return repr(self == 1)


_FLAGS = (Flag(0), Flag(1))


def flag(value: Any) -> Flag:
    """Return the Flag for something true or false."""
    return _FLAGS[1 if value else 0]


def topological_sort(variable: Any) -> list[Any]:
    """Return the variables that need a derivative, each before all of its inputs.

    Iterative, so a graph may be deep. A constant gives an empty list.

    Examples
    --------
    >>> from gradlab.minitorch import Scalar
    >>> x = Scalar(2.0, name="x")
    >>> [v.data for v in topological_sort(x * x)]
    [4.0, 2.0]
    """
    return autodiff.topological_order(variable) if variable.requires_grad else []
