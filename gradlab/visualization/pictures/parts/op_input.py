"""Reading what a picture of one op is given: the op in any form, and its input."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradlab.indexing import indices
from gradlab.visualization.flow import FlowTable
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.text import clean, shorten
from gradlab.visualization.values import read

NAME = 90.0  # longer names of inputs are cut


def recording(thing: Any, like: Any = None, start: float = 1.0) -> Any:
    """Return what a picture is given as a fresh tensor that records.

    Parameters
    ----------
    thing : a tensor, an array, nested lists, a number, or a shape
    like : a tensor whose dtype and backend it takes, where it is no tensor itself
    start : the cells of a shape are numbered start, 2 * start, ...
    """
    import numpy as np

    from gradlab.tensors.creation import tensor

    if hasattr(thing, "_like"):
        made = thing._like(np.array(thing.to_numpy(), order="K"))
        made.requires_grad, made.name = True, thing.name
        return made
    values = read(thing, start=start)
    cells = np.array([values.get(i) for i in indices(values.shape)], dtype=float)
    return tensor(
        cells.reshape(values.shape),
        requires_grad=True,
        dtype=like.dtype if like is not None else "float64",
        backend=like.backend if like is not None else "simple",
    )


def input_name(flow: FlowTable, name: str | None) -> str:
    """Return what the one input of an op is called; by default its own name, or x."""
    own = getattr(flow.inputs[0], "name", None) or "x" if name is None else name
    return short_name(own)


def short_name(name: str) -> str:
    """Return the name of an input in one line, cut where it would need too much room.

    Examples
    --------
    >>> short_name("the price of a pound of tea")
    'the pric…'
    """
    return shorten(" ".join(clean(name).split()), NAME, 15, bold=True)


def as_call(fn: Any, picture: str, example: str) -> Callable[..., Any]:
    """Return what makes the result of an op: a Function's apply, or a function.

    Parameters
    ----------
    picture : the name of the picture's function, for errors
    example : a name of an op that it draws

    Raises
    ------
    TypeError
        If it is neither, or a function that takes no tensors.
    """
    if isinstance(fn, type) and hasattr(fn, "apply"):
        apply: Callable[..., Any] = fn.apply
        return apply
    if not callable(fn):
        raise TypeError(
            f"{picture} takes an op such as {example!r}, a Function or a function of "
            f"tensors, and the op comes first; got {plain(fn)}."
        )
    modules = type(fn).__module__, getattr(fn, "__module__", "")
    if {"numpy", "math"} & set(modules):
        raise TypeError(
            f"{picture} calls the op with tensors; {fn.__name__} of NumPy or math does "
            f"not take them. Give the name of an op, such as {example!r}, or a "
            "function of tensors."
        )
    return fn


def result_of(
    call: Callable[..., Any], picture: str, *args: Any, **options: Any
) -> Any:
    """Return what an op makes of tensors.

    Raises
    ------
    TypeError
        If it takes other arguments than it would get.
    ValueError
        If the result was made from something else: it took several ops.
    """
    try:
        inspect.signature(call).bind(*args, **options)
    except ValueError:  # code in C says nothing about its arguments
        pass
    except TypeError:
        named = [f"{key}={plain(value)}" for key, value in options.items()]
        inside = ", ".join(["tensor"] * len(args) + named)
        raise TypeError(
            f"{picture} calls fn({inside}), but {getattr(call, '__name__', 'fn')} "
            f"takes {clean(inspect.signature(call))}."
        ) from None
    node = call(*args, **options)
    history: Any = getattr(node, "history", None)
    inputs = history.inputs if history else ()
    if any(x.history for x in inputs if is_variable(x)):
        raise ValueError(
            f"{picture} draws one op; this function runs several, and "
            f"{history.fn.__name__} is only the last. Give one op, or draw them all "
            "with computation_graph."
        )
    return node


def recorded(node: Any, picture: str) -> Any:
    """Return the result of an op if it knows how it was made.

    Raises
    ------
    TypeError
        If it is no result of an op on Tensors or Scalars.
    ValueError
        If no function is recorded for it.
    """
    if not is_variable(node):
        raise TypeError(
            f"The op returned a {type(node).__name__}; {picture} draws an op that "
            "returns a tensor."
        )
    if not node.history:
        raise ValueError(
            f"{picture} found no function behind this result. Make an input of it "
            "with requires_grad=True, so that the op is recorded."
        )
    return node


@dataclass(frozen=True)
class OneInput:
    """How a picture reads an op on one tensor.

    Parameters
    ----------
    picture : the name of the picture's function
    example : a name of an op that it draws
    named : the Functions that may be asked for by name
    options : what the op is called with beside its input
    """

    picture: str
    example: str
    named: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)

    def run(self, fn: Any, x: Any) -> Any:
        """Return the result of the op, with its history.

        Raises
        ------
        ValueError
            If there is no such op, or the result was not made from one tensor.
        TypeError
            If the input is missing, or there is one too many.
        """
        if is_variable(fn):
            self._check_alone(x)
            return self._of_one(fn)
        if x is None:
            raise TypeError(
                f"{self.picture} needs an op and an input, as in "
                f"{self.picture}({self.example!r}, x), or a result alone, as in "
                f"{self.picture}(x.{self.example}())."
            )
        op = self._by_name(fn) if isinstance(fn, str) else fn
        call = as_call(op, self.picture, self.example)
        return self._of_one(result_of(call, self.picture, recording(x), **self.options))

    def _check_alone(self, x: Any) -> None:
        if x is not None or self.options:
            more = "an input" if x is not None else " and ".join(self.options)
            raise TypeError(
                f"{self.picture} got a result and {more}. A result knows how it was "
                f"made: give it alone, as in "
                f"{self.picture}(x.{self.example}(), d_out=d)."
            )

    def _by_name(self, name: str) -> Any:
        if name not in self.named:
            raise ValueError(
                f"{self.picture} knows no op {plain(name)}: use one of "
                f"{', '.join(self.named)}."
            )
        function = self.named[name]
        if not function.differentiable:
            raise ValueError(
                f"{name!r} has no gradient, so no wires are recorded for "
                f"{self.picture} to draw."
            )
        return function

    def _of_one(self, node: Any) -> Any:
        """Return a result made from one tensor, or say what was given instead."""
        if is_variable(node) and not hasattr(node, "shape"):
            raise TypeError(
                f"{self.picture} draws tensors, not Scalars; scalar_graph draws them."
            )
        inputs = recorded(node, self.picture).history.inputs
        if len([x for x in inputs if is_variable(x)]) != 1 or not is_variable(
            inputs[0]
        ):
            raise ValueError(
                f"{self.picture} draws one op on one tensor; this result comes from "
                f"{node.history.fn.__name__} with {len(inputs)} inputs. "
                "computation_graph draws any result."
            )
        return node


def functions_of(kind: str, key: Callable[[Any], str]) -> dict[str, Any]:
    """Return the Functions of OPS of one kind, by name.

    Examples
    --------
    >>> list(functions_of("reduce", lambda f: f.__name__.lower()))[:3]
    ['sum', 'mean', 'prod']
    """
    from gradlab.tensors.ops import OPS

    return {key(op.function): op.function for op in OPS if op.kind == kind}
