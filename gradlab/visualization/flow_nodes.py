"""Scalars and tensors alike: what the flow table reads of a graph's nodes."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

from gradlab.indexing import Index, Shape


class FlowRow(NamedTuple):
    """One way from an input cell to an output cell.

    Parameters
    ----------
    input : which input, counted from 0
    in_index, out_index : the two cells; () for a Scalar
    local : how much the output cell moves for a small step of the input cell
    """

    input: int
    in_index: Index
    out_index: Index
    local: float


def shape_of(variable: Any) -> Shape:
    """Return a variable's shape; that of a Scalar is ()."""
    return getattr(variable, "shape", ())


def cell(variable: Any, index: Index) -> float:
    """Return the number in one cell of a Tensor, a Scalar, or a number itself."""
    if hasattr(variable, "get"):
        return float(variable.get(index))
    return float(getattr(variable, "data", variable))


def is_variable(thing: object) -> bool:
    """Return whether something can stand in a graph: a Scalar or a Tensor."""
    return hasattr(thing, "requires_grad")


def input_names(inputs: Sequence[Any]) -> list[str]:
    """Return what pictures call the inputs: their own names, else free letters.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> input_names([Scalar(3, "price"), Scalar(2)]), input_names([Scalar(1, "y"), 2.0])
    (['price', 'a'], ['y', 'a'])
    """
    own = [getattr(x, "name", None) for x in inputs]
    many = (f"a{k}" for k in itertools.count(1))
    free = (n for n in itertools.chain("abcdef"[: len(own)], many) if n not in own)
    known: dict[int, str] = {}
    for x, name in zip(inputs, own):
        if id(x) not in known:
            known[id(x)] = name or next(free)
    return [known[id(x)] for x in inputs]


def one_hot(node: Any, index: Index, value: float = 1.0) -> Any:
    """Return a d_out that is `value` in one cell and 0 in all others."""
    if not hasattr(node, "shape"):
        return value
    import numpy as np

    array = np.zeros(node.shape, node.dtype)
    array[index] = value
    return node._like(array)


def with_all_needed(node: Any) -> Any:
    """Return a tensor again as if every input of its op needed a gradient."""
    again, history = node.detach(), copy.copy(node.history)
    history.inputs = tuple(
        _needed(x) if is_variable(x) else x for x in node.history.inputs
    )
    again.requires_grad, again.history = True, history
    return again


def _needed(x: Any) -> Any:
    own = x.detach()
    own.requires_grad = True
    return own


def numbered(names: list[str]) -> list[str]:
    """Return names of which no two are alike: the second "Mul" becomes "Mul 2".

    Examples
    --------
    >>> numbered(["Mul", "x", "Mul"])
    ['Mul', 'x', 'Mul 2']
    """
    seen: dict[str, int] = {}
    taken = set(names)
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            more = (f"{name} {k}" for k in itertools.count(seen[name]))
            name = next(other for other in more if other not in taken)
            taken.add(name)
        unique.append(name)
    return unique
