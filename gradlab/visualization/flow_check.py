"""Is a flow table right? A look at a few of its cells, from outside."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator
from typing import Any

from gradlab.autodiff import Context, contributions, no_grad
from gradlab.indexing import Index, broadcast_index, to_index
from gradlab.visualization.flow_nodes import cell, input_names, one_hot, shape_of
from gradlab.visualization.flow_rules import Asked, Elementwise, Rule
from gradlab.visualization.text import cell_name, number
from gradlab.visualization.values import computed

CELLS = 16  # how many cells of the result and of each input are looked at


def disagreement(node: Any, rule: Rule) -> str:
    """Return in a sentence where the table and the numbers differ, else ""."""
    if isinstance(rule, Elementwise):
        return _changed(node, rule)
    if isinstance(rule, Asked):
        with contextlib.redirect_stdout(io.StringIO()):  # it runs many times here
            return _asked(node, rule)
    return "" if rule.at_random else _other_result(node)


def _asked(node: Any, rule: Asked) -> str:
    try:
        return out_of_step(node) or _wrong_local(node, rule)
    except Exception as error:  # a learner's backward may raise anything
        name = node.history.fn.__name__
        return f"{name}.backward stopped. {type(error).__name__}: {error}"


def _changed(node: Any, rule: Elementwise) -> str:
    """Say so where other cells were read, or the result is not what its cells give."""
    names = input_names(rule.inputs)
    for index in _some(shape_of(node)):
        places, out = rule.sources(index), cell_name("out", index)
        if not places:
            return f"The plugged-in loop wrote no value of any input into {out}."
        for n, (k, i) in enumerate(places):
            read = cell_name(names[k], i)
            right = cell_name(names[n], broadcast_index(index, rule.shapes[n]))
            if read != right:
                return f"For {out} plugged-in code read {read}, not {right}."
        expected = computed(rule.op.fn, [cell(rule.inputs[k], i) for k, i in places])
        if not _close(cell(node, index), expected, 1e-5):
            return _not_as_held(node, index, expected)
    return ""


def _other_result(node: Any) -> str:
    """Say so where forward, run on the inputs as they are now, gives another cell."""
    history, ctx = node.history, Context()
    ctx.f = node._loops  # gradlab's, where a learner's were plugged in
    arrays = (getattr(x, "_array", x) for x in history.inputs)
    again = history.fn.forward(ctx, *arrays, **history.options)
    for index in _some(shape_of(node)):
        if not _close(cell(node, index), float(again[index]), 1e-5):
            return _not_as_held(node, index, float(again[index]))
    return ""


def _not_as_held(node: Any, index: Index, expected: float) -> str:
    return (
        f"{cell_name('out', index)} holds {number(cell(node, index))}, but its cells "
        f"now give {number(expected)}: an input was overwritten since, or the loop "
        "computed something else."
    )


def out_of_step(node: Any) -> str:
    """Say so where backward does not grow with d_out."""
    names = input_names(node.history.inputs)
    for index in _some(shape_of(node), 1):
        once = contributions(node, one_hot(node, index))
        twice = contributions(node, one_hot(node, index, 2.0))
        for (k, source, d), (_, _, dd) in zip(once, twice):
            for i in _some(shape_of(source)):
                pair = cell(d, i), cell(dd, i)
                if not _close(pair[1], 2 * pair[0], 1e-6):
                    return _out_of_step(node, cell_name(names[k], i), *pair)
    return ""


def _out_of_step(node: Any, place: str, one: float, two: float) -> str:
    return (
        f"{node.history.fn.__name__}.backward is not in step with d_out: for {place} "
        f"it gives {number(one)} at d_out 1 and {number(two)} at d_out 2, "
        f"not {number(2 * one)}."
    )


def _wrong_local(node: Any, rule: Asked) -> str:
    """Say where a local derivative differs from central differences."""
    if _arrays_in(tuple(node.history.options.values())):
        return ""  # computed from an input, maybe, which would not move with it
    outs = list(_some(shape_of(node)))
    rows = [row for out in outs for row in rule.rows(out)]
    local = {(row.input, row.in_index, row.out_index): row.local for row in rows}
    for k, source in enumerate(node.history.inputs):
        needed = getattr(source, "requires_grad", False)
        for i in _some(shape_of(source)) if needed else ():
            for out, slopes in _slopes(node, k, i, outs):
                own = local.get((k, i, out), 0.0)
                if not _between(own, slopes):
                    return _difference(node, (k, i, out), own, sum(slopes) / 2)
    return ""


def _arrays_in(value: Any) -> bool:
    inside = isinstance(value, (tuple, list)) and any(map(_arrays_in, value))
    return inside or bool(getattr(value, "shape", ()))


def _difference(
    node: Any, place: tuple[int, Index, Index], own: float, measured: float
) -> str:
    k, i, out = place
    source = cell_name(input_names(node.history.inputs)[k], i)
    return (
        f"{node.history.fn.__name__}.backward and central differences disagree about "
        f"how {cell_name('out', out)} follows {source}: "
        f"{number(own)} by backward, {number(measured)} by central differences."
    )


def _slopes(
    node: Any, k: int, index: Index, outs: list[Index]
) -> Iterator[tuple[Index, tuple[float, float]]]:
    """Yield, per output cell, how it follows one input cell to the left and right."""
    step = _step(node.history.inputs[k], index)
    try:
        down, here, up = (_moved(node, k, index, s) for s in (-step, 0.0, step))
    except (ArithmeticError, ValueError):  # forward is not defined beside this number
        return
    for out in outs:
        low, middle, high = (cell(result, out) for result in (down, here, up))
        if not _close(middle, cell(node, out), 1e-5):  # forward draws at random
            return
        yield out, ((middle - low) / step, (high - middle) / step)


def _step(source: Any, index: Index) -> float:
    single = str(getattr(source, "dtype", "float64")) == "float32"
    size = max(1.0, abs(cell(source, index)))
    return (1e-2 if single else 1e-5) * (size if math.isfinite(size) else 1.0)


def _moved(node: Any, k: int, index: Index, step: float) -> Any:
    """Run forward again with one cell of one input moved."""
    inputs, history = list(node.history.inputs), node.history
    inputs[k] = _stepped(inputs[k], index, step)
    with no_grad():
        return history.fn.apply(*inputs, **history.options)


def _stepped(source: Any, index: Index, step: float) -> Any:
    if not hasattr(source, "shape"):
        return type(source)(source.data + step)
    import numpy as np

    array = np.array(source.to_numpy())
    array[index] += step
    return source._like(array)


def _between(local: float, slopes: tuple[float, float]) -> bool:
    """Say whether a derivative fits; at a kink any slope between the two does."""
    low, high = min(slopes), max(slopes)
    if math.isnan(low + high):
        return True
    slack = 1e-3 * max(1.0, abs(low), abs(high))
    return low - slack <= local <= high + slack


def _close(a: float, b: float, tolerance: float) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


def _some(shape: tuple[int, ...], limit: int = CELLS) -> Iterator[Index]:
    """Yield up to `limit` cells, spread evenly, with the first and the last."""
    size = math.prod(shape)
    n = min(size, limit)
    for step in range(n):
        yield to_index(step * (size - 1) // max(1, n - 1), shape)
