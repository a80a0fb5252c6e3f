"""Reading what `influence` is given: a dict of partial derivatives, or a Scalar."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from gradlab.autodiff import contributions, topological_order
from gradlab.visualization.flow import flow_table
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.influence.influence_model import Influences, Wire

Values = dict[str, float]
HOW = 'such as {("x", "y"): 3, ("x", "z"): 2, ("z", "y"): 5}'


def read_influences(
    edges: Any, values: Any, to: str | None, chosen: tuple[Any, Any]
) -> tuple[Influences, Values, list[str]]:
    """Return the influences on one result, the known numbers, and who is told.

    Parameters
    ----------
    chosen : what `influence` calls (of, held)

    Raises
    ------
    TypeError, ValueError
        If these are no partial derivatives, or names are not known.
    """
    if is_variable(edges):
        graph, known = _of_scalar(edges, to)
        if values is not None:
            raise ValueError("A Scalar knows the numbers behind it: leave values out.")
        every = graph.names
    elif isinstance(edges, Mapping) and edges:
        every = list(dict.fromkeys(name for key in edges for name in _pair(key)))
        graph, known = _of_pairs(edges, every, to), {}
    else:
        raise TypeError(
            "influence takes the partial derivatives between named numbers, "
            f"{HOW}, or a Scalar result; got {plain(edges)}."
        )
    known |= _values(values, every)
    of, held = chosen
    fixed = [*_names(held, "held", every), *graph.held]
    if graph.to in fixed:
        raise ValueError(f"{plain(graph.to)} is the result: it cannot be held.")
    graph = Influences(graph.names, graph.wires, graph.to, fixed)
    starts = graph.starts() if of is None else _told(of, graph, every)
    return graph, {n: known[n] for n in graph.names if n in known}, starts


def _told(of: Any, graph: Influences, every: Collection[str]) -> list[str]:
    names = _names(of, "of", every)
    for name in names:
        if name == graph.to or name not in graph.names or name in graph.held:
            other = "is held" if name in graph.held else f"leads on to no {graph.to}"
            why = "is the result" if name == graph.to else other
            raise ValueError(
                f"of names {plain(name)}, which {why}: "
                f"choose among {listed(graph.starts())}."
            )
    return names


def _names(given: Any, what: str, known: Collection[str]) -> list[str]:
    if not isinstance(given, (str, Collection)):
        raise TypeError(
            f'{what} is a name, such as "x", or a list; got {plain(given)}.'
        )
    names = [given] if isinstance(given, str) else list(given)
    for name in names:
        if name not in known:
            raise ValueError(
                f"{what} names {plain(name)}, which is not in this graph: it has "
                f"{listed(known)}."
            )
    return names


def listed(names: Collection[str]) -> str:
    """Return names as a phrase: "x, y and z"; many are cut.

    Examples
    --------
    >>> listed(["x"]), listed(["x", "y", "z"])
    ('x', 'x, y and z')
    """
    few = [str(name)[:24] for name in itertools.islice(names, 8)]
    if len(names) > len(few):
        return f"{', '.join(few)} and {len(names) - len(few):,} more"
    return " and ".join([", ".join(few[:-1]), few[-1]] if len(few) > 1 else few)


def _values(values: Any, names: Collection[str]) -> Values:
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise TypeError(
            f'values is a dict such as {{"x": 2, "w": 3}}; got {plain(values)}.'
        )
    _names(values, "values", names)
    return {
        name: one_number(value, f"values[{name!r}]") for name, value in values.items()
    }


def one_number(value: Any, what: str) -> float:
    """Return a value as a float; `what` says in an error what it is."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{what} is one number; got {plain(value)}.") from None


# ----------------------------------- a dict -----------------------------------


def _of_pairs(edges: Mapping[Any, Any], names: list[str], to: str | None) -> Influences:
    wires = [
        Wire(*_pair(key), one_number(p, f"edges[{plain(key)}]"))
        for key, p in edges.items()
    ]
    ends = [n for n in names if not any(wire.source == n for wire in wires)]
    if to is None and len(ends) == 1:
        to = ends[0]
    elif to is None and ends:
        raise ValueError(
            f"This graph has {len(ends)} results, {listed(ends)}: choose one, "
            f"to={ends[0]!r}."
        )
    to = to or names[0]  # without any end there is a circle, which is then named
    _names(to, "to", names)
    graph = Influences(names, wires, to)
    behind = [name for name in names if graph.ways[name]]
    kept = [w for w in wires if w.source in behind and w.target in behind]
    return Influences(behind, kept, to)


def _pair(key: Any) -> tuple[str, str]:
    two = isinstance(key, tuple) and len(key) == 2
    if not two or not all(isinstance(name, str) and name for name in key):
        raise TypeError(
            f"Each key of edges is a pair of names, (from, to), {HOW}; got "
            f"{plain(key)}."
        )
    return key[0], key[1]


# ---------------------------------- a Scalar ----------------------------------


def _of_scalar(result: Any, to: str | None) -> tuple[Influences, Values]:
    """Return the named numbers behind a Scalar; unnamed ones between are summed up."""
    _check_scalar(result)
    order = topological_order(result)[::-1]
    wires = [wire for node in order for wire in _wires(node)]
    found = {id(node): node for node in order}
    found |= {id(x): x for node in order for x in _constants(node)}
    names = _called(found, result)
    whole = Influences(list(found), wires, id(result))
    kept = whole.keeping(list(names))
    named = [Wire(names[w.source], names[w.target], w.partial) for w in kept.wires]
    held = [names[k] for k in kept.names if not found[k].requires_grad]
    graph = Influences([names[k] for k in kept.names], named, names[id(result)], held)
    if to is not None and to != graph.to:
        raise ValueError(
            f"This Scalar is {graph.to}; for influences on {plain(to)} give that one."
        )
    return graph, {names[k]: found[k].data for k in kept.names}


def _check_scalar(result: Any) -> None:
    if hasattr(result, "shape"):
        raise TypeError(
            "influence draws single numbers; got a Tensor of shape "
            f"{result.shape}. For tensors use computation_graph."
        )
    if not result.requires_grad:
        raise ValueError(
            "Nothing behind this Scalar needs a derivative, so nothing influences it."
        )


def _constants(node: Any) -> list[Any]:
    """Return the named constants that an op read."""
    inputs = node.history.inputs if node.history else ()
    return [x for x in inputs if getattr(x, "name", None) and not x.requires_grad]


def _wires(node: Any) -> Iterator[Wire]:
    for _, source, local in contributions(node, 1.0):
        yield Wire(id(source), id(node), local)
    for source in _constants(node):
        rows = flow_table(node).rows(input=node.history.inputs.index(source))
        yield Wire(id(source), id(node), rows[0].local)


def _called(found: Mapping[int, Any], result: Any) -> dict[int, str]:
    """Return the names: their own ones, and free letters for leaves without."""
    own = {str(getattr(node, "name", None) or "") for node in found.values()}
    letters = (c for c in itertools.chain("abcdefghkmnpqrstuvwxyz", _numbered("x")))
    free = (c for c in letters if c not in own)
    used: dict[str, int] = {}
    names: dict[int, str] = {}
    for key, node in found.items():
        name = str(getattr(node, "name", None) or "")
        if node is result:
            name = name or ("out" if "y" in own else "y")
        elif not name and node.requires_grad and node.history is None:
            name = next(free)
        if name:
            used[name] = used.get(name, 0) + 1
            names[key] = name if used[name] == 1 else f"{name} ({used[name]})"
    return names


def _numbered(letter: str) -> Iterator[str]:
    return (f"{letter}{n}" for n in itertools.count(1))
