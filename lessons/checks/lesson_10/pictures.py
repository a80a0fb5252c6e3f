"""Pictures of what a learner's code sent back, beside the right gradients."""

from __future__ import annotations

from typing import Any

from gradlab.exercises.probes import Call


def own_sum(fn: Any, call: Call, rule: str = "", truth: Any = None) -> Any:
    """Draw what a learner's code makes of a gradient, beside what is right."""
    from gradlab.exercises.values import freeze
    from gradlab.visualization import diagnosis
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    grad = call.args[0]
    right, got = _run(truth or fn, call), _run(fn, call)
    if isinstance(got, Exception):
        return Message("This code raised", f"{type(got).__name__}: {got}")
    yours = getattr(freeze(got), "array", got)
    if isinstance(right, Exception):
        came = f"This code gave {getattr(yours, 'shape', type(got).__name__)}"
        return Message(f"{came}; an error is asked", f"{type(right).__name__}: {right}")
    numbers = getattr(freeze(right), "array", right)
    rules = {rule: yours} if rule else None
    return diagnosis(yours, numbers, rules, d_out=grad.to_numpy(), name="the sum")


def _run(fn: Any, call: Call) -> Any:
    """Return what comes of a call, or its error."""
    try:
        return fn(*call.args, **call.kwargs)
    except Exception as error:
        return error
