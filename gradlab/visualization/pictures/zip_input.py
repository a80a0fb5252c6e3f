"""Reading what zip_flow is given: an op in any form, and its two inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.indexing import indices
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.signs import zip_op
from gradlab.visualization.values import read


def run(fn: Any, x: Any, y: Any) -> Any:
    """Return the result of an op on two inputs, with its history.

    Parameters
    ----------
    fn : a name such as "mul", a sign such as "*", a Function, anything that can be
        called with two tensors, or a result that is there already
    x, y : tensors, arrays, nested lists, numbers, or shapes such as (3, 1)

    Raises
    ------
    ValueError
        If there is no such op, or the result was not made from two inputs.
    TypeError
        If an input is missing, or there is one too many.
    """
    if is_variable(fn):
        _check_no_inputs(x, y)
        return _of_two(fn)
    if x is None or y is None:
        raise TypeError(
            'zip_flow needs an op and two inputs, as in zip_flow("mul", x, y), or a '
            "result alone, as in zip_flow(x * y)."
        )
    return _of_two(_callable(fn)(*_pair(x, y)))


def _check_no_inputs(x: Any, y: Any) -> None:
    if x is not None or y is not None:
        raise TypeError(
            "zip_flow got a result and inputs. A result knows its inputs: give it "
            "alone, as in zip_flow(x * y, d_out=d)."
        )


def _of_two(node: Any) -> Any:
    if not is_variable(node):
        raise TypeError(
            f"The op returned a {type(node).__name__}; zip_flow draws an op that "
            "returns a tensor."
        )
    if not node.history:
        raise ValueError(
            "zip_flow found no function behind this result. Make an input of it with "
            "requires_grad=True, so that the op is recorded."
        )
    if len(node.history.inputs) != 2 or not all(map(is_variable, node.history.inputs)):
        raise ValueError(
            f"zip_flow draws one op on two inputs; this result comes from "
            f"{node.history.fn.__name__} with {len(node.history.inputs)}. "
            "computation_graph draws any result."
        )
    return node


def _callable(fn: Any) -> Callable[..., Any]:
    if isinstance(fn, str):
        return _named(fn)
    if isinstance(fn, type) and hasattr(fn, "apply"):
        apply: Callable[..., Any] = fn.apply
        return apply
    if callable(fn):
        return fn
    raise TypeError(f"zip_flow takes an op such as 'mul' or '*'; got {fn!r}.")


def _named(name: str) -> Callable[..., Any]:
    from gradlab.tensors.ops import OPS

    scalar = zip_op(name).name
    zips = {op.function.scalar: op.function for op in OPS if op.kind == "zip"}
    function = zips.get(scalar)
    if function is None or not function.differentiable:
        raise ValueError(
            f"{name!r} has no gradient, so zip_flow cannot draw it; "
            f"broadcast_ghosts(x, y, {name!r}) draws it forward."
        )
    call: Callable[..., Any] = function.apply
    return call


# ------------------------------------ inputs ------------------------------------


def _pair(x: Any, y: Any) -> tuple[Any, Any]:
    """Return both inputs as fresh tensors that record; the same one twice stays one."""
    like = next((t for t in (x, y) if hasattr(t, "_like")), None)
    first = _tensor(x, like, 1.0)
    same = y is x and hasattr(x, "_like")
    return first, first if same else _tensor(y, like, 10.0)


def _tensor(thing: Any, like: Any, start: float) -> Any:
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
