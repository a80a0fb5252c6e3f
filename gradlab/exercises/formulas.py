"""Scalars made by a formula, from gradlab's functions or from somebody's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gradlab.scalar import Scalar


def built(
    text: str,
    at: Mapping[str, float],
    functions: Mapping[str, Any] | None = None,
    held: Mapping[str, float] | None = None,
) -> Scalar:
    """Return the Scalar that a formula makes; every step of it has its name.

    Parameters
    ----------
    text : steps with names, such as "d = a + a * b; e = d + c + 3"; the last is meant
    at : the leaves and their numbers
    functions : ScalarFunctions in place of gradlab's, by what a formula calls them
    held : the derivatives that some of them have already

    Raises
    ------
    ValueError
        If it is no formula, or a variable has no value.

    Examples
    --------
    >>> e = built("d = a + a * b; e = d + c + 3", {"a": 1, "b": 2, "c": 3})
    >>> e
    Scalar(9, name='e')
    >>> e.backward()
    >>> derivatives_in([e])
    {'a': 3.0, 'b': 1.0, 'd': None, 'c': 1.0, 'e': None}
    """
    from gradlab.visualization.expression import FUNCTIONS, parse

    known = {name: Scalar(value, name) for name, value in at.items()}
    for step in text.split(";"):
        name, _, formula = step.rpartition("=")
        read = parse(formula.strip())
        missing = [each for each in read.names if each not in known]
        if missing:
            raise ValueError(f"{missing[0]} has no value: give it one.")
        result = _value(read.tree, known, {**FUNCTIONS, **(functions or {})})
        if name.strip() and not result.is_leaf:
            result.name = name.strip()
            known[result.name] = result
    for name, d in (held or {}).items():
        known[name].derivative = d
    return result


def _value(
    part: Any, known: Mapping[str, Scalar], functions: Mapping[str, Any]
) -> Scalar:
    """Return one part of a formula's tree: a number, a name, or a function applied."""
    if hasattr(part, "value"):
        return Scalar(part.value, requires_grad=False)
    if hasattr(part, "name"):
        return known[part.name]
    inputs = [_value(each, known, functions) for each in part.inputs]
    result: Scalar = functions[part.function].apply(*inputs)
    return result


def derivatives_in(values: Iterable[Any]) -> dict[str, float | None]:
    """Return the derivatives of all named Scalars that `values` were made from.

    What has no name is listed by its number, and only if it was given a derivative.
    """
    found: dict[str, float | None] = {}
    for each in _made_of(values):
        if each.name or each.derivative is not None:
            kind = "constant" if each.is_constant else "step"
            found[each.name or f"the {kind} {each.data:g}"] = each.derivative
    return found


def numbers_in(values: Iterable[Any]) -> dict[str, float]:
    """Return the numbers of all named Scalars that `values` were made from.

    Examples
    --------
    >>> numbers_in([built("d = a * b", {"a": 2, "b": 3})])
    {'a.data': 2.0, 'b.data': 3.0, 'd.data': 6.0}
    """
    return {f"{each.name}.data": each.data for each in _made_of(values) if each.name}


def _made_of(values: Iterable[Any]) -> Iterator[Scalar]:
    """Yield every Scalar behind some values, inputs before what they made."""
    seen: set[int] = set()
    stack = [(each, False) for each in reversed(list(values))]
    while stack:
        node, ready = stack.pop()
        if not isinstance(node, Scalar) or (not ready and id(node) in seen):
            continue
        if ready:
            yield node
            continue
        seen.add(id(node))
        inputs = node.history.inputs if node.history else ()
        stack += [(node, True), *((each, False) for each in reversed(inputs))]
