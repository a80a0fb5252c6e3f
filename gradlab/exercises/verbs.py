"""What a Call does with a learner's code: call it, apply it, go back from a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from gradlab.exercises.arguments import leaf_names
from gradlab.exercises.probes import Call, TensorSpec, WayBack
from gradlab.exercises.values import (
    freeze,
    is_function_class,
    is_scalar,
    is_tensor,
    make_live,
)

MOST_ITEMS = 10_000


class Run(Protocol):
    """A call that is ready to go: its arguments are live."""

    call: Call
    target: Any
    args: list[Any]
    kwargs: dict[str, Any]


def _call(run: Run) -> Any:
    """Call a function; apply a Function."""
    target = run.target.apply if is_function_class(run.target) else run.target
    return target(*run.args, **run.kwargs)


def _apply(run: Run) -> Any:
    return run.target.apply(*run.args, **run.kwargs)


def _vjp(run: Run) -> Any:
    out = _call(run)
    names = leaf_names(run.call, run.target)
    if not _goes_back(out, run.call.d_out):
        return WayBack(out, (), names)
    if is_scalar(out):
        out.backward(float(run.call.d_out))
        result = out.like(out.data)
    else:
        out.backward(_live_tensor(run.call.d_out))
        result = out.detach()
    leaves = [each for each in run.args if getattr(each, "requires_grad", False)]
    return WayBack(result, tuple(map(_gradient, leaves)), names)


def _goes_back(out: Any, d_out: Any) -> bool:
    """Say whether `d_out` can be a gradient of `out`: else its value is wrong."""
    if is_scalar(out):
        return True
    return is_tensor(out) and tuple(out.shape) == tuple(_live_tensor(d_out).shape)


def _live_tensor(d_out: Any) -> Any:
    return make_live(d_out if isinstance(d_out, TensorSpec) else TensorSpec(d_out))


def _gradient(leaf: Any) -> Any:
    return leaf.derivative if is_scalar(leaf) else leaf.grad


def _derivatives(run: Run) -> Any:
    from gradlab.exercises.formulas import derivatives_in, numbers_in

    values = [*run.args, *run.kwargs.values()]
    before = numbers_in(values)
    _call(run)
    after = numbers_in(values)
    changed = {name: each for name, each in after.items() if each != before.get(name)}
    return {**derivatives_in(values), **changed}


def _build_then_call(run: Run) -> Any:
    built = run.target(*(make_live(each) for each in run.call.build))
    return built(*run.args, **run.kwargs)


def _iterate(run: Run) -> Any:
    value, items = _call(run), []
    for item in () if value is None else value:
        items.append(freeze(item))
        if len(items) == MOST_ITEMS:
            break
    return None if value is None else items


VERBS: Mapping[str, Callable[[Any], Any]] = {
    "call": _call,
    "apply": _apply,
    "vjp": _vjp,
    "derivatives": _derivatives,
    "build_then_call": _build_then_call,
    "iterate": _iterate,
}
