"""Automatic differentiation, for one number and for tensors alike.

A *variable* (a Scalar or a Tensor) remembers the function that made it, the inputs,
and what the function saved. Walking back over that record and applying the chain
rule at every node gives the gradient. Nothing here knows what a tensor is.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol


class Context:
    """What a function's forward hands to its backward.

    Examples
    --------
    >>> ctx = Context()
    >>> ctx.save_for_backward(2.0, (3, 4))
    >>> ctx.saved_values
    (2.0, (3, 4))
    """

    saved: tuple[Any, ...] = ()
    f: Any = None  # map, zip and reduce by name, for rules on raw arrays

    def save_for_backward(self, *values: Any) -> None:
        """Keep tensors and plain values for backward, in this order."""
        self.saved = values

    @property
    def saved_values(self) -> tuple[Any, ...]:
        """What forward saved, always as a tuple."""
        return self.saved

    saved_tensors = saved_values

    def needs(self, position: int) -> bool:
        """Say whether an input needs a gradient; True as long as that is unknown."""
        return True


class History(Context):
    """How a variable was made: a context that also knows function, inputs and options.

    One object for both, as one is made per op; there is nothing to gain from two.
    """

    fn: Any = None
    inputs: tuple[Any, ...] = ()
    options: Mapping[str, Any] = MappingProxyType({})
    made_at: int = 0  # the clock of writes, to tell whether a saved value is still true
    scopes: tuple[Any, ...] = ()  # the calls of modules that returned it, inner first

    @property
    def ctx(self) -> Context:
        """What backward gets from forward."""
        return self

    @property
    def last_fn(self) -> Any:
        """The function again, under the name that MiniTorch has for it."""
        return self.fn

    def needs(self, position: int) -> bool:
        """Say, in backward, whether input `position` (from 0) needs a gradient."""
        return getattr(self.inputs[position], "requires_grad", False)


class Variable(Protocol):
    """What a graph needs from a node; Scalar and Tensor both have it.

    Gradients travel *bare*, as floats or arrays, and are *dressed* as floats or
    tensors for whoever looks at them.
    """

    requires_grad: bool

    @property
    def history(self) -> History | None:
        """How the variable was made; None for a leaf."""

    def bare(self, d: Any) -> Any:
        """Return a gradient as it travels: a float or an array."""

    def dressed(self, d: Any) -> Any:
        """Return a gradient as people look at it: a float or a tensor."""

    def bare_chain_rule(self, d_out: Any) -> list[tuple[int, Any, Any]]:
        """Return (position, input, gradient) for each input that needs one."""

    def gather(self, d_out: Any) -> None:
        """Add a bare gradient to what the leaf has gathered so far."""


class Step(NamedTuple):
    """One node's turn in backward.

    Parameters
    ----------
    node : the variable whose turn it is
    d_out : its whole gradient; every path from the result has arrived
    contributions : (position, input, d) for each input that needs a gradient;
        empty at a leaf
    """

    node: Any
    d_out: Any
    contributions: tuple[tuple[int, Any, Any], ...]


def parents(variable: Any) -> list[Any]:
    """Return the inputs that need a gradient, in order and with repeats."""
    if variable.history is None:
        return []
    inputs = variable.history.inputs
    return [i for i in inputs if getattr(i, "requires_grad", False)]


def topological_order(root: Variable) -> list[Any]:
    """Return the nodes that need a gradient, each before all of its inputs.

    Iterative, so the depth of the graph is limited by memory alone. (Walking every
    path instead would visit 2^n nodes for n steps of x = x + x.)

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> a = Scalar(2.0, name="a")
    >>> b = a * a
    >>> [node is other for node, other in zip(topological_order(b), (b, a))]
    [True, True]
    """
    order: list[Any] = []
    done: set[int] = set()
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node is None:  # every input of the node below has had its turn
            order.append(stack.pop())
        elif id(node) not in done:
            done.add(id(node))
            if node.history is None:
                order.append(node)
            else:
                stack += (node, None, *parents(node))
    order.reverse()
    return order


def backward_steps(root: Variable, d_out: Any) -> Iterator[Step]:
    """Yield the turns of backward, from `root` down to the leaves.

    Gradients are added up per node and passed on when the node's turn comes, so each
    node is visited once. No `.grad` or `.derivative` is touched: pictures and
    `backpropagate` read the same steps.
    """
    for node, total, passed_on in _turns(root, root.bare(d_out)):
        yield Step(node, node.dressed(total), _dressed(passed_on))


def contributions(node: Any, d_out: Any) -> tuple[tuple[int, Any, Any], ...]:
    """Return what one node passes on: (position, input, d) as people look at it.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> [d for _, _, d in contributions(Scalar(2.0) * Scalar(5.0), 1.0)]
    [5.0, 2.0]
    """
    if not node.history:
        return ()
    return _dressed(node.bare_chain_rule(node.bare(d_out)))


def _dressed(passed_on: Any) -> tuple[tuple[int, Any, Any], ...]:
    return tuple((k, source, source.dressed(d)) for k, source, d in passed_on)


def backpropagate(root: Variable, d_out: Any) -> None:
    """Run backward from `root` and add each leaf's gradient to the leaf."""
    for node, total, passed_on in _turns(root, root.bare(d_out)):
        if not passed_on and node.is_leaf:
            node.gather(total)


def _turns(root: Variable, d_out: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield node, its whole gradient and what it passes on, all bare."""
    gradients: dict[int, Any] = {id(root): d_out}
    for node in topological_order(root):
        total = gradients.pop(id(node), None)
        if total is None:  # every path to this node gave None: its gradient is zero
            continue
        passed_on = () if node.history is None else node.bare_chain_rule(total)
        for _, source, d in passed_on:
            key = id(source)
            gradients[key] = gradients[key] + d if key in gradients else d
        yield node, total, passed_on


def one_per_input(history: History, returned: Any) -> Iterator[tuple[int, Any, Any]]:
    """Return (position, input, gradient or None) for every input.

    Raises
    ------
    ValueError
        If backward returned more or fewer gradients than forward had inputs.
    TypeError
        If it returned several in a list.
    """
    inputs = history.inputs
    if isinstance(returned, list) and len(inputs) > 1:
        raise TypeError(
            f"{history.fn.__name__}.backward returned a list. Return the gradients "
            "themselves, one after the other, without brackets."
        )
    gradients = returned if isinstance(returned, tuple) else (returned,)
    if len(gradients) != len(inputs):
        came = "None" if returned is None else count(gradients, "gradient")
        raise ValueError(
            f"{history.fn.__name__}.backward returned {came}, but forward had "
            f"{count(inputs, 'input')}. Return one gradient per input, in the same "
            "order; None for an input without one."
        )
    return zip(itertools.count(), inputs, gradients)


def count(things: tuple[Any, ...], noun: str) -> str:
    """Say how many there are: "1 gradient", "2 gradients"."""
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def central_difference(
    f: Callable[..., Any], *vals: Any, arg: int = 0, epsilon: float = 1e-6
) -> Any:
    """Return (f(..., v + ε, ...) - f(..., v - ε, ...)) / 2ε for argument `arg`.

    The error shrinks with ε², against ε for the one-sided difference.

    Raises
    ------
    IndexError
        If there is no argument number `arg`.
    TypeError
        If f cannot be called.
    ValueError
        If epsilon is not above 0.

    Examples
    --------
    >>> round(central_difference(lambda x, y: x * y, 3.0, 4.0, arg=1), 6)
    3.0
    """
    if not callable(f):
        raise TypeError(f"central_difference needs a function first; got {f!r}.")
    if not epsilon > 0:
        raise ValueError(f"epsilon is half a step, so above 0; got {epsilon!r}.")
    if not 0 <= arg < len(vals):
        raise IndexError(
            f"arg={arg}, but f was given {count(vals, 'value')}; args count from 0."
        )
    up, down = list(vals), list(vals)
    up[arg] = vals[arg] + epsilon
    down[arg] = vals[arg] - epsilon
    return (f(*up) - f(*down)) / (2 * epsilon)


# -------------------------------- recording on and off --------------------------------


class _Recording(threading.local):
    on = True


recording = _Recording()  # .on: whether operations are being remembered for backward


@contextlib.contextmanager
def no_grad() -> Iterator[None]:
    """Run the block without remembering operations.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> with no_grad():
    ...     y = Scalar(2.0) * 3.0
    >>> y.is_constant
    True
    """
    before, recording.on = recording.on, False
    try:
        yield
    finally:
        recording.on = before
