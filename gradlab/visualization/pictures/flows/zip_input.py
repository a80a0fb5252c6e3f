"""Reading what a picture of a zip is given: an op in any form, and two inputs."""

from __future__ import annotations

from typing import Any

from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.pictures.parts.op_input import (
    as_call,
    recorded,
    recording,
    result_of,
)
from gradlab.visualization.signs import zip_op


def run(fn: Any, x: Any, y: Any, picture: str = "zip_flow") -> Any:
    """Return the result of an op on two inputs, with its history.

    Parameters
    ----------
    fn : a name such as "mul", a sign such as "*", a Function, anything that can be
        called with two tensors, or a result that is there already
    x, y : tensors, arrays, nested lists, numbers, or shapes such as (3, 1)
    picture : the name of the picture's function, for errors

    Raises
    ------
    ValueError
        If there is no such op, or the result was not made from two inputs.
    TypeError
        If an input is missing, or there is one too many.
    """
    if is_variable(fn):
        _check_no_inputs(x, y, picture)
        return _of_two(fn, picture)
    if x is None or y is None:
        raise TypeError(
            f'{picture} needs an op and two inputs, as in {picture}("mul", x, y), or '
            f"a result alone, as in {picture}(x * y)."
        )
    op = _named(fn, picture) if isinstance(fn, str) else fn
    call = as_call(op, picture, "mul")
    return _of_two(result_of(call, picture, *_pair(x, y)), picture)


def _check_no_inputs(x: Any, y: Any, picture: str) -> None:
    if x is not None or y is not None:
        raise TypeError(
            f"{picture} got a result and inputs. A result knows its inputs: give it "
            f"alone, as in {picture}(x * y, d_out=d)."
        )


def _of_two(node: Any, picture: str) -> Any:
    inputs = recorded(node, picture).history.inputs
    if len(inputs) != 2 or not all(map(is_variable, inputs)):
        raise ValueError(
            f"{picture} draws one op on two inputs; this result comes from "
            f"{node.history.fn.__name__} with {len(inputs)}. "
            "computation_graph draws any result."
        )
    return node


def _named(name: str, picture: str) -> Any:
    from gradlab.tensors.ops import OPS

    scalar = zip_op(name).name
    zips = {op.function.scalar: op.function for op in OPS if op.kind == "zip"}
    function = zips.get(scalar)
    if function is None or not function.differentiable:
        raise ValueError(
            f"{name!r} has no gradient, so {picture} cannot draw it; "
            f"broadcast_ghosts(x, y, {name!r}) draws it forward."
        )
    return function


# ------------------------------------ inputs ------------------------------------


def _pair(x: Any, y: Any) -> tuple[Any, Any]:
    """Return both inputs as fresh tensors that record; the same one twice stays one."""
    like = next((t for t in (x, y) if hasattr(t, "_like")), None)
    first = recording(x, like)
    same = y is x and hasattr(x, "_like")
    return first, first if same else recording(y, like, 10.0)
