"""Gradients of a wrong shape: the engine refuses them, a card draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradlab.exercises.arguments import leaf_names
from gradlab.exercises.probes import Call, WayBack
from gradlab.exercises.values import (
    as_tensor,
    freeze,
    is_function_class,
    is_tensor,
    make_live,
)

if TYPE_CHECKING:
    from gradlab.visualization.picture import Picture

Parts = list[tuple[str, "Picture"]]


def refused(fn: Any, call: Call, right: WayBack) -> Parts:
    """Return, for each input, what backward returned beside what is right.

    Empty if no gradient has a wrong shape, or if backward gives none that can be drawn.
    No rule is named: that two codes are refused does not tell that they do the same.

    Parameters
    ----------
    fn : a learner's Function
    call : a way back with described arguments
    right : what is right
    """
    try:
        got = _returned(fn, call)
    except Exception:
        return []
    if all(own is None or own.shape == leaf.shape for own, leaf in got):
        return []
    asked = [own for own, leaf in got if leaf.requires_grad]
    return _drawn(leaf_names(call, fn), asked, right, call)


def _returned(fn: Any, call: Call) -> list[tuple[Any, Any]]:
    """Return each gradient with its input, before the engine looks at it."""
    from gradlab.autodiff import no_grad

    if not is_function_class(fn):
        raise TypeError("only a Function has a backward to look at")
    args = [make_live(each) for each in call.args]
    result = fn.apply(*args, **call.kwargs)
    with no_grad():
        got = fn.backward(result.history, make_live(as_tensor(call.d_out)))
    own = got if isinstance(got, tuple) else (got,)
    if not all(each is None or is_tensor(each) for each in own):
        raise TypeError("a gradient that is no tensor has no shape to draw")
    return list(zip(own, filter(is_tensor, args), strict=True))


def _drawn(
    names: Sequence[str], got: Sequence[Any], right: WayBack, call: Call
) -> Parts:
    from gradlab.exercises.gradients import numbers
    from gradlab.visualization.pictures.judging.diagnosis import Diagnosis

    d_out = numbers(as_tensor(call.d_out))
    parts: Parts = []
    for name, own, asked in zip(names, got, right.gradients, strict=True):
        yours = None if own is None else numbers(freeze(own))
        drawn = Diagnosis(yours, numbers(asked), [], name=f"{name}.grad", d_out=d_out)
        parts.append((f"The gradient of {name}", drawn))
    return parts
