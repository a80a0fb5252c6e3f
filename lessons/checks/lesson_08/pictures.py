"""Pictures of what the learner's own code gives, beside what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.exercises.probes import Call

Fn = Callable[..., Any]


def own_way_back(right: Fn) -> Fn:
    """Return a picture of a Function's gradient beside the right one, or its result."""

    def picture(fn: Any, call: Call, rule: str = "", *, truth: Fn = right) -> Any:
        from gradlab.exercises.gradients import own_gradient

        if call.d_out is not None:
            return own_gradient(fn, call, rule, truth=truth)
        run = getattr(fn, "apply", fn)  # a plain function, where a Function was asked
        return beside(run, truth.apply, call, "the result", rule)

    return picture


def own_array(right: Fn, name: str, d_out: int | None = None) -> Fn:
    """Return a picture of the array that a function returns, beside the right one.

    `d_out` is the position of the argument that is one; it is drawn, too.
    """

    def picture(fn: Any, call: Call, rule: str = "", *, truth: Fn = right) -> Any:
        given = None if d_out is None else call.args[d_out]
        return beside(fn, truth, call, name, rule, given)

    return picture


def beside(
    fn: Fn, truth: Fn, call: Call, name: str, rule: str, d_out: Any = None
) -> Any:
    """Draw what one function returns beside what the other does."""
    from gradlab.visualization import diagnosis
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    right = truth(*map(_anew, call.args))
    try:
        got = _bare(fn(*map(_anew, call.args)))
    except Exception as error:
        return Message("This code raised", f"{type(error).__name__}: {error}")
    rules = {rule: got} if rule else None
    return diagnosis(got, _bare(right), rules, name=name, d_out=d_out)


def _anew(value: Any) -> Any:
    """Return a fresh copy of an argument, so that no call meets another's traces."""
    from gradlab.exercises.values import is_array, is_tensor

    if is_tensor(value):
        copy = value.detach()
        copy.requires_grad = value.requires_grad
        return copy
    return value.copy() if is_array(value) else value


def _bare(value: Any) -> Any:
    """Return the numbers of a tensor; anything else as it is."""
    return value.to_numpy() if hasattr(value, "to_numpy") else value
