"""The pictures on the cards of lesson 09: own code, beside what is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Call
from gradlab.visualization.picture import Picture

Picturing = Callable[..., Any]


def both_ways(right_way: Any) -> Picturing:
    """Return the drawer of what a Function gives, forward and back."""

    def picture(fn: Any, call: Call, rule: str = "", *, truth: Any = right_way) -> Any:
        if call.d_out is not None:
            return own_gradient(fn, call, rule, truth=truth)
        return _results(fn, truth, call, rule)

    return picture


def _results(fn: Any, truth: Any, call: Call, rule: str) -> Picture:
    """Draw the result of forward alone."""
    from gradlab.visualization import diagnosis
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    try:
        got = fn.apply(*call.args, **call.kwargs).to_numpy()
    except Exception as error:
        return Message("This code raised", f"{type(error).__name__}: {error}")
    right = truth.apply(*call.args, **call.kwargs).to_numpy()
    return diagnosis(got, right, {rule: got} if rule else None, name="the result")
