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


def own_way(fn: Any, call: Call, rule: str = "", *, truth: Any = None) -> Any:
    """Draw a learner's gradients beside the right ones, also against the shape law.

    The engine refuses a gradient of another shape than its input's; here it is drawn.
    """
    from gradlab.exercises.gradients import own_gradient
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    drawn = own_gradient(fn, call, rule, truth=truth)
    if not isinstance(drawn, Message) or truth is None:
        return drawn
    try:
        return _refused(fn, call, rule, truth)
    except Exception:
        return drawn


def _refused(fn: Any, call: Call, rule: str, truth: Any) -> Any:
    """Draw what backward returns, before the engine looks at it."""
    from gradlab import no_grad
    from gradlab.exercises.arguments import leaf_names
    from gradlab.exercises.gradients_picture import GradientPicture
    from gradlab.exercises.values import as_tensor, freeze, make_live
    from gradlab.visualization import diagnosis

    d_out = make_live(as_tensor(call.d_out))
    result = fn.apply(*call.args, **call.kwargs)
    with no_grad():
        got = fn.backward(result.history, d_out)
    right = _gradients(truth, call, d_out)
    got = got if isinstance(got, tuple) else (got,)
    parts = []
    for name, own, asked in zip(leaf_names(call, fn), got, right, strict=True):
        yours = getattr(freeze(own), "array", own)
        rules = {rule: yours} if rule else None
        drawn = diagnosis(yours, asked, rules, d_out=d_out.to_numpy(), name=name)
        parts.append((f"The gradient of {name}", drawn))
    return GradientPicture(fn.__name__, parts)


def _gradients(truth: Any, call: Call, d_out: Any) -> list[Any]:
    """Return the right gradient of every input, as arrays."""
    from gradlab.exercises.values import freeze, make_live

    fresh = [make_live(freeze(each)) for each in call.args]
    truth.apply(*fresh, **call.kwargs).backward(d_out)
    return [leaf.grad.to_numpy() for leaf in fresh]
