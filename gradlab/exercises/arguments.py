"""The arguments of a call, by the names that a learner's code has for them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from gradlab.exercises.probes import Call
from gradlab.exercises.values import is_function_class


def named_arguments(call: Call, fn: Any) -> Mapping[str, Any]:
    """Return the call's arguments by the parameter names of `fn`, or of its forward."""
    forward = is_function_class(fn) and getattr(fn, "forward", None)
    try:
        given = (None, *call.args) if forward else call.args
        bound = inspect.signature(forward or fn).bind(*given, **call.kwargs).arguments
        return dict(list(bound.items())[1:] if forward else bound)
    except (TypeError, ValueError):
        return {f"argument {k + 1}": each for k, each in enumerate(call.args)}


def leaf_names(call: Call, fn: Any) -> tuple[str, ...]:
    """Return what the arguments are called that get a gradient.

    Examples
    --------
    >>> from gradlab.exercises.probes import ScalarSpec
    >>> leaf_names(Call((ScalarSpec(2.0), 3.0, ScalarSpec(4.0))), lambda x, n, y: x)
    ('x', 'y')
    """
    named = list(named_arguments(call, fn))
    if len(named) != len(call.args) + len(call.kwargs):  # *args is one name for many
        named = [f"argument {k + 1}" for k in range(len(call.args))]
    return tuple(
        name
        for name, each in zip(named, call.args)
        if getattr(each, "requires_grad", False)
    )
