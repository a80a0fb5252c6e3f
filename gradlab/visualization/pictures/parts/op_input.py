"""Reading what a picture of one op is given: the op in any form, and its input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradlab.indexing import indices
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.values import read


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
        return self._of_one(self._call(fn)(recording(x), **self.options))

    def _check_alone(self, x: Any) -> None:
        if x is not None or self.options:
            more = "an input" if x is not None else " and ".join(self.options)
            raise TypeError(
                f"{self.picture} got a result and {more}. A result knows how it was "
                f"made: give it alone, as in "
                f"{self.picture}(x.{self.example}(), d_out=d)."
            )

    def _call(self, fn: Any) -> Callable[..., Any]:
        if isinstance(fn, str):
            return self._by_name(fn)
        if isinstance(fn, type) and hasattr(fn, "apply"):
            apply: Callable[..., Any] = fn.apply
            return apply
        if callable(fn):
            return fn
        raise TypeError(
            f"{self.picture} takes an op such as {self.example!r}; got {plain(fn)}."
        )

    def _by_name(self, name: str) -> Callable[..., Any]:
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
        call: Callable[..., Any] = function.apply
        return call

    def _of_one(self, node: Any) -> Any:
        """Return a result made from one tensor, or say what was given instead."""
        if not is_variable(node) or not hasattr(node, "shape"):
            raise TypeError(
                f"The op returned a {type(node).__name__}; {self.picture} draws an op "
                "that returns a tensor."
            )
        if not node.history:
            raise ValueError(
                f"{self.picture} found no function behind this result. Make an input "
                "of it with requires_grad=True, so that the op is recorded."
            )
        inputs = node.history.inputs
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
