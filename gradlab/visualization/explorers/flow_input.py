"""What flow_explorer is given: a function in any form, and what is typed into boxes."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from gradlab.indexing import indices
from gradlab.scalar import Scalar
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.numbers.slope_lens_function import (
    NumberFunction,
    of_numbers,
)
from gradlab.visualization.pictures.parts.op_input import functions_of, recording
from gradlab.visualization.signs import SIGNS
from gradlab.visualization.text import clean, number, shorten, size_names
from gradlab.visualization.values import read

EPSILON = 1e-6  # half the step of a central difference
INPUTS = {"map": 1, "zip": 2, "reduce": 1}


@dataclass(frozen=True)
class Flow:
    """A function whose flow can be drawn.

    Parameters
    ----------
    name : what the list of functions calls it
    kind : "map", "zip" or "reduce"
    fn : what `map_flow`, `zip_flow` or `reduce_flow` take
    numbers : the function of plain numbers behind it, if it is a learner's
    """

    name: str
    kind: str
    fn: Any
    numbers: Callable[..., Any] | None = None


def built_in() -> list[Flow]:
    """Return every op of OPS that has a flow.

    Examples
    --------
    >>> [flow.name for flow in built_in() if flow.kind == "reduce"][:2]
    ['sum', 'mean']
    """
    return [
        Flow(name, kind, name)
        for kind in INPUTS
        for name, function in functions_of(kind, _name_of).items()
        if function.differentiable
    ]


def _name_of(function: Any) -> str:
    return str(function.scalar) if function.kind != "reduce" else _lower(function)


def _lower(function: Any) -> str:
    return str(function.__name__).lower()


def flow_of(fn: Any) -> Flow:
    """Return the flow behind a name, a sign, a Function, or a function of numbers.

    Raises
    ------
    ValueError
        If there is no op of that name.
    TypeError
        If it is no function of one or two numbers.

    Examples
    --------
    >>> flow_of("*").name, flow_of(lambda x, y: x * y + 1).kind
    ('mul', 'zip')
    """
    if isinstance(fn, str):
        return _by_name(fn)
    if isinstance(fn, type) and hasattr(fn, "apply"):
        return _of_function(fn)
    if not callable(fn):
        raise TypeError(
            f"flow_explorer takes a function of one or two numbers, or the name of an "
            f"op such as 'mul'; got {plain(fn)}."
        )
    name = clean(getattr(fn, "__name__", "")).strip("<>")
    name = "fn" if name in ("", "lambda") else shorten(name, 120)
    return Flow(name, _kind(_numbers_taken(fn), name), None, fn)


def _by_name(name: str) -> Flow:
    known = {flow.name: flow for flow in built_in()}
    flow = known.get(SIGNS.get(name, name))
    if flow is None:
        raise ValueError(
            f"There is no op {plain(name)} to draw: use one of {', '.join(known)}, or "
            "give a function of one or two numbers."
        )
    return flow


def _of_function(function: Any) -> Flow:
    name, kind = clean(function.__name__), function.kind
    if not hasattr(function, "forward"):
        raise TypeError(f"{name} has no forward: a Function has forward and backward.")
    if kind not in INPUTS:
        kind = _kind(_numbers_taken(function.forward, context=1), name)
    return Flow(shorten(name, 120), kind, function)


def _numbers_taken(fn: Callable[..., Any], context: int = 0) -> int | None:
    """Return how many arguments have to be given; all, where none has to.

    Parameters
    ----------
    context : how many of them are no numbers
    """
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return None
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return None
    given = [
        p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    needed = len([p for p in given if p.default is p.empty])
    return (needed or len(given)) - context


def _kind(count: int | None, name: str) -> str:
    if count not in (1, 2):
        taken = "does not say how many" if count is None else f"takes {count}"
        raise TypeError(
            f"A map is a function of one number, a zip of two; {name} {taken}. Wrap "
            f"it, as in lambda x, y: {name}(x, y)."
        )
    return "map" if count == 1 else "zip"


def own_function(flow: Flow, inputs: Sequence[Any]) -> tuple[Any, NumberFunction]:
    """Return a learner's function of numbers as a Function, and how it is derived.

    Its forward is tensor_map or tensor_zip of the function; its backward multiplies
    d_out by the derivative at each cell.
    """
    from gradlab.tensors.function import Function
    from gradlab.tensors.own import tensor_map, tensor_zip
    from gradlab.tensors.unbroadcast import unbroadcast

    loop: Any = tensor_map if flow.kind == "map" else tensor_zip
    own: Any = flow.numbers
    derived = of_numbers(own, list(map(_place, inputs)), flow.name)

    def local(k: int) -> Callable[..., float]:
        return lambda *at: derived.gradient(*at, epsilon=EPSILON)[k]

    # Now, and not in forward: Scalars remember nothing inside a Function.
    locals_ = [loop(local(k))(*inputs) for k in range(len(inputs))]

    def forward(ctx: Any, *tensors: Any) -> Any:
        return loop(_of_floats(own))(*tensors)

    def backward(ctx: Any, d_out: Any) -> Any:
        pairs = zip(locals_, inputs)
        return tuple(unbroadcast(d_out * by, x.shape) for by, x in pairs)

    rules = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    return type(flow.name, (Function,), rules), derived


def _of_floats(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of numbers as one of floats, also if it calls x.relu()."""

    @wraps(fn)
    def of_floats(*at: float) -> Any:
        try:
            return fn(*at)
        except AttributeError:
            result = fn(*map(Scalar, at))
            return getattr(result, "data", result)

    return of_floats


def _place(x: Any) -> float:
    """Return the first finite number of a tensor, to try a function on."""
    cells = map(x.get, indices(x.shape))
    return next(filter(math.isfinite, cells), 1.0)


def as_tensor(thing: Any, start: float = 1.0) -> Any:
    """Return a shape or numbers as a tensor that records, on the fastest backend here.

    Parameters
    ----------
    start : the cells of a shape are numbered start, 2 * start, ...
    """
    from gradlab.tensors.creation import tensor

    return recording(thing, like=tensor(0.0, backend="numpy"), start=start)


def shape_said(name: str, thing: Any) -> str:
    """Return an input in words: its shape, or its number."""
    values = read(thing)
    if not values.shape:
        return f"{name} = {number(values.get(()))}"
    return f"{name} {size_names(values.shape)}"
